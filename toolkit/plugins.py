"""Writing and registering plugins."""

from toolkit_core.dialect import DialectPlugin
from toolkit_core.plugins import API_VERSION, hookimpl, register, unregister

__all__ = ["API_VERSION", "DialectPlugin", "hookimpl", "register", "unregister"]
