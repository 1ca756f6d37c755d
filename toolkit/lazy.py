"""Names that are fetched from where they live when they are first asked for (PEP 562)."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Collection, Mapping
from difflib import get_close_matches
from typing import Any


def attribute(package: str, name: str, homes: Mapping[str, str], modules: Collection[str]) -> Any:
    """Return a name of a package: a module of it, its version, or what a table tells of."""
    if name == "__version__":
        return version(package)
    if name in modules:
        return importlib.import_module(f"{package}.{name}")
    return fetch(package, homes, name)


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


def version(distribution: str) -> str:
    """Return the version that is installed."""
    found: str = importlib.import_module("importlib.metadata").version(distribution)
    return found
