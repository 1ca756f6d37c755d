"""Names that are fetched from where they live when they are first asked for (PEP 562)."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Mapping
from difflib import get_close_matches
from types import ModuleType
from typing import Any


def homes(modules: Mapping[str, str]) -> dict[str, str]:
    """Turn a table of modules with their names into one of names with their module.

    >>> homes({"math": "pi tau"})
    {'pi': 'math', 'tau': 'math'}
    """
    return {name: module for module, names in modules.items() for name in names.split()}


def fetch(package: str, table: Mapping[str, str], name: str) -> Any:
    """Import what a name stands for, and keep it as an attribute of the package."""
    home = table.get(name)
    if home is None:
        near = get_close_matches(name, table, 1)
        hint = f"; did you mean {near[0]!r}?" if near else ""
        raise AttributeError(f"module {package!r} has no attribute {name!r}{hint}")
    found = getattr(importlib.import_module(home), name)
    setattr(sys.modules[package], name, found)
    return found


def module(name: str) -> ModuleType:
    """Import a module of the face."""
    return importlib.import_module(name)


def version(distribution: str) -> str:
    """Return the version that is installed."""
    found: str = importlib.import_module("importlib.metadata").version(distribution)
    return found
