"""Events: what listeners hear, in which order, and what they may change."""

from __future__ import annotations

import sqlite3
from typing import Any

import pytest

from toolkit import Engine, ExceptionContext, Pool, create_engine, event, exc, text


def hear(target: Any, heard: list[str], *names: str) -> None:
    """Write down the names of what happens to a target."""
    for name in names:
        event.listen(target, name, lambda *_, name=name: heard.append(name))


def test_the_course_of_a_transaction_is_heard_in_order(engine: Engine) -> None:
    heard: list[str] = []
    hear(
        engine,
        heard,
        "engine_connect",
        "begin",
        "before_execute",
        "before_cursor_execute",
        "after_cursor_execute",
        "after_execute",
        "savepoint",
        "release_savepoint",
        "rollback_savepoint",
        "commit",
        "rollback",
    )
    statement = ["before_execute", "before_cursor_execute", "after_cursor_execute", "after_execute"]
    cursor_only = ["before_cursor_execute", "after_cursor_execute"]
    with engine.connect() as connection:
        connection.execute(text("select 1"))
        connection.begin_nested().commit()
        connection.begin_nested().rollback()
        connection.commit()
        connection.execute(text("select 1"))
    # As documented, the statement is seen before the transaction that it begins.
    beginning = ["before_execute", "begin", *statement[1:]]
    assert heard == [
        "engine_connect",
        *beginning,
        "savepoint",
        *cursor_only,
        "release_savepoint",
        *cursor_only,
        "savepoint",
        *cursor_only,
        "rollback_savepoint",
        *cursor_only,
        "commit",
        *beginning,
        "rollback",
    ]


def test_listeners_receive_the_documented_arguments(engine: Engine) -> None:
    seen: dict[str, Any] = {}

    @event.listens_for(engine, "before_cursor_execute", named=True)
    def before(**values: Any) -> None:
        seen.update(values)

    with engine.connect() as connection:
        connection.execute(text("select :x"), {"x": 1})
    assert seen["statement"] in {"select ?", "select %s", "select %(x)s"}
    assert seen["parameters"] in ((1,), {"x": 1})
    assert seen["executemany"] is False
    assert seen["conn"] is connection
    assert callable(seen["cursor"].fetchone)
    assert seen["context"].execution_options == {}


def test_with_retval_sql_and_parameters_may_be_replaced(engine: Engine) -> None:
    @event.listens_for(engine, "before_cursor_execute", retval=True)
    def before(conn: Any, cursor: Any, statement: str, parameters: Any, *_: Any) -> Any:
        return statement.replace("one", "two"), {"x": 2} if isinstance(parameters, dict) else (2,)

    with engine.connect() as connection:
        row = connection.execute(text("select 'one', :x"), {"x": 1}).one()
    assert row == ("two", 2)


def test_without_retval_what_a_listener_returns_is_ignored(engine: Engine) -> None:
    event.listen(engine, "before_cursor_execute", lambda *_: ("select 'wrong'", ()))
    event.listen(engine, "before_execute", lambda *_: "wrong")
    with engine.connect() as connection:
        assert connection.execute(text("select 'right'")).scalar() == "right"


def test_before_execute_may_replace_statement_and_parameters(engine: Engine) -> None:
    @event.listens_for(engine, "before_execute", retval=True)
    def before(conn: Any, statement: Any, multiparams: Any, params: Any, options: Any) -> Any:
        return text("select :y"), [], {"y": params["x"] + 1}

    with engine.connect() as connection:
        assert connection.execute(text("select :x"), {"x": 1}).scalar() == 2


def test_a_listener_of_the_class_hears_all_engines_old_and_new(engine: Engine) -> None:
    heard: list[str] = []
    hear(Engine, heard, "commit")
    listener = heard.append
    try:
        with engine.begin() as connection:
            connection.execute(text("select 1"))
        with create_engine("sqlite://").begin():
            pass
    finally:
        del listener
        _forget_class_listeners(Engine, "commit")
    assert heard == ["commit", "commit"]


