"""What a foreign key points to: three names, or a column."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from toolkit_core.errors import ArgumentError, NoReferencedColumnError, NoReferencedTableError
from toolkit_core.expression.node import Node
from toolkit_core.nearest import nearest
from toolkit_core.schema.fullname import table_key

if TYPE_CHECKING:
    from toolkit_core.schema.metadata import MetaData


class ForeignKeyTarget(NamedTuple):
    """The target of a foreign key as three names, of which only dots in names need all.

    >>> target_named("other.person.id")
    ForeignKeyTarget(schema='other', table_name='person', column_name='id')
    """

    schema: str | None
    table_name: str
    column_name: str | None


def target_named(text: str) -> ForeignKeyTarget:
    """Read ``table.column`` or ``schema.table.column``; a table alone means the same column."""
    *before, column = text.split(".")
    if not before:
        return ForeignKeyTarget(None, column, None)
    *schema, table = before
    return ForeignKeyTarget(".".join(schema) or None, table, column)


def target_given(given: Any) -> Any:
    """Return what a foreign key was given as a target, or as a column."""
    if isinstance(given, str):
        return target_named(given)
    if isinstance(given, tuple) and len(given) in (2, 3):
        return ForeignKeyTarget(*((None,) if len(given) == 2 else ()), *given)
    if hasattr(given, "__clause_element__"):
        given = given.__clause_element__()
    # What stands for a column, as the attribute of a mapped class does, says so.
    given = getattr(given, "expression", given)
    if isinstance(given, Node) and hasattr(given, "table"):
        return given
    raise ArgumentError(
        f"String column name or Column object for DDL foreign key constraint expected, got {given}."
    )


def target_of(given: Any, fallback: str | None = None) -> ForeignKeyTarget:
    """Return three names, also of a column, which must be in a table."""
    if isinstance(given, ForeignKeyTarget):
        return given if given.column_name else given._replace(column_name=fallback)
    table = given.table
    if table is None:
        return ForeignKeyTarget(None, "", given.key)
    return ForeignKeyTarget(table.schema, table.name, given.key)


def key_of_target(target: ForeignKeyTarget, metadata: MetaData | None) -> str:
    """Return the key of the target's table; without a schema it is in the metadata's own."""
    schema = target.schema
    if schema is None and metadata is not None:
        schema = metadata.schema
    return table_key(target.table_name, schema)


def resolve(target: ForeignKeyTarget, source: Any, metadata: MetaData, *, by_name: bool) -> Any:
    """Return the column that a target names, or say what is missing and what is near."""
    key = key_of_target(target, metadata)
    table = metadata.tables.get(key)
    if table is None:
        near = nearest(key, metadata.tables)
        hint = f"; did you mean table {near!r}?" if near else ""
        raise NoReferencedTableError(
            f"Foreign key associated with column '{source}' could not find table '{key}' with "
            f"which to generate a foreign key to target column '{target.column_name}'{hint}",
            key,
        )
    wanted = target.column_name or source.key
    if by_name:
        found = next((column for column in table._columns if column.name == wanted), None)
    else:
        found = table._columns.get(wanted)
    if found is None:
        near = nearest(wanted, table._columns.keys())
        hint = f"; did you mean {near!r}?" if near else ""
        raise NoReferencedColumnError(
            f"Could not initialize target column for ForeignKey '{written(target)}' on table "
            f"'{source.table.name}': table '{table.name}' has no column named '{wanted}'{hint}",
            table.name,
            wanted,
        )
    return found


def written(target: ForeignKeyTarget) -> str:
    """Return a target with dots between its names.

    >>> written(ForeignKeyTarget(None, "t", "id"))
    't.id'
    """
    return ".".join(part for part in target if part)
