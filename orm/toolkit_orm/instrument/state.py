"""What is known of one mapped object beside its attributes.

A state is a weak reference to its object, so one thing is the object's state and its entry in
the identity map.  The object holds it under ``_sa_instance_state``; nothing goes round in
circles, and an object that nobody holds is gone at once, and its entry with it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar
from weakref import ref

if TYPE_CHECKING:
    from toolkit_orm.instrument.home import Home
    from toolkit_orm.mapping.mapper import Mapper

STATE = "_sa_instance_state"


class NoValue:
    """In place of a value that is not known: nobody has loaded or set it."""

    def __repr__(self) -> str:
        return "NO_VALUE"

    def __bool__(self) -> bool:
        return False


NO_VALUE = NoValue()


class InstanceState(ref):  # type: ignore[type-arg] # the objects are of any class
    """The state of one object.  Each mapped class has a subclass of it, which knows its mapper."""

    __slots__ = ("__dict__", "home", "pk")

    # A weak reference is what it refers to in comparisons; a state is itself.
    __eq__ = object.__eq__
    __hash__ = object.__hash__

    if TYPE_CHECKING:
        mapper: ClassVar[Mapper]
        # The identity map and the session that it belongs to.
        home: Home | None
        # Its primary key, as rows have it: a value, or a tuple of them; None before its INSERT.
        pk: Any

    # What is rare stands here until it is set: most objects are loaded and read, no more.

    # The attributes that have changed since they were last as in the database, with the values
    # that they had then.  None: nothing has changed.
    committed: dict[str, Any] | None = None
    # The attributes to be loaded anew when they are next read; None: no attribute.
    expired: frozenset[str] | set[str] | None = None
    # It was deleted by a flush; after the commit it is detached.
    is_deleted: bool = False
    # What its own queries are told about how to load attributes.
    load_options: Any = None
    # What is to be added to, and removed from, collections that are not loaded, by attribute.
    waiting: dict[str, tuple[list[Any], list[Any]]] | None = None

    def begin(self) -> dict[str, Any]:
        """Note that the object has changed: it is kept alive until the change is written."""
        committed: dict[str, Any] = {}
        self.committed = committed
        home = self.home
        if home is not None:
            home.changed(self)
        return committed


def gone(state: InstanceState) -> None:
    """Take the entry of an object that is no more out of its identity map."""
    home = state.home
    if home is not None:
        home.forget(state)


def state_of(instance: Any) -> InstanceState:
    """Return the state of a mapped object; one is made for an object that has none yet."""
    found: InstanceState | None = instance.__dict__.get(STATE)
    if found is None:
        found = new_state(instance)
    return found


def new_state(instance: Any) -> InstanceState:
    """Give an object its state."""
    made: InstanceState = type(instance).__state_class__(instance, gone)
    made.home = made.pk = None
    instance.__dict__[STATE] = made
    return made
