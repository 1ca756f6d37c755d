"""Plugins: found by name among entry points, registered with pluggy, asked once and never hot."""

from toolkit_core.plugins.find import find_dialect
from toolkit_core.plugins.hooks import Hooks, register, unregister
from toolkit_core.plugins.hookspecs import API_VERSION, hookimpl, hookspec
from toolkit_core.plugins.installed import (
    Found,
    FoundCommands,
    FoundDriver,
    commands_of_plugins,
    installed,
)
from toolkit_core.plugins.registry import Registry, dialects, load_object, plugins

__all__ = [
    "API_VERSION",
    "Found",
    "FoundCommands",
    "FoundDriver",
    "Hooks",
    "Registry",
    "commands_of_plugins",
    "dialects",
    "find_dialect",
    "hookimpl",
    "hookspec",
    "installed",
    "load_object",
    "plugins",
    "register",
    "unregister",
]
