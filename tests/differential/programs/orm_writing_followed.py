# begins with: company, written_rows
"""UPDATE and DELETE by conditions: which objects follow, and how; what Python can tell."""

from sqlalchemy import (
    Integer,
    String,
    and_,
    bindparam,
    case,
    cast,
    delete,
    exists,
    false,
    func,
    insert,
    inspect,
    literal,
    not_,
    null,
    or_,
    select,
    text,
    true,
    tuple_,
    type_coerce,
    update,
)
from sqlalchemy import exc as sexc

for name in ("expired u fetch", "expired uc fetch"):
    differs(name, why="an object that expired as a whole stays so")
differs("partial u", why="of an object that is not loaded nobody knows whether it is meant")


def seed(n=4):
    s.execute(insert(T), [{"a": f"v{i}", "b": i, "c": i} for i in range(1, n + 1)])
    s.expunge_all()
    s.connection()
    objs = s.scalars(select(T).order_by(T.id)).all()
    sent()
    return objs


def ev(name, fn):
    try:
        step(name, fn, count=True)
    finally:
        s.rollback()


def vars_(o):
    return {k: v for k, v in sorted(vars(o).items()) if k[0] != "_"}


def expired(kind, sync="evaluate"):
    o = seed()
    s.expire(o[2])
    if kind == "u":
        s.execute(
            update(T).where(T.b > 2).values(a="n"), execution_options={"synchronize_session": sync}
        )
    elif kind == "uc":
        s.execute(
            update(T).where(T.b > 2).values(a="n", c=T.c + 1),
            execution_options={"synchronize_session": sync},
        )
    else:
        s.execute(delete(T).where(T.b > 2), execution_options={"synchronize_session": sync})
    return (
        [vars_(x) for x in o],
        [x in s for x in o],
        [inspect(x).expired_attributes for x in o].__len__(),
        [sorted(inspect(x).expired_attributes) for x in o],
    )


for k in ("u", "uc", "d"):
    for sy in ("evaluate", "fetch", "auto"):
        ev(f"expired {k} {sy}", lambda: expired(k, sy))


def partial(kind):
    o = seed()
    s.expire(o[2], ["b"])
    if kind == "u":
        s.execute(
            update(T).where(T.b > 2).values(a="n"),
            execution_options={"synchronize_session": "evaluate"},
        )
    else:
        s.execute(delete(T).where(T.b > 2), execution_options={"synchronize_session": "evaluate"})
    return (
        [vars_(x) for x in o],
        [x in s for x in o],
        [sorted(inspect(x).expired_attributes) for x in o],
    )


for k in ("u", "d"):
    ev(f"partial {k}", lambda: partial(k))


def dirty(sync):
    o = seed()
    with s.no_autoflush:
        o[2].a = "dirty"
        o[0].b = 77
        s.execute(
            update(T).where(T.b > 2).values(c=5), execution_options={"synchronize_session": sync}
        )
        return [vars_(x) for x in o], [inspect(x).modified for x in o]


for sy in ("evaluate", "fetch"):
    ev(f"dirty {sy}", lambda: dirty(sy))


def dirtyset(sync):
    o = seed()
    with s.no_autoflush:
        o[2].a = "dirty"
        s.execute(
            update(T).where(T.b > 2).values(a="set"),
            execution_options={"synchronize_session": sync},
        )
        return [vars_(x) for x in o], [inspect(x).modified for x in o], [x in s.dirty for x in o]


for sy in ("evaluate", "fetch"):
    ev(f"dirtyset {sy}", lambda: dirtyset(sy))


def auto_off():
    o = seed()
    o[0].b = 99
    return s.execute(
        update(T).where(T.b == 99).values(a="x"), execution_options={"autoflush": False}
    ).rowcount


