"""Ranges of values, as PostgreSQL has them.

https://www.postgresql.org/docs/current/rangetypes.html
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Generic, Literal, TypeVar, cast

T = TypeVar("T")
Bounds = Literal["()", "[)", "(]", "[]"]
_BOUNDS = ("()", "[)", "(]", "[]")

# A bound as it is compared: -1 and 1 are without end; then the value; then, of equal values,
# which comes first.
Edge = tuple[int, Any, int]


class Range(Generic[T]):
    """The values between two, of which each may belong to it, or may be missing: no end there.

    >>> Range(1, 5).contains(5), Range(1, 5, bounds="[]").contains(5)
    (False, True)
    >>> Range(1, 5) == Range(1, 4, bounds="[]")
    True
    """

    __slots__ = ("bounds", "empty", "lower", "upper")

    lower: T | None
    upper: T | None
    bounds: Bounds
    empty: bool

    def __init__(
        self,
        lower: T | None = None,
        upper: T | None = None,
        *,
        bounds: Bounds = "[)",
        empty: bool = False,
    ) -> None:
        if bounds not in _BOUNDS:
            raise ValueError(f"bounds are one of {', '.join(_BOUNDS)}, not {bounds!r}")
        self.lower = lower
        self.upper = upper
        self.bounds = bounds
        self.empty = empty

    @property
    def is_empty(self) -> bool:
        """Whether there is no value in it: it was said so, or its bounds leave none."""
        if self.empty or self.lower is None or self.upper is None:
            return self.empty
        return self._start() > self._end()

    isempty = is_empty

    @property
    def lower_inc(self) -> bool:
        """Whether the lower bound belongs to it."""
        return not self.empty and self.lower is not None and self.bounds[0] == "["

    @property
    def upper_inc(self) -> bool:
        """Whether the upper bound belongs to it."""
        return not self.empty and self.upper is not None and self.bounds[1] == "]"

    @property
    def lower_inf(self) -> bool:
        """Whether it has no lower bound."""
        return not self.empty and self.lower is None

    @property
    def upper_inf(self) -> bool:
        """Whether it has no upper bound."""
        return not self.empty and self.upper is None

    # -- bounds that can be compared --------------------------------------------------

    @property
    def _step(self) -> Any:
        """What lies between neighbours, where values have any."""
        value: Any = self.lower if self.lower is not None else self.upper
        if isinstance(value, int):
            return 1
        if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
            return dt.timedelta(days=1)
        return None

    def _start(self) -> Edge:
        if self.lower is None:
            return (-1, 0, 0)
        value: Any = self.lower
        included = self.bounds[0] == "["
        if self._step is not None:
            return (0, value if included else value + self._step, 0)
        return (0, value, 0 if included else 1)

    def _end(self) -> Edge:
        if self.upper is None:
            return (1, 0, 0)
        value: Any = self.upper
        included = self.bounds[1] == "]"
        if self._step is not None:
            return (0, value if included else value - self._step, 0)
        return (0, value, 0 if included else -1)

    def _touches(self, other: Range[T]) -> bool:
        """Tell whether the other one begins where this one ends, with nothing between."""
        if self.upper is None or other.lower is None:
            return False
        if self._step is not None:
            found: bool = self._end()[1] + self._step == other._start()[1]
            return found
        value: Any = self.upper
        meet: bool = value == other.lower
        return meet and (self.bounds[1] == "]") is not (other.bounds[0] == "[")

    # -- what two ranges are to each other ---------------------------------------------

    def contains(self, value: T | Range[T]) -> bool:
        """Tell whether a value, or all of another range, is in this one."""
        if isinstance(value, Range):
            if value.is_empty:
                return True
            if self.is_empty:
                return False
            return self._start() <= value._start() and value._end() <= self._end()
        if self.is_empty:
            return False
        return self._start() <= (0, value, 0) <= self._end()

    __contains__ = contains

    def contained_by(self, other: Range[T]) -> bool:
        """Tell whether all of this range is in another one."""
        return other.contains(self)

    def overlaps(self, other: Range[T]) -> bool:
        """Tell whether some value is in both."""
        if self.is_empty or other.is_empty:
            return False
        return self._start() <= other._end() and other._start() <= self._end()

    def strictly_left_of(self, other: Range[T]) -> bool:
        """Tell whether all of this range is below the other one."""
        return not (self.is_empty or other.is_empty) and self._end() < other._start()

    __lshift__ = strictly_left_of

    def strictly_right_of(self, other: Range[T]) -> bool:
        """Tell whether all of this range is above the other one."""
        return other.strictly_left_of(self)

    __rshift__ = strictly_right_of

    def not_extend_left_of(self, other: Range[T]) -> bool:
        """Tell whether nothing in this range is below the other one."""
        return not (self.is_empty or other.is_empty) and self._start() >= other._start()

    def not_extend_right_of(self, other: Range[T]) -> bool:
        """Tell whether nothing in this range is above the other one."""
        return not (self.is_empty or other.is_empty) and self._end() <= other._end()

    def adjacent_to(self, other: Range[T]) -> bool:
        """Tell whether one begins where the other ends, with nothing between or in both."""
        if self.is_empty or other.is_empty:
            return False
        return self._touches(other) or other._touches(self)

    # -- ranges made of two --------------------------------------------------------------

    def union(self, other: Range[T]) -> Range[T]:
        """Return the range of all that is in either; there must be no gap."""
        if self.is_empty:
            return other
        if other.is_empty:
            return self
        if not self.overlaps(other) and not self.adjacent_to(other):
            raise ValueError("Adding non-overlapping and non-adjacent ranges is not implemented")
        first = self if self._start() <= other._start() else other
        last = self if self._end() >= other._end() else other
        return _between(first.lower, first.bounds[0], last.upper, last.bounds[1])

    __add__ = union

    def difference(self, other: Range[T]) -> Range[T]:
        """Return what is in this range and not in the other one; it must be in one piece."""
        if self.is_empty or other.is_empty or not self.overlaps(other):
            return self
        begins, ends = self._start() < other._start(), self._end() > other._end()
        if begins and ends:
            raise ValueError("Subtracting a strictly inner range is not implemented")
        if begins:
            bound = ")" if other.bounds[0] == "[" else "]"
            return _between(self.lower, self.bounds[0], other.lower, bound)
        if ends:
            bound = "(" if other.bounds[1] == "]" else "["
            return _between(other.upper, bound, self.upper, self.bounds[1])
        return Range(empty=True)

    __sub__ = difference

    def intersection(self, other: Range[T]) -> Range[T]:
        """Return what is in both."""
        if not self.overlaps(other):
            return Range(empty=True)
        first = self if self._start() >= other._start() else other
        last = self if self._end() <= other._end() else other
        return _between(first.lower, first.bounds[0], last.upper, last.bounds[1])

    __mul__ = intersection

    # -- as a value ------------------------------------------------------------------------

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Range):
            return NotImplemented
        if self.is_empty or other.is_empty:
            return self.is_empty and other.is_empty
        return self._start() == other._start() and self._end() == other._end()

    def __hash__(self) -> int:
        # Equal ranges, however their bounds are given, have one hash.
        return hash(None if self.is_empty else (self._start(), self._end()))

    def __bool__(self) -> bool:
        return not self.is_empty

    def __str__(self) -> str:
        if self.empty:
            return "empty"
        lower, upper = ("" if one is None else one for one in (self.lower, self.upper))
        return f"{self.bounds[0]}{lower},{upper}{self.bounds[1]}"

    def __repr__(self) -> str:
        return (
            f"Range(lower={self.lower!r}, upper={self.upper!r}, bounds={self.bounds!r}, "
            f"empty={self.empty!r})"
        )

    def __getstate__(self) -> tuple[Any, ...]:
        return (self.lower, self.upper, self.bounds, self.empty)

    def __setstate__(self, state: tuple[Any, ...]) -> None:
        self.lower, self.upper, self.bounds, self.empty = state


def _between(lower: Any, opening: str, upper: Any, closing: str) -> Range[Any]:
    return Range(lower, upper, bounds=cast("Bounds", opening + closing))


class MultiRange(list[Range[T]]):
    """Several ranges as one value."""

    __slots__ = ()
