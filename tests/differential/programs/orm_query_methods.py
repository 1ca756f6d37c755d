# begins with: company
"""``session.query()``: what says more of a query, by what it returns and sends."""

from sqlalchemy import (
    bindparam,
    func,
    literal,
    select,
    text,
)
from sqlalchemy.orm import (
    Session,
    aliased,
    joinedload,
    selectinload,
)

q = s.query
ua = aliased(User)
aa = aliased(Address)
step("add_columns", lambda: q(User.id).add_columns(User.name).order_by(User.id).limit(2).all())
step("add_column", lambda: q(User.id).add_column(User.name).order_by(User.id).limit(2).all())
step("add_entity", lambda: q(User.id).add_entity(User).order_by(User.id).limit(1).all())
step(
    "add_entity alias",
    lambda: q(User.id).add_entity(ua).filter(ua.id == User.id).order_by(User.id).limit(1).all(),
)
step("autoflush", lambda: q(User).autoflush(False).count())
step(
    "correlate",
    lambda: (
        q(
            User.id,
            q(func.count(Address.id))
            .filter(Address.user_id == User.id)
            .correlate(User)
            .scalar_subquery(),
        )
        .order_by(User.id)
        .all()
    ),
)
step(
    "correlate sub",
    lambda: (
        q(User.id, q(func.count(Address.id)).filter(Address.user_id == User.id).as_scalar())
        .order_by(User.id)
        .all()
    ),
)
step(
    "label",
    lambda: (
        q(User.id, q(func.count(Address.id)).filter(Address.user_id == User.id).label("n"))
        .order_by(User.id)
        .first()
        ._mapping
    ),
)
step("count", lambda: q(User).count())
step("count col", lambda: q(User.name).distinct().count())
step("count limit", lambda: q(User).limit(2).count())
step("count join", lambda: q(User, Address).join(Address).count())
step("count group", lambda: q(User.age, func.count()).group_by(User.age).count())
step(
    "cte",
    lambda: (lambda c: q(User).join(c, User.id == c.c.id).order_by(User.id).all())(
        q(User.id).filter(User.id > 2).cte("c")
    ),
)


def rec():
    c = q(Node.id, Node.parent_id).filter(Node.id == 4).cte("c", recursive=True)
    na = aliased(Node)
    c = c.union_all(q(na.id, na.parent_id).filter(na.id == c.c.parent_id))
    return q(c.c.id).all()


