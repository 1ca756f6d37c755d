"""What there is to say about the attributes of one object: ``inspect(instance).attrs``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from toolkit_orm.instrument.history import History, attribute_history
from toolkit_orm.instrument.state import NO_VALUE, InstanceState


class AttributeState:
    """One attribute of one object."""

    __slots__ = ("key", "state")

    def __init__(self, state: InstanceState, key: str) -> None:
        self.state = state
        self.key = key

    @property
    def loaded_value(self) -> Any:
        """The value as it is there; ``NO_VALUE`` if nobody has loaded or set it."""
        return self.state.dict.get(self.key, NO_VALUE)

    @property
    def value(self) -> Any:
        """The value, loaded if need be."""
        return getattr(self.state(), self.key)

    @property
    def history(self) -> History:
        """What has become of it since the last flush, as far as is known without loading."""
        return attribute_history(self.state, self.key)

    def load_history(self) -> History:
        """Return what has become of it since the last flush, after loading it if need be."""
        return attribute_history(self.state, self.key, loads=True)

    def __repr__(self) -> str:
        return f"<AttributeState {self.state.mapper.class_.__name__}.{self.key}>"


class AttributeStates:
    """All attributes of an object, by name: ``attrs.name``, ``attrs["name"]``, or in order."""

    __slots__ = ("_state",)

    def __init__(self, state: InstanceState) -> None:
        self._state = state

    def __getattr__(self, key: str) -> AttributeState:
        if key not in self._state.mapper.attrs:
            raise AttributeError(f"{self._state.mapper.class_.__name__} has no attribute {key!r}")
        return AttributeState(self._state, key)

    def __getitem__(self, key: str) -> AttributeState:
        if key not in self._state.mapper.attrs:
            raise KeyError(key)
        return AttributeState(self._state, key)

    def __iter__(self) -> Iterator[AttributeState]:
        return iter(self.values())

    def __len__(self) -> int:
        return len(self._state.mapper.attrs)

    def __contains__(self, key: object) -> bool:
        return key in self._state.mapper.attrs

    def keys(self) -> list[str]:
        """Return the names."""
        return self._state.mapper.attrs.keys()

    def values(self) -> list[AttributeState]:
        """Return what there is to say about each."""
        return [AttributeState(self._state, key) for key in self.keys()]

    def items(self) -> list[tuple[str, AttributeState]]:
        """Return names and what there is to say."""
        return [(key, AttributeState(self._state, key)) for key in self.keys()]

    def get(self, key: str, default: Any = None) -> Any:
        """Return one by its name, or the default."""
        return AttributeState(self._state, key) if key in self else default
