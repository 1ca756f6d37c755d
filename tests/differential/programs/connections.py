"""Connections: closing, invalidating, options, levels, driver SQL, parameters and their misuse."""

import warnings

from sqlalchemy import create_engine, text

warnings.simplefilter("ignore")
engine = create_engine("sqlite://")
one = text("select 1")
named = text("select :x")

with engine.connect() as conn:
    sent()
    attempt("missing in a group", conn.execute, named, [{"x": 1}, {}])
    attempt("a value too many", lambda: conn.execute(named, {"x": 1, "y": 2}).scalar())
    attempt("a tuple for text", conn.execute, named, (1,))
    attempt("a list of values", conn.execute, named, [1])
    attempt("no parameters in a list", lambda: conn.execute(one, []).scalar())
    attempt("a number for a statement", conn.execute, 5)
    attempt("a number for parameters", conn.execute, named, 5)
    attempt("driver tuple", lambda: conn.exec_driver_sql("select ?", (1,)).all())
    attempt("driver dictionary", lambda: conn.exec_driver_sql("select :a", {"a": 1}).all())
    attempt("driver list of values", conn.exec_driver_sql, "select ?", [1])
    attempt("driver too few", conn.exec_driver_sql, "select ?, ?", (1,))
    attempt("bound beforehand", lambda: conn.execute(named.bindparams(x=7)).scalar())
    attempt("bound and overridden", lambda: conn.execute(named.bindparams(x=7), {"x": 8}).scalar())
    attempt("bound under a wrong name", lambda: named.bindparams(y=7))
    attempt("an escaped colon", lambda: conn.execute(text(r"select '\:x'")).scalar())
    attempt("a time", lambda: conn.execute(text("select '12:30:00'")).scalar())
    attempt("a percent sign", lambda: conn.execute(text("select 7 % 4")).scalar())
    attempt("a huge number", conn.execute, named, {"x": 2**70})
    attempt("an unknown type", conn.execute, named, {"x": object()})
    attempt("unbalanced", conn.execute, text("select (1"))
    attempt("two statements", conn.execute, text("select 1; select 2"))
    conn.rollback()
    report("level", conn.get_isolation_level())
    report("default level", conn.default_isolation_level)
    report("levels", sorted(engine.dialect.get_isolation_level_values(None)))
    attempt("a wrong level", lambda: conn.execution_options(isolation_level="FAST") and None)
    conn.execution_options(isolation_level="read_uncommitted")
    report("another level", conn.get_isolation_level())
    conn.execute(one)
    attempt(
        "a level in a transaction",
        lambda: conn.execution_options(isolation_level="SERIALIZABLE") and None,
    )
    attempt("a level unknown to all", conn.rollback)

with engine.connect() as conn:
    report("the level is put back", conn.get_isolation_level())

autocommit = engine.execution_options(isolation_level="AUTOCOMMIT")
differs("autocommit", why="toolkit tells the level that was set, not the pragma it stands on")
with autocommit.connect() as conn:
    report("autocommit", conn.get_isolation_level())
    conn.execute(text("create table kept (x integer)"))
    conn.execute(text("insert into kept values (1)"))
with engine.connect() as conn:
    report("without commit", conn.execute(text("select * from kept")).all())
    report("engine option", autocommit.get_execution_options())
    conn.execution_options(mine=5)
    report("own option", conn.get_execution_options())

conn = engine.connect()
conn.execute(one)
conn.invalidate()
report("invalidated", (conn.invalidated, conn.closed, conn.in_transaction()))
attempt("execute when invalidated", conn.execute, one)
attempt("commit when invalidated", conn.commit)
conn.rollback()
attempt("after rollback", lambda: conn.execute(one).scalar())
report("valid again", conn.invalidated)
conn.close()
attempt("close twice", conn.close)
report("closed", (conn.closed, conn.invalidated, conn.in_transaction()))
attempt("execute when closed", conn.execute, one)
attempt("begin when closed", conn.begin)
attempt("commit when closed", conn.commit)
attempt("rollback when closed", conn.rollback)
attempt("info when closed", lambda: conn.info)
attempt("connection when closed", lambda: conn.connection)
attempt("invalidate when closed", conn.invalidate)
attempt("detach when closed", conn.detach)
attempt("option when closed", lambda: conn.execution_options(isolation_level="AUTOCOMMIT") and None)

attempt("an unknown dialect", create_engine, "foo://")
attempt("an unknown driver", create_engine, "sqlite+foo://")
attempt("a wrong name", create_engine, "postgres://u@h/d")
attempt("an unknown option", lambda: create_engine("sqlite://", foo=1))
attempt("no URL", create_engine, "xyz")
attempt("a number", create_engine, 5)
attempt("a host for a file", lambda: create_engine("sqlite://host/db").connect())
attempt("no such folder", lambda: create_engine("sqlite:////no/such/folder/db").connect())
attempt(
    "a wrong level for the engine",
    lambda: create_engine("sqlite://", isolation_level="X").connect(),
)
report("shown", repr(create_engine("sqlite:///some.db")))
report("names", (engine.name, engine.driver, engine.dialect.name, engine.dialect.driver))
