"""Dialects that pluggy has nothing to do for are asked without it, and with the same answers."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pluggy
import pytest

from toolkit_core.plugins import hookspecs
from toolkit_core.plugins.hooks import Hooks, ask_alone
from toolkit_core.plugins.hookspecs import hookimpl
from toolkit_core.plugins.plain import is_plain

ARGUMENTS = {"name": "acme", "driver": "fast", "options": {"a": 1}}
HOOK = "toolkit_dialect"


class Whole:
    @hookimpl
    def toolkit_dialect(self, name: str, driver: str, options: Any) -> Any:
        return name, driver, options


class Part:
    @hookimpl
    def toolkit_dialect(self, options: Any, name: str) -> Any:
        return options, name


class Nothing:
    @hookimpl
    def toolkit_dialect(self) -> None:
        return None


class Heir(Whole):
    pass


class Late(Whole):
    def toolkit_dialect(self, name: str, driver: str, options: Any) -> Any:
        """Overridden without the mark."""


class ByName:
    @hookimpl(specname=HOOK)
    def my_dialect(self, name: str) -> Any:
        return name


class Wrapping:
    @hookimpl(wrapper=True)
    def toolkit_dialect(self) -> Any:
        yield
        return "wrapped"


class WithDefault:
    @hookimpl
    def toolkit_dialect(self, name: str, options: Any = "default") -> Any:
        return name, options


class ClassMethod:
    @classmethod
    @hookimpl
    def toolkit_dialect(cls, name: str) -> Any:
        return name


class StaticMethod:
    @staticmethod
    @hookimpl
    def toolkit_dialect(name: str) -> Any:
        return name


class Two(Whole):
    @hookimpl
    def toolkit_url(self, url: Any) -> None:
        return None


def on_instance() -> Any:
    plugin: Any = Nothing()
    plugin.toolkit_dialect = hookimpl(lambda driver: driver)
    return plugin


def module() -> ModuleType:
    made: Any = ModuleType("acme_hooks")
    made.toolkit_dialect = hookimpl(lambda name, driver: (name, driver))
    found: ModuleType = made
    return found


PLAIN = [Whole(), Part(), Nothing(), Heir(), on_instance(), module()]
OTHERS = [ByName(), Wrapping(), WithDefault(), ClassMethod(), StaticMethod(), Two(), ClassMethod]


def by_pluggy(plugin: Any) -> Any:
    manager = pluggy.PluginManager("toolkit")
    manager.add_hookspecs(hookspecs)
    manager.register(plugin)
    return manager.hook.toolkit_dialect(**ARGUMENTS)


@pytest.mark.parametrize("plugin", PLAIN, ids=lambda plugin: type(plugin).__name__)
def test_a_plain_plugin_answers_as_pluggy_would_have_it(plugin: Any) -> None:
    assert is_plain(plugin, HOOK, ARGUMENTS)
    assert ask_alone(plugin, HOOK, **ARGUMENTS) == by_pluggy(plugin)


@pytest.mark.parametrize("plugin", OTHERS, ids=lambda plugin: type(plugin).__name__)
def test_all_others_are_left_to_pluggy(plugin: Any) -> None:
    assert not is_plain(plugin, HOOK, ARGUMENTS)
    Hooks([plugin])
    assert ask_alone(plugin, HOOK, **ARGUMENTS) == by_pluggy(plugin)


@pytest.mark.parametrize("plugin", [Late(), object(), lambda: None])
def test_what_has_no_hook_is_not_plain(plugin: Any) -> None:
    assert not is_plain(plugin, HOOK, ARGUMENTS)
