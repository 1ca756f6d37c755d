"""Hooks: each is called at its documented moment, by the engines it concerns and no others."""

from __future__ import annotations

import os
import re
import signal
import sqlite3
import threading
from collections.abc import Iterator
from typing import Any

import pluggy
import pytest

from tests.core.conftest import Shelf
from tests.core.pool.test_fork import in_child
from tests.core.pool.tools import InThread
from toolkit import create_engine, event, exc, make_url, text
from toolkit.plugins import hookimpl, register, unregister
from toolkit_core.dialect import ErrorFacts
from toolkit_core.plugins import hooks
from toolkit_core.plugins.hooks import HOOKS

NOTING = """
from toolkit.plugins import hookimpl

heard = []

class Plugin:
    @hookimpl
    def toolkit_url(self, url):
        heard.append(("url", str(url)))

    @hookimpl
    def toolkit_connect_arguments(self, url, args, kwargs):
        heard.append(("connect", list(args)))

    @hookimpl
    def toolkit_engine_created(self, engine):
        heard.append(("created", repr(engine)))

    @hookimpl
    def toolkit_classify_error(self, dialect, error):
        heard.append(("error", str(error)))

plugin = Plugin()
"""


def heard_by(module: str) -> list[Any]:
    heard: list[Any] = __import__(module).heard
    return heard


class Registered:
    """A plugin for all engines that are made while it is registered."""

    def __init__(self, **hooks: Any) -> None:
        for name, function in hooks.items():
            setattr(self, name, hookimpl(function))


@pytest.fixture
def registered() -> Iterator[list[Registered]]:
    """Plugins that a test registers, taken out again at its end."""
    known: list[Registered] = []
    yield known
    for plugin in known:
        unregister(plugin)


def test_an_engines_plugin_hears_that_engine_only(shelf: Shelf) -> None:
    module = shelf.lay(NOTING, name="noting")
    create_engine("sqlite://")
    create_engine("sqlite://", plugins=["noting"])
    assert heard_by(module) == [
        ("url", "sqlite://"),
        ("connect", [":memory:"]),
        ("created", "Engine(sqlite://)"),
    ]
    create_engine("sqlite://")
    assert len(heard_by(module)) == 3


def test_an_engine_made_before_does_not_hear_a_plugin_named_later(shelf: Shelf) -> None:
    module = shelf.lay(NOTING, name="late")
    older = create_engine("sqlite://")
    newer = create_engine("sqlite://?plugin=late")
    del heard_by(module)[:]
    for engine in (older, newer):
        with engine.connect() as connection, pytest.raises(exc.OperationalError):
            connection.execute(text(f"select * from {'older' if engine is older else 'newer'}"))
    assert heard_by(module) == [("error", "no such table: newer")]


def test_a_registered_plugin_concerns_all_engines(registered: list[Registered]) -> None:
    made: list[Any] = []

    def toolkit_engine_created(engine: Any) -> None:
        made.append(engine)

    plugin = Registered(toolkit_engine_created=toolkit_engine_created)
    register(plugin)
    registered.append(plugin)
    one, two = create_engine("sqlite://"), create_engine("sqlite://")
    assert made == [one, two]


def test_a_plugin_that_an_engine_named_may_be_registered_for_all(
    shelf: Shelf, registered: list[Any]
) -> None:
    module = shelf.lay(NOTING, name="promoted")
    create_engine("sqlite://", plugins=["promoted"])
    plugin = __import__(module).plugin
    register(plugin)
    registered.append(plugin)
    del heard_by(module)[:]
    create_engine("sqlite://")
    assert ("created", "Engine(sqlite://)") in heard_by(module)


def test_a_url_may_be_replaced_before_its_dialect_is_found(registered: list[Registered]) -> None:
    def toolkit_url(url: Any) -> Any:
        return make_url("sqlite://") if url.drivername == "secret" else None

    plugin = Registered(toolkit_url=toolkit_url)
    register(plugin)
    registered.append(plugin)
    engine = create_engine("secret://vault/app")
    assert str(engine.url) == "sqlite://"
    assert engine.name == "sqlite"


def test_connect_arguments_may_be_changed_once_per_engine(registered: list[Registered]) -> None:
    calls: list[Any] = []

    def toolkit_connect_arguments(url: Any, args: list[Any], kwargs: dict[str, Any]) -> None:
        calls.append(url)
        kwargs["isolation_level"] = "IMMEDIATE"

    plugin = Registered(toolkit_connect_arguments=toolkit_connect_arguments)
    register(plugin)
    registered.append(plugin)
    engine = create_engine("sqlite://")
    for _ in range(2):
        raw = engine.raw_connection()
        assert raw.dbapi_connection.isolation_level == "IMMEDIATE"
        raw.invalidate()
    assert len(calls) == 1


def test_a_plugin_may_tell_what_an_error_means(registered: list[Registered]) -> None:
    def toolkit_classify_error(dialect: Any, error: BaseException) -> ErrorFacts | None:
        assert dialect.name == "sqlite"
        return ErrorFacts(retryable=True, hint="ask Ada") if "nowhere" in str(error) else None

    plugin = Registered(toolkit_classify_error=toolkit_classify_error)
    register(plugin)
    registered.append(plugin)
    with create_engine("sqlite://").connect() as connection:
        with pytest.raises(exc.OperationalError, match="Try: ask Ada") as caught:
            connection.execute(text("select * from nowhere"))
        assert caught.value.retryable
        with pytest.raises(exc.OperationalError) as caught:
            connection.execute(text("select * from elsewhere"))
        assert not caught.value.retryable


