"""Mapped classes that inherit: in one table, or in tables that are joined by their keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit_core.errors import (
    AmbiguousForeignKeysError,
    ArgumentError,
    InvalidRequestError,
    NoForeignKeysError,
    warn,
)
from toolkit_core.expression import operators
from toolkit_core.expression.column_element import ColumnElement
from toolkit_core.expression.join_condition import join_condition
from toolkit_core.expression.joins import Join
from toolkit_core.expression.node import Node
from toolkit_orm.mapping.column_pairs import comparisons
from toolkit_orm.mapping.column_property import ColumnProperty
from toolkit_orm.mapping.marked_column import plain

if TYPE_CHECKING:
    from toolkit_orm.mapping.mapper import Mapper

Pairs = tuple[tuple[Any, Any], ...]

# Under this name an expression that tells classes apart is an attribute, if it has no other.
POLYMORPHIC_ON = "_sa_polymorphic_on"


def take_tables(mapper: Mapper, inherit_condition: Any) -> None:
    """Find out which tables the rows of a class are in, and how they belong together."""
    parent = mapper.inherits
    mapper.inherit_condition = None
    mapper.inherit_pairs = ()
    mapper.single = False
    if parent is None:
        mapper.persist_selectable = mapper.local_table
        mapper.tables = _tables_of(mapper.local_table)
        return
    if not issubclass(mapper.class_, parent.class_):
        raise ArgumentError(
            f"Class '{mapper.class_.__name__}' does not inherit from '{parent.class_.__name__}'"
        )
    if mapper.local_table is None or mapper.local_table is parent.local_table:
        mapper.single = True
        mapper.local_table = parent.local_table
        mapper.persist_selectable = parent.persist_selectable
        mapper.tables = list(parent.tables)
        mapper.inherit_pairs = ()
        return
    condition = _given_condition(inherit_condition)
    condition = _found_condition(mapper, parent) if condition is None else plain(condition)
    mapper.inherit_condition = condition
    mapper.persist_selectable = Join(parent.persist_selectable, mapper.local_table, condition)
    mapper.tables = [*parent.tables, mapper.local_table]
    mapper.inherit_pairs = _pairs(condition, mapper.local_table)


def _given_condition(given: Any) -> Any:
    if given is None or isinstance(given, ColumnElement):
        return given
    return given() if callable(given) else given


def _tables_of(source: Any) -> list[Any]:
    below = source.sources() if isinstance(source, Join) else ()
    return [table for side in below for table in _tables_of(side)] if below else [source]


def _found_condition(mapper: Mapper, parent: Mapper) -> Any:
    one, other = parent.local_table.description, mapper.local_table.description
    try:
        return join_condition(parent.local_table, mapper.local_table)
    except NoForeignKeysError as error:
        raise NoForeignKeysError(
            f"Can't determine the inherit condition between inherited table '{one}' and inheriting "
            f"table '{other}'; tables have no foreign key relationships established.  Please "
            "ensure the inheriting table has a foreign key relationship to the inherited table, or "
            "provide an 'on clause' using the 'inherit_condition' mapper argument."
        ) from error
    except AmbiguousForeignKeysError as error:
        raise AmbiguousForeignKeysError(
            f"Can't determine the inherit condition between inherited table '{one}' and inheriting "
            f"table '{other}'; tables have more than one foreign key relationship established.  "
            "Please specify the 'on clause' using the 'inherit_condition' mapper argument.",
            hint=error.hint,
        ) from error


def _pairs(condition: Any, table: Any) -> Pairs:
    """Return pairs of the parent's columns and those that have their values here."""
    found = []
    for comparison in comparisons(condition):
        if comparison.operator is operators.eq:
            left, right = comparison.left, comparison.right
            if table.c.contains_column(right):
                found.append((left, right))
            elif table.c.contains_column(left):
                found.append((right, left))
    return tuple(found)


def primary_key_of(mapper: Mapper, given: Any) -> tuple[Any, ...]:
    """Return the columns that tell the rows of a class apart."""
    if given:
        return tuple([_key_column(mapper, one) for one in given])
    parent = mapper.inherits
    if parent is not None:
        if mapper.single:
            return parent.primary_key
        same = {mine for _, mine in mapper.inherit_pairs}
        own = [column for column in mapper.local_table.primary_key if column not in same]
        return (*parent.primary_key, *own)
    return tuple(_reduced(mapper.local_table))


