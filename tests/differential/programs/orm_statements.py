# begins with: company
"""SELECTs of classes: every way to join, to read from something else, and to take rows as given."""

from sqlalchemy import (
    exists,
    func,
    insert,
    select,
    text,
    union,
    union_all,
    update,
)
from sqlalchemy.orm import (
    aliased,
    contains_eager,
    join,
    outerjoin,
    selectinload,
)


def go(name, make, uniq=False):
    def rows():
        result = s.execute(make())
        return (result.unique() if uniq else result).all()

    step(name, rows)


go("join rel", lambda: select(User.id, Address.id).join(User.addresses).order_by(Address.id))
go("join target", lambda: select(User.id, Address.id).join(Address).order_by(Address.id))
go(
    "join target on rel",
    lambda: select(User.id, Address.id).join(Address, User.addresses).order_by(Address.id),
)
go(
    "join target onclause",
    lambda: (
        select(User.id, Address.id).join(Address, User.id == Address.user_id).order_by(Address.id)
    ),
)
go("join_from", lambda: select(User.id, Address.id).join_from(User, Address).order_by(Address.id))
go(
    "join_from rel",
    lambda: select(User.id, Address.id).join_from(User, User.addresses).order_by(Address.id),
)
go(
    "join_from onclause",
    lambda: (
        select(User.id, Address.id).join_from(User, Address, User.addresses).order_by(Address.id)
    ),
)
go(
    "join_from onclause2",
    lambda: (
        select(User.id, Address.id)
        .join_from(User, Address, User.id == Address.user_id, isouter=True)
        .order_by(User.id, Address.id)
    ),
)
go(
    "outerjoin_from",
    lambda: select(User.id, Address.id).outerjoin_from(User, Address).order_by(User.id, Address.id),
)
go(
    "full",
    lambda: (
        select(User.id, Address.id).join(User.addresses, full=True).order_by(User.id, Address.id)
    ),
)
go(
    "select_from rel",
    lambda: select(Address.id).select_from(User).join(User.addresses).order_by(Address.id),
)
go(
    "select_from join obj",
    lambda: (
        select(User.id, Address.id)
        .select_from(join(User, Address, User.addresses))
        .order_by(Address.id)
    ),
)
go(
    "select_from join auto",
    lambda: select(User.id, Address.id).select_from(join(User, Address)).order_by(Address.id),
)
go(
    "select_from outerjoin",
    lambda: (
        select(User.id, Address.id)
        .select_from(outerjoin(User, Address))
        .order_by(User.id, Address.id)
    ),
)
go(
    "select_from join method",
    lambda: (
        select(User.id).select_from(User.__table__.join(Address.__table__)).order_by(Address.id)
    ),
)
go(
    "join table",
    lambda: select(User.id, Address.__table__.c.id).join(Address.__table__).order_by(Address.id),
)
go(
    "join table rel",
    lambda: select(User.id).join(Address.__table__, User.addresses).order_by(Address.id),
)
aa = aliased(Address)
ua = aliased(User)
uf = aliased(User, name="uf")
go("alias of_type", lambda: select(User.id, aa.id).join(User.addresses.of_type(aa)).order_by(aa.id))
go("alias target rel", lambda: select(User.id, aa.id).join(aa, User.addresses).order_by(aa.id))
go("alias target", lambda: select(User.id, aa.id).join(aa).order_by(aa.id))
go("alias rel alias", lambda: select(ua.id, aa.id).join(ua.addresses.of_type(aa)).order_by(aa.id))
go("alias rel plain", lambda: select(ua.id, Address.id).join(ua.addresses).order_by(Address.id))
go(
    "and_",
    lambda: (
        select(User.id, Address.id).join(User.addresses.and_(Address.id > 30)).order_by(Address.id)
    ),
)
go(
    "of_type and_",
    lambda: (
        select(User.id, aa.id).join(User.addresses.of_type(aa).and_(aa.id > 30)).order_by(aa.id)
    ),
)
go(
    "m2m",
    lambda: (
        select(Order.id, Item.id).join(Order.items).where(Order.id < 13).order_by(Order.id, Item.id)
    ),
)
go(
    "m2m outer",
    lambda: (
        select(Order.id, Item.id)
        .outerjoin(Order.items)
        .where(Order.id < 13)
        .order_by(Order.id, Item.id)
    ),
)
ia = aliased(Item)
go(
    "m2m alias and_",
    lambda: (
        select(Order.id, ia.id)
        .join(Order.items.of_type(ia).and_(ia.id > 2))
        .where(Order.id < 13)
        .order_by(Order.id, ia.id)
    ),
)
go(
    "self",
    lambda: select(Node.name, uf.name).select_from(Node, uf).where(uf.id == 1).order_by(Node.id),
)
na = aliased(Node, name="na")
go("self join", lambda: select(Node.name, na.name).join(Node.children.of_type(na)).order_by(na.id))
go(
    "self join parent",
    lambda: select(Node.name, na.name).join(Node.parent.of_type(na)).order_by(Node.id),
)
go("self join target", lambda: select(Node.name, na.name).join(na, Node.parent).order_by(Node.id))
go(
    "chain",
    lambda: (
        select(User.name, Item.name)
        .join(User.orders)
        .join(Order.items)
        .where(User.id == 1)
        .order_by(Order.id, Item.id)
    ),
)
sq = select(Address).where(Address.id > 20).subquery()
go(
    "join subquery",
    lambda: select(User.id, sq.c.id).join(sq, User.id == sq.c.user_id).order_by(sq.c.id),
)
go("join subquery auto", lambda: select(User.id, sq.c.id).join(sq).order_by(sq.c.id))
go("join subquery rel", lambda: select(User.id, sq.c.id).join(sq, User.addresses).order_by(sq.c.id))
asq = aliased(Address, sq)
go("join alias subquery", lambda: select(User.id, asq).join(asq, User.addresses).order_by(asq.id))
go(
    "join alias subquery of_type",
    lambda: select(User.id, asq).join(User.addresses.of_type(asq)).order_by(asq.id),
)
cte = select(Address).where(Address.id > 20).cte("ct")
acte = aliased(Address, cte)
go("alias cte", lambda: select(User.id, acte).join(acte, User.addresses).order_by(acte.id))
sq2 = (
    select(User.id.label("id"), User.name.label("name"), func.count(Address.id).label("n"))
    .join(User.addresses)
    .group_by(User.id, User.name)
    .subquery()
)
asq2 = aliased(User, sq2, adapt_on_names=True)
go("adapt_on_names", lambda: select(asq2.id, asq2.name).order_by(asq2.id))
u2 = union_all(select(User).where(User.id == 1), select(User).where(User.id == 3)).subquery()
au2 = aliased(User, u2)
go("alias union", lambda: select(au2).order_by(au2.id))
go(
    "union from_statement",
    lambda: select(User).from_statement(
        union_all(select(User).where(User.id == 1), select(User).where(User.id == 3)).order_by(
            User.id
        )
    ),
)
go(
    "union from_statement2",
    lambda: select(User).from_statement(
        select(User).where(User.id == 1).union(select(User).where(User.id == 3))
    ),
)
go("from text", lambda: select(User).from_statement(text("select * from users where id=2")))
go(
    "from text columns",
    lambda: select(User).from_statement(
        text("select id, name, full_name, age from users where id=2").columns(
            User.id, User.name, User.fullname, User.age
        )
    ),
)
go(
    "from text columns pos",
    lambda: select(User).from_statement(
        text("select id as a, name as b, full_name as c, age as d from users where id=2").columns(
            User.id, User.name, User.fullname, User.age
        )
    ),
)
go(
    "text.columns execute",
    lambda: text("select id, name, full_name, age from users where id=2").columns(
        User.id, User.name
    ),
)
go(
    "text.columns subquery",
    lambda: select(
        aliased(
            User,
            text("select id, name, full_name, age from users where id=2")
            .columns(User.id, User.name, User.fullname, User.age)
            .subquery(),
        )
    ),
)
go(
    "from text some",
    lambda: select(User).from_statement(
        text("select id, name from users where id=2").columns(User.id, User.name)
    ),
)
go(
    "from text attr",
    lambda: select(User.id, User.name).from_statement(
        text("select id, name from users where id=2").columns(User.id, User.name)
    ),
)
go(
    "from text attr2",
    lambda: select(User.name, User.id).from_statement(
        text("select name, id from users where id=2")
    ),
)
go(
    "from text two",
    lambda: select(User, Address).from_statement(
        text(
            "select u.id as users_id, u.name as users_name, u.full_name as users_full_name, "
            "u.age as users_age, a.id as address_id, a.email as address_email, a.user_id as "
            "address_user_id from users u join address a on a.user_id=u.id where u.id=2"
        )
    ),
)
go(
    "from text two cols",
    lambda: select(User, Address).from_statement(
        text(
            "select u.id, u.name, u.full_name, u.age, a.id, a.email, a.user_id from users u "
            "join address a on a.user_id=u.id where u.id=2"
        ).columns(
            User.id, User.name, User.fullname, User.age, Address.id, Address.email, Address.user_id
        )
    ),
)
go(
    "from text contains_eager",
    lambda: (
        select(User)
        .from_statement(
            text(
                "select u.id, u.name, u.full_name, u.age, a.id, a.email, a.user_id from users u "
                "join address a on a.user_id=u.id where u.id=2"
            ).columns(
                User.id,
                User.name,
                User.fullname,
                User.age,
                Address.id,
                Address.email,
                Address.user_id,
            )
        )
        .options(contains_eager(User.addresses))
    ),
    uniq=True,
)
go(
    "from insert returning",
    lambda: select(Item).from_statement(insert(Item).values(id=77, name="x").returning(Item)),
)
s.rollback()
go(
    "from update returning",
    lambda: select(Item).from_statement(
        update(Item).where(Item.id == 1).values(name="x").returning(Item)
    ),
)
s.rollback()
go("from select", lambda: select(User).from_statement(select(User).where(User.id == 3)))
go(
    "from stmt of cols",
    lambda: select(User.name).from_statement(select(User.name, User.id).where(User.id == 3)),
)
go(
    "from select options",
    lambda: (
        select(User)
        .options(selectinload(User.addresses))
        .from_statement(select(User).where(User.id == 3))
    ),
)
go(
    "union of entities",
    lambda: union_all(select(User).where(User.id == 1), select(User).where(User.id == 2)),
)
go(
    "union order",
    lambda: union(select(User.id, User.name), select(Item.id, Item.name)).order_by(User.id, "name"),
)
go(
    "with_only",
    lambda: (
        select(User)
        .join(User.addresses)
        .with_only_columns(User.id, Address.id)
        .order_by(Address.id)
    ),
)
go(
    "with_only maintain",
    lambda: select(User).with_only_columns(func.count(), maintain_column_froms=True),
)
go("with_only entity", lambda: select(User.id).with_only_columns(User).where(User.id == 1))
go(
    "add_columns",
    lambda: select(User.id).add_columns(User.name, Address.email).join(Address).where(User.id == 2),
)
go(
    "exists method",
    lambda: select(User.id).where(select(Address).where(Address.user_id == User.id).exists()),
)
go(
    "exists entity",
    lambda: select(User.id).where(exists(Address).where(Address.user_id == User.id)),
)
go("exists()", lambda: select(User.id).where(exists().where(Address.user_id == User.id)))
go(
    "exists select_from",
    lambda: select(User.id).where(
        exists(Address.id).select_from(Address).where(Address.user_id == User.id)
    ),
)
go(
    "correlate ent",
    lambda: select(
        User.id,
        select(func.count(Address.id))
        .where(Address.user_id == User.id)
        .correlate(User)
        .scalar_subquery(),
    ),
)
go("entity in subquery", lambda: select(User.id).where(User.id.in_(select(Address.user_id))))
