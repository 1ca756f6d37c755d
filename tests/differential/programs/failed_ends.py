"""Transactions whose end fails: what is raised, and what is left for whoever comes next.

SQLite leaves a transaction open whose COMMIT was refused for a deferred foreign key, and so
does the oracle, even in the pool; toolkit rolls back.
"""

import warnings

from sqlalchemy import create_engine, event, text

warnings.simplefilter("ignore")
insert = text("insert into t values (:x)")
orphan = text("insert into child values (:x, 77)")
children = text("select x from child")
everything = text("select x from t order by x")


def prepared(name):
    engine = create_engine(f"sqlite:///{name}.db", pool_size=1, max_overflow=0, pool_timeout=0.01)

    @event.listens_for(engine, "connect")
    def with_foreign_keys(dbapi_connection, record):
        dbapi_connection.execute("pragma foreign_keys = on")

    with engine.begin() as conn:
        conn.execute(text("create table t (x integer)"))
        conn.execute(text("create table parent (id integer primary key)"))
        conn.execute(
            text(
                "create table child (x integer, "
                "parent integer references parent deferrable initially deferred)"
            )
        )
    return engine


# A commit that the database refuses.
engine = prepared("refused")
conn = engine.connect()
conn.execute(orphan, {"x": 1})
attempt("a refused commit", conn.commit)
report("the state after it", (conn.in_transaction(), conn.invalidated))
for step in ("execute after it", "commit after it"):
    differs(step, why="the connection is there: the page of inactive transactions is the right one")
attempt("execute after it", conn.execute, everything)
attempt("commit after it", conn.commit)
attempt("begin after it", conn.begin)
conn.rollback()
report("the state after rollback", (conn.in_transaction(), conn.invalidated))
differs("the orphans after rollback", why="toolkit sends the rollback that it was asked for")
attempt("the orphans after rollback", lambda: conn.execute(children).all())
conn.close()
engine.dispose()

engine = prepared("closed")
conn = engine.connect()
conn.execute(orphan, {"x": 1})
attempt("a refused commit, then close", conn.commit)
conn.close()
differs("what the next one inherits", why="toolkit hands nobody the transaction of another")
with engine.connect() as conn:
    attempt("what the next one inherits", lambda: conn.execute(children).all())
engine.dispose()

engine = prepared("block")


def refused_block():
    with engine.begin() as conn:
        conn.execute(orphan, {"x": 1})


attempt("a block whose commit is refused", refused_block)
with engine.connect() as conn:
    attempt("what a refused block leaves", lambda: conn.execute(children).all())
engine.dispose()


# Listeners that fail at the end of a transaction.
def failing(*arguments):
    raise LookupError


differs(
    "commit with a failing commit: what is left",
    why="toolkit hands nobody the transaction of another",
)
for name in ("commit", "rollback"):
    for end in ("commit", "rollback", "close"):
        engine = prepared(f"{name}-{end}")
        event.listen(engine, name, failing)
        conn = engine.connect()
        conn.execute(insert, {"x": 1})
        step = f"{end} with a failing {name}"
        attempt(step, getattr(conn, end))
        report(f"{step}: state", (conn.in_transaction(), conn.closed, conn.invalidated))
        event.remove(engine, name, failing)
        conn.close()
        with engine.connect() as conn:
            attempt(f"{step}: what is left", lambda c=conn: c.execute(everything).all())
        report(f"{step}: nothing is out", engine.pool.checkedout())
        engine.dispose()

# Savepoints.
for name in ("release_savepoint", "rollback_savepoint"):
    for step in ("execute", "what is left"):
        differs(f"a failing {name}: {step}", why="toolkit undoes what its savepoint has to undo")
for name in ("savepoint", "release_savepoint", "rollback_savepoint"):
    engine = prepared(name)
    event.listen(engine, name, failing)
    with engine.connect() as conn:
        conn.execute(insert, {"x": 1})
        sent()

        def inner(conn=conn, name=name):
            with conn.begin_nested():
                conn.execute(insert, {"x": 2})
                if name == "rollback_savepoint":
                    raise ValueError

        attempt(f"a failing {name}", inner)
        report(f"a failing {name}: state", (conn.in_transaction(), conn.in_nested_transaction()))
        event.remove(engine, name, failing)
        attempt(f"a failing {name}: execute", lambda c=conn: c.execute(everything).all())
        attempt(f"a failing {name}: commit", conn.commit)
        attempt(f"a failing {name}: roll back", conn.rollback)
    with engine.connect() as conn:
        attempt(f"a failing {name}: what is left", lambda c=conn: c.execute(everything).all())
    engine.dispose()

engine = prepared("begin")
event.listen(engine, "begin", failing)
with engine.connect() as conn:
    attempt("a failing begin", conn.begin)
    report("a failing begin: state", conn.in_transaction())
    differs("a failing autobegin", why="nothing has begun, so it begins, and fails, again")
    attempt("a failing autobegin", conn.execute, everything)
    event.remove(engine, "begin", failing)
    attempt("begin after a failing begin", lambda: conn.begin() and None)
engine.dispose()
