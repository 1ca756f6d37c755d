"""Types that a database knows by name, where it does: created before the tables that use them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from toolkit_core.schema.ddl import ExecutableDDLElement
from toolkit_core.types import ARRAY, TypeDecorator

if TYPE_CHECKING:
    from toolkit_core.schema.metadata import MetaData


class CreateNamedType(ExecutableDDLElement):
    """Create a type: how, is a dialect's rule for the class of the type."""

    visit_name = "create_named_type"

    def __init__(self, element: Any) -> None:
        self.element = element


class DropNamedType(ExecutableDDLElement):
    """Drop a type."""

    visit_name = "drop_named_type"

    def __init__(self, element: Any) -> None:
        self.element = element


def named_types(tables: Iterable[Any], dialect: Any, metadata: MetaData | None = None) -> list[Any]:
    """Return the types of the tables' columns, and a MetaData's own, that have names on a dialect.

    A type that is used twice is there once; what another is made of comes before it.
    """
    if not dialect.capabilities.named_types:
        return []
    found: dict[tuple[str | None, str], Any] = {}
    for type_ in _candidates(tables, metadata):
        for one in _named_inside(type_, dialect):
            found.setdefault((one.schema, str(one.name)), one)
    return list(found.values())


def _candidates(tables: Iterable[Any], metadata: MetaData | None) -> Iterator[Any]:
    if metadata is not None:
        yield from metadata._named_types.values()
    for table in tables:
        for column in table._columns:
            yield column.type


def _named_inside(type_: Any, dialect: Any) -> Iterator[Any]:
    """Yield the named type that a type is, or is made of, on a dialect."""
    here = type_.dialect_impl(dialect)
    while isinstance(here, TypeDecorator):
        here = here.type_engine(dialect)
    if isinstance(here, ARRAY):
        yield from _named_inside(here.item_type, dialect)
        return
    inner = getattr(here, "data_type", None)
    if inner is not None:
        yield from _named_inside(inner, dialect)
    if getattr(here, "is_named_type", False) and here.name is not None and here.create_type:
        yield here
