"""One loading of rows into a session."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain
from typing import TYPE_CHECKING, Any

from toolkit_orm.instrument.home import Home
from toolkit_orm.instrument.state import STATE, InstanceState
from toolkit_orm.mapping.mapper_events import tell_refresh

if TYPE_CHECKING:
    from toolkit_orm.load.plan import EntityShape
    from toolkit_orm.load.told import Told
    from toolkit_orm.mapping.mapper import Mapper

# In how large parts rows become objects where they are asked for one by one.
_FIRST, _GROWTH, _MOST = 1, 8, 1_000
_UNFLUSHED: dict[str, Any] = {"autoflush": False}
# How many raw rows there are at a time while all become objects: so few that the next ones have
# the memory of those before.
_CHUNK = 250


class LoadContext:
    """Where loaded objects go, and what happens to those that are there already."""

    __slots__ = ("again", "home", "renewed", "shape", "spreads", "token", "told")

    def __init__(
        self,
        home: Home,
        shape: EntityShape | None,
        told: tuple[Told, ...],
        *,
        again: bool = False,
        spreads: bool = False,
        renewed: set[InstanceState] | None = None,
        token: Any = None,
    ) -> None:
        self.home = home
        self.shape = shape
        # What the statement said about loading, for each of its entities.
        self.told = told
        # What tells its objects from those of the same keys in other databases.
        self.token = token
        # Whether objects that are there are loaded anew (``populate_existing``).
        self.again = again
        # Whether that was said of the execution, and so holds for the queries that follow.
        self.spreads = spreads
        # Those that were: also of the queries that follow, each object is only once.
        self.renewed: set[InstanceState] = set() if renewed is None else renewed

    def known(self, base: Mapper) -> Any:
        """Return the states of a hierarchy that are there, by primary key."""
        return self.home.known(base if self.token is None else (base, self.token))

    def refresh(
        self, state: InstanceState, instance: Any, values: dict[str, Any], told: Told | None
    ) -> None:
        """Give an object that is there what it has not; what has changed stays as it is."""
        have = instance.__dict__
        if self.again:
            is_first = state not in self.renewed
            if is_first:
                self.renewed.add(state)
                self._forget(state, have)
                state.load_options = told
            have.update(values)
            self._take(state, values)
            if is_first:
                tell_refresh(instance, self, None)
            return
        expired = state.stale
        if expired is None:
            return
        names = expired & values.keys()
        for name in names:
            have[name] = values[name]
        self._take(state, values)
        if names:
            tell_refresh(instance, self, frozenset(names))

    def _forget(self, state: InstanceState, have: dict[str, Any]) -> None:
        """Forget what an object has changed, and what is related to it."""
        for prop in state.mapper.relationships:
            have.pop(prop.key, None)
        state.committed = state.waiting = None
        self.home.modified.pop(state, None)

    def retell(self, state: InstanceState, told: Told) -> None:
        """Have an object that is there remember what must not be loaded."""
        before = state.load_options
        if before is not told:
            state.load_options = told.over(before)

    def below(self) -> dict[str, Any]:
        """Return the execution options of the queries that follow; no session flushes for them."""
        if not self.spreads:
            return _UNFLUSHED
        return {**_UNFLUSHED, "populate_existing": True, "renewed": self.renewed}

    def _take(self, state: InstanceState, values: dict[str, Any]) -> None:
        if state.stale is not None:
            state.stale = (state.stale - values.keys()) or None

    @property
    def session(self) -> Any:
        """The session that objects are loaded into."""
        return self.home.session()

    def later(self, number: int) -> Told | None:
        """Return what the objects of an entity remember of what was said about loading."""
        return self.told[number]

    def fill(self, link: Any, found: dict[Any, Any]) -> None:
        """Put what was found in rows into collections."""
        name = link.key
        for pair in found.values():
            if pair:
                instance, items = pair
                values = instance.__dict__
                values[name] = link.collection(values[STATE], items.values())

    def met(self, number: int, found: dict[Any, Any]) -> None:
        """Load for all objects of an entity what is loaded by queries of its own."""
        group = self.told[number].group
        if group is not None:
            group.add(found.values())
        for after in () if self.shape is None else self.shape.afters.get(number, ()):
            after.load(self, list(found.values()))

    @property
    def is_retold(self) -> bool:
        """Whether values are in what was said, so that each statement says its own."""
        return self.shape is not None and self.shape.retold is not None


class EntitySource:
    """The rows of a cursor as what the statement selects: objects, and values beside them.

    Asked for one by one, rows become objects in parts that grow: one object is had for the price
    of one, many for that of many.
    """

    __slots__ = ("_ahead", "_kept", "_next", "_size", "context", "ended", "load", "rows", "whole")

    def __init__(self, rows: Any, load: Any, context: LoadContext, *, whole: bool) -> None:
        self.rows = rows
        self.load = load
        self.context = context
        # Whether all rows must be there before the first object is.
        self.whole = whole
        self.ended = False
        self._ahead: list[Any] = []
        self._next = 0
        self._size = _FIRST
        # What was given is held to the end: what one object has loaded the next one finds.
        self._kept: list[Any] | None = []

    def fetchone(self) -> Any:
        """Return the next one; at the end None, and ``ended`` is set."""
        place = self._next
        if place >= len(self._ahead):
            ahead = self._more()
            if self._kept is not None:
                self._kept.append(ahead)
            if not ahead:
                self.ended = True
                return None
            self._ahead = ahead
            place = 0
        self._next = place + 1
        return self._ahead[place]

    @property
    def has_ahead(self) -> bool:
        """Whether the next one is here already."""
        return self._next < len(self._ahead)

    def _more(self) -> list[Any]:
        size = self._size
        if self.whole:
            every: list[Any] = self._rest()
            return every
        if self._kept is not None:
            self._size = min(size * _GROWTH, _MOST)
        if size == _FIRST:
            raw = self.rows.fetchone()
            return [] if raw is None else self.load((raw,), self.context)
        found: list[Any] = self.load(self.rows.fetchmany(size), self.context)
        return found

    def _taken(self) -> list[Any]:
        ahead, self._ahead = self._ahead[self._next :], []
        self._next = 0
        return ahead

    def fetchmany(self, size: int = 1) -> list[Any]:
        """Return the next ones."""
        ahead = self._taken()
        if self.whole and not self.ended and not ahead:
            self.ended = True
            ahead = self._rest()
        if len(ahead) >= size or self.whole:
            self._ahead = ahead[size:]
            found = ahead[:size]
        else:
            more: list[Any] = self.load(self.rows.fetchmany(size - len(ahead)), self.context)
            found = ahead + more
        if self._kept is not None:
            self._kept.append(found)
        return found

    def fetchall(self) -> list[Any]:
        """Return all that are left."""
        ahead = self._taken()
        found: list[Any] = self._rest()
        return ahead + found if ahead else found

    def _rest(self) -> Any:
        """Make objects of all rows that are left."""
        try:
            return self.load(_streamed(self.rows.fetchmany), self.context)
        except BaseException:
            # Rows that nobody reads any more would hold their locks.
            self.rows.close()
            raise

    def yield_per(self, size: int) -> EntitySource:
        """Make objects of so many rows at a time, and fetch no more."""
        if hasattr(self.rows, "yield_per"):
            self.rows = self.rows.yield_per(size)
        self._size = size
        self._kept = None
        self.whole = False
        return self

    @property
    def is_streamed(self) -> bool:
        """Whether what was given is held by nobody but who has asked for it."""
        return self._kept is None

    def close(self) -> None:
        """Close the cursor."""
        self.rows.close()


def _streamed(fetchmany: Callable[[int], Any]) -> Iterator[Any]:
    return chain.from_iterable(_chunks(fetchmany))


def _chunks(fetchmany: Callable[[int], Any]) -> Iterator[Any]:
    size = _CHUNK
    while size >= _CHUNK:
        raw = fetchmany(_CHUNK)
        size = len(raw)
        yield raw
