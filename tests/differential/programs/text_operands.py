"""SQL that the user wrote where an expression may stand: its type is the null type."""

import warnings

from sqlalchemy import (
    Integer,
    String,
    asc,
    case,
    cast,
    collate,
    column,
    create_engine,
    desc,
    distinct,
    extract,
    func,
    insert,
    label,
    literal,
    null,
    nulls_first,
    or_,
    over,
    select,
    table,
    text,
    tuple_,
    type_coerce,
    update,
    values,
)

warnings.simplefilter("ignore")
t = table("t", column("a", Integer), column("b", String))
x = text("t.a")
FUNCTIONS = "coalesce max min sum count concat char_length array_agg round foo lag first_value"


def shown(found):
    return " ".join(str(found).split()), type(getattr(found, "type", None)).__name__


for name in FUNCTIONS.split():
    attempt(f"{name} of a text", lambda name=name: shown(getattr(func, name)(x)))
for name in ["coalesce", "max", "sum", "nullif", "foo", "aggregate_strings"]:
    attempt(
        f"{name} of a column and a text", lambda name=name: shown(getattr(func, name)(t.c.a, x))
    )
    if name != "aggregate_strings":
        attempt(f"{name} of two", lambda name=name: shown(getattr(func, name)(x, 1)))

EXPRESSIONS = {
    "type of a text": x,
    "case of a condition": case((x, 1), else_=x),
    "case of a result": case((t.c.a == 1, x), else_=x),
    "case with a type": case((t.c.a == 1, x), else_=t.c.b),
    "cast": cast(x, Integer),
    "type_coerce": type_coerce(x, Integer),
    "extract": extract("year", x),
    "collate": collate(x, "nocase"),
    "distinct": func.count(distinct(x)),
    "or": or_(x),
    "desc": desc(x),
    "asc": asc(x),
    "nulls": nulls_first(x),
    "label": label("named", x),
    "tuple": tuple_(x, t.c.a),
    "between": t.c.a.between(x, x),
    "in": t.c.a.in_(x),
    "eq": t.c.a == x,
    "plus": t.c.a + x,
    "plus before": x + t.c.a,
    "concat": t.c.b + x,
    "concat by name": t.c.b.concat(x),
    "like": t.c.b.like(x),
    "contains": t.c.b.contains(x),
    "is": t.c.b.is_(x),
    "op": t.c.b.op("@@")(x),
    "bool op": t.c.b.bool_op("@@")(x),
    "over": over(func.sum(x), order_by=[x, t.c.a], partition_by=x),
    "filter": func.sum(t.c.a).filter(x),
    "null": func.coalesce(null(), x),
    "literal": literal(1) == x,
    "nested": func.foo(func.coalesce(x, x)) + 1,
    "sum": func.sum(x) + 1,
    "compared": func.coalesce(x, 1) == "a",
    "bitwise": t.c.a.bitwise_and(x),
    "grouped": x.self_group(),
    "insert": insert(t).values(a=x),
    "update": update(t).values(a=x).where(x),
    "rows": select(values(column("a", Integer), name="v").data([(x,), (5,)])),
    "group by": select(t.c.a).group_by(x).having(x).order_by(x),
}
differs("between", why="a condition is Boolean here, whatever it compares")
for name, found in EXPRESSIONS.items():
    report(name, shown(found))

engine = create_engine("sqlite://")
with engine.connect() as connection:
    report("coalesced", connection.execute(select(func.coalesce(text("null"), 1))).all())
    given = text("cast(:n as integer)").bindparams(n=7)
    report("with a value", connection.execute(select(func.max(given, 2), func.sum(given))).all())
