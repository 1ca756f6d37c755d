"""A compiled statement: all that its shape decides, and how to fill in what differs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter
from time import perf_counter
from typing import Any

from toolkit_core.errors import InvalidRequestError, StatementError

Gather = Callable[[Mapping[str, Any]], Any]


class Compiled:
    """SQL for one dialect, with the names of its values in the driver's order."""

    __slots__ = ("gather", "made_at", "made_in", "names", "no_values", "shapes", "sql", "uses")

    def __init__(self, sql: str, names: Sequence[str], *, positional: bool) -> None:
        self.sql = sql
        self.names = tuple(names)
        self.gather = gatherer(self.names, positional=positional)
        self.no_values: Any = () if positional else {}
        # The shapes of its results; whoever executes it puts them here.
        self.shapes: Any = None
        # For the log: how long it took to write, and since when it is kept.
        self.made_in = 0.0
        self.made_at = perf_counter()
        self.uses = 0

    def values(self, given: Mapping[str, Any]) -> Any:
        """Return the values of one execution as the driver wants them."""
        try:
            return self.gather(given)
        except KeyError:
            error = self._missing(given, None, dict(given) or ())
            raise error from error.orig

    def many_values(self, given: Sequence[Mapping[str, Any]]) -> list[Any]:
        """Return the values of each set of an ``executemany``."""
        gather = self.gather
        try:
            return [gather(one) for one in given]
        except KeyError:
            for group, one in enumerate(given):
                if any(name not in one for name in self.names):
                    error = self._missing(one, group, given)
                    raise error from error.orig
            raise

    def _missing(self, given: Mapping[str, Any], group: int | None, shown: Any) -> StatementError:
        name = next(name for name in self.names if name not in given)
        where = "" if group is None else f", in parameter group {group}"
        cause = InvalidRequestError(f"A value is required for bind parameter {name!r}{where}")
        return StatementError(
            f"({type(cause).__module__}.{type(cause).__name__}) {cause}",
            self.sql,
            shown,
            cause,
            code="cd3x",
            ismulti=group is not None,
            hint=f"give {name!r} in the parameters; given: {', '.join(map(str, given)) or 'none'}",
        )


def gatherer(names: tuple[str, ...], *, positional: bool) -> Gather:
    """Return a function that picks named values into what the driver takes.

    >>> gatherer(("a", "b"), positional=True)({"b": 2, "a": 1})
    (1, 2)
    >>> gatherer(("a",), positional=False)({"b": 2, "a": 1})
    {'a': 1}
    """
    if not positional:
        return lambda given: {name: given[name] for name in names}
    if not names:
        return lambda given: ()
    if len(names) == 1:
        (only,) = names
        return lambda given: (given[only],)
    return itemgetter(*names)
