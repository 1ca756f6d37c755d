"""Dialects: one module each, and the registry of names that programs may add to."""

from toolkit_core.plugins import dialects as registry

__all__ = ["registry"]
