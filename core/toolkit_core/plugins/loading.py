"""From a name to a plugin: one entry point, imported alone, checked and registered."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

import pluggy

from toolkit_core.errors import NoSuchModuleError
from toolkit_core.plugins import hookspecs
from toolkit_core.plugins.hookspecs import API_VERSION
from toolkit_core.plugins.install_hints import install_hint

if TYPE_CHECKING:
    from importlib_metadata import EntryPoint

DIALECTS = "toolkit.dialects"
PLUGINS = "toolkit.plugins"


class Registry:
    """The names of one entry point group, and those registered by hand."""

    def __init__(self, group: str) -> None:
        self.group = group
        self.by_hand: dict[str, tuple[str, str]] = {}
        self.loaded: dict[str, Any] = {}

    def register(self, name: str, modulepath: str, objname: str) -> None:
        """Make a plugin known without an entry point, as a program may do for itself."""
        self.by_hand[name] = (modulepath, objname)
        self.loaded.pop(name, None)

    def load(self, name: str) -> Any:
        """Import the plugin of that name; of this group, no other is touched."""
        if name not in self.loaded:
            self.loaded[name] = self._load(name)
        return self.loaded[name]

    def has(self, name: str) -> bool:
        """Tell whether the name is claimed."""
        return name in self.loaded or name in self.by_hand or bool(self._claims(name))

    def names(self) -> list[str]:
        """Return all names that are claimed, without importing anything."""
        found = {point.name for point in entry_points(self.group)}
        return sorted(found | set(self.by_hand))

    def _load(self, name: str) -> Any:
        if name in self.by_hand:
            module, attribute = self.by_hand[name]
            return self._checked(name, f"{module}:{attribute}", "registered by the program")
        claims = self._claims(name)
        if not claims:
            raise self._missing(name)
        if len(claims) > 1:
            owners = " and ".join(owner(claim) for claim in claims)
            raise NoSuchModuleError(
                f"Can't load plugin: {self.group}:{name}: it is claimed by {owners}",
                hint="uninstall one of them",
            )
        return self._checked(name, claims[0].value, owner(claims[0]))

    def _claims(self, name: str) -> list[EntryPoint]:
        # One distribution may be found twice, e.g. installed and on the path.
        claims = {(owner(point), point.value): point for point in entry_points(self.group, name)}
        return list(claims.values())

    def _checked(self, name: str, path: str, origin: str) -> Any:
        try:
            plugin = load_object(path)
        except Exception as error:
            raise NoSuchModuleError(
                f"Can't load plugin: {self.group}:{name} ({origin}) is broken: "
                f"{type(error).__name__}: {error}",
                hint=f"reinstall or update {origin}",
            ) from error
        version = getattr(plugin, "toolkit_api", API_VERSION)
        if version != API_VERSION:
            raise NoSuchModuleError(
                f"Can't load plugin: {self.group}:{name} ({origin}) is written for plugin API "
                f"{version!r}, this is {API_VERSION!r}",
                hint=f"install a version of {origin} for this toolkit",
            )
        return plugin

    def _missing(self, name: str) -> NoSuchModuleError:
        hint = install_hint(self.group, name)
        if hint is None:
            near = get_close_matches(name, self.names(), 1)
            hint = f"{near[0]!r}" if near else "python -m toolkit plugins lists what is installed"
        return NoSuchModuleError(f"Can't load plugin: {self.group}:{name}", hint=hint)


def entry_points(group: str, name: str | None = None) -> Iterable[EntryPoint]:
    """Return the entry points of a group, or the ones of a name in it."""
    # Imported late because it costs more than the rest of the engine together.
    metadata = importlib.import_module("importlib_metadata")
    chosen = {"group": group} if name is None else {"group": group, "name": name}
    found: Iterable[EntryPoint] = metadata.entry_points(**chosen)
    return found


def owner(point: EntryPoint) -> str:
    """Name the distribution that an entry point comes from."""
    return f"{point.dist.name} {point.dist.version}" if point.dist else "an unknown distribution"


def load_object(path: str) -> Any:
    """Import ``module:attribute``.

    >>> load_object("math:pi")
    3.141592653589793
    """
    module, _, attribute = path.partition(":")
    found: Any = importlib.import_module(module)
    for part in attribute.split(".") if attribute else ():
        found = getattr(found, part)
    return found


dialects = Registry(DIALECTS)
plugins = Registry(PLUGINS)

_manager = pluggy.PluginManager("toolkit")
_manager.add_hookspecs(hookspecs)
# Plugins that an engine has named: they are asked for that engine only.
_by_request: set[Any] = set()


def register(plugin: Any, name: str | None = None) -> None:
    """Register a plugin object for the whole process."""
    _manager.register(plugin, name)


def unregister(plugin: Any) -> None:
    """Take a plugin object out again."""
    _manager.unregister(plugin)


class Hooks:
    """The hooks as one engine calls them: with all plugins but those others have named."""

    def __init__(self, requested: Sequence[Any] = ()) -> None:
        for plugin in requested:
            if not _manager.is_registered(plugin):
                _manager.register(plugin)
                _by_request.add(plugin)
        self.left_out = [plugin for plugin in _by_request if plugin not in requested]

    def call(self, hook: str, **arguments: Any) -> Any:
        """Call a hook."""
        return _manager.subset_hook_caller(hook, self.left_out)(**arguments)


def hooks_for(names: Iterable[str]) -> Hooks:
    """Return the hooks of an engine that asks for these plugins of the group."""
    return Hooks([plugins.load(name) for name in names])


def find_dialect(name: str, driver: str | None, options: Mapping[str, Any]) -> Any:
    """Return the dialect of a name, from the plugin that claims the name and no other.

    A plugin may claim ``name`` with all of its drivers, or ``name.driver`` alone.
    """
    claim = f"{name}.{driver}"
    if driver is None or not dialects.has(claim):
        claim = name
    plugin = dialects.load(claim)
    if not _manager.is_registered(plugin):
        _manager.register(plugin, f"{DIALECTS}:{claim}")
    others = [known for known in _manager.get_plugins() if known is not plugin]
    ask = _manager.subset_hook_caller("toolkit_dialect", others)
    dialect = ask(name=name, driver=driver, options=options)
    if dialect is None:
        full = name if driver is None else f"{name}.{driver}"
        drivers = ", ".join(sorted(getattr(plugin, "drivers", ())))
        hint = f"one of its drivers: {drivers}" if drivers else None
        raise NoSuchModuleError(f"Can't load plugin: {DIALECTS}:{full}", hint=hint)
    return dialect


@dataclass(frozen=True, slots=True)
class Found:
    """What ``toolkit plugins`` tells of one plugin."""

    group: str
    name: str
    origin: str
    api: str | None
    problem: str | None
    # Driver name → whether its module is here, and what to install if not.
    drivers: Mapping[str, tuple[bool, str]]


def installed() -> list[Found]:
    """Look at every plugin, each by itself: a broken one is told of and stops no other."""
    return [_look(registry, name) for registry in (dialects, plugins) for name in registry.names()]


def _look(registry: Registry, name: str) -> Found:
    claims = registry._claims(name)
    origin = " and ".join(owner(claim) for claim in claims) or "registered by the program"
    try:
        plugin = registry.load(name)
    except NoSuchModuleError as error:
        return Found(registry.group, name, origin, None, str(error), {})
    drivers: dict[str, tuple[bool, str]] = {}
    for driver, path in getattr(plugin, "drivers", {}).items():
        cls = load_object(path)
        drivers[driver] = (module_is_here(cls.module_name), cls.requirement)
    api = getattr(plugin, "toolkit_api", API_VERSION)
    return Found(registry.group, name, origin, api, None, drivers)


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
