"""The identity map as users see it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from toolkit_orm.instrument.home import Home, place_of

# What an identity key has at least: class and primary key.
_PARTS = 2


class IdentityView(Mapping[Any, Any]):
    """The objects of a session by identity keys: class, key, token."""

    def __init__(self, home: Home) -> None:
        self._home = home

    def _states(self) -> Iterator[Any]:
        for known in list(self._home.by_base.values()):
            for state in list(known.values()):
                if state() is not None:
                    yield state

    def __iter__(self) -> Iterator[Any]:
        for state in self._states():
            yield state.key

    def all_states(self) -> list[Any]:
        """Return the states of all of them."""
        return list(self._states())

    def contains_state(self, state: Any) -> bool:
        """Tell whether the object of a state is here."""
        return state.pk is not None and state.home is self._home and not state.is_deleted

    def check_modified(self) -> bool:
        """Tell whether anything was set of any of them since the last flush."""
        return bool(self._home.modified)

    def __len__(self) -> int:
        return sum(1 for _ in self._states())

    def __getitem__(self, key: Any) -> Any:
        mapper = getattr(key[0], "__mapper__", None) if isinstance(key, tuple) and key else None
        if mapper is None or len(key) < _PARTS:
            raise KeyError(key)
        _, pk, *token = key
        place = place_of(mapper.base, token[0] if token else None)
        found = self._home.find(place, pk if len(pk) > 1 else pk[0])
        if found is None:
            raise KeyError(key)
        return found
