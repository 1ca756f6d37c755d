"""INSERT, UPDATE and DELETE of classes through a session: a door to what each of them is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from toolkit_core.errors import ArgumentError
from toolkit_core.expression.from_statement import FromStatement
from toolkit_orm.mapping.entity import Entity
from toolkit_orm.query.aliased_entity import AliasedEntity
from toolkit_orm.session import bulk_insert, bulk_update, criteria_writing
from toolkit_orm.session.write_order import WriteOrder

if TYPE_CHECKING:
    from toolkit_orm.session.session import Session

_ENTITIES = (Entity, AliasedEntity)


def writes_class(statement: Any) -> bool:
    """Tell whether a statement writes the rows of a mapped class, or returns objects of them."""
    if getattr(statement, "is_dml", False):
        return isinstance(statement.table, _ENTITIES)
    return isinstance(statement, FromStatement) and getattr(statement.element, "is_dml", False)


def write(
    session: Session,
    statement: Any,
    params: Any,
    options: Mapping[str, Any],
    bind_arguments: Mapping[str, Any] | None = None,
) -> Any:
    """Execute it, and have the objects of the session follow."""
    if isinstance(statement, FromStatement):
        statement = _returning(statement)
    order = WriteOrder(session, statement, options, bind_arguments)
    many = isinstance(params, (list, tuple))
    if statement.is_insert:
        order.strategy = _checked(order.strategy, "insert", ("raw", "orm", "bulk", "auto"))
        return bulk_insert.inserted(order, params)
    if statement.is_update:
        order.strategy = _checked(order.strategy, "UPDATE", ("orm", "auto", "bulk", "core_only"))
        if order.strategy == "bulk" or (order.strategy == "auto" and many):
            return bulk_update.updated_by_key(order, list(params or ()))
    else:
        order.strategy = _checked(order.strategy, "DELETE", ("orm", "auto", "core_only"))
    return criteria_writing.changed(order, params, many=many)


def _returning(statement: FromStatement) -> Any:
    """Return the statement inside, which returns what the SELECT around it wants."""
    inner: Any = statement.element
    options = (*inner.loader_options, *statement.loader_options)
    made = inner.but(returned=statement.entities, loader_options=options)
    told = {**inner._execution_options, **statement._execution_options}
    return made.execution_options(**told) if told else made


def _checked(given: str, verb: str, known: tuple[str, ...]) -> str:
    if given not in known:
        raise ArgumentError(
            f"Valid strategies for ORM {verb} strategy are {', '.join(map(repr, known))}",
            hint=f"dml_strategy={given!r} is none of them",
        )
    return given
