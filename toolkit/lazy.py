"""Names that are fetched from where they live when they are first asked for (PEP 562)."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Collection, Mapping

from toolkit_core import nearest as names

TYPE_CHECKING = False
if TYPE_CHECKING:
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
        raise AttributeError(f"module {package!r} has no attribute {name!r}{nearest(name, table)}")
    found = getattr(importlib.import_module(home), name)
    setattr(sys.modules[package], name, found)
    return found


def nearest(name: str, known: Collection[str]) -> str:
    """Return a question after a name that is unknown, if one that is known is like it.

    >>> nearest("Engin", ["Engine", "text"])
    "; did you mean 'Engine'?"
    """
    near = names.nearest(name, known)
    return f"; did you mean {near!r}?" if near else ""


def version(distribution: str) -> str:
    """Return the version that is installed."""
    found: str = importlib.import_module("importlib.metadata").version(distribution)
    return found
