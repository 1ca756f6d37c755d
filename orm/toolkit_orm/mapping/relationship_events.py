"""Relationships whose changes are listened to: what their links call then."""

from __future__ import annotations

from typing import Any

from toolkit_orm.instrument.attribute_operation import AttributeEventToken, Operation, listeners
from toolkit_orm.instrument.collections import collection_adapter
from toolkit_orm.instrument.link import Link
from toolkit_orm.mapping.relationship_link import link_of


def tell_of_link(prop: Any, dispatch: Any) -> None:
    """Have a relationship tell of its changes; who hears is asked per object's class."""
    link = link_of(prop)
    if dispatch.active_history:
        # What was there is loaded, be it among the session's objects or not.
        link.peek = None
    if link.is_told:
        return
    link.is_told = True
    teller = _Teller(prop.key, link)
    link.append_listeners += (teller.appended,)
    link.remove_listeners += (teller.removed,)
    link.set_listeners += (teller.was_set,)
    link.init_listeners += (teller.made,)
    link.dispose_listeners += (teller.disposed,)
    link.bulk_listeners += (teller.replaced,)
    link.kept_listeners += (teller.kept,)


class _Teller:
    """Calls who listens to one relationship."""

    def __init__(self, key: str, link: Link) -> None:
        self.key = key
        self.link = link

    def _heard(self, instance: Any, event: str) -> tuple[Any, ...]:
        return listeners(instance, self.key, event)

    def _token(
        self, instance: Any, initiator: Any, op: Operation, **place: Any
    ) -> AttributeEventToken:
        """Return what a change began with: this attribute, or that of the other side."""
        made = self._began(instance, initiator, op)
        made.place = place
        return made

    def _began(self, instance: Any, initiator: Any, op: Operation) -> AttributeEventToken:
        if initiator is None:
            return AttributeEventToken(type(instance).__mapper__, self.key, op)
        link, began = initiator
        if link.collection_class is None:
            op = Operation.REPLACE
        elif op is Operation.REPLACE:
            op = Operation.APPEND
        return AttributeEventToken(type(began).__mapper__, link.key, op)

    def appended(self, instance: Any, item: Any, initiator: Any, place: Any) -> Any:
        """Tell that an object is about to be added."""
        for heard in self._heard(instance, "append"):
            token = self._token(instance, initiator, Operation.APPEND, key=place)
            item = heard(instance, item, token)
        return item

    def removed(self, instance: Any, item: Any, initiator: Any, place: Any) -> Any:
        """Tell that an object is about to be removed."""
        for heard in self._heard(instance, "remove"):
            heard(instance, item, self._token(instance, initiator, Operation.REMOVE, key=place))

    def was_set(self, instance: Any, value: Any, before: Any, initiator: Any) -> Any:
        """Tell that another object is about to be set."""
        op = Operation.REPLACE if value is not None or initiator is None else Operation.REMOVE
        for heard in self._heard(instance, "set"):
            value = heard(instance, value, before, self._token(instance, initiator, op))
        return value

    def made(self, instance: Any, collection: Any) -> None:
        """Tell that a collection was made."""
        for heard in self._heard(instance, "init_collection"):
            heard(instance, collection, collection_adapter(collection))

    def disposed(self, instance: Any, collection: Any, adapter: Any) -> None:
        """Tell that a collection was replaced."""
        for heard in self._heard(instance, "dispose_collection"):
            heard(instance, collection, adapter)

    def replaced(self, instance: Any, values: list[Any], keys: list[Any] | None) -> None:
        """Tell that a collection is about to be replaced."""
        token = self._token(instance, None, Operation.BULK_REPLACE, keys=keys)
        for heard in self._heard(instance, "bulk_replace"):
            heard(instance, values, token)

    def kept(self, instance: Any, item: Any, in_bulk: bool, place: Any) -> None:
        """Tell that an object was to be added that is there already."""
        op = Operation.BULK_REPLACE if in_bulk else Operation.APPEND
        token = self._token(instance, None, op, key=place)
        for heard in self._heard(instance, "append_wo_mutation"):
            heard(instance, item, token)
