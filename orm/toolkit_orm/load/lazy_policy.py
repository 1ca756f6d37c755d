"""One query for each of many objects: noticing it, and doing better.

A session that has a policy remembers which objects came together.  When a relationship of the
second of them is loaded lazily, or a column that was left out, the policy says what happens:
``"warn"`` tells, ``"raise"`` refuses, ``"batch"`` loads it for all of them by one query.
"""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from toolkit_core.errors import ArgumentError, InvalidRequestError, SAWarning, warn
from toolkit_core.errors.frames import user_frame
from toolkit_orm.instrument.state import STATE
from toolkit_orm.load.choices import Choice
from toolkit_orm.load.columns_together import load_columns_of
from toolkit_orm.load.context import LoadContext
from toolkit_orm.load.selectin import SelectinLoader
from toolkit_orm.load.told import Told

POLICIES = ("warn", "batch", "raise")


def checked_policy(given: str | None) -> str | None:
    """Return a policy that there is."""
    if given is not None and given not in POLICIES:
        raise ArgumentError(
            f"{given!r} is no lazy_policy", hint=f"one of {', '.join(map(repr, POLICIES))}, or None"
        )
    return given


class LazyLoadWarning(SAWarning):
    """Many objects were loaded by one query, and what is related to them one by one."""


class Group:
    """Objects of one class that came together, and the line that asked for them."""

    __slots__ = ("line", "states", "touches")

    def __init__(self, line: str) -> None:
        self.line = line
        self.states: list[Any] = []
        self.touches: dict[Any, int] = {}

    def add(self, instances: Any) -> None:
        """Add objects; they may go as if nobody knew them."""
        self.states += [one.__dict__[STATE] for one in instances]

    def touched(self, session: Any, state: Any, prop: Any) -> None:
        """Hear that a relationship of one of them is about to be loaded."""
        if self._loads(session, prop, _related_cure):
            self._load(session, prop, state.load_options)

    def left_out(self, session: Any, state: Any, prop: Any, names: frozenset[str]) -> None:
        """Hear that columns that were left out are about to be loaded for one of them."""
        if self._loads(session, prop, _column_cure):
            load_columns_of(session, state.mapper, self.states, names)

    def _loads(self, session: Any, prop: Any, cure: Callable[[Any], str]) -> bool:
        """Do as the policy says; tell whether all of them are to have it now."""
        count = self.touches[prop] = self.touches.get(prop, 0) + 1
        if len(self.states) < 2:
            return False
        if session.lazy_policy == "raise":
            raise InvalidRequestError(self._said(prop), hint=cure(prop))
        if session.lazy_policy == "warn" and count == 2:
            warn(f"{self._said(prop)}: {cure(prop)}", LazyLoadWarning)
        return bool(session.lazy_policy == "batch")

    def _said(self, prop: Any) -> str:
        return (
            f"'{prop}' is loaded by one query for each of {len(self.states)} objects, which were "
            f"loaded together at {self.line}; it is touched at {line_outside()}"
        )

    def _load(self, session: Any, prop: Any, told: Told) -> None:
        """Load the relationship for all that have it not, as their statement has said."""
        found = [state() for state in self.states]
        instances = [
            one
            for one in found
            if one is not None
            and isinstance(one, prop.parent.class_)
            and one.__dict__[STATE].home is session._home
            and prop.key not in one.__dict__
        ]
        choice = told.choice(prop) or Choice("selectin", None, None)
        loader = SelectinLoader(prop, choice, _FIRST, None)
        loader.load(Together(session._home, told), instances)


# In place of what a statement has planned: its first entity.
_FIRST = SimpleNamespace(columns=SimpleNamespace(number=0))


class Together(LoadContext):
    """A loading for objects that are there already."""

    def __init__(self, home: Any, told: Told) -> None:
        super().__init__(home, None, (told,))


def _related_cure(prop: Any) -> str:
    return f".options(selectinload({prop})) loads it for all of them by one more query"


def _column_cure(prop: Any) -> str:
    option = f"undefer({prop})" if prop.group is None else f"undefer_group({prop.group!r})"
    return f".options({option}) loads it with them"


def watched(context: LoadContext, session: Any) -> tuple[Told, ...]:
    """Return what objects remember, with the group that they come in."""
    made = []
    line = line_outside()
    for told in context.told:
        again = told.again(told.choices, told.criteria)
        again.group = Group(line)
        made.append(again)
    return tuple(made)


def line_outside() -> str:
    """Return the file and line of the program that called, outside of this library."""
    frame = user_frame()
    return "<unknown>" if frame is None else f"{frame.f_code.co_filename}:{frame.f_lineno}"
