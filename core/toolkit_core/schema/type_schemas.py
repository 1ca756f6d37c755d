"""In which schema a type that the database knows by name is, where nobody said it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from toolkit_core.schema.constants import RETAIN_SCHEMA
from toolkit_core.types import ARRAY, Boolean
from toolkit_core.types.schema_type import SchemaType

if TYPE_CHECKING:
    from toolkit_core.schema.table import Table
    from toolkit_core.types import TypeEngine


def settle_type(type_: TypeEngine[Any], table: Table) -> None:
    """Put named types of a column into the schema of the table's MetaData, if it has one."""
    for named in _named(type_):
        if named.schema is None and not named._is_placed:
            schema = table.schema if named.inherit_schema else table.metadata.schema
            if schema is not None:
                named._settle(schema)


def _named(type_: Any) -> Iterator[Any]:
    """Yield the named types that a type is, or is made of, or is on some dialect."""
    for one in (type_, *(type_._variants or {}).values()):
        if hasattr(one, "load_dialect_impl"):
            yield from _named(one.impl)
        elif isinstance(one, ARRAY):
            yield from _named(one.item_type)
        elif isinstance(one, SchemaType) and not isinstance(one, Boolean):
            yield one


def moved_type(type_: TypeEngine[Any], schema: Any) -> TypeEngine[Any]:
    """Return a type whose named types are copies, in this schema; itself if it has none.

    ``RETAIN_SCHEMA`` leaves them where they are.
    """
    changes: dict[str, Any] = {}
    if type_._variants:
        variants = {name: moved_type(one, schema) for name, one in type_._variants.items()}
        if any(one is not type_._variants[name] for name, one in variants.items()):
            changes["_variants"] = variants
    inner: Any = type_
    if hasattr(type_, "load_dialect_impl"):
        _moved_inside(inner, "impl", schema, changes)
    elif isinstance(type_, ARRAY):
        _moved_inside(inner, "item_type", schema, changes)
    elif isinstance(inner, SchemaType) and not isinstance(inner, Boolean):
        changes["schema"] = inner.schema if schema is RETAIN_SCHEMA else schema
        changes["_is_placed"] = True
    return type_._changed(**changes) if changes else type_


def _moved_inside(type_: Any, part: str, schema: Any, changes: dict[str, Any]) -> None:
    before = getattr(type_, part)
    after = moved_type(before, schema)
    if after is not before:
        changes[part] = after
