"""SQLite's predicates where they differ."""

from __future__ import annotations

from typing import Any

from toolkit_core.compiler.ansi.predicates import refuse_regexp_replace
from toolkit_core.compiler.ansi.predicates import write_in as write_standard_in
from toolkit_core.compiler.expression_nodes import (
    BinaryExpression,
    BindParameter,
    Tuple,
    operators,
)
from toolkit_core.compiler.writer import Writer
from toolkit_sqlite.compiler.table import sqlite

op = operators


@sqlite.operator(op.in_op, op.not_in_op)
def write_in(w: Writer, binary: BinaryExpression[Any]) -> None:
    """Rows are VALUES, and an empty list a SELECT. https://sqlite.org/rowvalue.html."""
    right = binary.right
    if not isinstance(right, BindParameter):
        write_standard_in(w, binary)
        return
    negated = binary.operator is op.not_in_op
    width = len(binary.left.clauses) if isinstance(binary.left, Tuple) else 1
    ones = ", ".join(["1"] * width)
    w.text("(" * negated)
    w.operand(binary.left, op.COMPARING)
    w.text(f"{binary.operator.text}(")
    w.late(right, f"SELECT {ones} FROM (SELECT {ones}) WHERE 1!=1", before="VALUES ")
    w.text(")" + ")" * negated)


@sqlite.operator(op.regexp_match_op, op.not_regexp_match_op)
def write_regexp_match(w: Writer, binary: BinaryExpression[Any]) -> None:
    """REGEXP calls a function, which the driver defines. https://sqlite.org/lang_expr.html."""
    w.operand(binary.left, op.COMPARING)
    w.text(" REGEXP " if binary.operator is op.regexp_match_op else " NOT REGEXP ")
    w.operand(binary.right, op.COMPARING)


sqlite.operator(op.regexp_replace_op)(refuse_regexp_replace)
