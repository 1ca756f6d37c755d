"""Clauses that few statements have, put together at random: frames, CTEs that nest or write, rows.

Written for PostgreSQL, which has all of them, and read by SQLite where it has them, too.
"""

import random
import re
import warnings

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import psycopg2

warnings.simplefilter("ignore")
TURNS = 500
metadata = sa.MetaData()
TABLES = [
    sa.Table(
        name,
        metadata,
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("n", sa.Integer),
        sa.Column("s", sa.String(20)),
        sa.Column("j", sa.JSON),
        sa.Column("other", sa.Integer),
    )
    for name in ("ant", "Bee", "cow")
]
dice = random.Random(9)
connection = sa.create_engine("sqlite://").connect()
metadata.create_all(connection)
DOCUMENTS = [{"a": 1, "b": [1, {"c": "x"}]}, {"a": "one"}, [1, 2], 5, "text", None]
for table in TABLES:
    rows = [
        {
            "id": number,
            "n": dice.choice([None, -2, 0, 1, 2, 7]),
            "s": dice.choice([None, "", "a", "b%", "it's"]),
            "j": dice.choice(DOCUMENTS),
            "other": dice.choice([1, 2, 3]),
        }
        for number in range(1, 7)
    ]
    connection.execute(sa.insert(table), rows)
connection.commit()


def some(*makers):
    """What one of the makers makes."""
    return dice.choice(makers)()


def number(source, depth=1):
    plain = dice.choice([source.c.id, source.c.n, source.c.other])
    if depth <= 0:
        return plain
    return some(
        lambda: plain,
        lambda: plain + dice.randint(1, 3),
        lambda: sa.func.coalesce(plain, 0),
        lambda: sa.func.length(source.c.s),
        lambda: sa.case((condition(source), plain), else_=number(source, 0)),
        lambda: of_json(source),
    )


def of_json(source):
    path = dice.choice(["a", 0, ("b", 0), ("b", 1, "c"), ("x",)])
    found = source.c.j[path]
    return some(
        found.as_integer, found.as_string, found.as_float, lambda: sa.cast(found, sa.String)
    )


def condition(source):
    return some(
        lambda: source.c.n > dice.randint(-1, 3),
        lambda: source.c.s == dice.choice(["a", "it's"]),
        lambda: source.c.id.between(dice.randint(1, 3), 5),
        lambda: sa.tuple_(source.c.id, source.c.other).in_(
            [(1, 2), (3, 1), (dice.randint(1, 6), 3)]
        ),
        lambda: sa.tuple_(source.c.id, source.c.s).in_([(1, "a")]),
        lambda: source.c.other.in_(sa.select(sa.func.max(other(source).c.n))),
        lambda: sa.exists().where(other(source).c.id == source.c.other),
        lambda: source.c.j[dice.choice(["a", 0])].as_string().is_not(None),
    )


def other(source):
    return dice.choice([table for table in TABLES if table is not source]).alias()


def bounds():
    low = dice.choice([None, -2, -1, 0])
    return low, dice.choice(
        [bound for bound in (None, 0, 1, 2) if bound is None or bound >= (low or 0)]
    )


def window(source):
    element = some(
        lambda: sa.func.sum(number(source, 0)),
        lambda: sa.func.count(source.c.n),
        sa.func.count,
        lambda: sa.func.row_number(),
        lambda: sa.func.first_value(source.c.s),
        lambda: sa.func.lag(source.c.id, dice.randint(1, 2)),
    )
    if element.name in ("sum", "count") and dice.random() < 0.3:
        element = element.filter(condition(source))
    frame = {}
    kind = dice.choice([None, "rows", "range_", "groups"])
    if kind == "range_":
        frame = {kind: dice.choice([(None, 0), (None, None), (0, None)])}
    elif kind is not None:
        frame = {kind: bounds()}
    if frame and dice.random() < 0.3:
        frame["exclude"] = dice.choice(["CURRENT ROW", "GROUP", "TIES", "NO OTHERS"])
    partition = dice.choice([None, source.c.other, [source.c.other, source.c.s]])
    return element.over(partition_by=partition, order_by=source.c.id, **frame)


