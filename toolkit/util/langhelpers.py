"""Small things that programs import from here, though no manual told them to."""

from toolkit.util import asbool, classproperty, generic_repr, memoized_property, symbol

__all__ = ["asbool", "classproperty", "generic_repr", "memoized_property", "symbol"]
