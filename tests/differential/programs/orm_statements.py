"""SELECTs of classes: every way to join, to read from something else, and to take rows as given."""

import re
import warnings
from typing import List, Optional

from sqlalchemy import (
    Column,
    ForeignKey,
    Table,
    create_engine,
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
    DeclarativeBase,
    Mapped,
    Session,
    aliased,
    contains_eager,
    join,
    mapped_column,
    outerjoin,
    relationship,
    selectinload,
)

warnings.simplefilter("ignore")


class Base(DeclarativeBase):
    pass


order_items = Table(
    "order_item",
    Base.metadata,
    Column("order_id", ForeignKey("orders.id"), primary_key=True),
    Column("item_id", ForeignKey("item.id"), primary_key=True),
)


class User(Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    fullname: Mapped[Optional[str]] = mapped_column("full_name")
    age: Mapped[Optional[int]]
    addresses: Mapped[List["Address"]] = relationship(back_populates="user", order_by="Address.id")
    orders: Mapped[List["Order"]] = relationship(back_populates="user", order_by="Order.id")


class Address(Base):
    __tablename__ = "address"
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str]
    user_id: Mapped[Optional[int]] = mapped_column(ForeignKey("users.id"))
    user: Mapped[Optional[User]] = relationship(back_populates="addresses")


class Order(Base):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)
    descr: Mapped[str]
    user_id: Mapped[Optional[int]] = mapped_column(ForeignKey("users.id"))
    address_id: Mapped[Optional[int]] = mapped_column(ForeignKey("address.id"))
    user: Mapped[Optional[User]] = relationship(back_populates="orders")
    address: Mapped[Optional[Address]] = relationship()
    items: Mapped[List["Item"]] = relationship(
        secondary=order_items, back_populates="orders", order_by="Item.id"
    )


class Item(Base):
    __tablename__ = "item"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    orders: Mapped[List[Order]] = relationship(
        secondary=order_items, back_populates="items", order_by="Order.id"
    )


class Node(Base):
    __tablename__ = "node"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    parent_id: Mapped[Optional[int]] = mapped_column(ForeignKey("node.id"))
    children: Mapped[List["Node"]] = relationship(back_populates="parent", order_by="Node.id")
    parent: Mapped[Optional["Node"]] = relationship(back_populates="children", remote_side=[id])


class Company(Base):
    __tablename__ = "company"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    employees: Mapped[List["Employee"]] = relationship(
        back_populates="company", order_by="Employee.id"
    )


class Employee(Base):
    __tablename__ = "employee"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    kind: Mapped[str]
    company_id: Mapped[Optional[int]] = mapped_column(ForeignKey("company.id"))
    company: Mapped[Optional[Company]] = relationship(back_populates="employees")
    __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": "employee"}


class Engineer(Employee):
    __tablename__ = "engineer"
    id: Mapped[int] = mapped_column(ForeignKey("employee.id"), primary_key=True)
    lang: Mapped[Optional[str]]
    machines: Mapped[List["Machine"]] = relationship(order_by="Machine.id")
    __mapper_args__ = {"polymorphic_identity": "engineer"}


class Manager(Employee):
    __tablename__ = "manager"
    id: Mapped[int] = mapped_column(ForeignKey("employee.id"), primary_key=True)
    level: Mapped[Optional[int]]
    __mapper_args__ = {"polymorphic_identity": "manager"}


class Boss(Employee):
    perk: Mapped[Optional[str]]
    __mapper_args__ = {"polymorphic_identity": "boss"}


class Machine(Base):
    __tablename__ = "machine"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    engineer_id: Mapped[int] = mapped_column(ForeignKey("engineer.id"))


engine = create_engine("sqlite://")
Base.metadata.create_all(engine)
with Session(engine) as _s:
    _items = [Item(id=i, name=f"i{i}") for i in range(1, 6)]
    for u in range(1, 5):
        _s.add(
            User(
                id=u,
                name=f"u{u}",
                fullname=f"U {u}",
                age=u * 10,
                addresses=[Address(id=u * 10 + k, email=f"a{u}{k}") for k in range(u - 1)],
                orders=[
                    Order(id=u * 10 + k, descr=f"o{u}{k}", items=_items[k : k + 2 + u % 2])
                    for k in range(3)
                ],
            )
        )
    _s.add(
        Node(
            id=1,
            name="root",
            children=[Node(id=2, name="a", children=[Node(id=4, name="aa")]), Node(id=3, name="b")],
        )
    )
    _s.add(
        Company(
            id=1,
            name="c1",
            employees=[
                Employee(id=1, name="e1"),
                Engineer(
                    id=2,
                    name="e2",
                    lang="py",
                    machines=[Machine(id=1, name="m1"), Machine(id=2, name="m2")],
                ),
                Manager(id=3, name="e3", level=5),
                Boss(id=4, name="e4", perk="car"),
            ],
        )
    )
    _s.add(Company(id=2, name="c2", employees=[Engineer(id=5, name="e5", lang="c")]))
    _s.commit()

s = Session(engine)


def shown(found, depth=0):
    """What is found, with what is loaded of each object."""
    if hasattr(type(found), "__mapper__"):
        if depth > 3:
            return type(found).__name__
        values = {k: v for k, v in vars(found).items() if k[0] != "_"}
        return (type(found).__name__, [(k, shown(values[k], depth + 1)) for k in sorted(values)])
    if isinstance(found, (list, tuple)) or hasattr(found, "_mapping"):
        return [shown(one, depth) for one in found]
    if isinstance(found, (int, float, type(None))):
        return found
    return re.sub(r"0x[0-9a-f]+", "0x", " ".join(str(found).split()))


def step(name, function, count=True):
    """Report what a function returns or raises, and how many statements it has sent."""
    s.expunge_all()
    sent()
    attempt(name, lambda: shown(function()))
    if count:
        report(f"number of statements of {name}", len(sent()))


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
