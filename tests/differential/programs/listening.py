"""Events: what is heard, in which order, under which names, and what a listener may change."""

import warnings

from sqlalchemy import create_engine, event, text
from sqlalchemy.pool import QueuePool

warnings.simplefilter("ignore")
heard = []
CONNECTION = [
    "before_execute",
    "after_execute",
    "before_cursor_execute",
    "after_cursor_execute",
    "begin",
    "commit",
    "rollback",
    "savepoint",
    "rollback_savepoint",
    "release_savepoint",
    "engine_connect",
    "engine_disposed",
    "set_connection_execution_options",
    "set_engine_execution_options",
]
DIALECT = ["do_connect", "do_execute", "do_executemany", "do_execute_no_params", "handle_error"]
POOL = [
    "connect",
    "first_connect",
    "checkout",
    "checkin",
    "reset",
    "invalidate",
    "soft_invalidate",
    "close",
]
POOL += ["detach", "close_detached"]


def listen(target, names, notes=heard, **how):
    for name in names:

        def listener(*values, _name=name, **named):
            notes.append((_name, sorted(named)) if named else _name)

        event.listen(target, name, listener, **how)


def said():
    notes = list(heard)
    heard.clear()
    return notes


def fresh(**options):
    engine = create_engine("sqlite://", poolclass=QueuePool, **options)
    # What the dialects ask a new server is their own affair.
    engine.connect().close()
    return engine


engine = fresh()
listen(engine, CONNECTION + DIALECT + POOL)
differs("savepoints", why="no statement of the user's: only the events of the cursor tell of it")
with engine.connect() as conn:
    report("connect", said())
    conn.execute(text("create table t (x integer unique)"))
    report("the first statement", said())
    conn.execute(text("insert into t values (:x)"), [{"x": 1}, {"x": 2}])
    report("several sets", said())
    conn.exec_driver_sql("select 1")
    report("driver SQL", said())
    conn.execute(text("select 1"), execution_options={"no_parameters": True})
    report("without parameters", said())
    conn.commit()
    conn.commit()
    report("commit", said())
    with conn.begin():
        savepoint = conn.begin_nested()
        savepoint.commit()
        savepoint = conn.begin_nested()
        savepoint.rollback()
        report("savepoints", said())
    report("the end of a block", said())
    attempt("a violation", conn.execute, text("insert into t values (1)"))
    report("heard of the violation", said())
    attempt("nonsense", conn.exec_driver_sql, "selec")
    report("heard of the nonsense", said())
    conn.rollback()
    report("rollback", said())
    conn.execution_options(mine=1)
    report("options of the connection", said())
    conn.execute(text("select 1"))
    said()
report("close in a transaction", said())
with engine.connect():
    pass
report("connect and close", said())
with engine.begin():
    pass
report("an empty block", said())
engine.execution_options(mine=2)
report("options of the engine", said())
engine.update_execution_options(mine=3)
report("options of this engine", said())
conn = engine.connect()
said()
conn.invalidate()
report("invalidate", said())
conn.close()
report("close the invalidated", said())
differs("reconnect", why="as documented first_connect is heard at a pool's first, and never later")
conn = engine.connect()
report("reconnect", said())
conn.detach()
report("detach", said())
conn.close()
report("close the detached", said())
raw = engine.raw_connection()
report("a raw connection", said())
raw.invalidate(soft=True)
report("invalidate softly", said())
raw.close()
report("close it", said())
engine.connect().close()
report("replace it", said())
engine.dispose()
report("dispose", said())
engine.connect().close()
report("after dispose", said())

# Arguments by name.
engine = fresh()
listen(engine, CONNECTION + POOL, named=True)
with engine.connect() as conn:
    conn.execute(text("select 1"))
    conn.commit()
    conn.execution_options(mine=1)
engine.execution_options(mine=1)
engine.dispose()
report("names", said())
engine = fresh()
listen(engine, [name for name in CONNECTION if "savepoint" in name], named=True)
with engine.connect() as conn:
    conn.begin_nested().commit()
    conn.begin_nested().rollback()
