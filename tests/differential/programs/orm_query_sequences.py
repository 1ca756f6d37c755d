# begins with: company
"""``session.query()``: methods after others, which some of them rule out; sets of queries."""

from sqlalchemy import (
    func,
    text,
)
from sqlalchemy.orm import (
    Bundle,
    aliased,
    immediateload,
    joinedload,
    selectinload,
    subqueryload,
)

q = s.query
ua = aliased(User)
differs("stmt.update", why="a whole statement is no condition: all rows would be changed")
differs("stmt.delete", why="a whole statement is no condition: all rows would be deleted")
differs("two.update", why="it is refused by name, and by the documented class of errors")
differs("two.delete", why="it is refused by name, and by the documented class of errors")

calls = {
    "filter": lambda x: x.filter(User.id == 1),
    "filter_by": lambda x: x.filter_by(id=1),
    "order_by": lambda x: x.order_by(User.id),
    "order_by None": lambda x: x.order_by(None),
    "group_by": lambda x: x.group_by(User.id),
    "having": lambda x: x.having(User.id > 0),
    "join": lambda x: x.join(User.addresses),
    "outerjoin": lambda x: x.outerjoin(User.addresses),
    "distinct": lambda x: x.distinct(),
    "limit": lambda x: x.limit(3),
    "offset": lambda x: x.offset(1),
    "slice": lambda x: x.slice(0, 2),
    "select_from": lambda x: x.select_from(User),
    "add_columns": lambda x: x.add_columns(User.name),
    "add_entity": lambda x: x.add_entity(Address),
    "with_entities": lambda x: x.with_entities(User.id),
    "options": lambda x: x.options(selectinload(User.addresses)),
    "with_for_update": lambda x: x.with_for_update(),
    "params": lambda x: x.params(a=1),
    "populate_existing": lambda x: x.populate_existing(),
    "union": lambda x: x.union(x),
    "from_statement": lambda x: x.from_statement(text("select * from users")),
    "correlate": lambda x: x.correlate(User),
    "prefix_with": lambda x: x.prefix_with("A"),
    "with_parent": lambda x: x.with_parent(User(id=1)),
    "where": lambda x: x.where(User.id == 1),
    "update": lambda x: x.update({"age": 1}),
    "delete": lambda x: x.delete(),
    "get": lambda x: x.get(1),
    "count": lambda x: x.count(),
    "exists": lambda x: x.exists(),
    "subquery": lambda x: x.subquery(),
    "with_hint": lambda x: x.with_hint(User, "X"),
    "add_column": lambda x: x.add_column(User.id),
    "execution_options": lambda x: x.execution_options(a=1),
    "enable_eagerloads": lambda x: x.enable_eagerloads(False),
    "yield_per": lambda x: x.yield_per(1),
    "cte": lambda x: x.cte("z"),
    "with_session": lambda x: x.with_session(s),
    "reset_joinpoint": lambda x: x.reset_joinpoint(),
    "value": lambda x: x.value(User.id),
    "one": lambda x: x.one_or_none(),
    "select_from2": lambda x: x.select_from(Address),
    "with_transformation": lambda x: x.with_transformation(lambda z: z),
    "autoflush": lambda x: x.autoflush(True),
    "label": lambda x: x.label("z"),
    "with_statement_hint": lambda x: x.with_statement_hint("X"),
    "suffix_with": lambda x: x.suffix_with("X"),
    "values": lambda x: list(x.values(User.id)),
    "first": lambda x: x.first() and 1,
    "all": lambda x: len(x.all()),
    "scalar": lambda x: x.scalar(),
    "index": lambda x: x[0].id,
}
bases = {
    "limit": lambda: q(User).limit(4),
    "offset": lambda: q(User).limit(9).offset(0),
    "stmt": lambda: q(User).from_statement(text("select * from users")),
    "order": lambda: q(User).order_by(User.id),
    "filter": lambda: q(User).filter(User.id > 0),
    "group": lambda: q(User).group_by(User.id),
    "distinct": lambda: q(User).distinct(),
    "join": lambda: q(User).join(User.orders),
    "sf": lambda: q(User).select_from(User),
    "col": lambda: q(User.id),
    "two": lambda: q(User, Address),
    "fu": lambda: q(User).with_for_update(),
    "opts": lambda: q(User).options(joinedload(User.addresses)),
    "pop": lambda: q(User).populate_existing(),
}
for b, base_of in bases.items():
    for c, call in calls.items():

        def f():
            try:
                r = call(base_of())
                return "ok" if not isinstance(r, (int, str, type(None))) else r
            finally:
                s.rollback()

        step(f"{b}.{c}", f, count=False)


