"""Before an INSERT, UPDATE or DELETE is sent: its compiled form, its values, its defaults."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from toolkit_core.compiler.cache import keep, kept
from toolkit_core.compiler.dml import CompiledDML, compile_dml
from toolkit_core.engine.default_context import DefaultContext
from toolkit_core.engine.parts import EngineParts
from toolkit_core.engine.prepare import parameter_sets
from toolkit_core.engine.prepare_node import Schemas, schemas_key, shape_of
from toolkit_core.errors import InvalidRequestError, UnsupportedCompilationError, warn
from toolkit_core.expression.dml import DML
from toolkit_core.expression.given_row import GivenRow
from toolkit_core.expression.keys import Key
from toolkit_core.expression.node import plan_key
from toolkit_core.lower.lowering import lowered

if TYPE_CHECKING:
    from toolkit_core.engine.connection import Connection

Sets = Sequence[Mapping[str, Any]]
_NOTHING: Mapping[str, Any] = {}


def prepared_dml(
    conn: Connection, statement: DML, parameters: Any, cache: Any, schemas: Schemas = None
) -> tuple[CompiledDML, Sets, bool]:
    """Return the compiled statement, the values of each set by name, and whether many."""
    given: Sets
    if parameters is None:
        given, many = (), False
    elif parameters.__class__ is dict:
        given, many = (parameters,), False
    else:
        given, many = parameter_sets(parameters)
    compiled, leaves = _found(conn._parts, statement, given, many, cache, schemas)
    own = compiled.own(leaves) if leaves or compiled.fixed else _NOTHING
    if compiled.by_rows is not None:
        given, many = rows_given(compiled, leaves, given), True
    if not given:
        given = (own,)
    elif own:
        given = [{**own, **one} for one in given]
    if many and len(set(map(len, given))) > 1:
        tell_of_extra(compiled, given)
    if compiled.sent:
        given = with_defaults(conn, compiled, given)
    return compiled, given, many


def _found(
    parts: EngineParts, statement: DML, given: Sets, many: bool, cache: Any, schemas: Schemas
) -> tuple[CompiledDML, tuple[Any, ...]]:
    """Return the compiled statement, and the leaves that its values are read off."""
    structure, sharing, leaves = plan_key(statement)
    names = tuple(given[0]) if given else ()
    wanted = (names, many, schemas)
    key = _key(structure, sharing, wanted, has_given=bool(given))
    compiled = None if cache is None else cache.get(key)
    if compiled is not None:
        return compiled, leaves
    if not structure.interned:
        cache = None
    if structure.lowering is None:
        return _compiled(parts, statement, key, cache, wanted), leaves
    compiled = kept(cache, key)
    if compiled is not None:
        return compiled, leaves
    # Of a mapped class: values of its rows may go by other names than those of the table's.
    statement = lowered(statement)
    structure, sharing, own = plan_key(statement)
    plain_key = _key(structure, sharing, wanted, has_given=bool(given))
    compiled = _compiled(parts, statement, plain_key, cache, wanted)
    if len(own) == len(leaves) and all(map(_has_same_values, own, leaves)):
        # The values are at the same places: the next of its kind is found at once.
        keep(cache, key, compiled)
    return compiled, own


def _has_same_values(one: Any, other: Any) -> bool:
    """Tell whether the values of one leaf can be read off the other."""
    if one is other:
        return True
    return one.__class__ is other.__class__ is GivenRow and one.names == other.names


def _key(
    structure: Key,
    sharing: tuple[int, ...] | None,
    wanted: tuple[tuple[str, ...], bool, Schemas],
    *,
    has_given: bool,
) -> Any:
    """Return what a statement is found by in the cache."""
    names, many, schemas = wanted
    key: Any
    if sharing is None and not many:
        # As the short way looks for it.
        key = (structure, names) if has_given else structure
    else:
        key = (structure, sharing, names, many)
    return (key, schemas_key(schemas)) if schemas else key


def rows_given(compiled: CompiledDML, leaves: Sequence[Any], given: Sets) -> Sets:
    """Return the rows that a statement goes by, each with the values of the execution."""
    rows: Sets = leaves[compiled.by_rows or 0].rows
    if not given:
        return rows
    if len(given) > 1:
        raise InvalidRequestError(
            "A statement that goes by rows is executed with one set of parameters",
            hint="give all the rows to from_rows()",
        )
    return [{**given[0], **row} for row in rows]


def tell_of_extra(compiled: CompiledDML, given: Sets) -> None:
    """Warn of values of later sets that are not sent, since the first set has none."""
    first = given[0]
    columns = compiled.table.c
    for number, one in enumerate(given):
        extra = [name for name in one if name not in first and name in columns]
        if extra:
            warn(
                f"Set {number} has a value for {extra[0]!r}, and the first set has none: the "
                "first decides which columns are written, so this value is not sent"
            )
            return


def _compiled(
    parts: EngineParts,
    statement: DML,
    key: Any,
    cache: Any,
    wanted: tuple[tuple[str, ...], bool, Schemas],
) -> CompiledDML:
    found: CompiledDML | None = kept(cache, key)
    if found is not None:
        return found
    dialect = parts.dialect
    names, many, schemas = wanted
    compiled = compile_dml(statement, names, dialect, many=many, schemas=schemas)
    if parts.from_linting:
        for warning in compiled.warnings:
            warn(warning)
    if compiled.result and not dialect.capabilities.returning:
        raise UnsupportedCompilationError(
            f"The database of dialect {dialect.name!r} has no RETURNING",
            hint="select the rows after they were written",
        )
    compiled.shapes = shape_of(compiled, dialect)
    keep(cache, key, compiled)
    return compiled


def with_defaults(conn: Connection, compiled: CompiledDML, sets: Sets) -> list[dict[str, Any]]:
    """Return the sets with the default values that are to be sent, made for each row."""
    isinsert = compiled.is_insert
    filled = []
    for one in sets:
        row = dict(one)
        for name, default, column, number in compiled.sent:
            if default.is_callable:
                context = DefaultContext(conn, column, row, number, isinsert=isinsert)
                try:
                    row[name] = default.arg(context)
                except Exception as error:  # noqa: BLE001 - raised with the statement it is for
                    compiled.refuse(error, None, sets if len(sets) > 1 else sets[0])
            else:
                row[name] = default.arg
        filled.append(row)
    return filled


def driver_form(compiled: CompiledDML, sets: Sets, *, many: bool) -> tuple[str, Any]:
    """Return the SQL to send, and its values as the driver takes them."""
    if compiled.late is not None:
        return compiled.expanded(sets, many=many)
    return compiled.sql, driver_sets(compiled, sets) if many else compiled.values(sets[0])


def driver_sets(compiled: CompiledDML, sets: Sets, start: int = 0) -> list[Any]:
    """Return the values of each set as the driver takes them; errors count from ``start``."""
    if not compiled.names:
        return [compiled.no_values] * len(sets)
    if len(sets) == 1:
        return [compiled.values(sets[0])]
    return compiled.many_values(sets, start)
