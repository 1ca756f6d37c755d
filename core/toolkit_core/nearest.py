"""The name that was probably meant."""

from __future__ import annotations

from collections.abc import Iterable

from toolkit_core.lazy_module import lazy_module

TYPE_CHECKING = False
if TYPE_CHECKING:
    import difflib
else:
    difflib = lazy_module("difflib")


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Return the most similar of the known names, None if none is similar.

    >>> nearest("pool_sice", ["echo", "pool_size"])
    'pool_size'
    """
    return next(iter(difflib.get_close_matches(name, list(known), 1)), None)
