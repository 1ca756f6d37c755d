# begins with: company
"""``session.query()``: what asks, changes and listens, by what it returns and sends."""

from sqlalchemy import (
    event,
    func,
    literal,
    select,
)
from sqlalchemy.orm import (
    Bundle,
    Query,
    Session,
    aliased,
    contains_eager,
    joinedload,
    merge_frozen_result,
)

q = s.query
ua = aliased(User)
aa = aliased(Address)

step("first", lambda: q(User).order_by(User.id.desc()).first())
step("first cols", lambda: q(User.id, User.name).order_by(User.id.desc()).first())
step(
    "first joined",
    lambda: q(User).options(joinedload(User.addresses)).order_by(User.id.desc()).first(),
)
step("one joined", lambda: q(User).options(joinedload(User.addresses)).filter(User.id == 3).one())
step(
    "iter joined",
    lambda: [u.id for u in q(User).options(joinedload(User.addresses)).order_by(User.id)],
)
step(
    "first sliced",
    lambda: (
        q(User).order_by(User.id)[1:].first()
        if False
        else q(User).order_by(User.id).slice(1, 3).first()
    ),
)
step("first limit", lambda: q(User).order_by(User.id).limit(3).offset(2).first())
step("one many", lambda: q(User).one())
step("one none", lambda: q(User).filter_by(id=99).one())
step("oon many", lambda: q(User).one_or_none())
step("scalar", lambda: q(User.name).filter(User.id == 1).scalar())
step("scalar many", lambda: q(User.name).scalar())
step("scalar none", lambda: q(User.name).filter(User.id == 99).scalar())
step("scalar ent", lambda: q(User).filter(User.id == 1).scalar())
step(
    "slices",
    lambda: [
        [x.id for x in r]
        for r in (
            q(User).order_by(User.id)[1:3],
            q(User).order_by(User.id)[:2],
            q(User).order_by(User.id)[2:],
            q(User).order_by(User.id)[0:4:2],
        )
    ],
)
step("idx", lambda: q(User).order_by(User.id)[2].id)
step("neg", lambda: q(User).order_by(User.id)[-1])
step("negs", lambda: q(User).order_by(User.id)[-2:])
step("idx oob", lambda: q(User)[99])
step("empty slice", lambda: q(User)[3:3])
step("step slice", lambda: [u.id for u in q(User).order_by(User.id)[::2]])
step(
    "upd",
    lambda: (
        q(User).filter(User.id == 1).update({"age": 5}),
        q(User.age).filter(User.id == 1).scalar(),
        s.rollback(),
    ),
)
step(
    "upd expr",
    lambda: (
        q(User).filter(User.id == 1).update({User.age: User.age + 5}, synchronize_session="fetch"),
        q(User.age).filter(User.id == 1).scalar(),
        s.rollback(),
    ),
)
step(
    "upd args",
    lambda: (
        q(User)
        .filter(User.id == 1)
        .update([(User.age, 7)], update_args={"preserve_parameter_order": True}),
        s.rollback(),
    ),
)
step("upd limit", lambda: q(User).limit(1).update({"age": 1}))
step("upd join", lambda: q(User).join(Address).update({"age": 1}))
step("upd order", lambda: q(User).order_by(User.id).update({"age": 1}))
step("upd group", lambda: q(User).group_by(User.id).update({"age": 1}))
step("upd distinct", lambda: q(User).distinct().update({"age": 1}))
step("upd bad sync", lambda: q(User).update({"age": 1}, synchronize_session="zz"))
step("upd bad key", lambda: q(User).update({"agee": 1}))
step(
    "upd two",
    lambda: (
        q(User)
        .filter(User.id == Address.user_id, Address.id == 20)
        .update({"age": 1}, synchronize_session=False),
        s.rollback(),
    ),
)
step("upd select_from", lambda: q(User).select_from(Address).update({"age": 1}))
step("del", lambda: (q(Address).filter(Address.id == 20).delete(), s.rollback()))
step("del limit", lambda: q(Address).limit(2).delete())
step(
    "del fetch",
    lambda: (
        q(Address).filter(Address.user_id.in_(q(User.id).filter(User.id == 2))).delete("fetch"),
        s.rollback(),
    ),
)
step("del bad", lambda: q(Address).delete("zz"))
step("in query", lambda: q(User.id).filter(User.id.in_(q(Address.user_id))).order_by(User.id).all())
step(
    "eq query",
    lambda: q(User.id).filter(User.id == q(func.max(Address.user_id)).scalar_subquery()).all(),
)
step("eq query coerced", lambda: q(User.id).filter(User.id == q(func.max(Address.user_id))).all())
step("select_from query", lambda: q(func.count()).select_from(q(User).subquery()).scalar())
step("unique rows", lambda: q(User).join(User.orders).filter(User.id == 1).all())
step("unique two", lambda: len(q(User, Order).join(User.orders).filter(User.id == 1).all()))
step("unique cols", lambda: q(User.id).join(User.orders).filter(User.id == 1).all())
step("unique alias", lambda: len(q(ua).join(ua.orders).filter(ua.id == 1).all()))
step("row type", lambda: q(User.id, User.name.label("nm")).filter(User.id == 1).one()._asdict())
step("bundle", lambda: q(Bundle("b", User.id, User.name)).filter(User.id == 1).one())


class MyQ(Query):
    def active(self):
        return self.filter(User.id < 3)


s2 = Session(engine, query_cls=MyQ)
step("query_cls", lambda: [u.id for u in s2.query(User).active().order_by(User.id)])


@event.listens_for(Query, "before_compile", retval=True)
def bc(query):
    for d in query.column_descriptions:
        if d["entity"] is Item:
            query = query.enable_assertions(False).filter(Item.id < 3)
    return query


event.remove(Query, "before_compile", bc)


@event.listens_for(Query, "before_compile_update", retval=True)
def bu(query, ctx):
    ctx.values["age"] = 99
    return query.filter(User.id == 2)


step(
    "before_update",
    lambda: (q(User).update({"age": 3}), q(User.id).filter(User.age == 99).all(), s.rollback()),
)
event.remove(Query, "before_compile_update", bu)


@event.listens_for(Query, "before_compile_delete", retval=True)
def bd(query, ctx):
    return query.filter(Address.id == 20)


step("before_delete", lambda: (q(Address).delete(), s.rollback()))
event.remove(Query, "before_compile_delete", bd)


def frozen():
    r = s.execute(select(User).where(User.id == 1)).freeze()
    s3 = Session(engine)
    f = merge_frozen_result(s3, select(User), r, load=False)
    x = f().scalars().all()
    return x, x[0] in s3


step("frozen", frozen)


def frozen2():
    r = s.execute(select(User, User.name).where(User.id == 1)).freeze()
    s3 = Session(engine)
    f = merge_frozen_result(s3, select(User, User.name), r, load=True)
    x = f().all()
    return x, x[0][0] in s3


step("frozen2", frozen2)
step("iter cols", lambda: [tuple(r) for r in q(User.id).order_by(User.id)])
step(
    "contains_eager",
    lambda: (
        q(User).join(User.addresses).options(contains_eager(User.addresses)).order_by(User.id).all()
    ),
)
step("query __bool__", lambda: bool(q(User).filter(User.id == 99)))
step(
    "query label ambiguous",
    lambda: [tuple(r) for r in q(User.id, Address.id).join(Address).order_by("users_id").limit(1)],
)
step("limit none", lambda: len(q(User).limit(None).offset(None).all()))
step("limit expr", lambda: len(q(User).limit(literal(1) + 1).all()))
step("Load wrong", lambda: q(User).options(joinedload(Order.items)).all())
