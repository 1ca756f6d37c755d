"""Every way of reading a result: fresh, in part, at its end, closed, without rows, lost."""

import sqlite3
import warnings

from sqlalchemy import create_engine, text

warnings.simplefilter("ignore")
engine = create_engine("sqlite://")
conn = engine.connect()
conn.execute(text("create table t (id integer, name text)"))
rows = [{"i": i, "n": f"n{i % 2}"} for i in range(5)]
conn.execute(text("insert into t values (:i, :n)"), rows)
conn.commit()

WAYS = {
    "fetchone": lambda r: r.fetchone(),
    "fetchmany": lambda r: r.fetchmany(2),
    "fetchmany of nothing said": lambda r: r.fetchmany(),
    "fetchmany of none": lambda r: r.fetchmany(0),
    "fetchall": lambda r: r.fetchall(),
    "all": lambda r: r.all(),
    "first": lambda r: r.first(),
    "one": lambda r: r.one(),
    "one_or_none": lambda r: r.one_or_none(),
    "scalar": lambda r: r.scalar(),
    "scalar_one": lambda r: r.scalar_one(),
    "scalar_one_or_none": lambda r: r.scalar_one_or_none(),
    "list": list,
    "next": next,
    "keys": lambda r: list(r.keys()),
    "columns": lambda r: r.columns("name", 0).all(),
    "a wrong column": lambda r: r.columns("nothing").all(),
    "columns of scalars": lambda r: r.columns("name").scalars().all(),
    "scalars": lambda r: r.scalars().all(),
    "scalars of a name": lambda r: r.scalars("name").all(),
    "scalars first": lambda r: r.scalars().first(),
    "scalars one": lambda r: r.scalars().one(),
    "scalars partitions": lambda r: list(r.scalars().partitions(2)),
    "scalars fetchmany": lambda r: r.scalars().fetchmany(3),
    "scalars unique": lambda r: r.scalars(1).unique().all(),
    "mappings": lambda r: r.mappings().all(),
    "mappings first": lambda r: r.mappings().first(),
    "mappings one_or_none": lambda r: r.mappings().one_or_none(),
    "mappings fetchone": lambda r: r.mappings().fetchone(),
    "mappings keys": lambda r: list(r.mappings().keys()),
    "unique": lambda r: r.columns(1).unique().all(),
    "unique by": lambda r: r.unique(lambda row: row.id % 3).all(),
    "unique one": lambda r: r.columns(1).unique().one(),
    "partitions": lambda r: list(r.partitions(2)),
    "partitions of nothing said": lambda r: list(r.partitions()),
    "yield_per": lambda r: list(r.yield_per(2).partitions()),
    "yield_per all": lambda r: r.yield_per(2).all(),
    "yield_per fetchmany": lambda r: r.yield_per(2).fetchmany(),
    "freeze": lambda r: r.freeze()().all(),
    "merge": lambda r: r.merge(conn.execute(text("select 9, 'x'"))).all(),
    "with": lambda r: r.__enter__().fetchone(),
    "closed": lambda r: r.closed,
    "returns_rows": lambda r: r.returns_rows,
}
EVERYTHING = "select id, name from t order by id"
SOURCES = {
    "many": lambda: conn.execute(text(EVERYTHING)),
    "one": lambda: conn.execute(text(EVERYTHING + " limit 1")),
    "none": lambda: conn.execute(text(EVERYTHING + " limit 0")),
    "no rows": lambda: conn.execute(text("update t set name = name")),
    "driver": lambda: conn.exec_driver_sql(EVERYTHING),
    "streamed": lambda: conn.execute(
        text(EVERYTHING), execution_options={"stream_results": True, "max_row_buffer": 2}
    ),
    "by two": lambda: conn.execute(text(EVERYTHING), execution_options={"yield_per": 2}),
}


def in_part():
    result = conn.execute(text(EVERYTHING))
    result.fetchone()
    return result


def read():
    result = conn.execute(text(EVERYTHING))
    result.all()
    return result


def closed():
    result = conn.execute(text(EVERYTHING))
    result.close()
    return result


SOURCES |= {"in part": in_part, "read": read, "closed": closed}

differs("no rows, freeze", why="toolkit says that there are no rows, not that it cannot")
# Until Python mended it, fetchmany(0) was fetchall() in its own driver.
none_is_all = bool(sqlite3.connect(":memory:").execute("select 1").fetchmany(0))
for source in ("streamed", "by two"):
    for way in ("fetchmany of nothing said", "fetchmany of none", "partitions of nothing said"):
        if way == "fetchmany of none" and not none_is_all:
            continue
        differs(
            f"{source}, {way}",
            why="as documented yield_per is the size where none is said; else what is buffered, "
            "and none is none",
        )
        if way == "fetchmany of nothing said":
            differs(f"{source}, {way}, one more", why="it follows from the size")

for source, make in SOURCES.items():
    for way, look in WAYS.items():
        result = make()
        attempt(f"{source}, {way}", look, result)
        report(f"{source}, then {way}: closed", result.closed)
        attempt(f"{source}, {way}, one more", result.fetchone)
        result.close()

for end in ("commit", "rollback", "close"):
    conn = engine.connect()
    result = conn.execute(text(EVERYTHING))
    result.fetchone()
    getattr(conn, end)()
    attempt(f"the rest after {end}", result.all)
    conn.close()

attempt("rowcount of an update", lambda: SOURCES["no rows"]().rowcount)
conn = engine.connect()
for sets in ([{"i": 9}], [{"i": 9}, {"i": 10}]):
    delete = text("delete from t where id = :i")
    attempt(f"rowcount of {len(sets)}", lambda d=delete, s=sets: conn.execute(d, s).rowcount)
    named = text("select :i")
    attempt(f"rows of {len(sets)}", lambda n=named, s=sets: conn.execute(n, s).all())
for values in ((1,), [(1,)], [(1,), (2,)], ((1,),), [[1]], [1], {"a": 1}, [{"a": 1}], 5, "x", []):
    attempt(f"driver values {values!r}", lambda v=values: conn.exec_driver_sql("select ?", v).all())
conn.close()
