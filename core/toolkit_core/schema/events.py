"""What happens to schema items: listen to a table, a MetaData, any other item, or a class."""

from __future__ import annotations

from typing import Any

from toolkit_core.events import Dispatch, Events
from toolkit_core.events.registry import Listener, class_dispatch


class DDLEvents(Events):
    """What happens to the items of a schema.

    The functions that hear of creating and dropping get further keywords: ``tables``,
    ``checkfirst``.
    """

    def before_create(self, target: Any, connection: Any, **kw: Any) -> None:
        """CREATE is about to be sent."""

    def after_create(self, target: Any, connection: Any, **kw: Any) -> None:
        """CREATE was sent."""

    def before_drop(self, target: Any, connection: Any, **kw: Any) -> None:
        """DROP is about to be sent."""

    def after_drop(self, target: Any, connection: Any, **kw: Any) -> None:
        """DROP was sent."""

    def before_parent_attach(self, target: Any, parent: Any) -> None:
        """An item is about to become part of another, a column of a table."""

    def after_parent_attach(self, target: Any, parent: Any) -> None:
        """An item has become part of another."""

    def column_reflect(self, inspector: Any, table: Any, column_info: Any) -> None:
        """A column was read from the database; ``column_info`` may be changed."""


def heard(item: Any, event: str) -> tuple[Listener, ...]:
    """Return who listens to an event of an item; most items have no dispatch of their own."""
    dispatch = _dispatch_of(item)
    if not dispatch.active:
        return ()
    listeners: tuple[Listener, ...] = getattr(dispatch, event)
    return listeners


def _dispatch_of(item: Any) -> Dispatch:
    """Return the dispatch of an item; of most it is that of their class, which keeps it."""
    found: Dispatch | None = item.__dict__.get("dispatch")
    if found is None:
        cls = type(item)
        found = cls.__dict__.get("_dispatch_of_class")
        if found is None:
            found = cls._dispatch_of_class = class_dispatch(cls)
    return found


def tell(item: Any, event: str, *values: Any, **more: Any) -> None:
    """Call whoever listens."""
    dispatch = _dispatch_of(item)
    if dispatch.active:
        for listener in getattr(dispatch, event):
            listener(*values, **more)


def inherit_listeners(copy: Any, original: Any) -> None:
    """Let a copy hear what was listened to with ``propagate`` on its original."""
    dispatch: Dispatch | None = original.__dict__.get("dispatch")
    if dispatch is None:
        return
    for event, registrations in dispatch.own.items():
        for registration in registrations:
            if registration.propagate:
                copy.dispatch.add(event, registration)
