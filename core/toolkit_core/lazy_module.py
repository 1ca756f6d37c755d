"""Modules that are imported when something of theirs is first used.

For what only cold paths need: spelling help, logging, identifiers.  Type checkers see the
ordinary import::

    if TYPE_CHECKING:
        import difflib
    else:
        difflib = lazy_module("difflib")

Not for what handles errors: there, an import may fail too.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from typing import Any


class LazyModule:
    """Stands for a module, and imports it with the first look at an attribute.

    >>> LazyModule("math").pi
    3.141592653589793
    """

    __slots__ = ("_name",)

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, attribute: str) -> Any:
        # Nothing is kept here: who replaces an attribute of the module is seen at once.
        return getattr(_imported(self._name), attribute)


def lazy_module(name: str) -> Any:
    """Return what stands for a module until it is needed."""
    return LazyModule(name)


def lazy_names(package: str, homes: Mapping[str, str]) -> Callable[[str], Any]:
    """Return the ``__getattr__`` of a package that fetches its names when they are asked for.

    ``homes`` tells the module of each name.
    """

    def fetch(name: str) -> Any:
        if name not in homes:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        found = getattr(_imported(homes[name]), name)
        setattr(sys.modules[package], name, found)
        return found

    return fetch


def _imported(name: str) -> Any:
    found = sys.modules.get(name)
    if found is None:
        __import__(name)
        found = sys.modules[name]
    return found