def aggregate(source):
    return some(
        lambda: sa.func.sum(number(source, 0)).filter(condition(source)),
        lambda: sa.func.count(source.c.n.distinct()),
        lambda: sa.func.group_concat(source.c.s).aggregate_order_by(source.c.id.desc()),
        lambda: sa.func.aggregate_strings(source.c.s, dice.choice([",", "'"])),
        lambda: sa.func.max(number(source, 0)).filter(condition(source), source.c.id > 1),
        lambda: sa.func.percentile_cont(0.5).within_group(source.c.n.desc()),
        lambda: sa.func.mode().within_group(source.c.s),
    )


def given_rows():
    made = sa.values(sa.column("id", sa.Integer), sa.column("s", sa.String), name="given")
    return made.data([(dice.randint(1, 6), dice.choice(["a", "it's"])) for _ in range(2)])


def plain_select(source):
    made = sa.select(source.c.id.label("id"), source.c.s.label("s")).where(condition(source))
    return made if dice.random() < 0.6 else made.order_by(source.c.id.desc())


def parts():
    """A set of SELECTs, some of which are ordered and limited by themselves."""

    def part():
        made = plain_select(dice.choice(TABLES))
        return (
            made.order_by(sa.desc("id")).limit(dice.randint(1, 3)) if dice.random() < 0.4 else made
        )

    combine = dice.choice([sa.union, sa.union_all, sa.intersect, sa.except_])
    made = combine(
        part().order_by(None), *[part().order_by(None) for _ in range(dice.randint(1, 2))]
    )
    if dice.random() < 0.3:
        made = sa.union_all(made, part().order_by(None))
    return made.order_by("id", "s") if dice.random() < 0.7 else made


def of_cte():
    """A SELECT that reads from CTEs: recursive ones, nested ones, one in another."""
    source = dice.choice(TABLES)
    first = plain_select(source).order_by(None).cte("first")
    how = dice.randrange(4)
    if how == 0:
        second = sa.select(first.c.id, sa.func.lower(first.c.s).label("s")).cte("second")
        return sa.select(second, first.c.id.label("f")).join_from(
            second, first, second.c.id == first.c.id
        )
    if how == 1:
        counted = sa.select(sa.literal(1).label("id")).cte("counted", recursive=True)
        step = sa.select(counted.c.id + 1).where(counted.c.id < dice.randint(2, 5))
        counted = counted.union_all(step) if dice.random() < 0.5 else counted.union(step)
        return sa.select(counted.c.id, source.c.s).join_from(
            counted, source, source.c.id == counted.c.id, isouter=dice.random() < 0.5
        )
    if how == 2:
        nested = plain_select(dice.choice(TABLES)).order_by(None).cte("nested", nesting=True)
        inside = sa.select(nested.c.id).where(nested.c.id > 1)
        return sa.select(first).where(
            first.c.id.in_(inside), first.c.id.in_(sa.select(nested.c.id))
        )
    again = first.alias()
    return sa.select(first.c.id, again.c.s).where(first.c.id < again.c.id).order_by(first.c.id)


def of_writing_cte():
    """A SELECT from what a statement that writes returns."""
    source = dice.choice(TABLES)
    statement = some(
        lambda: sa.update(source).values(n=number(source, 0)).where(condition(source)),
        lambda: sa.delete(source).where(source.c.id == dice.randint(1, 9)),
        lambda: sa.insert(source).values(id=dice.randint(50, 99), s="new"),
    )
    written = statement.returning(source.c.id, source.c.s).cte("written")
    read = dice.choice([table for table in TABLES if table is not source])
    return sa.select(written.c.id, read.c.s).join_from(written, read, written.c.id == read.c.other)


