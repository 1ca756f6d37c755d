"""Events between engine and driver, and what happens when a listener raises."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.core.conftest import Shelf
from toolkit import Engine, ExceptionContext, create_engine, event, exc, text
from toolkit.dialects import registry

INSERT = text("insert into t (x) values (:x)")


def test_do_executemany_may_do_it_in_the_drivers_place(engine: Engine) -> None:
    seen: list[Any] = []

    @event.listens_for(engine, "do_executemany")
    def instead(cursor: Any, statement: str, parameters: Any, context: Any) -> bool:
        seen.append((statement, parameters))
        return True

    with engine.begin() as connection:
        connection.execute(INSERT, [{"x": 1}, {"x": 2}])
        assert connection.execute(text("select count(*) from t")).scalar() == 0
    ((statement, parameters),) = seen
    assert statement.startswith("insert into t (x) values (")
    assert [tuple(one.values() if isinstance(one, dict) else one) for one in parameters] == [
        (1,),
        (2,),
    ]


def test_do_executemany_that_returns_nothing_leaves_it_to_the_driver(engine: Engine) -> None:
    event.listen(engine, "do_executemany", lambda *_: None)
    with engine.begin() as connection:
        connection.execute(INSERT, [{"x": 1}, {"x": 2}])
        assert connection.execute(text("select count(*) from t")).scalar() == 2


def test_do_execute_no_params_is_for_statements_without(engine: Engine) -> None:
    seen: list[str] = []

    @event.listens_for(engine, "do_execute_no_params")
    def look(cursor: Any, statement: str, context: Any) -> None:
        seen.append(statement)

    with engine.connect() as connection:
        connection.execute(text("select 1"))
        connection.execute(text("select 2"), execution_options={"no_parameters": True})
        connection.execute(text("select :x"), {"x": 3}, execution_options={"no_parameters": True})
    assert seen == ["select 2"]


SIZED = """
import sqlite3
from toolkit_sqlite.drivers.pysqlite import PySQLite

told = []

class Cursor(sqlite3.Cursor):
    def setinputsizes(self, sizes):
        told.append(list(sizes))

class Connection(sqlite3.Connection):
    def cursor(self):
        return super().cursor(Cursor)

class Sized(PySQLite):
    name = "sized"
    wants_input_sizes = True

    def connect(self, args, kwargs):
        return super().connect(args, {**kwargs, "factory": Connection})
"""


def test_do_setinputsizes_is_told_where_the_driver_wants_it(shelf: Shelf) -> None:
    module = shelf.lay(SIZED, name="unused")
    registry.register("sqlite.sized", module, "Sized")
    engine = create_engine("sqlite+sized://")
    told = __import__(module).told
    seen: list[Any] = []
    with engine.connect() as connection:
        connection.execute(text("select :a, :b"), {"a": 1, "b": "x"})
    assert told == [], "of a text nobody knows the types"

    @event.listens_for(engine, "do_setinputsizes")
    def sizes(inputsizes: Any, cursor: Any, statement: str, parameters: Any, context: Any) -> None:
        seen.append((dict(inputsizes), statement, parameters))
        for name in inputsizes:
            if name == "b":
                inputsizes[name] = 40

    with engine.connect() as connection:
        connection.execute(text("select :a, :b"), {"a": 1, "b": "x"})
        connection.execute(text("select 1"))
    assert seen[0] == ({"a": None, "b": None}, "select ?, ?", (1, "x"))
    assert told == [[None, 40]]


def test_do_setinputsizes_is_not_told_where_the_driver_does_not_want_it(engine: Engine) -> None:
    def forbidden(*_: Any) -> None:
        raise AssertionError("this driver knows no sizes")

    event.listen(engine, "do_setinputsizes", forbidden)
    with engine.connect() as connection:
        connection.execute(text("select :a"), {"a": 1})


@pytest.mark.parametrize("name", ["before_cursor_execute", "after_cursor_execute", "do_execute"])
def test_what_a_cursor_listener_raises_goes_through_handle_error(engine: Engine, name: str) -> None:
    seen: list[ExceptionContext] = []
    event.listen(engine, "handle_error", seen.append)

    def broken(*_: Any) -> None:
        raise ValueError("not a thing of the driver")

    event.listen(engine, name, broken)
    with engine.connect() as connection, pytest.raises(ValueError, match="not a thing"):
        connection.execute(text("select 1"))
    (context,) = seen
    assert isinstance(context.original_exception, ValueError)
    assert context.sqlalchemy_exception is None
    assert not context.is_disconnect
    assert context.statement == "select 1"


@pytest.mark.parametrize(
    "name",
    [
        "engine_connect",
        "begin",
        "before_execute",
        "before_cursor_execute",
        "after_cursor_execute",
        "after_execute",
        "commit",
        "checkout",
        "connect",
        "first_connect",
        "do_connect",
        "set_connection_execution_options",
        "savepoint",
    ],
)
def test_no_connection_is_lost_when_a_listener_raises(engine: Engine, name: str) -> None:
    fresh = create_engine(engine.url)

    def broken(*_: Any) -> None:
        raise ValueError(name)

    def work() -> None:
        with fresh.begin() as connection:
            connection.execution_options(mine=1)
            connection.execute(text("insert into t (x) values (1)"))
            connection.begin_nested()

    event.listen(fresh, name, broken)
    with pytest.raises(ValueError, match=name):
        work()
    assert fresh.pool.checkedout() == 0
    event.remove(fresh, name, broken)
    with fresh.connect() as connection:
        assert connection.execute(text("select count(*) from t")).scalar() == 0
    fresh.dispose()


def test_an_isolation_level_that_cannot_be_set_loses_no_connection(engine: Engine) -> None:
    odd = engine.execution_options(isolation_level="SNAPSHOT")
    with pytest.raises(exc.ArgumentError, match="SNAPSHOT"):
        odd.connect()
    assert engine.pool.checkedout() == 0


def test_options_of_engines_may_be_changed_as_they_are_set(engine: Engine) -> None:
    seen: list[Any] = []

    @event.listens_for(engine, "set_engine_execution_options")
    def add(one: Engine, opts: dict[str, Any]) -> None:
        seen.append(one)
        opts["added"] = True

    sibling = engine.execution_options(mine=1)
    assert sibling.get_execution_options() == {"mine": 1, "added": True}
    engine.update_execution_options(yours=2)
    assert engine.get_execution_options() == {"yours": 2, "added": True}
    assert seen == [sibling, engine]


def test_options_cannot_be_changed_behind_the_back(engine: Engine) -> None:
    for options in (
        engine.get_execution_options(),
        engine.execution_options(x=1).get_execution_options(),
        engine.connect().get_execution_options(),
    ):
        with pytest.raises(TypeError, match="immutable"):
            options["y"] = 2  # type: ignore[index]


# -- two phases: the kernel's side of what SQLite cannot do --------------------------------

TWO_PHASE = """
from toolkit.plugins import hookimpl
from toolkit_sqlite.drivers.pysqlite import PySQLite

