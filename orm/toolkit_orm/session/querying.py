"""Executing statements of a session: entities in their rows become its objects."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from toolkit_core.engine.execute import execute_statement
from toolkit_core.engine.prepare import with_named
from toolkit_core.expression.node import Node
from toolkit_orm.load.context import EntitySource, LoadContext
from toolkit_orm.load.plan import EntityShape, loading
from toolkit_orm.session.flushing import autoflush

if TYPE_CHECKING:
    from toolkit_orm.session.session import Session


def execute(
    session: Session,
    statement: Any,
    params: Any,
    options: Mapping[str, Any],
    bind_arguments: Mapping[str, Any],
    named: Mapping[str, Any],
) -> Any:
    """Execute a statement."""
    if named:
        params = with_named(params, named)
    if session.execution_options:
        options = {**session.execution_options, **options}
    maker = None
    if isinstance(statement, Node) and statement.structure().lowering is not None:
        maker = loading
    if session.autoflush and options.get("autoflush", True):
        autoflush(session)
    bind = bind_arguments.get("bind") or session.get_bind(clause=statement, **bind_arguments)
    connection = session._begun().connection(bind)
    result = execute_statement(connection, statement, params, options, maker)
    shape = result._shapes
    if isinstance(shape, EntityShape):
        again = bool(options.get("populate_existing"))
        context = LoadContext(session._home, again=again)
        result._source = EntitySource(result._source, shape.load, context)
    return result
