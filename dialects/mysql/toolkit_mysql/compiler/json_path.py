"""Looking into JSON.

https://dev.mysql.com/doc/refman/9.0/en/json-search-functions.html#function_json-extract
"""

from __future__ import annotations

from typing import Any

from toolkit_core.compiler.expression_nodes import BinaryExpression, operators
from toolkit_core.compiler.writer import Writer
from toolkit_core.dialect.types import JSON, Boolean, Float, Integer, Numeric
from toolkit_mysql.compiler.table import mysql

op = operators


@mysql.operator(op.json_getitem_op, op.json_path_getitem_op)
def write_json_index(w: Writer, binary: BinaryExpression[Any]) -> None:
    """Write JSON_EXTRACT, and what makes of its result what is asked for.

    JSON's null becomes NULL, which it is not by itself.
    """
    type_ = binary.type
    if isinstance(type_, JSON):
        _write_extract(w, binary)
        return
    w.text("CASE ")
    _write_extract(w, binary)
    w.text(" WHEN 'null' THEN NULL")
    if isinstance(type_, Boolean):
        w.text(" WHEN true THEN true ELSE false END")
        return
    w.text(" ELSE ")
    before, behind = _around(binary)
    w.text(before)
    _write_extract(w, binary)
    w.text(behind + " END")


def _around(binary: BinaryExpression[Any]) -> tuple[str, str]:
    """Return what stands around the function for a type."""
    type_ = binary.type
    if isinstance(type_, Integer):
        return "CAST(", " AS SIGNED INTEGER)"
    if isinstance(type_, Numeric):
        digits = "" if type_.precision is None else f"({type_.precision}, {type_.scale or 0})"
        return "CAST(", f" AS DECIMAL{digits})"
    if isinstance(type_, Float):
        # MariaDB has CAST AS DOUBLE only since 10.4, and this does the same.
        return "", "+0.0000000000000000000000"
    return "JSON_UNQUOTE(", ")"


def _write_extract(w: Writer, binary: BinaryExpression[Any]) -> None:
    w.text("JSON_EXTRACT(")
    w.operand(binary.left, op.LISTED)
    w.text(", ")
    w.operand(binary.right, op.LISTED)
    w.text(")")
