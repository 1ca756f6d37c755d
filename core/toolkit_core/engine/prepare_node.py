"""Before sending a statement made of nodes: find its compiled form, and read off its values."""

from __future__ import annotations

from typing import Any

from toolkit_core.compiler.dml import CompiledDML
from toolkit_core.compiler.node import CompiledNode, compile_node
from toolkit_core.engine.parts import EngineParts
from toolkit_core.engine.prepare import parameter_sets
from toolkit_core.engine.row_shape import RowShape
from toolkit_core.expression.node import Node, pattern


def prepared_node(
    parts: EngineParts, statement: Node, parameters: Any, cache: Any
) -> tuple[CompiledNode, Any, bool]:
    """Return the compiled statement, its values, and whether they are for ``executemany``."""
    key: Any = statement._key or statement._make_key()
    leaves = statement._leaves
    if len(leaves) > 1:
        sharing = pattern(leaves)
        if sharing is not None:
            key = (key, sharing)
    compiled = None if cache is None else cache.get(key)
    if compiled is None:
        compiled = _compiled(parts, statement, key, cache)
    if parameters is None:
        return compiled, compiled.from_leaves(leaves), False
    sets, many = parameter_sets(parameters)
    if many:
        return compiled, compiled.many_overridden(leaves, sets), True
    return compiled, compiled.overridden(leaves, sets[0] if sets else {}), False


def _compiled(parts: EngineParts, statement: Node, key: Any, cache: Any) -> CompiledNode:
    recall = getattr(cache, "recall", None)
    kept: CompiledNode | None = None if recall is None else recall(key)
    if kept is not None:
        return kept
    dialect = parts.dialect
    compiled = compile_node(statement, statement._leaves, dialect.rules, dialect.style, dialect)
    compiled.shapes = shape_of(compiled)
    if cache is not None:
        put = getattr(cache, "put", cache.__setitem__)
        put(key, compiled)
    return compiled


def shape_of(compiled: CompiledNode | CompiledDML) -> RowShape:
    """Return the shape of the rows: names, and what else finds a column."""
    return RowShape(
        [column.name for column in compiled.result],
        keys=[column.keys for column in compiled.result],
        strict=True,
    )
