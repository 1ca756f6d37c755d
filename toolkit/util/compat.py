"""Small things that programs import from here, though no manual told them to."""

from toolkit.util import inspect_getfullargspec

__all__ = ["inspect_getfullargspec"]
