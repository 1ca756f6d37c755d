"""What is done to the objects of a relationship along with the one that has them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from toolkit_core.errors import ArgumentError, warn
from toolkit_core.newer_typing import Self

_ALL = frozenset({"save-update", "merge", "refresh-expire", "expunge", "delete"})
_KNOWN = _ALL | {"all", "none", "delete-orphan"}


class CascadeOptions(frozenset[str]):
    """The cascades of a relationship.

    >>> CascadeOptions("all, delete-orphan").delete_orphan
    True
    """

    save_update: bool
    delete: bool
    refresh_expire: bool
    merge: bool
    expunge: bool
    delete_orphan: bool

    def __new__(cls, value_list: str | Iterable[str] | None = None) -> Self:
        """Read them from text, or take those that are given."""
        if isinstance(value_list, str) or value_list is None:
            return cls.from_string(value_list or "")
        values = set(value_list)
        unknown = sorted(str(value) for value in values - _KNOWN)
        if unknown:
            raise ArgumentError(
                f"Invalid cascade option(s): {', '.join(repr(one) for one in unknown)}",
                hint=f"of {', '.join(sorted(_KNOWN))}",
            )
        if "all" in values:
            values |= _ALL
        if "none" in values:
            values.clear()
        values.discard("all")
        made = super().__new__(cls, values)
        for name in (*_ALL, "delete-orphan"):
            setattr(made, name.replace("-", "_"), name in values)
        if made.delete_orphan and not made.delete:
            warn("The 'delete-orphan' cascade option requires 'delete'.")
        return made

    @classmethod
    def from_string(cls, arg: str) -> Self:
        """Read them from text, with commas between them."""
        return cls([one for one in (part.strip() for part in arg.split(",")) if one])

    def __reduce__(self) -> Any:
        return CascadeOptions, (sorted(self),)

    def __repr__(self) -> str:
        return f"CascadeOptions({','.join(sorted(self))!r})"


# What a relationship does that was told nothing.
_USUAL_TEXT = "save-update, merge"
_USUAL = CascadeOptions(_USUAL_TEXT)
# What a relationship that writes nothing may still do.
_OF_VIEWS = frozenset({"merge", "refresh-expire", "expunge"})


def cascade_of(given: Any, *, viewonly: bool) -> CascadeOptions:
    """Return what ``relationship(cascade=…)`` means; of what is only read, nothing is written.

    >>> cascade_of("all", viewonly=True)
    CascadeOptions('expunge,merge,refresh-expire')
    """
    if given == _USUAL_TEXT:
        return CascadeOptions("merge") if viewonly else _USUAL
    found = given if isinstance(given, CascadeOptions) else CascadeOptions(given)
    return CascadeOptions(found & _OF_VIEWS) if viewonly else found
