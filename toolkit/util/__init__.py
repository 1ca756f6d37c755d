"""Small things that programs import from here, though no manual told them to."""

from collections import OrderedDict
from functools import cached_property as memoized_property

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

__all__ = [
    "EMPTY_DICT",
    "OrderedDict",
    "OrderedSet",
    "asbool",
    "classproperty",
    "generic_repr",
    "immutabledict",
    "inspect_getfullargspec",
    "memoized_property",
    "symbol",
    "to_list",
    "unique_list",
]
