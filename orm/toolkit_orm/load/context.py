"""One loading of rows into a session."""

from __future__ import annotations

from typing import Any

from toolkit_orm.instrument.home import Home
from toolkit_orm.instrument.state import InstanceState


class LoadContext:
    """Where loaded objects go, and what happens to those that are there already."""

    __slots__ = ("again", "home")

    def __init__(self, home: Home, *, again: bool = False) -> None:
        self.home = home
        # Whether objects that are there are loaded anew (``populate_existing``).
        self.again = again

    def refresh(self, state: InstanceState, instance: Any, values: dict[str, Any]) -> None:
        """Give an object that is there what it has not; what has changed stays as it is."""
        have = instance.__dict__
        if self.again:
            have.update(values)
            state.committed = None
            state.expired = None
            self.home.modified.pop(state, None)
            return
        expired = state.expired
        if expired is None:
            return
        fresh = expired & values.keys()
        for name in fresh:
            have[name] = values[name]
        left = expired - fresh
        state.expired = left or None


class EntitySource:
    """The rows of a cursor as what the statement selects: objects, and values beside them."""

    __slots__ = ("context", "load", "rows")

    def __init__(self, rows: Any, load: Any, context: LoadContext) -> None:
        self.rows = rows
        self.load = load
        self.context = context

    def fetchone(self) -> Any:
        """Return the next one; None at the end."""
        raw = self.rows.fetchone()
        return None if raw is None else self.load((raw,), self.context)[0]

    def fetchmany(self, size: int = 1) -> list[Any]:
        """Return the next ones."""
        found: list[Any] = self.load(self.rows.fetchmany(size), self.context)
        return found

    def fetchall(self) -> list[Any]:
        """Return all that are left."""
        found: list[Any] = self.load(self.rows.fetchall(), self.context)
        return found

    def close(self) -> None:
        """Close the cursor."""
        self.rows.close()
