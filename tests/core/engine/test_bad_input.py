"""What is used wrongly is refused: by a documented exception that says what to do.

Nothing is sent, nothing leaks (the fixture of the engine counts), and no message holds the
password of the URL.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.core.engine.faulty import PASSWORD, Server
from toolkit import Connection, Engine, NullPool, create_engine, event, exc, text

INSERT = text("insert into t (x) values (:x)")
ONE = text("select 1")
TWO_ROWS = text("select 1 as a, 2 as b union select 3, 4")
URL = f"faulty://scott:{PASSWORD}@host/no/such/folder.db"

Action = Callable[[Connection], Any]
# The class of the error, words that its message must hold, words of its hint.
Refusal = tuple[type[Exception], str, str | None]


def check(error: BaseException, words: str, hint: str | None) -> None:
    """See that an error says what was wrong and what to do, and keeps secrets."""
    shown = f"{error} {error!r} {error.args}"
    assert PASSWORD not in shown
    assert words in str(error)
    if hint is not None:
        assert hint in (getattr(error, "hint", None) or ""), f"hint: {getattr(error, 'hint', None)}"
        assert f"Try: {getattr(error, 'hint', None)}" in str(error)


@pytest.fixture
def engine(faulty_engine: Engine) -> Engine:
    """An engine that is looked at after the test: nothing is out, nothing is open."""
    return faulty_engine


@pytest.fixture
def connection(engine: Engine, faults: Server) -> Iterator[Connection]:
    with engine.connect() as connection:
        yield connection


def sent(faults: Server) -> int:
    return sum(faults.calls[call] for call in ("cursor", "execute", "executemany"))


# -- making an engine -----------------------------------------------------------------------

WRONG_URLS: list[tuple[Any, type[Exception], str, str]] = [
    ("", exc.ArgumentError, "it is empty", "set the variable"),
    ("faulty", exc.ArgumentError, "there is no '://'", "dialect[+driver]://"),
    (f"scott:{PASSWORD}@host/db", exc.ArgumentError, "there is no '://'", "write it as"),
    (f"faulty:/scott:{PASSWORD}@host", exc.ArgumentError, "there is no '://'", "write it as"),
    (f"fau lty://scott:{PASSWORD}@host", exc.ArgumentError, "other characters", "write it as"),
    (f"faulty://scott:{PASSWORD}@host:port/d", exc.ArgumentError, "the port", "percent-encode"),
    (f"faulty://scott:{PASSWORD}@[::1/d", exc.ArgumentError, "brackets", "[::1]"),
    (5, exc.ArgumentError, "of type 'int'", "dialect[+driver]://"),
    (None, exc.ArgumentError, "got None", "dialect[+driver]://"),
    (f"nodb://scott:{PASSWORD}@h/d", exc.NoSuchModuleError, "nodb", "toolkit plugins lists"),
    (f"postgres://scott:{PASSWORD}@h/d", exc.NoSuchModuleError, "postgres", "postgresql://"),
    (f"faulty+odd://scott:{PASSWORD}@h", exc.NoSuchModuleError, "faulty.odd", "absent, edge"),
    (f"{URL}?plugin=nope", exc.NoSuchModuleError, "toolkit.plugins:nope", "toolkit plugins"),
    (f"sqlite://scott:{PASSWORD}@host/db", exc.ArgumentError, "scott:***@", "three slashes"),
]


@pytest.mark.parametrize(("url", "error", "words", "hint"), WRONG_URLS)
def test_a_wrong_url_is_refused(url: Any, error: type[Exception], words: str, hint: str) -> None:
    with pytest.raises(error) as caught:
        create_engine(url)
    check(caught.value, words, hint)


def test_a_missing_driver_says_what_to_install() -> None:
    with pytest.raises(ModuleNotFoundError, match="no_such_dbapi") as caught:
        create_engine(f"faulty+absent://scott:{PASSWORD}@host/db")
    assert isinstance(caught.value, exc.NoSuchModuleError)
    check(caught.value, "the driver 'absent' is not installed", 'pip install "no-such-dbapi"')


READY_POOL = create_engine("sqlite://").pool

WRONG_OPTIONS: list[tuple[dict[str, Any], str, str | None]] = [
    ({"pool_sice": 5}, "Invalid argument(s) 'pool_sice'", "'pool_size' instead of"),
    ({"sqlite_begin": "IMMEDIATE"}, "'sqlite_begin' sent to create_engine()", None),
    ({"pool_size": "5"}, "must be a whole number, 0 or more, not '5'", None),
    ({"pool_size": -1}, "'pool_size' must be a whole number, 0 or more, not -1", None),
    ({"max_overflow": -2}, "must be a whole number, -1 or more", None),
    ({"pool_timeout": "soon"}, "must be a number of seconds, or None", None),
    ({"pool_recycle": "x"}, "must be a number of seconds", None),
    ({"pool_pre_ping": "yes"}, "must be True or False", None),
    ({"pool_reset_on_return": "x"}, '"rollback", "commit" or None', None),
    ({"poolclass": int}, "must be a class of pool, not <class 'int'>", "QueuePool, NullPool"),
    ({"poolclass": "QueuePool"}, "must be a class of pool", None),
    ({"poolclass": NullPool, "pool_size": 5}, "'pool_size'", "choose another poolclass"),
    ({"pool": 5}, "'pool' must be a pool, not 5", "toolkit.pool has"),
    ({"pool": READY_POOL, "pool_size": 5}, "'pool_size'", "made already"),
    ({"creator": 5}, "'creator' must be a function", None),
    ({"module": 5}, "must be a DBAPI module, not 5", "PEP 249"),
    ({"module": "sqlite3"}, "the object itself, not its name", None),
    ({"connect_args": f"password={PASSWORD}"}, "must be a dictionary, not a str", None),
    ({"execution_options": 5}, "must be a dictionary", None),
    ({"execution_options": {"yield_per": "x"}}, "'yield_per' must be a whole number", None),
    ({"isolation_level": "FAST"}, "READ UNCOMMITTED, SERIALIZABLE", None),
    ({"isolation_level": 5}, "must be a string", None),
    ({"echo": "loud"}, 'True, False or "debug"', None),
    ({"paramstyle": "percent"}, "one of format, named", None),
    ({"plugins": ["nope"]}, "toolkit.plugins:nope", "toolkit plugins lists"),
    ({"query_cache_size": -1}, "a whole number, 0 or more", None),
    ({"future": False}, "may only be True", None),
]


@pytest.mark.parametrize(("options", "words", "hint"), WRONG_OPTIONS)
def test_a_wrong_option_is_refused(options: dict[str, Any], words: str, hint: str | None) -> None:
    with pytest.raises(exc.ArgumentError) as caught:
        create_engine(URL, **options)
    check(caught.value, words, hint)


def test_options_of_a_file_are_refused_by_their_name() -> None:
    from toolkit import engine_from_config

    with pytest.raises(exc.ArgumentError) as caught:
        engine_from_config({"sqlalchemy.echo": "no"})
    check(caught.value, "no key 'sqlalchemy.url'", "sqlalchemy.url = sqlite:///app.db")
    with pytest.raises(exc.ArgumentError) as caught:
        engine_from_config({"sqlalchemy.url": URL, "sqlalchemy.pool_size": "many"})
    check(caught.value, "'pool_size' must be a whole number", None)


@pytest.mark.parametrize("maker", ["creator", "do_connect"])
def test_what_makes_connections_must_return_one(maker: str) -> None:
    engine = create_engine(URL, creator=(lambda: 5) if maker == "creator" else None)
    if maker == "do_connect":
        event.listen(engine, "do_connect", lambda *_: 5)
    with pytest.raises(exc.ArgumentError) as caught:
        engine.connect()
    check(caught.value, "has returned a int, which is no connection", "the driver's connect()")
    assert engine.pool.checkedout() == 0


def test_a_database_that_cannot_be_opened_is_an_error_without_secrets() -> None:
    engine = create_engine(URL)
    with pytest.raises(exc.OperationalError) as caught:
        engine.connect()
    check(caught.value, "unable to open database file", None)
    assert engine.pool.checkedout() == 0


def test_arguments_the_driver_does_not_know_are_told_by_the_driver() -> None:
    engine = create_engine(URL, connect_args={"no_such": 1})
    with pytest.raises(TypeError, match="no_such"):
        engine.connect()
    assert engine.pool.checkedout() == 0


# -- statements and parameters ----------------------------------------------------------------

NAMED = text("select :x")

WRONG_STATEMENTS: dict[str, tuple[Action, Refusal]] = {
    "number": (
        lambda c: c.execute(5),
        (exc.ObjectNotExecutableError, "Not an executable object: 5", "text('...')"),
    ),
    "nothing": (
        lambda c: c.execute(None),
        (exc.ObjectNotExecutableError, "Not an executable object: None", "text('...')"),
    ),
    "bytes": (
        lambda c: c.scalar(b"select 1"),
        (exc.ObjectNotExecutableError, "b'select 1'", "text('...')"),
    ),
    "list": (
        lambda c: c.scalars([ONE]),
        (exc.ObjectNotExecutableError, "Not an executable object", "text('...')"),
    ),
    "text for the driver": (
        lambda c: c.exec_driver_sql(ONE),  # type: ignore[arg-type]  # that is the mistake
        (exc.ArgumentError, "takes a string, not TextClause", "execute() takes text()"),
    ),
    "text of a number": (
        lambda c: c.execute(text(5)),  # type: ignore[arg-type]  # that is the mistake
        (exc.ArgumentError, "text() takes SQL as a string, not int", None),
    ),
    "missing": (
        lambda c: c.execute(NAMED),
        (exc.StatementError, "required for bind parameter 'x'", "give 'x' in the parameters"),
    ),
    "wrong name": (
        lambda c: c.execute(NAMED, {"y": 1}),
        (exc.StatementError, "required for bind parameter 'x'", "given: y"),
    ),
    "missing in one set": (
        lambda c: c.execute(INSERT, [{"x": 1}, {}]),
        (exc.StatementError, "in parameter group 1", "give 'x'"),
    ),
    "number for parameters": (
        lambda c: c.execute(NAMED, 5),
        (exc.ArgumentError, "mapping or list expected for parameters, got int", "dictionary"),
    ),
    "set for parameters": (
        lambda c: c.execute(NAMED, {1}),
        (exc.ArgumentError, "mapping or list expected for parameters, got set", "dictionary"),
    ),
    "tuple for parameters": (
        lambda c: c.execute(NAMED, (1,)),
        (exc.ArgumentError, "only of dictionaries; item 0 is a int", "by position"),
    ),
    "tuple among dictionaries": (
        lambda c: c.execute(NAMED, [{"x": 1}, (1,)]),
        (exc.ArgumentError, "only of dictionaries; item 1 is a tuple", "by position"),
    ),
    "list and keyword": (
        lambda c: c.execute(NAMED, [{"x": 1}], x=5),
        (exc.ArgumentError, "by keyword and as a list", "in the dictionary"),
    ),
    "bound under a wrong name": (
        lambda c: c.execute(NAMED.bindparams(y=1)),
        (exc.ArgumentError, "bound parameter named 'y'", "its parameters are x"),
    ),
    "number for the driver": (
        lambda c: c.exec_driver_sql("select ?", 5),
        (exc.ArgumentError, "tuple, dictionary or a list of them expected", "(5,)"),
    ),
    "list of values for the driver": (
        lambda c: c.exec_driver_sql("select ?", [1]),
        (exc.ArgumentError, "only of tuples or dictionaries", "is a tuple, not a list"),
    ),
    "list of lists for the driver": (
        lambda c: c.exec_driver_sql("insert into t values (?)", [[1], [2]]),
        (exc.ArgumentError, "only of tuples or dictionaries", "is a tuple, not a list"),
    ),
}


@pytest.mark.parametrize("what", WRONG_STATEMENTS)
@pytest.mark.parametrize("listening", [False, True])
def test_a_wrong_statement_or_parameter_is_refused_before_anything_is_sent(
    connection: Connection, faults: Server, what: str, listening: bool
) -> None:
    if listening:
        event.listen(connection, "before_cursor_execute", lambda *_: None)
    action, (error, words, hint) = WRONG_STATEMENTS[what]
    with pytest.raises(error) as caught:
        action(connection)
    check(caught.value, words, hint)
    assert sent(faults) == 0
    assert connection.execute(ONE).scalar() == 1


def test_a_list_of_one_set_is_one_set(connection: Connection) -> None:
    assert connection.execute(NAMED, [{"x": 5}]).scalar() == 5
    assert connection.exec_driver_sql("select ?", [(5,)]).scalar() == 5


# -- execution options ------------------------------------------------------------------------

WRONG_EXECUTION_OPTIONS: list[tuple[dict[str, Any], str]] = [
    ({"yield_per": "x"}, "option 'yield_per' must be a whole number, 0 or more"),
    ({"yield_per": -1}, "option 'yield_per' must be"),
    ({"stream_results": "yes"}, "option 'stream_results' must be True or False"),
    ({"max_row_buffer": 0}, "option 'max_row_buffer' must be a whole number, 1 or more"),
    ({"timeout": "soon"}, "option 'timeout' must be a number of seconds"),
    ({"timeout": -1}, "option 'timeout' must be a number of seconds, 0 or more"),
    ({"schema_translate_map": 5}, "option 'schema_translate_map' must be a dictionary"),
    ({"no_parameters": "yes"}, "option 'no_parameters' must be True or False"),
    ({"preserve_rowcount": "yes"}, "option 'preserve_rowcount' must be True or False"),
    ({"isolation_level": 5}, "isolation_level"),
]
SET_BY: dict[str, Callable[[Connection, dict[str, Any]], Any]] = {
    "statement": lambda c, options: c.execute(ONE, execution_options=options),
    "driver sql": lambda c, options: c.exec_driver_sql("select 1", None, options),
    "text": lambda c, options: c.execute(ONE.execution_options(**options)),
    "connection": lambda c, options: c.execution_options(**options),
    "sibling": lambda c, options: c.engine.execution_options(**options),
    "engine": lambda c, options: c.engine.update_execution_options(**options),
}


@pytest.mark.parametrize("by", SET_BY)
@pytest.mark.parametrize(("options", "words"), WRONG_EXECUTION_OPTIONS)
def test_a_wrong_execution_option_is_refused_before_anything_is_sent(
    connection: Connection, faults: Server, by: str, options: dict[str, Any], words: str
) -> None:
    before = dict(connection.get_execution_options())
    with pytest.raises(exc.ArgumentError) as caught:
        SET_BY[by](connection, options)
    check(caught.value, words, None)
    assert sent(faults) == 0
    assert connection.get_execution_options() == before


@pytest.mark.parametrize("options", [5, [("yield_per", 5)], "yield_per"])
def test_execution_options_are_a_dictionary(connection: Connection, options: Any) -> None:
    with pytest.raises(exc.ArgumentError) as caught:
        connection.execute(ONE, execution_options=options)
    check(caught.value, "execution_options must be a dictionary", "yield_per")


def test_an_isolation_level_is_none_of_a_statements_options(connection: Connection) -> None:
    with pytest.raises(exc.ArgumentError) as caught:
        connection.execute(ONE, execution_options={"isolation_level": "AUTOCOMMIT"})
    check(caught.value, "only be specified on Connection", "before the transaction")


@pytest.mark.parametrize("level", ["FAST", "", "SERIALISABLE"])
def test_a_wrong_isolation_level_names_the_right_ones(
    engine: Engine, connection: Connection, faults: Server, level: str
) -> None:
    with pytest.raises(exc.ArgumentError) as caught:
        connection.execution_options(isolation_level=level)
    check(caught.value, "are AUTOCOMMIT, READ UNCOMMITTED, SERIALIZABLE", None)
    assert "isolation_level" not in connection.get_execution_options()
    out = engine.pool.checkedout()
    with pytest.raises(exc.ArgumentError) as caught:
        engine.execution_options(isolation_level=level).connect()
    check(caught.value, "are AUTOCOMMIT, READ UNCOMMITTED, SERIALIZABLE", None)
    assert engine.pool.checkedout() == out
    assert faults.calls["set_isolation"] == 0


def test_an_isolation_level_cannot_change_within_a_transaction(connection: Connection) -> None:
    connection.begin()
    with pytest.raises(exc.InvalidRequestError, match=r"unless rollback\(\) or commit\(\)"):
        connection.execution_options(isolation_level="AUTOCOMMIT")


def test_a_timeout_is_refused_by_name_where_there_is_none(connection: Connection) -> None:
    with pytest.raises(exc.InvalidRequestError) as caught:
        connection.execute(ONE, execution_options={"timeout": 1})
    check(caught.value, "faulty+edge does not support a timeout of statements", None)


# -- what the dialect cannot do ---------------------------------------------------------------

UNSUPPORTED: dict[str, Action] = {
    "two-phase transactions": lambda c: c.begin_twophase(),
    "two-phase": lambda c: c.recover_twophase(),
    "two-phase t": lambda c: c.commit_prepared("xid"),
    "two-phase transaction": lambda c: c.rollback_prepared("xid"),
    "cancelling a statement": lambda c: c.cancel(),
}


@pytest.mark.parametrize("what", UNSUPPORTED)
def test_what_the_dialect_cannot_do_is_refused_by_name(
    connection: Connection, faults: Server, what: str
) -> None:
    with pytest.raises(exc.InvalidRequestError) as caught:
        UNSUPPORTED[what](connection)
    check(caught.value, f"The dialect faulty+edge does not support {what}", None)
    assert not connection.in_transaction()
    assert sent(faults) == 0


def test_sqlite_has_no_two_phase_transactions() -> None:
    with (
        create_engine("sqlite://").connect() as connection,
        pytest.raises(
            exc.InvalidRequestError, match=r"sqlite\+pysqlite does not support two-phase"
        ),
    ):
        connection.begin_twophase()


# -- use after the end ------------------------------------------------------------------------

AFTER_CLOSE: dict[str, Action] = {
    "execute": lambda c: c.execute(ONE),
    "scalar": lambda c: c.scalar(ONE),
    "scalars": lambda c: c.scalars(ONE),
    "exec_driver_sql": lambda c: c.exec_driver_sql("select 1"),
    "begin": lambda c: c.begin(),
    "begin_nested": lambda c: c.begin_nested(),
    "on_commit": lambda c: c.on_commit(list),
    "connection": lambda c: c.connection,
    "info": lambda c: c.info,
    "isolation": lambda c: c.execution_options(isolation_level="AUTOCOMMIT"),
    "get_isolation_level": lambda c: c.get_isolation_level(),
    "invalidate": lambda c: c.invalidate(),
    "detach": lambda c: c.detach(),
}


@pytest.mark.parametrize("what", AFTER_CLOSE)
def test_a_closed_connection_says_so(engine: Engine, faults: Server, what: str) -> None:
    connection = engine.connect()
    connection.execute(ONE)
    connection.close()
    faults.calls.clear()
    with pytest.raises(exc.ResourceClosedError) as caught:
        AFTER_CLOSE[what](connection)
    check(caught.value, "This Connection is closed", "engine.connect() opens another")
    assert not faults.calls
    assert engine.pool.checkedout() == 0


HARMLESS: dict[str, Action] = {
    "close": lambda c: c.close(),
    "commit": lambda c: c.commit(),
    "rollback": lambda c: c.rollback(),
    "in_transaction": lambda c: c.in_transaction(),
    "options": lambda c: c.get_execution_options(),
}


@pytest.mark.parametrize("what", HARMLESS)
def test_some_things_do_nothing_to_a_closed_connection(
    engine: Engine, faults: Server, what: str
) -> None:
    connection = engine.connect()
    connection.close()
    faults.calls.clear()
    HARMLESS[what](connection)
    assert not faults.calls


@pytest.mark.parametrize("nested", [False, True])
@pytest.mark.parametrize("end", ["commit", "rollback", "close"])
def test_a_transaction_that_has_ended_cannot_be_committed(
    connection: Connection, faults: Server, nested: bool, end: str
) -> None:
    transaction = connection.begin_nested() if nested else connection.begin()
    getattr(transaction, end)()
    faults.calls.clear()
    with pytest.raises(exc.InvalidRequestError) as caught:
        transaction.commit()
    check(caught.value, "transaction is inactive", "begin a new one")
    with pytest.warns(exc.SAWarning, match="transaction already deassociated from connection"):
        transaction.rollback()
    transaction.close()
    assert not faults.calls


def test_a_transaction_of_a_closed_connection_has_ended(engine: Engine) -> None:
    connection = engine.connect()
    transaction = connection.begin()
    connection.close()
    with pytest.raises(exc.InvalidRequestError) as caught:
        transaction.commit()
    check(caught.value, "This transaction is inactive", "begin a new one")


@pytest.mark.parametrize("autobegun", [False, True])
def test_a_second_begin_is_refused(connection: Connection, autobegun: bool) -> None:
    (connection.execute(ONE) if autobegun else connection.begin())
    with pytest.raises(exc.InvalidRequestError, match=r"begin\(\) or autobegin"):
        connection.begin()


def test_a_block_whose_transaction_has_ended_refuses_statements(connection: Connection) -> None:
    with connection.begin() as transaction:
        transaction.commit()
        with pytest.raises(exc.InvalidRequestError, match="Please complete the context manager"):
            connection.execute(ONE)
    assert connection.execute(ONE).scalar() == 1


def test_an_invalidated_transaction_must_be_rolled_back(connection: Connection) -> None:
    connection.execute(ONE)
    connection.invalidate()
    with pytest.raises(exc.PendingRollbackError, match=r"Please rollback\(\) fully"):
        connection.execute(ONE)
    with pytest.raises(exc.InvalidRequestError, match="Can't detach an invalidated"):
        connection.detach()
    connection.rollback()
    assert connection.execute(ONE).scalar() == 1


READING: dict[str, Callable[[Any], Any]] = {
    "fetchone": lambda result: result.fetchone(),
    "fetchmany": lambda result: result.fetchmany(1),
    "fetchall": lambda result: result.fetchall(),
    "all": lambda result: result.all(),
    "first": lambda result: result.first(),
    "one": lambda result: result.one(),
    "one_or_none": lambda result: result.one_or_none(),
    "scalar": lambda result: result.scalar(),
    "scalar_one": lambda result: result.scalar_one(),
    "iteration": list,
    "next": next,
    "partitions": lambda result: list(result.partitions(1)),
    "scalars": lambda result: result.scalars().all(),
    "mappings": lambda result: result.mappings().first(),
    "columns": lambda result: result.columns(0).all(),
    "unique": lambda result: result.unique().all(),
    "freeze": lambda result: result.freeze(),
    "yield_per": lambda result: result.yield_per(5).all(),
}


@pytest.mark.parametrize("read", READING)
def test_a_closed_result_says_so(connection: Connection, faults: Server, read: str) -> None:
    result = connection.execute(TWO_ROWS)
    result.close()
    faults.calls.clear()
    with pytest.raises(exc.ResourceClosedError, match="This result object is closed"):
        READING[read](result)
    assert not faults.calls


@pytest.mark.parametrize("read", READING)
def test_a_statement_without_rows_has_none_to_give(connection: Connection, read: str) -> None:
    result = connection.execute(INSERT, {"x": 1})
    with pytest.raises(exc.ResourceClosedError, match="does not return rows"):
        READING[read](result)


@pytest.mark.parametrize("read", READING)
def test_a_result_whose_connection_was_lost_says_so(connection: Connection, read: str) -> None:
    result = connection.execute(TWO_ROWS)
    connection.invalidate()
    with pytest.raises(exc.DBAPIError, match="closed"):
        READING[read](result)
    assert connection.invalidated


@pytest.mark.parametrize("end", ["commit", "rollback", "close"])
def test_what_the_driver_has_still_got_can_be_read_after_the_transaction(
    connection: Connection, end: str
) -> None:
    """As with the oracle: a driver whose cursors end with the transaction says so itself."""
    result = connection.execute(TWO_ROWS)
    getattr(connection, end)()
    assert result.all() == [(1, 2), (3, 4)]


# -- threads ----------------------------------------------------------------------------------

BY_ANOTHER_THREAD: dict[str, Action] = {
    "execute": lambda c: c.execute(ONE),
    "exec_driver_sql": lambda c: c.exec_driver_sql("select 1"),
    "begin_nested": lambda c: c.begin_nested(),
    "commit": lambda c: c.commit(),
    "rollback": lambda c: c.rollback(),
    "end of a savepoint": lambda c: c.get_nested_transaction().rollback(),  # type: ignore[union-attr]  # there is one
    "close": lambda c: c.close(),
    "invalidate": lambda c: c.invalidate(),
}


@pytest.mark.parametrize("what", BY_ANOTHER_THREAD)
def test_a_second_thread_is_refused_while_the_first_executes(
    connection: Connection, faults: Server, what: str
) -> None:
    raised: list[BaseException] = []
    connection.begin_nested()

    def interfere(*_: Any) -> None:
        """Runs in the midst of a statement: let another thread use the connection."""

        def act() -> None:
            try:
                BY_ANOTHER_THREAD[what](connection)
            except exc.SQLAlchemyError as error:
                raised.append(error)

        thread = threading.Thread(target=act)
        thread.start()
        thread.join()

    event.listen(connection, "before_cursor_execute", interfere, once=True)
    faults.calls.clear()
    assert connection.execute(ONE).scalar() == 1, "the first thread notices nothing"
    (error,) = raised
    assert isinstance(error, exc.InvalidRequestError)
    check(error, "in use by thread", "engine.connect() opens another")
    assert faults.calls["execute"] == 1
    assert not faults.calls["commit"] + faults.calls["rollback"] + faults.calls["close"]
    assert connection.in_nested_transaction()
