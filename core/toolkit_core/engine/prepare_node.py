"""Before sending a statement made of nodes: find its compiled form, and read off its values."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from toolkit_core.compiler.dml import CompiledDML
from toolkit_core.compiler.node import CompiledNode, compile_node
from toolkit_core.compiler.writer import ResultColumn
from toolkit_core.engine.parts import EngineParts
from toolkit_core.engine.prepare import parameter_sets
from toolkit_core.engine.row_shape import RowShape, Shapes
from toolkit_core.expression.node import Node, plan_key


def prepared_node(
    parts: EngineParts, statement: Node, parameters: Any, cache: Any
) -> tuple[CompiledNode, Any, bool]:
    """Return the compiled statement, its values, and whether they are for ``executemany``."""
    structure, sharing, leaves = plan_key(statement)
    key: Any = structure if sharing is None else (structure, sharing)
    compiled = None if cache is None else cache.get(key)
    if compiled is None:
        compiled = _compiled(parts, statement, key, leaves, cache)
    if parameters is None:
        return compiled, compiled.from_leaves(leaves), False
    sets, many = parameter_sets(parameters)
    if many:
        return compiled, compiled.many_overridden(leaves, sets), True
    return compiled, compiled.overridden(leaves, sets[0] if sets else {}), False


def _compiled(
    parts: EngineParts, statement: Node, key: Any, leaves: Any, cache: Any
) -> CompiledNode:
    recall = getattr(cache, "recall", None)
    kept: CompiledNode | None = None if recall is None else recall(key)
    if kept is not None:
        return kept
    dialect = parts.dialect
    compiled = compile_node(statement, leaves, dialect.rules, dialect.style, dialect)
    compiled.shapes = shapes_of(compiled)
    if cache is not None and not statement.is_ddl:
        put = getattr(cache, "put", cache.__setitem__)
        put(key, compiled)
    return compiled


def shapes_of(compiled: CompiledNode) -> RowShape | Shapes:
    """Return the shape of the rows, or how to find it: text tells names only with its rows."""
    if all(column.is_placed for column in compiled.result):
        return shape_of(compiled)
    return Shapes(partial(_as_described, compiled.result))


def shape_of(compiled: CompiledNode | CompiledDML) -> RowShape:
    """Return the shape of the rows: names, and what else finds a column."""
    return RowShape(
        [column.name or "" for column in compiled.result],
        keys=[column.keys for column in compiled.result],
        strict=True,
        locate=partial(_alike, compiled.result),
    )


def _as_described(
    result: list[ResultColumn], names: tuple[str, ...], _description: Any
) -> RowShape:
    """Return the shape of rows whose columns the database names, as far as they are told."""
    if len(names) == len(result) and not any(column.by_name for column in result):
        placed: list[ResultColumn | None] = list(result)
    else:
        told = {column.name: column for column in result}
        placed = [told.get(name) for name in names]
    return RowShape(
        [
            name if column is None or column.name is None else column.name
            for name, column in zip(names, placed, strict=True)
        ],
        keys=[() if column is None else column.keys for column in placed],
        strict=True,
        locate=partial(_alike, placed),
    )


def _alike(result: Sequence[ResultColumn | None], wanted: Any) -> int | None:
    """Return where the only column is that has the structure of another: of the same, built anew.

    A compiled statement serves all of its structure, and knows the columns of the first.
    """
    if not isinstance(wanted, Node):
        return None
    structure = wanted.structure()
    found = [
        place
        for place, column in enumerate(result)
        if column is not None and column.keys and column.keys[0].structure() is structure
    ]
    return found[0] if len(found) == 1 else None