def _forget_class_listeners(target: type, name: str) -> None:
    from toolkit_core.events.registry import class_dispatch

    for entry in list(class_dispatch(target).own[name]):
        event.remove(target, name, entry.given)


def test_a_listener_of_one_connection_hears_no_other(engine: Engine) -> None:
    heard: list[str] = []
    with engine.connect() as first, engine.connect() as second:
        hear(first, heard, "before_execute")
        second.execute(text("select 1"))
        assert heard == []
        first.execute(text("select 1"))
    assert heard == ["before_execute"]
    with engine.connect() as third:
        third.execute(text("select 1"))
    assert heard == ["before_execute"]


def test_a_sibling_engine_hears_its_parent_and_is_not_heard_by_it(engine: Engine) -> None:
    heard: list[str] = []
    sibling = engine.execution_options(mine=1)
    event.listen(engine, "commit", lambda conn: heard.append("parent"))
    event.listen(sibling, "commit", lambda conn: heard.append("sibling"))
    with sibling.begin():
        pass
    assert heard == ["parent", "sibling"]
    with engine.begin():
        pass
    assert heard == ["parent", "sibling", "parent"]


def test_remove_contains_once_and_insert(engine: Engine) -> None:
    heard: list[str] = []

    def listener(conn: Any) -> None:
        heard.append("plain")

    event.listen(engine, "begin", listener)
    assert event.contains(engine, "begin", listener)
    event.listen(engine, "begin", lambda conn: heard.append("once"), once=True)
    event.listen(engine, "begin", lambda conn: heard.append("first"), insert=True)
    for _ in range(2):
        with engine.begin():
            pass
    assert heard == ["first", "plain", "once", "first", "plain"]
    event.remove(engine, "begin", listener)
    assert not event.contains(engine, "begin", listener)
    with pytest.raises(exc.InvalidRequestError, match="No listeners found"):
        event.remove(engine, "begin", listener)


def test_an_unknown_event_names_the_nearest(engine: Engine) -> None:
    with pytest.raises(exc.InvalidRequestError, match="Try: 'before_execute'"):
        event.listen(engine, "befor_execute", print)


def test_pool_events_may_be_listened_to_on_the_engine(engine: Engine) -> None:
    heard: list[str] = []
    hear(engine, heard, "connect", "first_connect", "checkout", "checkin", "reset", "close")
    fresh = create_engine("sqlite://", poolclass=type(engine.pool))
    hear(fresh, heard, "connect", "first_connect", "checkout", "checkin", "reset", "close")
    heard.clear()
    with fresh.connect() as connection:
        connection.execute(text("select 1"))
    assert heard == ["first_connect", "connect", "checkout", "reset", "checkin"]
    fresh.dispose()
    assert heard[-1] == "close"


def test_pool_listeners_survive_dispose(engine: Engine) -> None:
    heard: list[str] = []
    hear(engine, heard, "checkout", "engine_disposed")
    engine.dispose()
    with engine.connect():
        pass
    assert heard == ["engine_disposed", "checkout"]


def test_do_connect_may_change_the_arguments_or_connect_itself() -> None:
    engine = create_engine("sqlite:////no/such/folder/db")

    @event.listens_for(engine, "do_connect")
    def elsewhere(dialect: Any, record: Any, cargs: list[Any], cparams: dict[str, Any]) -> None:
        cargs[0] = ":memory:"

    with engine.connect() as connection:
        assert connection.execute(text("select 1")).scalar() == 1
    engine.dispose()

    other = create_engine("sqlite:////no/such/folder/db")
    made = sqlite3.connect(":memory:", check_same_thread=False)
    event.listen(other, "do_connect", lambda *_: made)
    with other.connect() as connection:
        assert connection.connection.dbapi_connection is made
    other.dispose()


