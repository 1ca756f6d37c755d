"""Calling hooks: of all plugins that are registered, and of those that an engine has named."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence

from toolkit_core.errors import ArgumentError
from toolkit_core.lazy_module import lazy_module
from toolkit_core.nearest import nearest
from toolkit_core.plugins import hookspecs
from toolkit_core.plugins.hookspecs import API_VERSION
from toolkit_core.plugins.plain import ask_plainly, is_plain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    import pluggy
else:
    pluggy = lazy_module("pluggy")

HOOKS: tuple[str, ...] = tuple(
    name for name, spec in vars(hookspecs).items() if hasattr(spec, "toolkit_spec")
)

_DIALECT_ARGUMENTS = frozenset({"name", "driver", "options"})

# pluggy's manager, made when there is a plugin for it: most programs have none but a dialect.
_managers: list[pluggy.PluginManager] = []
# Plugins that an engine has named, and dialects: they are asked for those engines only.
_on_demand: list[Any] = []


def register(plugin: Any, name: str | None = None) -> None:
    """Register a plugin object for the whole process."""
    if _is_on_demand(plugin):
        _forget_demand(plugin)
        return
    _admit(plugin, name)


def unregister(plugin: Any) -> None:
    """Take a plugin object out again."""
    if not _is_known(plugin):
        raise ArgumentError(f"The plugin {plugin!r} is not registered")
    _manager().unregister(plugin)
    _forget_demand(plugin)


class Hooks:
    """The hooks as one engine calls them: with all plugins but those others have named."""

    def __init__(self, requested: Sequence[Any] = ()) -> None:
        self._mine: list[Any] = []
        for plugin in requested:
            self.add(plugin)

    def add(self, plugin: Any) -> None:
        """Ask this plugin too, for this engine."""
        if not _is_known(plugin):
            if is_plain(plugin, "toolkit_dialect", _DIALECT_ARGUMENTS):
                return
            _admit(plugin)
            _on_demand.append(plugin)
        self._mine.append(plugin)

    def call(self, hook: str, **arguments: Any) -> Any:
        """Call a hook."""
        if not _managers:
            return None if _spec(hook)["firstresult"] else []
        others = [plugin for plugin in _on_demand if not _among(plugin, self._mine)]
        return _manager().subset_hook_caller(hook, others)(**arguments)


def ask_alone(plugin: Any, hook: str, **arguments: Any) -> Any:
    """Call a hook of one plugin and no other."""
    if is_plain(plugin, hook, arguments):
        answer = ask_plainly(plugin, hook, arguments)
        return answer if _spec(hook)["firstresult"] else [] if answer is None else [answer]
    others = [known for known in _manager().get_plugins() if known is not plugin]
    return _manager().subset_hook_caller(hook, others)(**arguments)


def for_all() -> list[Any]:
    """Return the plugins that are registered for the whole process."""
    return [plugin for plugin in _manager().get_plugins() if not _is_on_demand(plugin)]


def _admit(plugin: Any, name: str | None = None) -> None:
    """Register with pluggy, refusing now what would fail or be ignored later."""
    version = getattr(plugin, "toolkit_api", API_VERSION)
    if version != API_VERSION:
        raise ArgumentError(
            f"The plugin {plugin!r} is written for plugin API {version!r}, this is {API_VERSION!r}"
        )
    if not isinstance(plugin, Hashable):
        raise ArgumentError(
            f"The plugin {plugin!r} cannot be hashed", hint="leave its __eq__ as it is"
        )
    try:
        # Two classes, or modules, of one name are not one plugin, as pluggy would think.
        _manager().register(plugin, name or f"{type(plugin).__name__}@{id(plugin):x}")
    except (pluggy.PluginValidationError, ValueError) as error:
        if _is_known(plugin):
            _manager().unregister(plugin)
        raise ArgumentError(f"The plugin {plugin!r} cannot be registered: {error}") from error
    implemented = _manager().get_hookcallers(plugin) or ()
    unknown = [caller.name for caller in implemented if not caller.has_spec()]
    if unknown or not implemented:
        _manager().unregister(plugin)
        raise _useless(plugin, unknown)


def _useless(plugin: Any, unknown: list[str]) -> ArgumentError:
    if not unknown:
        return ArgumentError(
            f"The plugin {plugin!r} implements no hook",
            hint="mark its functions with toolkit.plugins.hookimpl",
        )
    near = nearest(unknown[0], HOOKS)
    return ArgumentError(
        f"The plugin {plugin!r} implements {unknown[0]!r}, which is no hook of toolkit",
        hint=repr(near) if near else "one of " + ", ".join(HOOKS),
    )


def _manager() -> pluggy.PluginManager:
    # Without a lock, which a child process might find locked forever: if two threads make a
    # manager each, the first to arrive is everybody's.
    if not _managers:
        manager = pluggy.PluginManager("toolkit")
        manager.add_hookspecs(hookspecs)
        _managers.append(manager)
    return _managers[0]


def _is_known(plugin: Any) -> bool:
    return bool(_managers) and _managers[0].is_registered(plugin)


def _spec(hook: str) -> Mapping[str, Any]:
    spec: Mapping[str, Any] = getattr(hookspecs, hook).toolkit_spec
    return spec


def _among(plugin: Any, plugins: Sequence[Any]) -> bool:
    return any(plugin is one for one in plugins)


def _is_on_demand(plugin: Any) -> bool:
    return _among(plugin, _on_demand)


def _forget_demand(plugin: Any) -> None:
    _on_demand[:] = [one for one in _on_demand if one is not plugin]