ev("autoflush off", auto_off)
ops = {
    "eq": lambda: T.b == 3,
    "ne": lambda: T.b != 3,
    "lt": lambda: T.b < 3,
    "le": lambda: T.b <= 3,
    "gt": lambda: T.b > 3,
    "ge": lambda: T.b >= 3,
    "add": lambda: T.b + 1 == 3,
    "sub": lambda: T.b - 1 == 3,
    "mul": lambda: T.b * 2 == 4,
    "div": lambda: T.b / 2 == 1,
    "floordiv": lambda: T.b // 2 == 1,
    "mod": lambda: T.b % 2 == 1,
    "neg": lambda: -T.b == -3,
    "in": lambda: T.b.in_([1, 2]),
    "notin": lambda: T.b.not_in([1, 2]),
    "in empty": lambda: T.b.in_([]),
    "in none": lambda: T.b.in_([1, None]),
    "is": lambda: T.d.is_(None),
    "isnot": lambda: T.d.is_not(None),
    "isdistinct": lambda: T.b.is_distinct_from(3),
    "isnotdistinct": lambda: T.b.is_not_distinct_from(3),
    "and": lambda: and_(T.b > 1, T.b < 4),
    "or": lambda: or_(T.b == 1, T.b == 4),
    "not": lambda: not_(T.b == 1),
    "not and": lambda: not_(and_(T.b > 1, T.b < 3)),
    "not or": lambda: not_(or_(T.b == 1, T.b == 2)),
    "null eq": lambda: T.d.is_(None),
    "null ne": lambda: T.d.is_not(None),
    "null cmp": lambda: T.d > 1,
    "null or": lambda: or_(T.d > 1, T.b == 1),
    "null and": lambda: and_(T.d > 1, T.b == 1),
    "not null": lambda: not_(T.d > 1),
    "like": lambda: T.a.like("v%"),
    "ilike": lambda: T.a.ilike("V%"),
    "startswith": lambda: T.a.startswith("v"),
    "endswith": lambda: T.a.endswith("1"),
    "contains": lambda: T.a.contains("v"),
    "between": lambda: T.b.between(2, 3),
    "notbetween": lambda: ~T.b.between(2, 3),
    "concat": lambda: T.a + "x" == "v1x",
    "concat2": lambda: T.a.concat("x") == "v1x",
    "true": lambda: true(),
    "false": lambda: false(),
    "literal": lambda: literal(1) == 1,
    "func": lambda: func.lower(T.a) == "v1",
    "case": lambda: case((T.b == 1, 1), else_=2) == 1,
    "cast": lambda: cast(T.b, String) == "1",
    "bind": lambda: T.b == bindparam("x", 3),
    "col=col": lambda: T.b == T.c,
    "regex": lambda: T.a.regexp_match("v"),
    "any": lambda: T.b.in_(select(User.id)),
    "tuple": lambda: tuple_(T.b, T.c).in_([(1, 1)]),
    "bitand": lambda: T.b.bitwise_and(1) == 1,
    "text": lambda: text("b=1"),
    "str cmp": lambda: T.a > "v2",
    "self_group": lambda: (T.b + 1) * 2 == 6,
    "label": lambda: T.b.label("z") == 1,
    "exists": lambda: exists().where(User.id == 1),
    "table col": lambda: T.__table__.c.b == 1,
    "between null": lambda: T.d.between(1, 2),
    "is true": lambda: (T.b == 1).is_(True),
    "coalesce": lambda: func.coalesce(T.b, 1) == 1,
    "collate": lambda: T.a.collate("NOCASE") == "v1",
    "type_coerce": lambda: type_coerce(T.b, Integer) == 1,
    "extract": lambda: T.b.op("+")(1) == 2,
    "other class": lambda: User.id == 1,
    "nullsfirst": lambda: T.a.icontains("V"),
    "null in": lambda: T.d.in_([1]),
    "none bind": lambda: T.d == bindparam("q", None),
    "int mod": lambda: T.b % 2 == 0,
    "pow": lambda: T.b.op("||")("1") == "11",
    "rdiv": lambda: 4 / T.b == 2,
    "nulls": lambda: null() == T.b,
    "xor": lambda: T.b.bitwise_xor(1) == 0,
}


def run_op(n, sync="evaluate"):
    o = seed()
    s.execute(
        update(T).where(ops[n]()).values(a="hit"), execution_options={"synchronize_session": sync}
    )
    return [x.__dict__.get("a") for x in o], sorted(table()[i][1] for i in range(4))


for n in ops:
    ev(f"op {n}", lambda: run_op(n))


def run_val(n):
    vals = {
        "add": lambda: T.b + 1,
        "concat": lambda: T.a + "z",
        "func": lambda: func.upper(T.a),
        "none": lambda: None,
        "null": lambda: null(),
        "lit": lambda: literal("q"),
        "bind": lambda: bindparam("x", "y"),
        "neg": lambda: -T.b,
        "case": lambda: case((T.b == 1, "one"), else_="other"),
        "div": lambda: T.b / 2,
        "other": lambda: T.c,
        "subq": lambda: select(User.name).where(User.id == 1).scalar_subquery(),
        "mod": lambda: T.b % 2,
        "fdiv": lambda: T.b // 2,
    }
    o = seed()
    s.execute(
        update(T)
        .where(T.b > 2)
        .values(
            {
                "a"
                if n in ("concat", "func", "none", "null", "lit", "bind", "case", "subq")
                else "b": vals[n]()
            }
        ),
        execution_options={"synchronize_session": "evaluate"},
    )
    return [vars_(x) for x in o]


