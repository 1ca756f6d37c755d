"""Before sending a statement made of nodes: find its compiled form, and read off its values."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from toolkit_core.compiler.cache import keep, kept
from toolkit_core.compiler.compiled import Compiled
from toolkit_core.compiler.dml import CompiledDML
from toolkit_core.compiler.node import CompiledNode, compile_node
from toolkit_core.compiler.processors import result_processor
from toolkit_core.compiler.writer import ResultColumn
from toolkit_core.engine.parts import EngineParts
from toolkit_core.engine.prepare import parameter_sets
from toolkit_core.engine.row_shape import RowShape, Shapes
from toolkit_core.errors import InvalidRequestError, warn
from toolkit_core.expression.node import Node, plan_key

Schemas = Mapping[Any, Any] | None
# What writes a statement, given its leaves, and says what becomes of its rows.
Maker = Callable[[Node, Any, Any, Schemas], CompiledNode]


def prepared_node(
    parts: EngineParts,
    statement: Node,
    parameters: Any,
    cache: Any,
    schemas: Schemas = None,
    maker: Maker | None = None,
) -> tuple[Compiled, Any, bool]:
    """Return the compiled statement, its values, and whether they are for ``executemany``."""
    structure, sharing, leaves = plan_key(statement)
    key: Any = structure if sharing is None else (structure, sharing)
    if schemas:
        key = (key, schemas_key(schemas))
    if maker is not None:
        key = (maker, key)
    compiled: CompiledNode | None = None if cache is None else cache.get(key)
    if compiled is None:
        if not structure.interned:
            cache = None
        compiled = _compiled(parts, statement, key, leaves, cache, schemas, maker or made)
    if compiled.late is not None:
        return late_node(compiled, leaves, parameters)
    if parameters is None:
        return compiled, compiled.from_leaves(leaves), False
    sets, many = parameter_sets(parameters)
    if many:
        return compiled, compiled.many_given(leaves, sets), True
    return compiled, compiled.values(compiled.given(leaves, sets[0] if sets else {})), False


def schemas_key(schemas: Mapping[Any, Any]) -> Any:
    """Return what of the option ``schema_translate_map`` a compiled statement is found by."""
    return frozenset(schemas.items())


def late_node(compiled: CompiledNode, leaves: Any, parameters: Any) -> tuple[Compiled, Any, bool]:
    """Return the form of a statement for the very values, of which its SQL depends."""
    sets, many = parameter_sets(parameters)
    if many:
        refuse_many(compiled, sets)
    assert compiled.late is not None  # noqa: S101 - for the type checker; the caller has asked
    given = compiled.given(leaves, sets[0] if sets else {})
    form, values = compiled.late.form(compiled, given)
    return form, form.values(values), False


def refuse_many(compiled: Compiled, sets: Sequence[Mapping[str, Any]]) -> None:
    """Refuse many sets of values for a statement whose SQL would be another for each."""
    compiled.refuse(
        InvalidRequestError(
            "'literal_execute' or 'expanding' parameters can't be used with executemany()",
            hint="execute the statement once for each, or with one list of all",
        ),
        None,
        sets,
    )


def made(statement: Node, leaves: Any, dialect: Any, schemas: Schemas) -> CompiledNode:
    """Write a statement whose rows are what the database gives."""
    compiled = compile_node(statement, leaves, dialect, schemas)
    compiled.shapes = shapes_of(compiled, dialect)
    return compiled


def _compiled(
    parts: EngineParts,
    statement: Node,
    key: Any,
    leaves: Any,
    cache: Any,
    schemas: Schemas,
    maker: Maker,
) -> CompiledNode:
    found: CompiledNode | None = kept(cache, key)
    if found is not None:
        return found
    compiled = maker(statement, leaves, parts.dialect, schemas)
    if parts.from_linting:
        for warning in compiled.warnings:
            warn(warning)
    if not statement.is_ddl:
        keep(cache, key, compiled)
    return compiled


Locate = Callable[[Any], int | None]


def shapes_of(compiled: CompiledNode, dialect: Any) -> RowShape | Shapes:
    """Return the shape of the rows, or how to find it: text tells names only with its rows."""
    result = compiled.result
    if not result:
        return Shapes()
    return shape_by_columns(result, dialect, partial(_alike, result))


def shape_by_columns(
    result: list[ResultColumn], dialect: Any, locate: Locate, *, strict: bool = True
) -> RowShape | Shapes:
    """Return the shape of rows of these columns, or how to find it."""
    if not all(column.is_placed for column in result):
        return Shapes(partial(_as_described, result, dialect, locate, strict))
    return RowShape(
        [column.name or "" for column in result],
        keys=[column.keys for column in result],
        processors=[result_processor(column.type, dialect) for column in result],
        strict=strict,
        locate=locate,
    )


def shape_of(compiled: CompiledDML, dialect: Any) -> RowShape:
    """Return the shape of the rows: names, what else finds a column, what becomes of values."""
    result = compiled.result
    found = shape_by_columns(result, dialect, partial(_alike, result))
    assert isinstance(found, RowShape)  # noqa: S101 - what returns rows names them
    return found


def _as_described(
    result: list[ResultColumn],
    dialect: Any,
    locate: Locate,
    strict: bool,
    names: tuple[str, ...],
    description: Any,
) -> RowShape:
    """Return the shape of rows whose columns the database names, as far as they are told."""
    placed = _placed(result, names)
    as_told = len(names) == len(result)
    return RowShape(
        [
            name if column is None or column.name is None else column.name
            for name, column in zip(names, placed, strict=True)
        ],
        keys=[() if column is None else _keys(column, names) for column in placed],
        processors=[
            None if column is None else result_processor(column.type, dialect, described[1])
            for column, described in zip(placed, description, strict=True)
        ],
        strict=strict,
        locate=locate if as_told else partial(_alike, placed),
    )


def _keys(column: ResultColumn, names: tuple[str, ...]) -> tuple[Any, ...]:
    """Return what finds a column: of text also the name that it was told, if it is no other's."""
    told = getattr(column.keys[0], "key", None) if column.name is None else None
    return column.keys if told is None or told in names else (*column.keys, told)


def _placed(result: list[ResultColumn], names: tuple[str, ...]) -> list[ResultColumn | None]:
    """Return which of the columns that were told each column of the rows is."""
    if all(column.name is None for column in result):
        if len(result) > len(names):
            warn(
                f"Number of columns in textual SQL ({len(result)}) is smaller than number of "
                f"columns requested ({len(names)})"
            )
        return [*result[: len(names)], *[None] * (len(names) - len(result))]
    if len(names) == len(result) and not any(column.by_name for column in result):
        return list(result)
    told = {column.name: column for column in result if column.name is not None}
    return [told.get(name) for name in names]


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
