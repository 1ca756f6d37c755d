"""Executing statements of a session: found by their shape, loaded by the shape's own function."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from toolkit_core.engine.execute import send
from toolkit_core.engine.prepare import parameter_sets
from toolkit_core.engine.prepare_node import late_node
from toolkit_core.expression.node import Node, plan_key
from toolkit_orm.load.context import EntitySource, LoadContext
from toolkit_orm.load.plan import LoadPlan, load_plan

if TYPE_CHECKING:
    from toolkit_orm.session.session import Session


def execute(session: Session, statement: Any, params: Any, options: Mapping[str, Any]) -> Any:
    """Execute a statement."""
    if session.autoflush:
        session._autoflush()
    connection = session._connection_of(None)
    if not isinstance(statement, Node) or statement.structure().lowering is None:
        return connection.execute(statement, params, execution_options=options)
    structure, sharing, leaves = plan_key(statement)
    key = ("orm", structure, sharing)
    parts = connection._parts
    plan: LoadPlan | None = parts.cache.get(key)
    if plan is None:
        plan = parts.cache.recall(key)
    if plan is None:
        plan = load_plan(statement, leaves, parts.dialect)
        parts.cache.put(key, plan)
    compiled = plan.compiled
    if compiled.late is not None:
        result = send(connection, *late_node(compiled, leaves, params))
    elif params is None:
        result = send(connection, compiled, compiled.from_leaves(leaves), False)
    else:
        sets, _ = parameter_sets(params)
        values = compiled.values(compiled.given(leaves, sets[0] if sets else {}))
        result = send(connection, compiled, values, False)
    if plan.load is not None:
        context = LoadContext(session._home, again=bool(options.get("populate_existing")))
        result._source = EntitySource(result._source, plan.load, context)
    return result
