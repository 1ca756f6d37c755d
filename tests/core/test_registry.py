"""Dialects registered by the program: what may lie behind a name."""

from __future__ import annotations

import pytest

from tests.core.conftest import Shelf
from toolkit import create_engine, exc, make_url, text
from toolkit.dialects import plugins, registry

DRIVER = """
from toolkit_sqlite.drivers.pysqlite import PySQLite

class Tracing(PySQLite):
    name = "tracing"
    calls = []

    def connect(self, args, kwargs):
        self.calls.append(args)
        return super().connect(args, kwargs)
"""


def test_a_driver_class_joins_a_dialect_that_is_there(shelf: Shelf) -> None:
    module = shelf.lay(DRIVER, name="unused", target="Tracing")
    registry.register("sqlite.tracing", module, "Tracing")
    engine = create_engine("sqlite+tracing://", native_datetime=True)
    with engine.connect() as connection:
        assert connection.execute(text("select 1")).scalar() == 1
    assert (engine.name, engine.driver) == ("sqlite", "tracing")
    assert __import__(module).Tracing.calls == [[":memory:"]]
    assert make_url("sqlite+tracing://").get_dialect().driver == "tracing"


def test_a_driver_class_may_stand_behind_an_entry_point(shelf: Shelf) -> None:
    shelf.lay(DRIVER, name="sqlite.tracing", group="toolkit.dialects", target="Tracing")
    assert create_engine("sqlite+tracing://").driver == "tracing"
    assert create_engine("sqlite://").driver == "pysqlite"


def test_a_dialect_object_may_be_registered(shelf: Shelf) -> None:
    source = """
from toolkit.dialects.sqlite import dialect
acme = dialect().but(name="acme")
"""
    registry.register("acme", shelf.lay(source, name="unused"), "acme")
    engine = create_engine("acme://")
    assert engine.name == "acme"
    with engine.connect() as connection:
        assert connection.execute(text("select 1")).scalar() == 1


def test_registering_again_replaces(shelf: Shelf) -> None:
    first = shelf.lay(DRIVER, name="unused")
    second = shelf.lay(DRIVER.replace('"tracing"', '"anew"'), name="unused")
    registry.register("sqlite.mine", first, "Tracing")
    assert create_engine("sqlite+mine://").driver == "tracing"
    registry.register("sqlite.mine", second, "Tracing")
    assert create_engine("sqlite+mine://").driver == "anew"


def test_a_name_that_is_registered_wins_over_what_is_installed(shelf: Shelf) -> None:
    source = """
from toolkit.dialects.sqlite import dialect
mine = dialect().but(name="mine")
"""
    registry.register("sqlite", shelf.lay(source, name="unused"), "mine")
    assert create_engine("sqlite://").name == "mine"


def test_what_cannot_be_a_dialect_is_refused_by_name(shelf: Shelf) -> None:
    registry.register("number", shelf.lay("it = 5", name="unused"), "it")
    with pytest.raises(exc.ArgumentError, match="implements no hook"):
        create_engine("number://")


def test_what_is_registered_and_missing_is_told(shelf: Shelf) -> None:
    registry.register("gone", "no_such_module_at_all", "it")
    with pytest.raises(exc.NoSuchModuleError, match=r"gone \(registered by the program\)"):
        create_engine("gone://")


def test_engine_plugins_may_be_registered_too(shelf: Shelf) -> None:
    source = """
from toolkit import CreateEnginePlugin
class Plugin(CreateEnginePlugin):
    def engine_created(self, engine):
        engine.update_execution_options(seen=True)
"""
    plugins.register("byhand", shelf.lay(source, name="unused"), "Plugin")
    engine = create_engine("sqlite://", plugins=["byhand"])
    assert engine.get_execution_options() == {"seen": True}


def test_a_url_tells_its_dialect_and_driver_without_connecting() -> None:
    url = make_url("sqlite:////no/such/folder/x.db")
    dialect = url.get_dialect()
    assert (dialect.name, dialect.driver, dialect.is_async) == ("sqlite", "pysqlite", False)
    assert dialect() is dialect
    assert url.get_driver_name() == "pysqlite"
    assert url.get_backend_name() == "sqlite"


def test_a_url_of_a_dialect_that_is_absent_says_what_to_install() -> None:
    with pytest.raises(exc.NoSuchModuleError, match="nosuch"):
        make_url("nosuch://").get_driver_name()
