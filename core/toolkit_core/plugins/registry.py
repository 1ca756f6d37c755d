"""From a name to an object: one entry point, imported alone and checked."""

from __future__ import annotations

import importlib
from types import FunctionType

from toolkit_core.errors import NoSuchModuleError
from toolkit_core.lazy_module import lazy_module
from toolkit_core.nearest import nearest
from toolkit_core.plugins.entry_points import Claim, entry_points, is_claimed
from toolkit_core.plugins.hookspecs import API_VERSION

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from toolkit_core.plugins import install_hints
else:
    install_hints = lazy_module("toolkit_core.plugins.install_hints")

DIALECTS = "toolkit.dialects"
PLUGINS = "toolkit.plugins"


class Registry:
    """The names of one entry point group, and those registered by hand."""

    def __init__(self, group: str) -> None:
        self.group = group
        self.by_hand: dict[str, tuple[str, str]] = {}
        self.loaded: dict[str, Any] = {}

    def register(self, name: str, modulepath: str, objname: str) -> None:
        """Make a plugin known without an entry point, as a program may do for itself.

        ``name`` is ``dialect`` or ``dialect.driver``.  What lies at ``modulepath`` under
        ``objname`` is a plugin with the hook ``toolkit_dialect``, a ``Dialect``, or a
        subclass of ``Driver`` for a dialect that is there already; in the registry of
        plugins, a ``CreateEnginePlugin`` or any object with hooks.
        """
        self.by_hand[name] = (modulepath, objname)
        self.loaded.pop(name, None)

    def load(self, name: str) -> Any:
        """Import the plugin of that name; of this group, no other is touched."""
        if name not in self.loaded:
            self.loaded[name] = self._load(name)
        return self.loaded[name]

    def has(self, name: str) -> bool:
        """Tell whether the name is claimed."""
        return name in self.loaded or name in self.by_hand or is_claimed(self.group, name)

    def names(self) -> list[str]:
        """Return all names that are claimed, without importing anything."""
        found = {point.name for point in entry_points(self.group)}
        return sorted(found | set(self.by_hand))

    def origin(self, name: str) -> str:
        """Say who claims a name."""
        if name in self.by_hand:
            return "registered by the program"
        return " and ".join(owner(claim) for claim in self.claims(name))

    def claims(self, name: str) -> list[Claim]:
        """Return the entry points of that name."""
        # One distribution may be found twice, e.g. installed and on the path.
        claims = {(owner(point), point.value): point for point in entry_points(self.group, name)}
        return list(claims.values())

    def _load(self, name: str) -> Any:
        if name in self.by_hand:
            module, attribute = self.by_hand[name]
            return self._checked(name, f"{module}:{attribute}")
        claims = self.claims(name)
        if not claims:
            raise self._missing(name)
        if len(claims) > 1:
            raise NoSuchModuleError(
                f"Can't load plugin: {self.group}:{name}: it is claimed by {self.origin(name)}",
                hint="uninstall one of them",
            )
        return self._checked(name, claims[0].value)

    def _checked(self, name: str, path: str) -> Any:
        try:
            plugin = load_object(path)
            if wants_instance(plugin):
                plugin = plugin()
        except Exception as error:
            origin = self.origin(name)
            raise NoSuchModuleError(
                f"Can't load plugin: {self.group}:{name} ({origin}) is broken: "
                f"{type(error).__name__}: {error}",
                hint=f"reinstall or update {origin}" if name not in self.by_hand else None,
            ) from error
        version = getattr(plugin, "toolkit_api", API_VERSION)
        if version != API_VERSION:
            origin = self.origin(name)
            raise NoSuchModuleError(
                f"Can't load plugin: {self.group}:{name} ({origin}) is written for plugin API "
                f"{version!r}, this is {API_VERSION!r}",
                hint=f"install a version of {origin} for this toolkit",
            )
        return plugin

    def _missing(self, name: str) -> NoSuchModuleError:
        hint = install_hints.install_hint(self.group, name)
        if hint is None:
            near = nearest(name, self.names())
            hint = repr(near) if near else "python -m toolkit plugins lists what is installed"
        return NoSuchModuleError(f"Can't load plugin: {self.group}:{name}", hint=hint)


def owner(point: Claim) -> str:
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


def wants_instance(plugin: Any) -> bool:
    """Tell whether this is a class whose hooks are ordinary methods, so need an instance.

    >>> wants_instance("no class")
    False
    """
    return isinstance(plugin, type) and any(
        isinstance(member, FunctionType) and hasattr(member, "toolkit_impl")
        for parent in plugin.__mro__
        for member in vars(parent).values()
    )


dialects = Registry(DIALECTS)
plugins = Registry(PLUGINS)
