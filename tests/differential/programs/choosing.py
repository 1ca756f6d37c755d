"""Options of execution on engine, connection and statement, and streaming by them."""

import warnings

from sqlalchemy import create_engine, event, text

warnings.simplefilter("ignore")
engine = create_engine("sqlite:///file.db", execution_options={"of": "engine"})
with engine.begin() as conn:
    conn.execute(text("create table t (x integer)"))
    conn.execute(text("insert into t values (:x)"), [{"x": i} for i in range(20)])

report("engine", engine.get_execution_options())
sibling = engine.execution_options(of="sibling", more=1)
report("sibling", sibling.get_execution_options())
report("engine as before", engine.get_execution_options())
report("same pool", sibling.pool is engine.pool)
report("same dialect", sibling.dialect is engine.dialect)
third = sibling.execution_options(third=True)
report("third", third.get_execution_options())
engine.update_execution_options(late=1)
report("updated", engine.get_execution_options())
report("a sibling is not updated", sibling.get_execution_options())
attempt("change what is given out", lambda: engine.get_execution_options().update(x=1))
report("unchanged", engine.get_execution_options())

seen = []


@event.listens_for(engine, "before_cursor_execute")
def see(conn, cursor, statement, parameters, context, executemany):
    options = context.execution_options
    seen.append([(name, options[name]) for name in ("of", "a", "b", "c") if name in options])


with sibling.connect() as conn:
    report("of a connection", conn.get_execution_options())
    same = conn.execution_options(a=1)
    report("the same connection", same is conn)
    report("more of a connection", conn.get_execution_options())
    conn.execute(text("select 1"))
    conn.execute(text("select 1").execution_options(b=2))
    conn.execute(text("select 1").execution_options(b=2), execution_options={"b": 3, "of": "it"})
    conn.exec_driver_sql("select 1", None, {"c": 4})
    report("what reaches the execution", seen)
    statement = text("select 1").execution_options(a=1).execution_options(b=2)
    report("of a statement", statement.get_execution_options())

with engine.connect() as conn:
    conn.execution_options(logging_token="t", compiled_cache=None)
    attempt("without a cache", lambda: conn.execute(text("select 1")).scalar())
    cache = {}
    conn.execution_options(compiled_cache=cache)
    attempt("with a cache of one's own", lambda: conn.execute(text("select 1")).scalar())

# Isolation levels.
differs(
    "the default level",
    why="as documented it is what the server has before any other command, not the engine's",
)
serial = create_engine("sqlite:///file.db", isolation_level="READ UNCOMMITTED")
with serial.connect() as conn:
    report("the engine's level", conn.get_isolation_level())
    report("the default level", conn.default_isolation_level)
    conn.rollback()
    conn.execution_options(isolation_level="SERIALIZABLE")
    report("another level", conn.get_isolation_level())
with serial.connect() as conn:
    report("the engine's level again", conn.get_isolation_level())
with engine.execution_options(isolation_level="READ UNCOMMITTED").connect() as conn:
    report("the sibling's level", conn.get_isolation_level())
with engine.connect() as conn:
    report("the first engine's level", conn.get_isolation_level())
    conn.execution_options(isolation_level="AUTOCOMMIT")
    conn.execute(text("insert into t values (100)"))
    report("in a transaction", conn.in_transaction())
    with engine.connect() as other:
        there = text("select count(*) from t where x = 100")
        report("seen by others", other.execute(there).scalar())
    attempt("begin", lambda: conn.begin() and None)
    conn.rollback()
    report("not rolled back", conn.execute(there).scalar())
    attempt(
        "change it now", lambda: conn.execution_options(isolation_level="SERIALIZABLE") and None
    )
    conn.commit()
    conn.execution_options(isolation_level="SERIALIZABLE")
    conn.execute(text("insert into t values (101)"))
    conn.rollback()
    report("rolled back", conn.execute(text("select count(*) from t where x = 101")).scalar())
attempt("a statement's level", lambda: text("select 1").execution_options(isolation_level="X"))
attempt(
    "a wrong level of a sibling",
    lambda: engine.execution_options(isolation_level="X").connect(),
)
differs("nothing is out", why="toolkit gives back the connection that it cannot set the level of")
report("nothing is out", engine.pool.checkedout())

# Streaming.
everything = text("select x from t where x < 20 order by x")
with engine.connect() as conn:
    for options in (
        {},
        {"stream_results": True},
        {"stream_results": True, "max_row_buffer": 3},
        {"yield_per": 4},
        {"yield_per": 4, "max_row_buffer": 2},
    ):
        label = str(options)
        if options:
            for step in ("some unsaid", "unsaid"):
                differs(
                    f"{label}: {step}",
                    why="as documented yield_per is the size where none is said; else what is "
                    "buffered",
                )

        def stream(options=options):
            return conn.execute(everything, execution_options=options)

        attempt(f"{label}: all", lambda s=stream: len(s().all()))
        attempt(f"{label}: one", lambda s=stream: s().fetchone())
        attempt(f"{label}: some", lambda s=stream: [len(s().fetchmany(n)) for n in (1, 3, 50)])
        attempt(f"{label}: some unsaid", lambda s=stream: len(s().fetchmany()))
        attempt(f"{label}: partitions", lambda s=stream: [len(p) for p in s().partitions(7)])
        attempt(f"{label}: unsaid", lambda s=stream: [len(p) for p in s().partitions()])
        attempt(f"{label}: scalars", lambda s=stream: sum(s().scalars()))
        attempt(f"{label}: mappings", lambda s=stream: len(list(s().mappings().partitions(6))))
        attempt(f"{label}: first", lambda s=stream: s().first())
        attempt(f"{label}: again", lambda s=stream: [len(p) for p in s().yield_per(6).partitions()])

        def mixed(stream=stream):
            result = stream()
            taken = [result.fetchone(), result.fetchmany(3), next(result)]
            return taken, len(result.fetchall()), result.fetchone(), result.closed

        attempt(f"{label}: mixed", mixed)

        def early(stream=stream):
            with stream() as result:
                result.fetchone()
            return result.closed, result.fetchone()

        attempt(f"{label}: left early", early)
    conn.execution_options(yield_per=3)
    differs("by the connection", why="as documented yield_per is the size where none is said")
    attempt("by the connection", lambda: [len(p) for p in conn.execute(everything).partitions()])
