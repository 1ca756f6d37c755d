"""A compiled statement: all that its shape decides, and how to fill in what differs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter
from time import perf_counter
from typing import Any, NoReturn

from toolkit_core.errors import DontWrapMixin, InvalidRequestError, StatementError

Gather = Callable[[Mapping[str, Any]], Any]


class Compiled:
    """SQL for one dialect, with the names of its values in the driver's order."""

    __slots__ = (
        "gather",
        "made_at",
        "made_in",
        "names",
        "no_values",
        "shapes",
        "sql",
        "uses",
    )

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
        except Exception as error:  # noqa: BLE001 - raised as what it means
            self.refuse(error, given, dict(given) or ())

    def many_values(self, given: Sequence[Mapping[str, Any]], start: int = 0) -> list[Any]:
        """Return the values of each set of an ``executemany``; errors count from ``start``."""
        try:
            return list(map(self.gather, given))
        except Exception as error:  # noqa: BLE001 - raised as what it means
            for group, one in enumerate(given, start):
                if any(name not in one for name in self.names):
                    self.refuse(error, one, given, group)
            self.refuse(error, None, given)

    def refuse(
        self,
        error: Exception,
        given: Mapping[str, Any] | None,
        shown: Any,
        group: int | None = None,
    ) -> NoReturn:
        """Raise what an error on the way to the driver means: a value is missing, or does not fit.

        ``given`` are the values among which one may be missing, ``shown`` all there are.
        """
        missing = [name for name in self.names if given is not None and name not in given]
        if not missing or given is None:
            if isinstance(error, DontWrapMixin):
                raise error
            raise _refusal(error, self.sql, shown, ismulti=isinstance(shown, Sequence)) from error
        where = "" if group is None else f", in parameter group {group}"
        cause = InvalidRequestError(f"A value is required for bind parameter {missing[0]!r}{where}")
        raise _refusal(
            cause,
            self.sql,
            shown,
            code="cd3x",
            ismulti=group is not None,
            hint=f"give {missing[0]!r} in the parameters; "
            f"given: {', '.join(map(str, given)) or 'none'}",
        ) from cause


def _refusal(cause: Exception, sql: str, shown: Any, **more: Any) -> StatementError:
    kind = type(cause)
    return StatementError(f"({kind.__module__}.{kind.__name__}) {cause}", sql, shown, cause, **more)


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
