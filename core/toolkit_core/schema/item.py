"""What all parts of a schema share."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from itertools import count
from typing import Any, ClassVar

from toolkit_core.errors import ArgumentError
from toolkit_core.events import Dispatch
from toolkit_core.expression.node import Node
from toolkit_core.schema.events import DDLEvents, tell

# Items in sets are put in order by when they were made.
_made = count()


class SchemaItem(Node):
    """A part of a schema: a table, a column, a constraint.

    Other than an expression it is changed after it was made: it is put into its parent.
    """

    visit_name = "schema_item"
    # An item is itself and no other, however alike.
    keyed_by_identity = True
    event_families: ClassVar[tuple[type, ...]] = (DDLEvents,)

    # What an item was not given when it was made it need not have thought of.
    _creation_order: int = -1

    @cached_property
    def info(self) -> dict[Any, Any]:
        """A dictionary for whatever a program wants to keep with the item."""
        return {}

    @cached_property
    def dispatch(self) -> Dispatch:
        """Who listens to what happens to the item."""
        return Dispatch.for_target(self)

    def _stamp(self) -> None:
        self._creation_order = next(_made)

    def _attach(self, parent: Any) -> None:
        """Become a part of another item; what that means is said by ``_set_parent``."""
        tell(self, "before_parent_attach", self, parent)
        self._set_parent(parent)
        tell(self, "after_parent_attach", self, parent)

    def _set_parent(self, parent: Any) -> None:
        raise ArgumentError(f"{self!r} cannot be a part of {parent!r}")

    def __getstate__(self) -> Mapping[str, Any]:
        # Keys and listeners are of this process.
        kept = self.__dict__
        return {k: v for k, v in kept.items() if k not in ("_key", "_leaves", "dispatch")}


def attach_all(items: tuple[Any, ...], parent: SchemaItem) -> None:
    """Put items into their parent, or say which of them cannot be part of anything."""
    for item in items:
        if not isinstance(item, SchemaItem):
            raise ArgumentError(
                f"'SchemaItem' object, such as a 'Column' or a 'Constraint' expected, got {item!r}"
            )
        item._attach(parent)


def in_order(items: Any) -> list[Any]:
    """Return items of a set in the order in which they were made."""
    return sorted(items, key=_order)


def _order(item: SchemaItem) -> int:
    return item._creation_order


# Under its documented name, though a type is none of it: what listens hears the items.
SchemaEventTarget = SchemaItem
