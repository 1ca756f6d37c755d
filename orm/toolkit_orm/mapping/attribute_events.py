"""What happens to single attributes, and who listens.

An attribute that nobody listens to knows nothing of this: the first listener puts a setter in
place of its own, or a function into its link.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from toolkit_core.events import Dispatch, Events
from toolkit_core.events.registry import Registration
from toolkit_orm.instrument.attribute import QueryableAttribute
from toolkit_orm.instrument.attribute_operation import AttributeEventToken, Operation
from toolkit_orm.instrument.instrumentation import install
from toolkit_orm.instrument.state import NO_VALUE
from toolkit_orm.mapping.attribute_options import DONT_SET
from toolkit_orm.mapping.mapper_events import with_state
from toolkit_orm.mapping.relationship_events import tell_of_link
from toolkit_orm.mapping.relationship_property import RelationshipProperty
from toolkit_orm.mapping.setting import set_noted


class AttributeEvents(Events):
    """What happens to an attribute: listen to it on its class, as ``Person.name``.

    With ``raw=True`` listeners get the object's ``InstanceState`` in its place; with
    ``active_history=True`` the former value is loaded before ``set`` is told.  With
    ``include_key=True`` the events of collections are told the place in it as ``key``, or
    ``keys`` of one that is replaced; ``NO_KEY`` where there is none.
    """

    options = frozenset({"raw", "active_history", "include_key"})
    returning = frozenset({"append", "set", "init_scalar"})

    @classmethod
    def _unchanged(cls, event: str) -> Callable[[tuple[Any, ...]], Any]:
        return lambda values: values[1]

    @classmethod
    def adapted(cls, event: str, called: Any, options: Mapping[str, Any]) -> Any:
        """Return a listener that gets the state of the object, if it is to."""
        if options.get("include_key") and event in _WITH_KEYS:
            called = _with_place(called)
        return with_state(called, 0) if options.get("raw") else called

    def set(self, target: Any, value: Any, oldvalue: Any, initiator: Any) -> Any:
        """A value is about to be set; ``retval`` returns the one to set."""

    def append(self, target: Any, value: Any, initiator: Any) -> Any:
        """An object is about to be added to a collection; ``retval`` returns the one to add."""

    def append_wo_mutation(self, target: Any, value: Any, initiator: Any) -> None:
        """An object was to be added that is in the collection already."""

    def remove(self, target: Any, value: Any, initiator: Any) -> None:
        """An object is about to be removed from a collection, or a value is deleted."""

    def bulk_replace(self, target: Any, values: Any, initiator: Any) -> None:
        """A collection is about to be replaced; the list ``values`` may be changed."""

    def modified(self, target: Any, initiator: Any) -> None:
        """``flag_modified()`` was called for the attribute."""

    def init_scalar(self, target: Any, value: Any, dict_: Any) -> Any:
        """An unset attribute of a new object is read; ``retval`` returns what it is."""

    def init_collection(self, target: Any, collection: Any, collection_adapter: Any) -> None:
        """An empty collection was made for an object."""

    def dispose_collection(self, target: Any, collection: Any, collection_adapter: Any) -> None:
        """The collection of an object was replaced by another."""


# The events of collections.
_WITH_KEYS = frozenset({"append", "append_wo_mutation", "remove", "bulk_replace"})


def _with_place(called: Any) -> Any:
    """Return a listener that is told where in the collection the change is."""

    @wraps(called)
    def call(target: Any, value: Any, initiator: Any) -> Any:
        return called(target, value, initiator, **initiator.place)

    return call


class AttributeDispatch(Dispatch):
    """Who listens to one attribute of one class; of those to the class above, who propagates."""

    families = (AttributeEvents,)

    def __init__(self, mapper: Any, key: str) -> None:
        self.mapper = mapper
        self.key = key
        parent = mapper.inherits
        inherited = parent is not None and key in parent.props
        self.above = (attribute_dispatch(parent, key),) if inherited else ()
        # Whether a listener is to be told the former value, loaded if need be.
        self.active_history: bool = any(dispatch.active_history for dispatch in self.above)
        super().__init__(self.above)

    def adapted(self, event: str, called: Any, options: Mapping[str, Any]) -> Any:
        """Return a listener as the options want it called."""
        if options.get("active_history"):
            for mapper in self.mapper.polymorphic_iterator():
                if self.key in mapper.props:
                    attribute_dispatch(mapper, self.key).active_history = True
        return super().adapted(event, called, dict(options))

    def registrations(self, event: str) -> list[Registration]:
        """Return what was given for an event, here and above."""
        found = [
            entry
            for dispatch in self.above
            for entry in dispatch.registrations(event)
            if entry.propagate
        ]
        return [*found, *self.own.get(event, ())]

    def _heard(self, event: str) -> tuple[Any, ...]:
        return tuple(entry.called for entry in self.registrations(event))

    def add(self, event: str, registration: Registration, *, first: bool = False) -> None:
        """Add a listener, and have changes tell of themselves from now on."""
        super().add(event, registration, first=first)
        below = [self.mapper]
        if registration.propagate:
            below = list(self.mapper.polymorphic_iterator())
        for mapper in below:
            tell_changes(mapper, self.key)


def attribute_dispatch(mapper: Any, key: str) -> AttributeDispatch:
    """Return who listens to an attribute of a class."""
    known: dict[str, AttributeDispatch] = mapper.__dict__.setdefault("attribute_events", {})
    found = known.get(key)
    if found is None:
        found = known[key] = AttributeDispatch(mapper, key)
    return found


def tell_changes(mapper: Any, key: str) -> None:
    """Have changes of an attribute of a class tell of themselves."""
    dispatch = attribute_dispatch(mapper, key)
    prop = mapper.props[key]
    if isinstance(prop, RelationshipProperty):
        tell_of_link(prop, dispatch)
        return
    token = AttributeEventToken(mapper, key, Operation.REPLACE)
    below = prop.setter(mapper)

    def set_heard(instance: Any, value: Any) -> None:
        if value is DONT_SET:
            return
        values = instance.__dict__
        before = values.get(key, NO_VALUE)
        if before is NO_VALUE and dispatch.active_history:
            before = getattr(instance, key)
        for heard in dispatch.set:
            value = heard(instance, value, before, token)
        if below is None:
            set_noted(instance, key, value)
        else:
            below(instance, value)

    install(mapper.class_, key, mapper.class_.__dict__[key], set_heard)


def dispatches_of(attribute: QueryableAttribute) -> list[Dispatch]:
    """Return who listens to an attribute, whose class is configured for that."""
    attribute.parent.check_configure()
    return [attribute_dispatch(attribute.parent, attribute.key)]
