"""Where the objects of one session are found by their keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from weakref import ref

if TYPE_CHECKING:
    from toolkit_orm.instrument.state import InstanceState
    from toolkit_orm.mapping.mapper import Mapper

Known = dict[Any, "InstanceState"]
# How many entries may be of objects that are no more.
_MOST_DEAD = 1_000


class Home:
    """The identity map of a session: for each hierarchy of classes, states by primary key.

    A state is a weak reference, so an entry lives as long as its object.  Objects that have
    changed are held here until a flush has written them.
    """

    __slots__ = ("__weakref__", "_dead", "by_base", "gone", "modified", "session")

    def __init__(self, session: Any) -> None:
        self.by_base: dict[Mapper, Known] = {}
        # The states of loaded objects that are no more.  That an object went is only noted, by
        # a function that is none of Python's own: most objects go in thousands.
        self._dead: list[InstanceState] = []
        self.gone = self._dead.append
        # State → its object, which must not go before it is written.
        self.modified: dict[InstanceState, Any] = {}
        self.session = ref(session)

    def known(self, base: Mapper) -> Known:
        """Return the states of a hierarchy, by primary key."""
        if len(self._dead) > _MOST_DEAD:
            self.sweep()
        found = self.by_base.get(base)
        if found is None:
            found = self.by_base[base] = {}
        return found

    def changed(self, state: InstanceState) -> None:
        """Hold an object that has changed; the first change begins a transaction."""
        if not self.modified:
            session = self.session()
            if session is not None:
                session._begun()
        self.modified[state] = state()

    def forget(self, state: InstanceState) -> None:
        """Take a state out, unless another has taken its place."""
        known = self.by_base.get(state.mapper.base)
        if known is not None and known.get(state.pk) is state:
            del known[state.pk]

    def sweep(self) -> None:
        """Take the entries of objects that are no more out."""
        dead = self._dead
        # More may come meanwhile: they go to the end.
        count = len(dead)
        for state in dead[:count]:
            self.forget(state)
        del dead[:count]

    def find(self, base: Mapper, pk: Any) -> Any:
        """Return the object of a key, if it is here."""
        known = self.by_base.get(base)
        state = None if known is None else known.get(pk)
        return None if state is None else state()
