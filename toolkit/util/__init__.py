"""Small things that programs import from here, though no manual told them to."""

from __future__ import annotations

from collections import OrderedDict
from functools import cached_property as memoized_property
from typing import TYPE_CHECKING, Any

from toolkit import lazy
from toolkit_core.immutabledict import EMPTY as EMPTY_DICT
from toolkit_core.immutabledict import immutabledict
from toolkit_core.sundries import (
    OrderedSet,
    asbool,
    classproperty,
    generic_repr,
    inspect_getfullargspec,
    symbol,
    to_list,
    unique_list,
)

if TYPE_CHECKING:
    from toolkit_core.aio.bridge import await_only, greenlet_spawn

__all__ = [
    "EMPTY_DICT",
    "OrderedDict",
    "OrderedSet",
    "asbool",
    "await_only",
    "classproperty",
    "generic_repr",
    "greenlet_spawn",
    "immutabledict",
    "inspect_getfullargspec",
    "memoized_property",
    "symbol",
    "to_list",
    "unique_list",
]

_HOMES = {
    "await_only": "toolkit_core.aio.bridge",
    "greenlet_spawn": "toolkit_core.aio.bridge",
}
_MODULES = {"concurrency"}


def __getattr__(name: str) -> Any:
    return lazy.attribute(__name__, name, _HOMES, _MODULES)