class Phased(PySQLite):
    name = "phased"
    sent = []

    def begin_twophase(self, connection, xid):
        self.sent.append(("begin", xid))

    def prepare_twophase(self, connection, xid):
        self.sent.append(("prepare", xid))

    def commit_twophase(self, connection, xid, prepared):
        self.sent.append(("commit", xid, prepared))
        connection.commit()

    def rollback_twophase(self, connection, xid, prepared):
        self.sent.append(("rollback", xid, prepared))
        connection.rollback()

    def recover_twophase(self, connection):
        return ["left over"]

    @classmethod
    @hookimpl
    def toolkit_dialect(cls, name, driver, options):
        made = super().toolkit_dialect(name, driver, options)
        return made.but(capabilities=made.capabilities.but(two_phase=True))
"""


@pytest.fixture
def phased(shelf: Shelf) -> Iterator[tuple[Engine, list[Any]]]:
    module = shelf.lay(TWO_PHASE, name="unused")
    registry.register("sqlite.phased", module, "Phased")
    engine = create_engine("sqlite+phased://")
    engine.execute("create table t (x integer)")
    yield engine, __import__(module).Phased.sent
    assert isinstance(engine.pool.status(), str)


def test_two_phases_are_heard_and_sent_in_order(phased: tuple[Engine, list[Any]]) -> None:
    engine, sent = phased
    heard: list[Any] = []
    for name in (
        "begin",
        "commit",
        "rollback",
        "begin_twophase",
        "prepare_twophase",
        "commit_twophase",
        "rollback_twophase",
    ):
        event.listen(engine, name, lambda conn, *rest, name=name: heard.append((name, *rest)))
    with engine.connect() as connection:
        with connection.begin_twophase("x1") as transaction:
            connection.execute(text("insert into t values (1)"))
            transaction.prepare()
        with pytest.raises(exc.OperationalError), connection.begin_twophase("x2"):
            connection.execute(text("select * from nowhere"))
        assert connection.recover_twophase() == ["left over"]
        connection.commit_prepared("x3")
        connection.rollback_prepared("x4")
    steps = ["begin_twophase", "prepare_twophase", "commit_twophase"]
    assert [one for one in heard if one[1:2] == ("x1",)] == [
        (steps[0], "x1"),
        (steps[1], "x1"),
        (steps[2], "x1", True),
    ]
    assert ("rollback_twophase", "x2", False) in heard
    assert sent[:3] == [("begin", "x1"), ("prepare", "x1"), ("commit", "x1", True)]
    assert ("commit", "x3", True) in sent
    assert ("rollback", "x4", True) in sent


def test_an_identifier_is_made_where_none_is_given(phased: tuple[Engine, list[Any]]) -> None:
    engine, sent = phased
    with engine.connect() as connection, connection.begin_twophase() as transaction:
        assert transaction.xid
    assert sent == [("begin", transaction.xid), ("commit", transaction.xid, False)]


def test_the_driver_raises_what_it_raises(engine: Engine) -> None:
    with engine.connect() as connection, pytest.raises(exc.DBAPIError) as caught:
        connection.execute(text("select * from nowhere"))
    assert isinstance(caught.value.orig, engine.dialect.dbapi.Error)
    assert caught.value.facts.but() == caught.value.facts
