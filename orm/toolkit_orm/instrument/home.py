"""Where the objects of one session are found by their keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from weakref import ref

if TYPE_CHECKING:
    from toolkit_orm.instrument.state import InstanceState
    from toolkit_orm.mapping.mapper import Mapper

Known = dict[Any, "InstanceState"]
# The class at the top of a hierarchy, or that and the token of objects that have one.
Place = Any
# How many entries may be of objects that are no more.
_MOST_DEAD = 1_000


class TokenKnown(Known):
    """The states of objects of one token, which they are given as they come."""

    __slots__ = ("token",)

    def __init__(self, token: Any) -> None:
        super().__init__()
        self.token = token

    def __setitem__(self, pk: Any, state: InstanceState) -> None:
        state.identity_token = self.token
        super().__setitem__(pk, state)


def place_of(base: Mapper, token: Any) -> Place:
    """Return where objects of a hierarchy are found, of a token or without."""
    return base if token is None else (base, token)


class Home:
    """The identity map of a session: for each hierarchy of classes, states by primary key.

    A state is a weak reference, so an entry lives as long as its object.  Objects that have
    changed are held here until a flush has written them.
    """

    __slots__ = ("__weakref__", "_dead", "by_base", "gone", "modified", "session")

    def __init__(self, session: Any) -> None:
        self.by_base: dict[Place, Known] = {}
        # The states of loaded objects that are no more.  That an object went is only noted, by
        # a function that is none of Python's own: most objects go in thousands.
        self._dead: list[InstanceState] = []
        self.gone = self._dead.append
        # State → its object, which must not go before it is written.
        self.modified: dict[InstanceState, Any] = {}
        self.session = ref(session)

    def known(self, place: Place) -> Known:
        """Return the states of a hierarchy, by primary key."""
        if len(self._dead) > _MOST_DEAD:
            self.sweep()
        found = self.by_base.get(place)
        if found is None:
            found = TokenKnown(place[1]) if isinstance(place, tuple) else {}
            self.by_base[place] = found
        return found

    def known_anywhere(self, base: Mapper, token: Any = None) -> list[Known]:
        """Return the states of a hierarchy: of a token, or those of each, by primary key."""
        if token is not None:
            return [self.by_base.get((base, token), {})]
        return [
            known
            for place, known in list(self.by_base.items())
            if place is base or (isinstance(place, tuple) and place[0] is base)
        ]

    def changed(self, state: InstanceState) -> None:
        """Hold an object that has changed; the first change begins a transaction."""
        if not self.modified:
            session = self.session()
            if session is not None:
                session._begun()
        self.modified[state] = state()

    def forget(self, state: InstanceState) -> None:
        """Take a state out, unless another has taken its place."""
        known = self.by_base.get(state.place)
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

    def find(self, place: Place, pk: Any) -> Any:
        """Return the object of a key, if it is here."""
        known = self.by_base.get(place)
        state = None if known is None else known.get(pk)
        return None if state is None else state()