def el(opt, **kw):
    def f():
        return (
            q(User).options(opt(User.addresses)).filter(User.id == 3).enable_eagerloads(False).one()
        )

    return f


step("el joined", el(joinedload))
step("el selectin", el(selectinload))
step("el subq", el(subqueryload))
step("el imm", el(immediateload))
step(
    "multi joined",
    lambda: q(User, User.id).options(joinedload(User.addresses)).filter(User.id == 3).all(),
)
step("multi ent dup", lambda: len(q(User, User.id).join(User.orders).filter(User.id == 1).all()))
step(
    "multi ent joined dup",
    lambda: len(
        q(User, User.id)
        .options(joinedload(User.addresses))
        .join(User.orders)
        .filter(User.id == 4)
        .all()
    ),
)
step(
    "cols distinct", lambda: len(q(User.id, User.name).join(User.orders).filter(User.id == 1).all())
)
step(
    "single stmt dup",
    lambda: len(
        q(User).from_statement(text("select * from users union all select * from users")).all()
    ),
)
step("one dup", lambda: q(User).join(User.orders).filter(User.id == 1).one().id)
step("oon dup", lambda: q(User).join(User.orders).filter(User.id == 1).one_or_none().id)
step(
    "first from stmt",
    lambda: q(User).from_statement(text("select * from users order by id")).first().id,
)
step(
    "first from stmt none",
    lambda: q(User).from_statement(text("select * from users where id=0")).first(),
)
step("idx from stmt", lambda: q(User).from_statement(text("select * from users order by id"))[1].id)
step(
    "count from stmt",
    lambda: q(User).from_statement(text("select * from users order by id")).count(),
)
step("bundle single", lambda: q(Bundle("b", User.id, single_entity=True)).first())


def union_more():
    base = q(User).filter(User.id == 2).union(q(User).filter(User.id == 3))
    out = []
    out.append([u.id for u in base.order_by(User.name.desc())])
    out.append(base.filter_by(name="u2").count())
    out.append([u.id for u in base.with_entities(User.id).order_by(User.id)])
    out.append(
        [
            tuple(r)
            for r in base.join(User.addresses)
            .with_entities(User.id, Address.id)
            .order_by(Address.id)
        ]
    )
    out.append([u.id for u in base.union_all(q(User).filter(User.id == 1)).order_by(User.id)])
    out.append(base.first().id)
    out.append(list(base.with_entities(func.count(User.id))))
    out.append([u.id for u in base.filter(User.addresses.any(Address.id == 20))])
    out.append(
        [
            (u.id, len(u.addresses))
            for u in base.options(joinedload(User.addresses)).order_by(User.id)
        ]
    )
    out.append(
        [
            (u.id, len(u.addresses))
            for u in base.options(selectinload(User.addresses)).order_by(User.id)
        ]
    )
    out.append(base.with_entities(func.max(User.age)).scalar())
    out.append(
        [
            tuple(r)
            for r in base.group_by(User.name)
            .with_entities(User.name, func.count())
            .order_by(User.name)
        ]
    )
    return out


step("union more", union_more)
step("union label", lambda: q(User.id.label("x")).union(q(Address.id)).order_by("x").limit(3).all())
step(
    "union two cols",
    lambda: (
        q(User.id, Address.id)
        .join(Address)
        .filter(User.id == 2)
        .union_all(q(User.id, Address.id).join(Address).filter(User.id == 3))
        .order_by(Address.id)
        .all()
    ),
)
step("union fn", lambda: q(func.max(User.id)).union(q(func.min(User.id))).all())
step("update ret", lambda: q(User).filter(User.id == 1).update({User.name: "z", "age": None}))
s.rollback()
step("filter_by alias", lambda: q(ua).filter_by(name="u2").one().id)
step("filter_by col", lambda: q(User.id).filter_by(name="u2").all())
step("filter_by func", lambda: q(func.count(User.id)).filter_by(name="u2").all())
step("filter_by sf", lambda: q(func.count()).select_from(User).filter_by(name="u2").all())
step(
    "filter_by join sf",
    lambda: q(User.id).select_from(Address).join(User).filter_by(name="u2").all(),
)
step("filter_by two", lambda: q(User, Address).filter_by(name="u2").count())
step("filter_by cls table", lambda: q(User.__table__).filter_by(name="u2").all())
step("neg idx", lambda: q(User).order_by(User.id)[-1].id)
step("neg slice", lambda: q(User).order_by(User.id)[-2:])
step("neg slice2", lambda: q(User).order_by(User.id)[:-1])
step("idx limit", lambda: [u.id for u in q(User).order_by(User.id).limit(3).offset(1)[1:2]])
step(
    "join kw", lambda: q(User.id).join(target=Address, onclause=User.id == Address.user_id).count()
)
