"""Our markers leave on a function what pluggy's leave."""

from __future__ import annotations

from itertools import product
from typing import Any

import pluggy
import pytest

from toolkit_core.plugins import hookspecs
from toolkit_core.plugins.hooks import HOOKS
from toolkit_core.plugins.hookspecs import hookimpl, hookspec

FLAGS = ("hookwrapper", "optionalhook", "tryfirst", "trylast", "wrapper")
OPTIONS: list[dict[str, Any]] = [
    {**dict(zip(FLAGS, flags, strict=True)), "specname": specname}
    for flags in product([False, True], repeat=len(FLAGS))
    for specname in (None, "toolkit_url")
]


def fresh() -> Any:
    """A function that nobody has marked."""
    return lambda: None


@pytest.mark.parametrize("options", OPTIONS)
def test_an_implementation_is_marked_as_pluggy_does(options: dict[str, Any]) -> None:
    theirs = pluggy.HookimplMarker("toolkit")(**options)(fresh())
    assert vars(hookimpl(**options)(fresh())) == vars(theirs)
    assert vars(hookimpl(fresh(), **options)) == vars(theirs)


def test_without_options_the_marker_is_the_decorator() -> None:
    assert vars(hookimpl(fresh())) == vars(pluggy.HookimplMarker("toolkit")(fresh()))
    assert vars(hookspec(fresh())) == vars(pluggy.HookspecMarker("toolkit")(fresh()))


@pytest.mark.parametrize("first", [True, False])
def test_a_specification_is_marked_as_pluggy_does(first: bool) -> None:
    theirs = pluggy.HookspecMarker("toolkit")(firstresult=first)(fresh())
    assert vars(hookspec(firstresult=first)(fresh())) == vars(theirs)


def test_pluggy_finds_all_hooks() -> None:
    manager = pluggy.PluginManager("toolkit")
    manager.add_hookspecs(hookspecs)
    assert set(vars(manager.hook)) - {"__dict__"} >= set(HOOKS)


def test_what_is_marked_by_pluggy_itself_is_called() -> None:
    class Plugin:
        @pluggy.HookimplMarker("toolkit")
        def toolkit_url(self, url: Any) -> Any:
            return url.set(database="marked.db")

    from toolkit import create_engine
    from toolkit.plugins import register, unregister

    plugin = Plugin()
    register(plugin)
    try:
        assert create_engine("sqlite://").url.database == "marked.db"
    finally:
        unregister(plugin)
