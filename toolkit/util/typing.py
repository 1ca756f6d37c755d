"""Small things that programs import from here, though no manual told them to."""

from typing import TypedDict

__all__ = ["TypedDict"]