def lateral():
    """A SELECT with a subquery that reads what stands before it."""
    source = dice.choice(TABLES)
    inner = other(source)
    beside = sa.select(inner.c.id, inner.c.s).where(inner.c.id == source.c.other)
    if dice.random() < 0.5:
        beside = beside.order_by(inner.c.id).limit(1)
    beside = beside.lateral(dice.choice([None, "beside"]))
    return sa.select(source.c.id, beside.c.s).join_from(
        source, beside, sa.true(), isouter=dice.random() < 0.5
    )


def update():
    source = dice.choice(TABLES)
    inner = other(source)
    found = sa.select(sa.func.max(inner.c.n)).where(inner.c.id == source.c.other)
    made = some(
        lambda: sa.update(source).values(n=found.scalar_subquery()).where(condition(source)),
        lambda: sa.update(source).values(n=inner.c.n).where(source.c.id == inner.c.other),
        lambda: sa.update(source).values({source.c.s: sa.func.upper(source.c.s)}),
        lambda: sa.delete(source).where(source.c.n == found.scalar_subquery()),
    )
    if dice.random() < 0.6:
        made = made.returning(
            *dice.choice([[source], [source.c.id, source.c.id], [source.c.id + 1]])
        )
    return made


def insert():
    source = dice.choice(TABLES)
    read = plain_select(dice.choice(TABLES)).order_by(None)
    made = some(
        lambda: sa.insert(source).from_select(["other", "s"], read),
        lambda: sa.insert(source).from_select(["other", "s"], sa.select(read.cte("read"))),
        lambda: sa.insert(source).values(n=sa.select(sa.func.count()).scalar_subquery(), s="a"),
        lambda: sa.insert(source).values([{"s": "a", "n": 1}, {"s": "b", "n": sa.func.abs(-2)}]),
    )
    return made.returning(source.c.s, source.c.s) if dice.random() < 0.5 else made


def select():
    source = dice.choice([*TABLES, dice.choice(TABLES).alias("Again")])
    makers = [lambda: window(source), lambda: number(source), lambda: of_json(source)]
    made = sa.select(source.c.id, *[some(*makers) for _ in range(dice.randint(1, 3))])
    if dice.random() < 0.3:
        rows = given_rows()
        made = made.join(rows, source.c.id == rows.c.id).add_columns(rows.c.s)
    return made.where(condition(source)).order_by(source.c.id)


def grouped():
    source = dice.choice(TABLES)
    key = dice.choice([source.c.other, number(source)])
    made = sa.select(key.label("key"), *[aggregate(source) for _ in range(dice.randint(1, 2))])
    return made.group_by("key").having(sa.func.count() > dice.randint(0, 1)).order_by("key")


def written(statement, dialect):
    compiled = statement.compile(dialect=dialect)
    text = " ".join(str(compiled).split())
    # Parentheses of its own around what stands alone between others.
    text = re.sub(r'\(([\w."]+ ->>? %\(\w+\)s)\)', r"\1", text)
    return text, sorted(map(repr, compiled.params.values()))


def read(statement):
    with connection.begin() as transaction:
        result = connection.execute(statement)
        found = result.rowcount
        if result.returns_rows:
            found = list(result.keys()), sorted(map(repr, map(tuple, result)))
        left = [
            sorted(map(repr, map(tuple, connection.execute(sa.select(table))))) for table in TABLES
        ]
        transaction.rollback()
    return found, left


# What SQLite reads as it is written for it by both.
KINDS = [select, select, grouped, parts, of_cte, of_writing_cte, lateral, update, insert]
READ = [select, grouped, of_cte, update, insert]
connection.rollback()
for turn in range(TURNS):
    dice.seed(turn)
    kind = dice.choice(KINDS)
    statement = kind()
    attempt(f"{turn}: written", lambda statement=statement: written(statement, psycopg2.dialect()))
    if kind in READ and "VALUES (" not in str(statement):
        attempt(f"{turn}: read", lambda statement=statement: read(statement))
    connection.rollback()
    # A part of what was made is made again by both: the dice must have fallen alike.
    report(f"{turn}: dice", dice.random())