def test_do_execute_may_execute_in_the_drivers_place(engine: Engine) -> None:
    @event.listens_for(engine, "do_execute")
    def instead(cursor: Any, statement: str, parameters: Any, context: Any) -> bool:
        cursor.execute("select 'instead'")
        return True

    with engine.connect() as connection:
        assert connection.execute(text("select 'asked'")).scalar() == "instead"


def test_handle_error_receives_all_there_is_to_know(engine: Engine) -> None:
    seen: list[ExceptionContext] = []
    event.listen(engine, "handle_error", seen.append)
    with engine.connect() as connection, pytest.raises(exc.DBAPIError) as caught:
        connection.execute(text("select * from nowhere where x = :x"), {"x": 1})
    (context,) = seen
    assert isinstance(context.original_exception, engine.dialect.dbapi.Error)
    assert context.sqlalchemy_exception is caught.value
    assert str(context.statement).startswith("select * from nowhere where x = ")
    assert context.parameters in ((1,), {"x": 1})
    assert context.connection is connection
    assert context.engine is engine
    assert not context.is_disconnect


def test_handle_error_may_replace_the_exception(engine: Engine) -> None:
    class Mine(Exception):
        pass

    event.listen(engine, "handle_error", lambda context: Mine("seen"))
    with engine.connect() as connection, pytest.raises(Mine, match="seen") as caught:
        connection.execute(text("select * from nowhere"))
    assert isinstance(caught.value.__cause__, engine.dialect.dbapi.Error)


def test_handle_error_may_declare_a_disconnect(engine: Engine) -> None:
    @event.listens_for(engine, "handle_error")
    def lost(context: ExceptionContext) -> None:
        context.is_disconnect = True

    with engine.connect() as connection:
        with pytest.raises(exc.DBAPIError) as caught:
            connection.execute(text("select * from nowhere"))
        assert caught.value.connection_invalidated
        assert connection.invalidated
        event.remove(engine, "handle_error", lost)
        connection.rollback()
        assert connection.execute(text("select 1")).scalar() == 1


def test_handle_error_hears_a_failing_connect() -> None:
    engine = create_engine("sqlite:////no/such/folder/db")
    seen: list[ExceptionContext] = []
    event.listen(engine, "handle_error", seen.append)
    with pytest.raises(exc.OperationalError, match="unable to open database file"):
        engine.connect()
    assert seen[0].connection is None
    assert seen[0].engine is engine


def test_an_exception_in_a_cursor_listener_goes_through_error_handling(engine: Engine) -> None:
    seen: list[ExceptionContext] = []
    event.listen(engine, "handle_error", seen.append)

    @event.listens_for(engine, "before_cursor_execute")
    def broken(*_: Any) -> None:
        raise engine.dialect.dbapi.OperationalError("from the listener")

    with engine.connect() as connection, pytest.raises(exc.OperationalError):
        connection.execute(text("select 1"))
    assert str(seen[0].original_exception) == "from the listener"


def test_options_may_be_changed_as_they_are_set(engine: Engine) -> None:
    @event.listens_for(engine, "set_connection_execution_options")
    def add(conn: Any, opts: dict[str, Any]) -> None:
        opts["added"] = True

    with engine.connect() as connection:
        connection.execution_options(mine=1)
        assert connection.get_execution_options() == {"mine": 1, "added": True}


def test_nobody_listening_costs_no_context(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*_: Any) -> None:
        raise AssertionError("the long way was taken")

    monkeypatch.setattr("toolkit_core.engine.heard.execute_statement", forbidden)
    with engine.connect() as connection:
        assert connection.execute(text("select 1")).scalar() == 1


def test_pool_class_listeners_are_heard_by_pools_made_later() -> None:
    heard: list[str] = []

    def checkout(*_: Any) -> None:
        heard.append("checkout")

    event.listen(Pool, "checkout", checkout)
    try:
        with create_engine("sqlite://").connect():
            pass
    finally:
        event.remove(Pool, "checkout", checkout)
    assert heard == ["checkout"]