def _key_column(mapper: Mapper, given: Any) -> Any:
    """Return a column of the primary key that was told, itself or by its attribute's name."""
    if not isinstance(given, str):
        return given
    prop: Any = mapper.props.get(given)
    if not isinstance(prop, ColumnProperty):
        raise ArgumentError(
            f"Can't determine primary_key column '{given}' - no attribute is mapped to this name.",
            hint=mapper.nearest_key(given),
        )
    return prop.columns[0]


def _reduced(table: Any) -> list[Any]:
    """Return the primary key, of a join without what only repeats a column."""
    found = list(table.primary_key)
    if not isinstance(table, Join) or len(found) < 2:
        return found
    kept = []
    for column in found:
        referred = {key.column for key in getattr(column, "foreign_keys", ())}
        if not any(other in referred for other in found if other is not column):
            kept.append(column)
    return kept


# -- what tells the classes of a hierarchy apart -------------------------------------------


def take_polymorphism(mapper: Mapper, polymorphic_on: Any) -> None:
    """Enter a class into the map of its hierarchy, under its identity."""
    parent = mapper.inherits
    if parent is None:
        mapper.polymorphic_map = {}
        mapper.polymorphic_on = None
        mapper.polymorphic_key = None
    else:
        mapper.polymorphic_map = parent.polymorphic_map
        mapper.polymorphic_on = parent.polymorphic_on
        mapper.polymorphic_key = parent.polymorphic_key
    if polymorphic_on is not None:
        _set_discriminator(mapper, polymorphic_on)
    identity = mapper.polymorphic_identity
    if mapper.polymorphic_abstract:
        _check_abstract(mapper)
    elif identity is not None:
        there = mapper.polymorphic_map.get(identity)
        if there is not None and there is not mapper:
            warn(
                f"Reassigning polymorphic association for identity {identity!r} from {there!r} to "
                f"{mapper!r}: Check for duplicate use of {identity!r} as value for "
                "polymorphic_identity."
            )
        mapper.polymorphic_map[identity] = mapper
    elif parent is not None and mapper.polymorphic_on is not None:
        warn(
            f"{mapper} does not indicate a 'polymorphic_identity', yet is part of an inheritance "
            f"hierarchy that has a 'polymorphic_on' column of '{mapper.polymorphic_on}'. If this "
            "is an intermediary class that should not be instantiated, the class may either be "
            "left unmapped, or may include the 'polymorphic_abstract=True' parameter in its Mapper "
            "arguments. To leave the class unmapped when using Declarative, set the '__abstract__ "
            "= True' attribute on the class."
        )


def _check_abstract(mapper: Mapper) -> None:
    if mapper.polymorphic_on is None:
        raise InvalidRequestError(
            "The Mapper.polymorphic_abstract parameter may only be used on a mapper hierarchy "
            "which includes the Mapper.polymorphic_on parameter at the base of the hierarchy.",
            hint=f"__mapper_args__ = {{'polymorphic_on': ...}} in {mapper.base.class_.__name__}; "
            "or __abstract__ = True for what is not mapped",
        )


def _set_discriminator(mapper: Mapper, given: Any) -> None:
    if isinstance(given, str):
        prop = mapper.props.get(given)
        if prop is None:
            raise ArgumentError(
                f"Can't determine polymorphic_on value '{given}' - no attribute is mapped to this "
                "name.",
                hint=mapper.nearest_key(given),
            )
        if not isinstance(prop, ColumnProperty):
            raise ArgumentError(
                f"Can't determine polymorphic_on value '{given}' - it is no column: {prop!r}"
            )
        mapper.polymorphic_key, mapper.polymorphic_on = given, prop.columns[0]
        return
    if isinstance(given, ColumnElement):
        given = plain(given)
    if not isinstance(given, (ColumnProperty, Node)):
        raise ArgumentError(
            "Column expression or string key expected for argument 'polymorphic_on'; got "
            f"{given!r}."
        )
    if isinstance(given, ColumnProperty):
        mapper.polymorphic_key = getattr(given, "key", None) or POLYMORPHIC_ON
        column = given.columns[0]
    else:
        column = given
        mapper.polymorphic_key = mapper.key_of.get(column)
    mapper.polymorphic_on = column
    if mapper.polymorphic_key is not None and mapper.polymorphic_key in mapper.props:
        return
    if getattr(column, "table", None) is not None and not isinstance(column, ColumnElement):
        raise InvalidRequestError(f"Could not map polymorphic_on column '{column}'")
    key = POLYMORPHIC_ON
    mapper.polymorphic_key = key
    mapper.put(key, given if isinstance(given, ColumnProperty) else ColumnProperty(column))
