"""``Query.with_parent()``: the relationship of an object that leads to what is queried."""

from __future__ import annotations

from typing import Any

from toolkit_core.errors import ArgumentError, InvalidRequestError
from toolkit_core.expression.coercions import resolved
from toolkit_orm.errors import UnmappedInstanceError
from toolkit_orm.instrument.state import STATE
from toolkit_orm.query.relationship_conditions import with_parent
from toolkit_orm.session.query_namespace import source_of_names


def condition_of_parent(query: Any, instance: Any, given: Any, from_entity: Any) -> Any:
    """Return the condition that objects are those of a relationship of a given object."""
    state = getattr(instance, "__dict__", {}).get(STATE)
    if state is None:
        raise UnmappedInstanceError(instance)
    target = _target(query) if from_entity is None else resolved(from_entity)
    if isinstance(given, str):
        raise ArgumentError(
            "Strings are not accepted for relationship names in with_parent(); use the attribute",
            hint=f"{state.mapper.class_.__name__}.{given}",
        )
    if given is None:
        given = _leading(state.mapper, target.mapper)
    return with_parent(instance, given, from_entity=target)


def _target(query: Any) -> Any:
    found = source_of_names(query)
    if getattr(found, "mapper", None) is None:
        raise InvalidRequestError(
            "with_parent() is for a query of a class", hint="session.query(Class).with_parent(…)"
        )
    return found


def _leading(mapper: Any, target: Any) -> Any:
    """Return the relationship from one class to another."""
    for key, prop in mapper.relationships.items():
        if prop.mapper is target:
            return getattr(mapper.class_, key)
    raise InvalidRequestError(
        "Could not locate a property which relates instances of class "
        f"'{target.class_.__name__}' to instances of class '{mapper.class_.__name__}'",
        hint=f"it has {', '.join(mapper.relationships.keys()) or 'no relationships'}",
    )
