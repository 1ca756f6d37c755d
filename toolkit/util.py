"""Small things that programs import from here, though no manual told them to."""

from collections import OrderedDict
from functools import cached_property as memoized_property

from toolkit_core.immutabledict import EMPTY as EMPTY_DICT
from toolkit_core.immutabledict import immutabledict

__all__ = ["EMPTY_DICT", "OrderedDict", "immutabledict", "memoized_property"]
