"""Executing statements of a session: entities in their rows become its objects."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from toolkit_core.engine.execute import execute_statement
from toolkit_core.expression.node import Node
from toolkit_orm.load.context import EntitySource, LoadContext
from toolkit_orm.load.plan import EntityShape, loading

if TYPE_CHECKING:
    from toolkit_orm.session.session import Session


def execute(session: Session, statement: Any, params: Any, options: Mapping[str, Any]) -> Any:
    """Execute a statement."""
    if session.autoflush:
        session._autoflush()
    connection = session._connection_of(None)
    maker = None
    if isinstance(statement, Node) and statement.structure().lowering is not None:
        maker = loading
    result = execute_statement(connection, statement, params, options, maker)
    shape = result._shapes
    if isinstance(shape, EntityShape):
        again = bool(options.get("populate_existing"))
        context = LoadContext(session._home, again=again)
        result._source = EntitySource(result._source, shape.load, context)
    return result
