"""Rows as Arrow data, for dataframes and other databases: values by column, not by row.

Neither pyarrow nor nanoarrow is imported before it is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib import import_module
from itertools import chain
from typing import TYPE_CHECKING, Any

from toolkit_core.errors import ArgumentError, InvalidRequestError

if TYPE_CHECKING:
    from toolkit_core.engine.result import Result


def arrow_table(result: Result, schema: Any = None) -> Any:
    """Return all remaining rows as a table."""
    pyarrow = _pyarrow()
    names = list(result.keys())
    if pyarrow is None:
        return _nanoarrow_stream(names, result.all(), schema)
    schema = _schema(pyarrow, names, schema)
    arrays = _arrays(pyarrow, names, result.all(), schema)
    if schema is None:
        return pyarrow.Table.from_arrays(arrays, names=names)
    return pyarrow.Table.from_arrays(arrays, schema=schema)


def arrow_batches(result: Result, size: int, schema: Any = None) -> Any:
    """Return a reader of record batches."""
    pyarrow = _pyarrow()
    if pyarrow is None:
        raise _missing("arrow_batches() needs pyarrow")
    if size < 1:
        raise ArgumentError(f"the size of a batch must be at least 1, not {size}")
    names = list(result.keys())
    schema = _schema(pyarrow, names, schema)
    rows = result.fetchmany(size)
    first = _batch(pyarrow, names, rows, schema)
    schema = first.schema

    def batches() -> Iterator[Any]:
        while rows := result.fetchmany(size):
            yield _batch(pyarrow, names, rows, schema)

    some = [first] if rows else []
    return pyarrow.RecordBatchReader.from_batches(schema, chain(some, batches()))


def _batch(pyarrow: Any, names: list[str], rows: Sequence[Any], schema: Any) -> Any:
    arrays = _arrays(pyarrow, names, rows, schema)
    if schema is None:
        return pyarrow.RecordBatch.from_arrays(arrays, names=names)
    return pyarrow.RecordBatch.from_arrays(arrays, schema=schema)


def _arrays(pyarrow: Any, names: list[str], rows: Sequence[Any], schema: Any) -> list[Any]:
    """Return an array per column."""
    columns = list(zip(*rows, strict=True)) or [()] * len(names)
    arrays = []
    for position, (name, values) in enumerate(zip(names, columns, strict=True)):
        kind = None if schema is None else schema.field(position).type
        try:
            arrays.append(pyarrow.array(values, type=kind))
        except (pyarrow.ArrowException, TypeError, ValueError, OverflowError) as error:
            wanted = "one Arrow type" if kind is None else f"the Arrow type {kind}"
            raise InvalidRequestError(
                f"The values of column {name!r} do not fit {wanted}: {error}",
                hint="say the types: schema=pyarrow.schema({'name': pyarrow.string(), ...})",
            ) from error
    return arrays


def _schema(pyarrow: Any, names: list[str], schema: Any) -> Any:
    """Return the schema in the order of the columns."""
    if schema is None:
        return None
    if not isinstance(schema, pyarrow.Schema):
        schema = pyarrow.schema(schema)
    if sorted(schema.names) != sorted(names):
        raise ArgumentError(
            f"The schema has the fields {sorted(schema.names)}, the result the columns {names}"
        )
    if schema.names == names:
        return schema
    return pyarrow.schema([schema.field(name) for name in names])


# -- the libraries ---------------------------------------------------------------------------


def _pyarrow() -> Any:
    return _optional("pyarrow")


def _optional(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError:
        return None


def _missing(what: str) -> InvalidRequestError:
    return InvalidRequestError(f"{what}, which is not installed", hint="pip install pyarrow")


def _nanoarrow_stream(names: list[str], rows: Sequence[Any], schema: Any) -> Any:
    """Return rows as an array stream of nanoarrow, which builds plain types only."""
    nanoarrow = _optional("nanoarrow")
    if nanoarrow is None:
        raise _missing("arrow() needs pyarrow or nanoarrow")
    if schema is not None:
        raise _missing("arrow(schema=…) needs pyarrow")
    columns = list(zip(*rows, strict=True)) or [()] * len(names)
    types = [_nanoarrow_type(nanoarrow, name, c) for name, c in zip(names, columns, strict=True)]
    struct = nanoarrow.struct(dict(zip(names, types, strict=True)))
    children = [_nanoarrow_array(nanoarrow, c, t) for c, t in zip(columns, types, strict=True)]
    array = nanoarrow.c_array_from_buffers(struct, len(rows), [None], children=children)
    return nanoarrow.ArrayStream(nanoarrow.Array(array))


def _nanoarrow_array(nanoarrow: Any, values: Sequence[Any], kind: Any) -> Any:
    if all(value is None for value in values):
        return nanoarrow.c_array_from_buffers(kind, len(values), [], null_count=len(values))
    return nanoarrow.c_array(values, kind)


def _nanoarrow_type(nanoarrow: Any, name: str, values: Sequence[Any]) -> Any:
    kinds = {type(value) for value in values if value is not None}
    known = {
        bool: nanoarrow.bool_,
        int: nanoarrow.int64,
        float: nanoarrow.float64,
        str: nanoarrow.string,
        bytes: nanoarrow.binary,
    }
    if kinds == {int, float}:
        kinds = {float}
    if not kinds:
        return nanoarrow.null()
    kind = kinds.pop()
    if kinds or kind not in known:
        raise InvalidRequestError(
            f"nanoarrow has no type for the values of column {name!r}", hint="pip install pyarrow"
        )
    return known[kind]()
