"""PostgreSQL's predicates where they differ.

https://www.postgresql.org/docs/current/functions-matching.html
"""

from __future__ import annotations

from typing import Any

from toolkit_core.compiler.ansi.predicates import LIKE_FORMS
from toolkit_core.compiler.expression_nodes import BinaryExpression, operators
from toolkit_core.compiler.writer import Writer
from toolkit_core.dialect.types import quoted
from toolkit_postgresql.compiler.operators import write_operand
from toolkit_postgresql.compiler.table import postgresql

op = operators

_FOLDING = [operator for operator, form in LIKE_FORMS.items() if form.folds]


@postgresql.operator(*_FOLDING)
def write_ilike(w: Writer, binary: BinaryExpression[Any]) -> None:
    """Write ILIKE, or one of its relatives by it."""
    form = LIKE_FORMS[binary.operator]
    w.operand(binary.left, op.COMPARING)
    w.safe(f"{' NOT' * form.negated} ILIKE {form.before}")
    w.operand(binary.right, op.COMPARING)
    w.safe(form.after)
    for _, escape in binary.modifiers:
        w.safe(f" ESCAPE {quoted(escape, w.style)}")


@postgresql.operator(op.regexp_match_op, op.not_regexp_match_op)
def write_regexp_match(w: Writer, binary: BinaryExpression[Any]) -> None:
    """Write ~; flags but for i stand in the expression itself.

    https://www.postgresql.org/docs/current/functions-matching.html#POSIX-METASYNTAX
    """
    flags = dict(binary.modifiers).get("flags")
    sign = "!~" if binary.operator is op.not_regexp_match_op else "~"
    write_operand(w, binary.left, binary.operator)
    if flags is None or flags == "i":
        w.text(f" {sign}{'*' * (flags == 'i')} ")
        write_operand(w, binary.right, binary.operator)
        return
    w.safe(f" {sign} CONCAT('(?', {quoted(flags, w.style)}, ')', ")
    w.write(binary.right)
    w.text(")")


@postgresql.operator(op.regexp_replace_op)
def write_regexp_replace(w: Writer, binary: BinaryExpression[Any]) -> None:
    """Write REGEXP_REPLACE."""
    flags = dict(binary.modifiers).get("flags")
    w.text("REGEXP_REPLACE(")
    w.write(binary.left)
    w.text(", ")
    w.write(binary.right)
    if flags is not None:
        w.safe(f", {quoted(flags, w.style)}")
    w.text(")")


@postgresql.operator(op.match_op, op.not_match_op)
def write_match(w: Writer, binary: BinaryExpression[Any]) -> None:
    """Write a search for all words of a text.

    https://www.postgresql.org/docs/current/textsearch-controls.html
    """
    configuration = dict(binary.modifiers).get("postgresql_regconfig")
    w.text("NOT " * (binary.operator is op.not_match_op))
    w.operand(binary.left, op.COMPARING)
    w.text(" @@ plainto_tsquery(")
    if configuration is not None:
        w.safe(f"{quoted(str(configuration), w.style)}, ")
    w.write(binary.right)
    w.text(")")
