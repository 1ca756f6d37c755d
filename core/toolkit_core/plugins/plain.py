"""Plugins that pluggy would do nothing for but call one function: they need no pluggy.

Nearly every dialect is one, and most programs have no other plugin.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from types import FunctionType, ModuleType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def is_plain(plugin: Any, hook: str, arguments: Mapping[str, Any] | frozenset[str]) -> bool:
    """Tell whether the plugin has this one hook, with nothing about it for pluggy to see to."""
    if isinstance(plugin, type) or not isinstance(plugin, Hashable):
        return False
    marked = dict(_marked(plugin))
    function = marked.get(hook)
    if len(marked) != 1 or not isinstance(function, FunctionType):
        return False
    options = vars(function)["toolkit_impl"]
    if options["wrapper"] or options["hookwrapper"] or options["specname"]:
        return False
    return set(_parameters(plugin, hook, function)) <= set(arguments)


def ask_plainly(plugin: Any, hook: str, arguments: Mapping[str, Any]) -> Any:
    """Call the hook of a plain plugin with those of the arguments that it takes."""
    function = dict(_marked(plugin))[hook]
    wanted = _parameters(plugin, hook, function)
    return getattr(plugin, hook)(**{name: arguments[name] for name in wanted})


def _marked(plugin: Any) -> Iterator[tuple[str, Any]]:
    """Find what is marked, as pluggy does: without calling properties."""
    members: dict[str, Any] = {}
    classes = () if isinstance(plugin, ModuleType) else type(plugin).__mro__
    for place in (getattr(plugin, "__dict__", {}), *map(vars, classes)):
        for name, member in place.items():
            members.setdefault(name, member)
    for name, member in members.items():
        # Of a class method or a static method, the function in it has the mark.
        if hasattr(getattr(member, "__func__", member), "toolkit_impl"):
            yield name, member


def _parameters(plugin: Any, hook: str, function: FunctionType) -> tuple[str, ...]:
    """Return the names that pluggy would pass; one it would not makes the plugin not plain."""
    code = function.__code__
    simple = not (
        function.__defaults__
        or function.__kwdefaults__
        or code.co_kwonlyargcount
        or code.co_posonlyargcount
        or hasattr(function, "__wrapped__")
    )
    if not simple:
        return ("*",)
    is_method = hook not in getattr(plugin, "__dict__", {})
    return code.co_varnames[is_method : code.co_argcount]
