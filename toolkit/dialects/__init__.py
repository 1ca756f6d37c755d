"""Dialects: one module each, and the registries of names that programs may add to."""

from __future__ import annotations

from typing import Any

from toolkit import lazy
from toolkit_core.plugins import dialects as registry
from toolkit_core.plugins import plugins

__all__ = ["plugins", "registry"]


def __getattr__(name: str) -> Any:
    return lazy.attribute(__name__, name, {}, {"mysql", "postgresql", "sqlite"})
