"""The identity map as users see it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from toolkit_orm.instrument.home import Home


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
            pk = state.pk if isinstance(state.pk, tuple) else (state.pk,)
            yield (state.mapper.base.class_, pk, None)

    def __len__(self) -> int:
        return sum(1 for _ in self._states())

    def __getitem__(self, key: Any) -> Any:
        cls, pk, *_ = key
        found = self._home.find(cls.__mapper__.base, pk if len(pk) > 1 else pk[0])
        if found is None:
            raise KeyError(key)
        return found
