"""Reading and setting attributes by their names, and telling what has become of them."""

from __future__ import annotations

from typing import Any

from toolkit_core.errors import InvalidRequestError
from toolkit_orm.errors import UnmappedInstanceError
from toolkit_orm.instrument.attribute_operation import (
    AttributeEventToken,
    Operation,
    listeners,
)
from toolkit_orm.instrument.collections import collection_adapter
from toolkit_orm.instrument.history import History, attribute_history
from toolkit_orm.instrument.state import NO_VALUE, InstanceState, state_of


class Passive:
    """How far a look at an attribute may go."""

    def __init__(self, name: str, *, loads: bool, initializes: bool = True) -> None:
        self.name = name
        self.loads = loads
        # Whether an unset collection of a new object becomes an empty one.
        self.initializes = initializes

    def __repr__(self) -> str:
        return self.name


PASSIVE_OFF = Passive("PASSIVE_OFF", loads=True)
PASSIVE_ONLY_PERSISTENT = Passive("PASSIVE_ONLY_PERSISTENT", loads=True)
PASSIVE_NO_INITIALIZE = Passive("PASSIVE_NO_INITIALIZE", loads=False, initializes=False)
PASSIVE_NO_FETCH = Passive("PASSIVE_NO_FETCH", loads=False)
PASSIVE_NO_RESULT = Passive("PASSIVE_NO_RESULT", loads=False, initializes=False)


def instance_state(instance: Any) -> InstanceState:
    """Return the state of a mapped object."""
    if not hasattr(type(instance), "__state_class__"):
        raise UnmappedInstanceError(instance)
    return state_of(instance)


def instance_dict(instance: Any) -> dict[str, Any]:
    """Return the values that an object has."""
    found: dict[str, Any] = instance.__dict__
    return found


def _named(instance: Any, key: str) -> tuple[InstanceState, Any]:
    """Return an object's state and the attribute of a name, which a synonym stands for."""
    state = instance_state(instance)
    mapper = state.mapper
    prop: Any = mapper.prop(key)
    while prop.is_synonym:
        prop = mapper.prop(prop.name)
    return state, prop


def get_attribute(instance: Any, key: str) -> Any:
    """Return the value of an attribute, loaded if need be."""
    _, prop = _named(instance, key)
    return getattr(instance, prop.key)


def set_attribute(instance: Any, key: str, value: Any, initiator: Any = None) -> None:
    """Set an attribute, as ``instance.key = value`` does.

    ``initiator`` is accepted for what passes on the token of an event; who listens is told
    of a change that begins here.
    """
    _, prop = _named(instance, key)
    setattr(instance, prop.key, value)


def del_attribute(instance: Any, key: str) -> None:
    """Take the value of an attribute away, as ``del instance.key`` does."""
    _, prop = _named(instance, key)
    delattr(instance, prop.key)


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
    state, prop = _named(obj, key)
    is_new = state.pk is None and prop.key not in obj.__dict__
    if is_new and passive.initializes and getattr(prop, "uselist", False):
        return History((), [], ())
    return attribute_history(state, prop.key, loads=passive.loads)


def set_committed_value(instance: Any, key: str, value: Any) -> None:
    """Set an attribute as if it had been loaded: there is no history of it."""
    state, prop = _named(instance, key)
    name = prop.key
    if getattr(prop, "uselist", False):
        value = prop.link().collection(state, value)
    instance.__dict__[name] = value
    if state.committed is not None:
        state.committed.pop(name, None)
    if state.stale is not None:
        state.stale = frozenset(state.stale - {name}) or None


def init_collection(obj: Any, key: str) -> Any:
    """Give an object an empty collection, as if it had been loaded, and return its adapter."""
    _, prop = _named(obj, key)
    if not getattr(prop, "uselist", False):
        raise InvalidRequestError(f"Attribute '{prop}' is no collection")
    set_committed_value(obj, prop.key, ())
    return collection_adapter(obj.__dict__[prop.key])


def flag_modified(instance: Any, key: str) -> None:
    """Have the next flush write an attribute whose value was changed in place."""
    state, prop = _named(instance, key)
    name = prop.key
    if name not in instance.__dict__:
        raise InvalidRequestError(
            f"Can't flag attribute '{name}' modified; it's not present in the object state",
            hint="read it first, or set it",
        )
    committed = state.begin() if state.committed is None else state.committed
    committed[name] = NO_VALUE
    token = AttributeEventToken(state.mapper, name, Operation.MODIFIED)
    for heard in listeners(instance, name, "modified"):
        heard(instance, token)


def flag_dirty(instance: Any) -> None:
    """Have the next flush look at an object, though no attribute was set."""
    state = instance_state(instance)
    if state.committed is None:
        state.begin()