def test_a_new_engine_may_be_given_listeners(registered: list[Registered]) -> None:
    statements: list[str] = []

    def toolkit_engine_created(engine: Any) -> None:
        event.listen(
            engine, "before_cursor_execute", lambda c, cursor, sql, *rest: statements.append(sql)
        )

    plugin = Registered(toolkit_engine_created=toolkit_engine_created)
    register(plugin)
    registered.append(plugin)
    with create_engine("sqlite://").connect() as connection:
        connection.execute(text("select 7"))
    assert statements == ["select 7"]


def test_every_hook_that_is_specified_is_called() -> None:
    """A hook that nobody calls is a promise that nobody keeps."""
    import toolkit_core

    (package,) = toolkit_core.__path__
    from pathlib import Path

    source = "".join(
        path.read_text(encoding="utf-8")
        for path in Path(package).rglob("*.py")
        if path.name != "hookspecs.py"
    )
    called = set(re.findall(r'(?:call\(|ask_alone\(plugin,)\s*"(toolkit_\w+)"', source))
    assert called == set(HOOKS)


class Misspelt:
    @hookimpl
    def toolkit_engine_create(self, engine: Any) -> None: ...


class WrongArguments:
    @hookimpl
    def toolkit_engine_created(self, engine: Any, mood: str) -> None: ...


class Old:
    toolkit_api = "0"

    @hookimpl
    def toolkit_engine_created(self, engine: Any) -> None: ...


class Unhashable:
    __hash__ = None  # type: ignore[assignment]

    @hookimpl
    def toolkit_engine_created(self, engine: Any) -> None: ...


@pytest.mark.parametrize(
    ("plugin", "message"),
    [
        (Misspelt, r"'toolkit_engine_create', which is no hook.*\nTry: 'toolkit_engine_created'"),
        (WrongArguments, "mood"),
        (Old, "plugin API '0', this is '1'"),
        (Unhashable, "cannot be hashed"),
        (object, "implements no hook"),
    ],
)
def test_a_plugin_that_would_never_work_is_refused_at_once(plugin: type, message: str) -> None:
    with pytest.raises(exc.ArgumentError, match=message):
        register(plugin())
    with create_engine("sqlite://").connect():
        pass


def test_unregistering_what_is_not_registered_says_so() -> None:
    with pytest.raises(exc.ArgumentError, match="not registered"):
        unregister(object())


def test_a_plugin_that_raises_is_heard_of(registered: list[Registered]) -> None:
    def toolkit_engine_created(engine: Any) -> None:
        raise RuntimeError("no license")

    plugin = Registered(toolkit_engine_created=toolkit_engine_created)
    register(plugin)
    registered.append(plugin)
    with pytest.raises(RuntimeError, match="no license"):
        create_engine("sqlite://")


def test_a_class_with_hooks_is_instantiated(shelf: Shelf) -> None:
    module = shelf.lay(NOTING, name="classy", target="Plugin")
    create_engine("sqlite://", plugins=["classy"])
    assert ("created", "Engine(sqlite://)") in heard_by(module)


def test_a_dialects_other_hooks_are_its_own_engines_alone(shelf: Shelf) -> None:
    source = """
from toolkit.plugins import hookimpl
from toolkit_sqlite.plugin import plugin as sqlite
heard = []

class Plugin:
    @hookimpl
    def toolkit_dialect(self, name, driver, options):
        return sqlite.dialect()

    @hookimpl
    def toolkit_engine_created(self, engine):
        heard.append(engine.url.drivername)

plugin = Plugin()
"""
    module = shelf.lay(source, name="acmelite", group="toolkit.dialects")
    create_engine("acmelite://")
    create_engine("sqlite://")
    assert heard_by(module) == ["acmelite"]


def test_hooks_are_asked_of_errors_of_the_driver_only(registered: list[Registered]) -> None:
    seen: list[BaseException] = []
    plugin = Registered(toolkit_classify_error=lambda dialect, error: seen.append(error))
    register(plugin)
    registered.append(plugin)
    with create_engine("sqlite://").connect() as connection:
        with pytest.raises(exc.StatementError):
            connection.execute(text("select :x"))
        assert seen == []
        with pytest.raises(exc.OperationalError):
            connection.execute(text("select * from nowhere"))
    assert isinstance(seen[0], sqlite3.OperationalError)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
def test_a_child_may_register_a_plugin_whatever_its_parents_threads_were_at(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The first plugin was being registered when the process was forked."""
    monkeypatch.setattr(hooks, "_managers", [])
    begun, done = threading.Event(), threading.Event()
    plugin_manager = pluggy.PluginManager

    def slow(name: str) -> Any:
        begun.set()
        done.wait(10)
        return plugin_manager(name)

    monkeypatch.setattr(pluggy, "PluginManager", slow)
    thread = InThread(hooks.for_all)
    begun.wait(10)

    def child() -> int:
        signal.alarm(10)  # it ends a child that waits forever
        done.set()
        register(Registered(toolkit_url=lambda url: None))
        return len(hooks.for_all())

    monkeypatch.setattr(pluggy, "PluginManager", plugin_manager)
    assert in_child(child) == 1
    done.set()
    thread.result()


def test_two_threads_that_register_first_plugins_share_a_manager(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(hooks, "_managers", [])
    both_here = threading.Barrier(2, timeout=10)
    plugin_manager = pluggy.PluginManager

    def together(name: str) -> Any:
        manager = plugin_manager(name)
        both_here.wait()
        return manager

    monkeypatch.setattr(pluggy, "PluginManager", together)

    def first() -> None:
        register(Registered(toolkit_url=lambda url: None))

    threads = [InThread(first), InThread(first)]
    for thread in threads:
        thread.result()
    assert len(hooks.for_all()) == 2
