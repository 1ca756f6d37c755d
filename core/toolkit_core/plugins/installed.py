"""What is installed: every plugin looked at by itself, so that none hides another."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from toolkit_core.errors import NoSuchModuleError, SQLAlchemyError
from toolkit_core.plugins.hooks import Hooks, ask_alone, for_all
from toolkit_core.plugins.hookspecs import API_VERSION
from toolkit_core.plugins.registry import Registry, dialects, load_object, plugins

Command = Callable[[list[str]], "int | None"]


@dataclass(frozen=True, slots=True)
class FoundDriver:
    """What ``toolkit plugins`` tells of a driver: is its module here, what if not."""

    present: bool
    requirement: str
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What ``toolkit plugins`` tells of one plugin."""

    group: str
    name: str
    origin: str
    api: str | None
    problem: str | None
    drivers: Mapping[str, FoundDriver]


def installed() -> list[Found]:
    """Look at every plugin, each by itself: a broken one is told of and stops no other."""
    return [_look(registry, name) for registry in (dialects, plugins) for name in registry.names()]


def _look(registry: Registry, name: str) -> Found:
    origin = registry.origin(name)
    try:
        plugin = registry.load(name)
    except NoSuchModuleError as error:
        return Found(registry.group, name, origin, None, str(error.args[0]), {})
    api = getattr(plugin, "toolkit_api", API_VERSION)
    paths: Mapping[str, str] = getattr(plugin, "drivers", None) or {}
    drivers = {driver: _look_at_driver(path) for driver, path in sorted(paths.items())}
    return Found(registry.group, name, origin, api, None, drivers)


def _look_at_driver(path: str) -> FoundDriver:
    try:
        cls = load_object(path)
        return FoundDriver(module_is_here(cls.module_name), cls.requirement)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is told and stops no other
        return FoundDriver(False, "", f"{type(error).__name__}: {error}")


def module_is_here(name: str) -> bool:
    """Tell whether a module can be imported, without importing it.

    >>> module_is_here("sqlite3"), module_is_here("no_such_driver")
    (True, False)
    """
    if name in sys.modules:
        return True
    finder = importlib.import_module("importlib.util")
    try:
        return finder.find_spec(name) is not None
    except ModuleNotFoundError:
        return False


@dataclass(frozen=True, slots=True)
class FoundCommands:
    """The commands that plugins bring, and what is wrong with those that are left out."""

    commands: Mapping[str, Command]
    problems: tuple[str, ...]


def commands_of_plugins(taken: frozenset[str] = frozenset()) -> FoundCommands:
    """Ask every plugin for its commands; of a name that is taken, or claimed twice, none is.

    A plugin that fails is told of and stops no other.
    """
    owners: dict[str, list[tuple[str, Command]]] = {}
    problems: list[str] = []
    for origin, plugin in _all_plugins(problems):
        try:
            for brought in ask_alone(plugin, "toolkit_commands"):
                for name, command in brought.items():
                    owners.setdefault(name, []).append((origin, command))
        except Exception as error:  # noqa: BLE001 - whatever it is, it is told and stops no other
            problems.append(f"{origin}: {type(error).__name__}: {error}")
    commands: dict[str, Command] = {}
    for name, claims in sorted(owners.items()):
        who = " and ".join(origin for origin, _ in claims)
        if name in taken:
            problems.append(f"{who}: the command {name!r} is toolkit's own")
        elif len(claims) > 1:
            problems.append(f"the command {name!r} is claimed by {who}")
        else:
            commands[name] = claims[0][1]
    return FoundCommands(commands, tuple(problems))


def _all_plugins(problems: list[str]) -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = [(repr(plugin), plugin) for plugin in for_all()]
    for name in plugins.names():
        origin = f"{plugins.group}:{name} ({plugins.origin(name)})"
        try:
            plugin = plugins.load(name)
            if isinstance(plugin, type) or any(plugin is known for _, known in found):
                continue
            Hooks([plugin])
        except SQLAlchemyError as error:
            problems.append(str(error.args[0]))
            continue
        found.append((origin, plugin))
    return found
