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

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class LazyModule:
    """Stands for a module, and imports it with the first look at an attribute.

    >>> LazyModule("math").pi
    3.141592653589793
    """

    __slots__ = ("_module", "_name")

    def __init__(self, name: str) -> None:
        self._name = name
        self._module: Any = None

    def __getattr__(self, attribute: str) -> Any:
        module = self._module
        if module is None:
            if attribute == "__wrapped__":
                # Doctest asks this of all that it finds in a module; no module has it.
                raise AttributeError(attribute)
            module = self._module = _imported(self._name)
        # No attribute is kept: who replaces one of the module is seen at once.
        return getattr(module, attribute)


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
    # Also if it is among sys.modules: another thread may have come half through its import,
    # and this waits for it.
    __import__(name)
    return sys.modules[name]
