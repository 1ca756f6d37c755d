"""Looking into values: what brackets after an expression of JSON, or of an array, make."""

from __future__ import annotations

from typing import Any

from toolkit_core.expression import operators as op
from toolkit_core.expression.binary import BinaryExpression, binary
from toolkit_core.expression.coerce import expression
from toolkit_core.expression.column_element import ColumnElement
from toolkit_core.expression.node import child, declared
from toolkit_core.expression.operators import Operator
from toolkit_core.expression.params import BindParameter
from toolkit_core.types import ARRAY, JSON, Integer, TypeEngine
from toolkit_core.types.coercion import looked_into, undecorated


@declared
class Slice(ColumnElement[Any]):
    """``start:stop:step`` between the brackets after an array."""

    visit_name = "slice"

    start: ColumnElement[Any] | None = child(default=None)
    stop: ColumnElement[Any] | None = child(default=None)
    step: ColumnElement[Any] | None = child(default=None)


def indexed(left: ColumnElement[Any], _operator: Operator, index: Any) -> ColumnElement[Any]:
    """Return what stands at an index, as the type of the value has it."""
    kind = undecorated(left.type)
    if isinstance(kind, JSON):
        return _in_json(left, index)
    if isinstance(kind, ARRAY):
        return _in_array(left, index, kind)
    raise NotImplementedError("Operator 'getitem' is not supported on this expression")


def _in_json(left: ColumnElement[Any], index: Any) -> BinaryExpression[Any]:
    path = not isinstance(index, (str, int, ColumnElement)) and hasattr(index, "__iter__")
    operator = op.json_path_getitem_op if path else op.json_getitem_op
    found = tuple(index) if path else index
    return binary(left, operator, _index(found, left, _step(found)), (), left.type)


def _step(found: Any) -> TypeEngine[Any]:
    if isinstance(found, tuple):
        return JSON.JSONPathType()
    return JSON.JSONIntIndexType() if isinstance(found, int) else JSON.JSONStrIndexType()


def _in_array(left: ColumnElement[Any], index: Any, kind: ARRAY[Any]) -> BinaryExpression[Any]:
    whole = Integer()
    shift = int(kind.zero_indexes)
    if not isinstance(index, slice):
        moved = index + shift if shift else index
        return binary(left, op.getitem, _index(moved, left, whole), (), looked_into(left.type))
    start, stop, step = [
        None if one is None else _index(one + moved if moved else one, left, whole)
        for one, moved in ((index.start, shift), (index.stop, shift), (index.step, 0))
    ]
    return binary(left, op.getitem, Slice(start, stop, step), (), left.type)


def _index(found: Any, left: ColumnElement[Any], type_: TypeEngine[Any]) -> ColumnElement[Any]:
    if isinstance(found, tuple):
        made: BindParameter[Any] = BindParameter()
        made.value, made.type = found, type_
        if left.names_parameter is not None:
            made.hint = left.names_parameter
        return made
    return expression(found, type_, left.names_parameter)


op.getitem.build = indexed