step("cte rec", rec)
step(
    "subquery",
    lambda: (lambda x: q(x.c.id, x.c.full_name).order_by(x.c.id).all())(q(User).subquery()),
)
step(
    "subquery wl",
    lambda: list((q(User, Address.id).join(Address).subquery(with_labels=True)).c.keys()),
)
step("subquery 2", lambda: list((q(User, Address.id).join(Address).subquery()).c.keys()))
step("distinct", lambda: q(User.age).distinct().order_by(User.age).all())
step(
    "eagerloads",
    lambda: (
        q(User)
        .options(joinedload(User.addresses))
        .enable_eagerloads(False)
        .order_by(User.id)
        .first()
    ),
)
step("assertions", lambda: q(User).enable_assertions(False).limit(2).filter(User.id == 2).all())
step("limit filter", lambda: q(User).limit(2).filter(User.id == 2).all())
step("limit join", lambda: q(User).limit(2).join(Address).all())
step("limit order_by", lambda: q(User).limit(2).order_by(User.id).all())
step("limit group", lambda: q(User).limit(2).group_by(User.id).all())
step("limit filter_by", lambda: q(User).limit(2).filter_by(id=2).all())
step("limit select_from", lambda: q(User).limit(2).select_from(User).all())
step("limit get", lambda: q(User).limit(2).get(1))
step("filter get", lambda: q(User).filter(User.id == 2).get(2))
step("order get", lambda: q(User).order_by(User.id).get(2))
step("get", lambda: q(User).get(2))
step("get dict", lambda: q(User).get({"id": 2}))
step("get none", lambda: q(User).get(22))
step("get tuple", lambda: q(User).get((2,)))
step("get bad", lambda: q(User).get((2, 3)))
step("get col", lambda: q(User.id).get(2))
step("get two", lambda: q(User, Address).get(2))
step("get populate", lambda: q(User).populate_existing().get(2))
step("get options", lambda: q(User).options(selectinload(User.addresses)).get(2))
step(
    "except_",
    lambda: (
        q(User).filter(User.id < 4).except_(q(User).filter(User.id == 2)).order_by(User.id).all()
    ),
)
step(
    "union",
    lambda: (
        q(User)
        .filter(User.id == 1)
        .union(q(User).filter(User.id == 2), q(User).filter(User.id == 3))
        .order_by(User.id)
        .all()
    ),
)
step(
    "union_all", lambda: q(User).filter(User.id == 1).union_all(q(User).filter(User.id == 1)).all()
)
step(
    "union filter",
    lambda: (
        q(User)
        .filter(User.id == 1)
        .union_all(q(User).filter(User.id == 2))
        .filter(User.name == "u2")
        .all()
    ),
)
step(
    "union cols",
    lambda: (
        q(User.id, User.name)
        .filter(User.id == 1)
        .union_all(q(User.id, User.name).filter(User.id == 2))
        .order_by(User.id.desc())
        .all()
    ),
)
step("union count", lambda: q(User).union(q(User)).count())
step(
    "union join",
    lambda: (
        q(User)
        .filter(User.id == 2)
        .union(q(User).filter(User.id == 3))
        .join(User.addresses)
        .order_by(User.id)
        .all()
    ),
)
step(
    "union joinedload",
    lambda: (
        q(User)
        .filter(User.id == 2)
        .union(q(User).filter(User.id == 3))
        .options(joinedload(User.addresses))
        .order_by(User.id)
        .all()
    ),
)
step("intersect", lambda: q(User).filter(User.id < 3).intersect(q(User).filter(User.id > 1)).all())
step("union label", lambda: q(User.id.label("x")).union(q(Address.id)).order_by("x").limit(3).all())
step("exec opts", lambda: q(User).execution_options(foo=1, bar=2).get_execution_options())
step("exists", lambda: q(q(User).filter(User.id == 2).exists()).scalar())
step(
    "exists2",
    lambda: (
        q(User.id)
        .filter(q(Address).filter(Address.user_id == User.id).exists())
        .order_by(User.id)
        .all()
    ),
)
step("exists lit", lambda: q(literal(True)).filter(q(User).filter(User.id == 2).exists()).scalar())
step(
    "from_statement",
    lambda: q(User).from_statement(text("select * from users where id=:x")).params(x=3).one(),
)
step(
    "from_statement filter",
    lambda: q(User).from_statement(text("select * from users")).filter(User.id == 1).all(),
)
step("from_statement sel", lambda: q(User).from_statement(select(User).where(User.id == 2)).all())
step(
    "group",
    lambda: (
        q(User.age, func.count())
        .group_by(User.age)
        .having(func.count() > 0)
        .order_by(User.age)
        .all()
    ),
)
step("filter_by joined", lambda: q(User).join(Address).filter_by(email="a20").all())
step("filter_by ambiguous", lambda: q(User).join(Address).filter_by(id=20).all())
step("filter_by first", lambda: q(User).join(Address).filter_by(name="u2").all())
step("filter_by reset", lambda: q(User).join(Address).reset_joinpoint().filter_by(name="u2").all())
step("filter_by bad", lambda: q(User).filter_by(zz=1))
step("join rel", lambda: q(User.id, Address.id).join(User.addresses).order_by(Address.id).all())
step("join tgt", lambda: q(User.id, Address.id).join(Address).order_by(Address.id).all())
step(
    "join tgt on",
    lambda: (
        q(User.id, Address.id).join(Address, User.id == Address.user_id).order_by(Address.id).all()
    ),
)
step(
    "join tgt rel",
    lambda: q(User.id, Address.id).join(Address, User.addresses).order_by(Address.id).all(),
)
step("join many", lambda: q(User.id).join(User.orders, Order.items).all())
step("join str", lambda: q(User.id).join("orders").all())
step("join str on", lambda: q(User.id).join(Address, "addresses").all())
step("join aliased=True", lambda: q(User.id).join(User.addresses, aliased=True).all())
step("join from_joinpoint", lambda: q(User.id).join(User.addresses, from_joinpoint=True).all())
step(
    "join isouter",
    lambda: (
        q(User.id, Address.id)
        .join(User.addresses, isouter=True)
        .order_by(User.id, Address.id)
        .all()
    ),
)
step(
    "outerjoin",
    lambda: q(User.id, Address.id).outerjoin(User.addresses).order_by(User.id, Address.id).all(),
)
step("join alias", lambda: q(User.id, aa.id).join(aa, User.addresses).order_by(aa.id).all())
step(
    "select_from",
    lambda: q(Address.id).select_from(User).join(User.addresses).order_by(Address.id).all(),
)
step("select_from many", lambda: q(User.id, Address.id).select_from(User, Address).count())
step("lazy_loaded_from", lambda: q(User).lazy_loaded_from)
step(
    "single",
    lambda: (
        q(User).is_single_entity,
        q(User.id).is_single_entity,
        q(User, Address).is_single_entity,
        q(ua).is_single_entity,
    ),
)
step("tuples", lambda: q(User).tuples().order_by(User.id).limit(1).all())
step(
    "only_return_tuples", lambda: q(User).only_return_tuples(True).order_by(User.id).limit(1).all()
)
step(
    "only_return_tuples F",
    lambda: q(User).only_return_tuples(False).order_by(User.id).limit(1).all(),
)
step(
    "hint",
    lambda: q(User.id).with_hint(User, "INDEXED BY x", "oracle").order_by(User.id).limit(1).all(),
)
step("params", lambda: q(User.id).filter(User.id == bindparam("x")).params(x=2).all())
step("params dict", lambda: q(User.id).filter(User.id == bindparam("x")).params({"x": 2}).all())
step(
    "params stmt",
    lambda: q(User.id).filter(User.id == bindparam("x")).params(x=2).statement.compile().params,
)
step("with_entities", lambda: q(User).filter(User.id == 1).with_entities(User.name, User.age).all())
step("with_entities ent", lambda: q(User.id).filter(User.id == 1).with_entities(User).all())
step("with_parent", lambda: q(Address).with_parent(s.get(User, 3)).order_by(Address.id).all())
step(
    "with_parent prop",
    lambda: q(Address).with_parent(s.get(User, 3), User.addresses).order_by(Address.id).all(),
)
step(
    "with_parent from",
    lambda: q(aa).with_parent(s.get(User, 3), User.addresses, from_entity=aa).order_by(aa.id).all(),
)
step("with_parent fail", lambda: q(Item).with_parent(s.get(User, 3)).all())
step("value", lambda: q(User).filter(User.id == 1).value(User.name))
step("values", lambda: list(q(User).filter(User.id == 1).values(User.name, User.age)))
step("yield_per", lambda: [u.id for u in q(User).order_by(User.id).yield_per(2)])
step(
    "yield_per joined",
    lambda: [u.id for u in q(User).options(joinedload(User.addresses)).yield_per(2)],
)


def mr():
    with Session(engine) as o:
        us = o.query(User).order_by(User.id).all()
    return [u in s for u in q(User).merge_result(us, load=False)]


step("merge_result2", mr)
step(
    "with_transformation",
    lambda: q(User).with_transformation(lambda x: x.filter(User.id == 1)).all(),
)
step(
    "instances2",
    lambda: [
        u.id for u in q(User).instances(s.connection().execute(q(User).order_by(User.id).statement))
    ],
)
