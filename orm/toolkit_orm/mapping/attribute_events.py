"""What happens to single attributes: set, append, remove; and who listens."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from toolkit_core.events import Dispatch, Events, add_resolver
from toolkit_core.events.registry import Registration
from toolkit_orm.instrument.attribute import QueryableAttribute
from toolkit_orm.instrument.instrumentation import install
from toolkit_orm.instrument.state import NO_VALUE
from toolkit_orm.mapping.attribute_options import DONT_SET
from toolkit_orm.mapping.relationship_link import link_of
from toolkit_orm.mapping.relationship_property import RelationshipProperty
from toolkit_orm.mapping.setting import set_noted


class AttributeEvents(Events):
    """What happens to an attribute: listen to it on its class, as ``Person.name``."""

    returning = frozenset({"append", "set", "bulk_replace"})

    @classmethod
    def _unchanged(cls, event: str) -> Callable[[tuple[Any, ...]], Any]:
        return lambda values: values[1]

    def set(self, target: Any, value: Any, oldvalue: Any, initiator: Any) -> Any:
        """A value is about to be set; ``retval`` returns the one to set."""

    def append(self, target: Any, value: Any, initiator: Any) -> Any:
        """An object is about to be added to a collection; ``retval`` returns the one to add."""

    def remove(self, target: Any, value: Any, initiator: Any) -> None:
        """An object is about to be removed from a collection."""


class AttributeEventToken:
    """What a change of an attribute began with."""

    __slots__ = ("key", "parent")

    def __init__(self, parent: Any, key: str) -> None:
        self.parent = parent
        self.key = key


class AttributeDispatch(Dispatch):
    """Who listens to one attribute of one class; of those to the class above, who propagates."""

    families = (AttributeEvents,)

    def __init__(self, mapper: Any, key: str) -> None:
        self.mapper = mapper
        self.key = key
        parent = mapper.inherits
        inherited = parent is not None and key in parent.props
        self.above = (attribute_dispatch(parent, key),) if inherited else ()
        super().__init__(self.above)

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
    token = AttributeEventToken(mapper, key)
    if isinstance(prop, RelationshipProperty):
        _tell_of_link(prop, dispatch, token)
        return
    below = prop.setter(mapper)

    def set_heard(instance: Any, value: Any) -> None:
        if value is DONT_SET:
            return
        before = instance.__dict__.get(key, NO_VALUE)
        for heard in dispatch.set:
            value = heard(instance, value, before, token)
        if below is None:
            set_noted(instance, key, value)
        else:
            below(instance, value)

    install(mapper.class_, key, mapper.class_.__dict__[key], set_heard)


def _tell_of_link(prop: Any, dispatch: AttributeDispatch, token: AttributeEventToken) -> None:
    link = link_of(prop)
    if dispatch in link.told_to:
        return
    link.told_to.append(dispatch)

    def appended(instance: Any, item: Any, initiator: Any) -> Any:
        for heard in dispatch.append:
            item = heard(instance, item, token)
        return item

    def removed(instance: Any, item: Any, initiator: Any) -> Any:
        for heard in dispatch.remove:
            heard(instance, item, token)

    def was_set(instance: Any, value: Any, before: Any, initiator: Any) -> Any:
        for heard in dispatch.set:
            value = heard(instance, value, before, token)
        return value

    link.append_listeners += (appended,)
    link.remove_listeners += (removed,)
    link.set_listeners += (was_set,)


def _resolved(target: Any) -> list[Dispatch] | None:
    if isinstance(target, QueryableAttribute):
        target.parent.check_configure()
        return [attribute_dispatch(target.parent, target.key)]
    return None


add_resolver(_resolved)
