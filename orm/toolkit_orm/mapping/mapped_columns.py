"""From the columns of a table to the attributes of a class."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from toolkit_core.errors import ArgumentError, warn
from toolkit_core.schema import Column
from toolkit_orm.mapping.column_property import ColumnProperty
from toolkit_orm.mapping.instrumented_class import as_property

if TYPE_CHECKING:
    from toolkit_orm.mapping.mapper import Mapper
    from toolkit_orm.mapping.property import MapperProperty


def map_columns(mapper: Mapper, properties: Mapping[str, Any]) -> None:
    """Give a mapper its attributes: its parent's, its table's columns, and those it was told."""
    given = {key: as_property(prop) for key, prop in properties.items()}
    by_column = _by_column(mapper, given)
    _map_for_synonyms(mapper, given, by_column)
    parent = mapper.inherits
    if parent is not None:
        for key, prop in parent.props.items():
            if key not in given or isinstance(given[key], ColumnProperty):
                mapper.put(key, prop.copy_to(mapper))
    left = dict(given)
    for column in _own_columns(mapper):
        key = by_column.get(column) or (mapper.column_prefix or "") + column.key
        if column not in by_column and _is_left_out(mapper, column.key, column):
            continue
        told = left.pop(key, None)
        if told is None and key in given:
            continue
        _put_column(mapper, key, column, told)
    for key, prop in left.items():
        if isinstance(properties[key], Column):
            _check_represented(mapper, key, properties[key])
        if not _is_inherited_column(mapper, key, prop):
            mapper.put(key, prop)


def _by_column(mapper: Mapper, given: Mapping[str, Any]) -> dict[Any, str]:
    """Return the names under which columns were told, each by one name only."""
    found: dict[Any, str] = {}
    for key, prop in given.items():
        for column in getattr(prop, "columns", ()):
            there = found.get(column)
            if there is not None:
                warn(
                    f"On {mapper.class_.__name__!r}, Column object {column.name!r} named directly "
                    f"multiple times, only one will be used: {there}, {key}. Consider using "
                    "orm.synonym instead"
                )
                continue
            found[column] = key
    return found


def _check_represented(mapper: Mapper, key: str, column: Column[Any]) -> None:
    """Refuse a column of another table, which nothing would write."""
    if not any(table.c.contains_column(column) for table in mapper.tables):
        raise ArgumentError(
            f"When configuring property '{key}' on {mapper}, column '{column}' is not represented "
            "in the mapper's table. Use the `column_property()` function to force this column to "
            "be mapped as a read-only attribute."
        )


def _map_for_synonyms(mapper: Mapper, given: Mapping[str, Any], by_column: dict[Any, str]) -> None:
    """Map the columns that have the names of synonyms under the names these stand for."""
    for key, prop in given.items():
        if not getattr(prop, "map_column", None):
            continue
        table = mapper.local_table
        column = table.c.get(key)
        if column is None:
            raise ArgumentError(
                f"Can't compile synonym '{key}': no column on table '{table.description}' named "
                f"'{key}'",
                hint="map_column=True is for a column that has the name of the synonym",
            )
        if prop.name in given:
            raise ArgumentError(
                f"Can't call map_column=True for synonym {key!r}={prop.name!r}, a "
                f"{type(given[prop.name]).__name__} already exists keyed to the name "
                f"{prop.name!r} for column {key!r}"
            )
        by_column[column] = prop.name


def _own_columns(mapper: Mapper) -> list[Any]:
    """Return the columns that are not the parent's already."""
    parent = mapper.inherits
    columns = list(mapper.local_table.c)
    if parent is None:
        return columns
    if not mapper.single:
        return columns
    # In the parent's table: what came with this class.
    return [
        column
        for column in columns
        if column not in parent.key_of and not _is_of_a_sibling(mapper, column)
    ]


def _is_of_a_sibling(mapper: Mapper, column: Any) -> bool:
    return any(
        other is not mapper and column in other.key_of
        for other in mapper.base.polymorphic_iterator()
    )


def _is_left_out(mapper: Mapper, key: str, column: Any) -> bool:
    include, exclude = mapper.include_properties, mapper.exclude_properties
    if include is not None and key not in _names(include) and not _has(include, column):
        return True
    return exclude is not None and (key in _names(exclude) or _has(exclude, column))


def _names(given: Any) -> set[str]:
    return {one for one in given if isinstance(one, str)}


def _has(given: Any, column: Any) -> bool:
    return any(one is column for one in given)


def _put_column(mapper: Mapper, key: str, column: Any, told: MapperProperty | None) -> None:
    there = mapper.props.get(key)
    if isinstance(there, ColumnProperty) and there.parent is not mapper:
        # The parent has it too: in joined tables the value stands in both.
        if not _is_equated(mapper, there.columns, column):
            warn(
                f"Implicitly combining column {there.columns[0]} with column {column} under "
                f"attribute '{key}'.  Please configure one or more attributes for these same-named "
                "columns explicitly."
            )
        combined = told if isinstance(told, ColumnProperty) else ColumnProperty(column)
        if combined is told:
            combined.columns += [one for one in there.columns if not _has(combined.columns, one)]
        else:
            combined.columns += there.columns
        mapper.put(key, combined)
    elif told is not None:
        mapper.put(key, told)
    elif there is not None and there.parent is not mapper and not mapper.single:
        raise ArgumentError(
            f"Column '{column}' of {mapper.class_.__name__} has the name of the inherited "
            f"attribute {key!r}, which is no column",
            hint="give it another name: other = column_property(column)",
        )
    else:
        mapper.put(key, ColumnProperty(column))


def _is_equated(mapper: Mapper, inherited: list[Any], column: Any) -> bool:
    return any(
        mine is column and any(theirs is one for one in inherited)
        for theirs, mine in mapper.inherit_pairs
    )


def _is_inherited_column(mapper: Mapper, key: str, prop: MapperProperty) -> bool:
    """Tell whether it only repeats a column of the parent, as ``use_existing_column`` does."""
    there = mapper.props.get(key)
    return (
        there is not None
        and isinstance(prop, ColumnProperty)
        and isinstance(there, ColumnProperty)
        and len(prop.columns) == 1
        and any(prop.columns[0] is column for column in there.columns)
    )
