"""Copying a table into another MetaData."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from toolkit_core.errors import warn
from toolkit_core.schema.constants import BLANK_SCHEMA, RETAIN_SCHEMA
from toolkit_core.schema.events import inherit_listeners
from toolkit_core.schema.foreign_key_constraint import ForeignKeyConstraint
from toolkit_core.schema.foreign_key_target import key_of_target
from toolkit_core.schema.fullname import table_key
from toolkit_core.schema.item import in_order
from toolkit_core.schema.type_schemas import moved_type

if TYPE_CHECKING:
    from toolkit_core.schema.metadata import MetaData
    from toolkit_core.schema.table import Table


def copy_table(
    table: Table,
    metadata: MetaData,
    schema: Any,
    referred_schema_fn: Callable[..., Any] | None,
    name: str | None,
) -> Table:
    """Copy a table with its columns, constraints and indexes; one that is there is returned."""
    name = table.name if name is None else name
    target = _target_schema(table, metadata, schema)
    there = metadata.tables.get(table_key(name, target))
    if there is not None:
        warn(f"Table '{table.description}' already exists within the given MetaData - not copying.")
        return there
    types_go = schema if schema is RETAIN_SCHEMA else target
    made = _with_columns(table, metadata, target, name, types_go)
    for constraint in in_order(table.constraints):
        options: dict[str, Any] = {"target_table": made}
        if isinstance(constraint, ForeignKeyConstraint):
            options["schema"] = _referred_schema(table, constraint, target, referred_schema_fn)
            if _refers_to_itself(table, constraint):
                options["name"] = name
        if not _comes_with_column(constraint):
            copy = constraint._copy(**options)
            if copy._table is None:
                copy._attach(made)
            inherit_listeners(copy, constraint)
    for index in in_order(table.indexes):
        if not index._column_flag:
            index._copy_to(made)
    return made


def _target_schema(table: Table, metadata: MetaData, schema: Any) -> Any:
    if schema is RETAIN_SCHEMA:
        return table.schema
    if schema is None:
        return metadata.schema
    return None if schema is BLANK_SCHEMA else schema


def _refers_to_itself(table: Table, constraint: ForeignKeyConstraint) -> bool:
    """Tell whether a foreign key points to the table that it is in."""
    target = constraint.elements[0].target_tokens
    return bool(key_of_target(target, table.metadata) == table.key)


def _comes_with_column(constraint: Any) -> bool:
    """Tell whether copying the column makes the constraint anew."""
    return any(
        getattr(constraint, mark, False) for mark in ("_type_bound", "_column_flag", "_in_column")
    )


def _with_columns(
    table: Table, metadata: MetaData, schema: str | None, name: str, types_go: Any
) -> Table:
    columns = []
    for column in table._columns:
        copy = column._copy()
        copy.type = moved_type(copy.type, types_go)
        inherit_listeners(copy, column)
        columns.append(copy)
    options: dict[str, Any] = dict(table._options)
    if "info" in table.__dict__:
        options["info"] = dict(table.info)
    made = type(table)(
        name,
        metadata,
        *columns,
        schema=BLANK_SCHEMA if schema is None else schema,
        comment=table.comment,
        prefixes=table._prefixes,
        implicit_returning=table.implicit_returning,
        **options,
    )
    made.is_view = table.is_view
    inherit_listeners(made, table)
    return made


def _referred_schema(
    table: Table,
    constraint: ForeignKeyConstraint,
    schema: str | None,
    referred_schema_fn: Callable[..., Any] | None,
) -> tuple[str | None] | None:
    """Return the schema for what a foreign key points to, in a tuple; None: it stays."""
    target = constraint.elements[0].target_tokens
    if referred_schema_fn is not None:
        found = referred_schema_fn(table, schema, constraint, target.schema)
        if found is None or found is RETAIN_SCHEMA:
            return None
        return (None,) if found is BLANK_SCHEMA else (found,)
    # What points to a table of the same schema goes along with it.
    return (schema,) if target.schema == table.schema else None
