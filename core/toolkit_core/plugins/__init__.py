"""Plugins: found by name among entry points, registered with pluggy, asked once and never hot."""

from toolkit_core.plugins.hookspecs import API_VERSION, hookimpl, hookspec
from toolkit_core.plugins.loading import (
    Found,
    Hooks,
    dialects,
    find_dialect,
    hooks_for,
    installed,
    load_object,
    plugins,
    register,
    unregister,
)

__all__ = [
    "API_VERSION",
    "Found",
    "Hooks",
    "dialects",
    "find_dialect",
    "hookimpl",
    "hooks_for",
    "hookspec",
    "installed",
    "load_object",
    "plugins",
    "register",
    "unregister",
]
