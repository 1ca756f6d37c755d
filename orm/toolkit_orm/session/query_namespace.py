"""What names, and whole statements, mean to a query of the former way."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from toolkit_core.errors import ArgumentError, InvalidRequestError
from toolkit_core.expression.from_list import sources_in
from toolkit_core.expression.joins import Join
from toolkit_core.expression.node import Node
from toolkit_core.nearest import nearest
from toolkit_orm.mapping.entity import Entity
from toolkit_orm.query.aliased_entity import AliasedEntity


def conditions(query: Any, wanted: Mapping[str, Any]) -> list[Any]:
    """Return the conditions that attributes of what was joined last have values."""
    source = source_of_names(query)
    names = source.entity_namespace
    return [_found(source, names, name) == value for name, value in wanted.items()]


def source_of_names(query: Any) -> Any:
    """Return what was joined last; else what is read from; else what is selected first."""
    statement = query._statement
    if len(statement.joins) > query._left_joins:
        right = statement.joins[-1].right
        return right.right if isinstance(right, Join) else right
    raw = statement.raw_columns
    if raw and isinstance(raw[0], (Entity, AliasedEntity)):
        return raw[0]
    found = [*statement.said_froms, *sources_in(raw)]
    for one in found:
        if hasattr(one, "entity_namespace"):
            return one.left if isinstance(one, Join) else one
    raise InvalidRequestError(
        "filter_by() finds names in what a query selects, and it selects nothing yet",
        hint="session.query(Class).filter_by(...)",
    )


def _found(source: Any, names: Any, name: str) -> Any:
    if name in names:
        return names[name]
    mapper = getattr(source, "mapper", None)
    near = nearest(name, list(names.keys()))
    called = source.description if mapper is None else mapper.local_table.description
    raise InvalidRequestError(
        f'Entity namespace for "{called}" has no property "{name}"',
        hint=None if near is None else f"did you mean {source.description}.{near}?",
    )


def checked_statement(given: Any) -> Any:
    """Return a whole statement, which must be one."""
    found = given
    if not isinstance(found, Node) and hasattr(given, "__clause_element__"):
        found = given.__clause_element__()
    if isinstance(found, Node) and getattr(found, "is_executable", False):
        return found
    if isinstance(given, str):
        raise ArgumentError(
            f"Textual SQL expression {given!r} should be explicitly declared as text({given!r})"
        )
    raise ArgumentError(f"SELECT construct or text() expected by from_statement(), got {given!r}")
