"""Savepoints: what the inner and the outer transaction keep, and in which order they may end."""

import warnings

from sqlalchemy import create_engine, event, text

warnings.simplefilter("ignore")
engine = create_engine("sqlite://")


# The documented recipe: pysqlite must not begin by itself, or savepoints do not hold.
@event.listens_for(engine, "connect")
def leave_it_to_us(dbapi_connection, record):
    dbapi_connection.isolation_level = None


@event.listens_for(engine, "begin")
def begin(conn):
    conn.exec_driver_sql("BEGIN")


everything = text("select x from t order by x")
insert = text("insert into t values (:x)")

with engine.begin() as conn:
    conn.execute(text("create table t (x integer)"))

with engine.connect() as conn:
    conn.execute(insert, {"x": 1})
    savepoint = conn.begin_nested()
    report("nested", (conn.in_transaction(), conn.in_nested_transaction()))
    report("which", conn.get_nested_transaction() is savepoint)
    conn.execute(insert, {"x": 2})
    savepoint.rollback()
    report("nested after rollback", conn.in_nested_transaction())
    report("inner is gone", conn.execute(everything).scalars().all())
    with conn.begin_nested():
        conn.execute(insert, {"x": 3})
    conn.commit()
    report("outer and released", conn.execute(everything).scalars().all())
    conn.rollback()

    def failing():
        with conn.begin_nested():
            conn.execute(insert, {"x": 4})
            raise ValueError("inner")

    conn.execute(insert, {"x": 5})
    attempt("an exception in the inner block", failing)
    conn.commit()
    report("leaves the outer alone", conn.execute(everything).scalars().all())
    conn.rollback()

    savepoint = conn.begin_nested()
    conn.rollback()
    attempt("commit a savepoint whose root was rolled back", savepoint.commit)
    attempt("rollback a savepoint whose root was rolled back", savepoint.rollback)
    root = conn.begin()
    savepoint = conn.begin_nested()
    conn.execute(insert, {"x": 6})
    root.commit()
    report("commit of the root ends the savepoint", savepoint.is_active)
    attempt("commit a savepoint whose root was committed", savepoint.commit)
    report("and keeps its work", conn.execute(everything).scalars().all())
