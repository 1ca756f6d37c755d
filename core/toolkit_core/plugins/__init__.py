"""Plugins: found by name among entry points, registered with pluggy, asked once and never hot."""

from toolkit_core.plugins.find import find_dialect
from toolkit_core.plugins.hooks import Hooks, register, unregister
from toolkit_core.plugins.hookspecs import API_VERSION, hookimpl, hookspec
from toolkit_core.plugins.registry import Registry, dialects, load_object, plugins

__all__ = [
    "API_VERSION",
    "Hooks",
    "Registry",
    "dialects",
    "find_dialect",
    "hookimpl",
    "hookspec",
    "load_object",
    "plugins",
    "register",
    "unregister",
]