report("names of savepoints", said())

# Values of arguments.
engine = fresh()
values = {}


@event.listens_for(engine, "before_execute")
def before_execute(conn, clauseelement, multiparams, params, execution_options):
    values["before_execute"] = (str(clauseelement), multiparams, params, dict(execution_options))


@event.listens_for(engine, "before_cursor_execute")
def before_cursor_execute(conn, cursor, statement, parameters, context, executemany):
    values["before_cursor_execute"] = (statement, parameters, executemany)


@event.listens_for(engine, "handle_error")
def handle_error(context):
    values["handle_error"] = (
        type(context.original_exception).__name__,
        context.original_exception is context.sqlalchemy_exception.orig,
        context.statement,
        context.parameters,
        context.connection is not None,
        context.engine is engine,
        context.is_disconnect,
        context.is_pre_ping,
        context.invalidate_pool_on_disconnect,
    )


for step in ("execute with {'y': 1}", "values with {'y': 1}"):
    differs(step, why="toolkit shows the parameters as they were given, not as a list")
with engine.connect() as conn:
    conn.execute(text("create table t (x integer)"))
    for parameters in ({"x": 1}, [{"x": 1}], [{"x": 1}, {"x": 2}], {"y": 1}):
        values.clear()
        attempt(
            f"execute with {parameters}",
            lambda p=parameters: conn.execute(text("insert into t values (:x)"), p).rowcount,
        )
        report(f"values with {parameters}", dict(values))
    values.clear()
    conn.execute(text("select 1").execution_options(a=1), execution_options={"b": 2})
    report("options of a statement", dict(values))
    values.clear()
    attempt("an error", conn.execute, text("select * from nowhere where x = :x"), {"x": 1})
    report("values of an error", dict(values))

# What listeners may change, and what happens when they fail.
engine = fresh()


@event.listens_for(engine, "before_cursor_execute", retval=True)
def change(conn, cursor, statement, parameters, context, executemany):
    return statement.replace("old", "new"), parameters


with engine.connect() as conn:
    attempt("changed", lambda: conn.execute(text("select 'old'")).scalar())

for step in ("a failing engine_connect leaves", "after a failing engine_connect"):
    differs(step, why="toolkit gives back the connection that a listener did not like")
for name in [
    "engine_connect",
    "begin",
    "before_execute",
    "before_cursor_execute",
    "commit",
    "rollback",
]:
    engine = fresh(pool_size=1, max_overflow=0, pool_timeout=0.01)

    def failing(*arguments):
        raise LookupError

    def use(engine=engine):
        with engine.connect() as conn:
            conn.execute(text("select 1"))
            conn.commit()
            conn.execute(text("select 1"))

    event.listen(engine, name, failing)
    attempt(f"a failing {name}", use)
    report(f"a failing {name} leaves", engine.pool.checkedout())
    event.remove(engine, name, failing)
    attempt(f"after a failing {name}", use)

differs("once, insert", why="as documented insert=True is before the others, once=True in order")
once = []
engine = fresh()
event.listen(engine, "begin", lambda conn: once.append("once"), once=True)
event.listen(engine, "begin", lambda conn: once.append("second"))
event.listen(engine, "begin", lambda conn: once.append("first"), insert=True)
for _ in range(2):
    with engine.begin():
        pass
report("once, insert", once)
attempt("an unknown event", event.listen, engine, "befor_execute", print)
attempt("an unknown target", event.listen, 5, "begin", print)
attempt("remove what is not there", event.remove, engine, "begin", print)
report("contains", event.contains(engine, "begin", print))

parent = fresh()
sibling = parent.execution_options(mine=1)
listen(parent, ["begin"])
report("listened to", [event.contains(one, "begin", print) for one in (parent, sibling)])
with sibling.begin():
    report("a sibling is heard by its parent", said())

# Not on classes: the oracle's worker outlives a program, and never forgets having listened.