for n in (
    "add",
    "concat",
    "func",
    "none",
    "null",
    "lit",
    "bind",
    "neg",
    "case",
    "div",
    "other",
    "subq",
    "mod",
    "fdiv",
):
    ev(f"val {n}", lambda: run_val(n))


def upd(name, make, sync="auto", **kw):
    def f():
        objs = seed()
        r = s.execute(make(), execution_options={"synchronize_session": sync, **kw})
        try:
            res = r.all()
        except sexc.ResourceClosedError:
            res = r.rowcount
        sent()
        known = [{k: v for k, v in sorted(vars(o).items()) if k[0] != "_"} for o in objs]
        where = [(inspect(o).persistent, inspect(o).deleted, o in s) for o in objs]

        return res, known, where, table()

    try:
        step(name, f, count=False)
    finally:
        s.rollback()


for sync in ("auto", "evaluate", "fetch", False):
    upd(f"upd {sync}", lambda: update(T).where(T.b > 2).values(a="n"), sync)
    upd(f"upd expr {sync}", lambda: update(T).where(T.b > 2).values(b=T.b + 10), sync)
    upd(f"upd func {sync}", lambda: update(T).where(T.b > 2).values(a=func.upper(T.a)), sync)
    upd(f"upd where func {sync}", lambda: update(T).where(func.abs(T.b) > 2).values(a="z"), sync)
    upd(f"upd ret {sync}", lambda: update(T).where(T.b > 2).values(a="n").returning(T), sync)
    upd(
        f"upd ret cols {sync}",
        lambda: update(T).where(T.b > 2).values(a="n").returning(T.id, T.a),
        sync,
    )
    upd(f"del {sync}", lambda: delete(T).where(T.b > 2), sync)
    upd(f"del ret {sync}", lambda: delete(T).where(T.b > 2).returning(T), sync)
    upd(f"del ret cols {sync}", lambda: delete(T).where(T.b > 2).returning(T.id), sync)
    upd(f"del func {sync}", lambda: delete(T).where(func.abs(T.b) > 2), sync)
    upd(f"upd multi {sync}", lambda: update(T).where(T.b == User.id).values(a=User.name), sync)
    upd(
        f"upd subq {sync}",
        lambda: update(T).where(T.b.in_(select(User.id).where(User.id > 3))).values(a="s"),
        sync,
    )
    upd(
        f"upd scalar val {sync}",
        lambda: (
            update(T)
            .where(T.b == 2)
            .values(a=select(User.name).where(User.id == T.b).scalar_subquery())
        ),
        sync,
    )
    upd(f"del in {sync}", lambda: delete(T).where(T.b.in_([1, 2])), sync)
    upd(f"upd all {sync}", lambda: update(T).values({T.a: "q", "b": 3}), sync)
    upd(f"upd none {sync}", lambda: update(T).where(T.a.is_(None)).values(a="q"), sync)
    upd(
        f"upd or {sync}",
        lambda: update(T).where(or_(T.b == 2, T.a == "v3"), T.id.between(1, 9)).values(a="q"),
        sync,
    )
    upd(
        f"upd and_ {sync}",
        lambda: update(T).where(and_(T.b != 2, ~(T.a == "v3"))).values(a="q"),
        sync,
    )
    upd(
        f"upd ordered {sync}",
        lambda: update(T).where(T.b == 2).ordered_values((T.b, 9), (T.a, "o")),
        sync,
    )
    upd(
        f"upd table {sync}",
        lambda: (
            update(T.__table__).where(T.__table__.c.b == 2).values(a="q")
            if False
            else update(T).where(T.__table__.c.b == 2).values(a="q")
        ),
        sync,
    )
upd("upd bad sync", lambda: update(T).values(a="n"), "xx")
upd("upd True", lambda: update(T).where(T.b == 1).values(a="n"), True)
upd("upd is_delete_using", lambda: update(T).where(T.b == 1).values(a="q"), is_delete_using=True)
