"""Reading and setting attributes by their names, and telling what has become of them."""

from __future__ import annotations

from typing import Any

from toolkit_core.errors import InvalidRequestError
from toolkit_orm.instrument.history import History, attribute_history
from toolkit_orm.instrument.state import NO_VALUE, InstanceState, state_of


class Passive:
    """How far a look at an attribute may go."""

    def __init__(self, name: str, *, loads: bool) -> None:
        self.name = name
        self.loads = loads

    def __repr__(self) -> str:
        return self.name


PASSIVE_OFF = Passive("PASSIVE_OFF", loads=True)
PASSIVE_ONLY_PERSISTENT = Passive("PASSIVE_ONLY_PERSISTENT", loads=True)
PASSIVE_NO_INITIALIZE = Passive("PASSIVE_NO_INITIALIZE", loads=False)
PASSIVE_NO_FETCH = Passive("PASSIVE_NO_FETCH", loads=False)
PASSIVE_NO_RESULT = Passive("PASSIVE_NO_RESULT", loads=False)


def instance_state(instance: Any) -> InstanceState:
    """Return the state of a mapped object."""
    return state_of(instance)


def instance_dict(instance: Any) -> dict[str, Any]:
    """Return the values that an object has."""
    found: dict[str, Any] = instance.__dict__
    return found


def get_attribute(instance: Any, key: str) -> Any:
    """Return the value of an attribute, loaded if need be."""
    return getattr(instance, key)


def set_attribute(instance: Any, key: str, value: Any, initiator: Any = None) -> None:
    """Set an attribute, as ``instance.key = value`` does."""
    setattr(instance, key, value)


def del_attribute(instance: Any, key: str) -> None:
    """Take the value of an attribute away, as ``del instance.key`` does."""
    delattr(instance, key)


def get_history(obj: Any, key: str, passive: Passive = PASSIVE_OFF) -> History:
    """Return what was added to an attribute, is unchanged, and was deleted.

    >>> from toolkit.orm import DeclarativeBase, Mapped, mapped_column
    >>> class Base(DeclarativeBase):
    ...     pass
    >>> class Person(Base):
    ...     __tablename__ = "person"
    ...     id: Mapped[int] = mapped_column(primary_key=True)
    ...     name: Mapped[str]
    >>> get_history(Person(name="Ann"), "name")
    History(added=['Ann'], unchanged=(), deleted=())
    """
    return attribute_history(state_of(obj), key, loads=passive.loads)


def set_committed_value(instance: Any, key: str, value: Any) -> None:
    """Set an attribute as if it had been loaded: there is no history of it."""
    state = state_of(instance)
    prop: Any = state.mapper.prop(key)
    if getattr(prop, "uselist", False):
        value = prop.link().collection(state, value)
    instance.__dict__[key] = value
    if state.committed is not None:
        state.committed.pop(key, None)
    if state.expired is not None:
        state.expired = frozenset(state.expired - {key}) or None


def init_collection(obj: Any, key: str) -> Any:
    """Give an object an empty collection, as if it had been loaded, and return it."""
    set_committed_value(obj, key, ())
    return obj.__dict__[key]


def flag_modified(instance: Any, key: str) -> None:
    """Have the next flush write an attribute whose value was changed in place."""
    state = state_of(instance)
    state.mapper.prop(key)
    if key not in instance.__dict__:
        raise InvalidRequestError(
            f"Can't flag attribute '{key}' modified; it's not present in the object state",
            hint="read it first, or set it",
        )
    committed = state.begin() if state.committed is None else state.committed
    committed[key] = NO_VALUE


def flag_dirty(instance: Any) -> None:
    """Have the next flush look at an object, though no attribute was set."""
    state = state_of(instance)
    if state.committed is None:
        state.begin()
