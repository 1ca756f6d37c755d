"""MySQL's predicates where they differ."""

from __future__ import annotations

from typing import Any

from toolkit_core.compiler.ansi.predicates import LIKE_FORMS
from toolkit_core.compiler.expression_nodes import (
    BinaryExpression,
    ColumnElement,
    operators,
)
from toolkit_core.compiler.writer import Writer
from toolkit_core.dialect.types import quoted
from toolkit_mysql.compiler.table import mariadb, mysql

op = operators


@mysql.operator(op.between_op, op.not_between_op)
def write_between(w: Writer, binary: BinaryExpression[Any]) -> None:
    """Write BETWEEN; SYMMETRIC is not there, but functions that tell which bound is lower."""
    w.operand(binary.left, op.COMPARING)
    w.text(binary.operator.text)
    low, high = binary.right.clauses
    if not binary.modifiers:
        w.operand(low, op.JOINT)
        w.text(" AND ")
        w.operand(high, op.JOINT)
        return
    for before, function in (("", "LEAST("), (" AND ", "GREATEST(")):
        w.text(before + function)
        w.operand(low, op.LISTED)
        w.text(", ")
        w.operand(high, op.LISTED)
        w.text(")")


@mysql.operator(*LIKE_FORMS)
def write_like(w: Writer, binary: BinaryExpression[Any]) -> None:
    """Write LIKE; what stands around the pattern is joined to it by a function."""
    form = LIKE_FORMS[binary.operator]
    strength = op.LISTED if form.folds else op.COMPARING
    _write_folded(w, binary.left, strength, folds=form.folds)
    w.text(" NOT LIKE " if form.negated else " LIKE ")
    if form.before or form.after:
        w.safe("concat(" + "'%', " * bool(form.before))
        _write_folded(w, binary.right, op.LISTED, folds=form.folds)
        w.safe(", '%'" * bool(form.after) + ")")
    else:
        _write_folded(w, binary.right, strength, folds=form.folds)
    for _, escape in binary.modifiers:
        w.safe(f" ESCAPE {quoted(escape, w.style)}")


def _write_folded(w: Writer, node: ColumnElement[Any], strength: int, *, folds: bool) -> None:
    w.text("lower(" * folds)
    w.operand(node, strength)
    w.text(")" * folds)


# -- regular expressions ------------------------------------------------------------------


def flags_of(binary: BinaryExpression[Any]) -> str | None:
    """Return the flags of a regular expression."""
    for name, flags in binary.modifiers:
        if name == "flags":
            return str(flags)
    return None


@mysql.operator(op.regexp_match_op, op.not_regexp_match_op)
def write_regexp_match(w: Writer, binary: BinaryExpression[Any]) -> None:
    """Write REGEXP, or with flags the function that takes them.

    https://dev.mysql.com/doc/refman/9.0/en/regexp.html
    """
    negated = binary.operator is op.not_regexp_match_op
    flags = flags_of(binary)
    if flags is None:
        write_regexp(w, binary)
        return
    w.text("NOT REGEXP_LIKE(" if negated else "REGEXP_LIKE(")
    w.operand(binary.left, op.LISTED)
    w.text(", ")
    w.operand(binary.right, op.LISTED)
    w.safe(f", {quoted(flags, w.style)})")


def write_regexp(w: Writer, binary: BinaryExpression[Any], flags: str | None = None) -> None:
    """Write REGEXP, with flags as a part of the pattern."""
    w.operand(binary.left, op.COMPARING)
    w.text(" NOT REGEXP " if binary.operator is op.not_regexp_match_op else " REGEXP ")
    write_pattern(w, binary.right, flags, op.COMPARING)


def write_pattern(
    w: Writer, pattern: ColumnElement[Any], flags: str | None, strength: int = op.LISTED
) -> None:
    """Write a pattern, with flags before it."""
    if flags is None:
        w.operand(pattern, strength)
        return
    w.safe(f"CONCAT('(?', {quoted(flags, w.style)}, ')', ")
    w.operand(pattern, op.LISTED)
    w.text(")")


@mariadb.operator(op.regexp_match_op, op.not_regexp_match_op)
def write_mariadb_match(w: Writer, binary: BinaryExpression[Any]) -> None:
    """Write REGEXP: flags stand in the pattern.

    https://mariadb.com/docs/server/reference/sql-functions/string-functions/regular-expressions-functions/pcre
    """
    write_regexp(w, binary, flags_of(binary))


@mysql.operator(op.regexp_replace_op)
def write_regexp_replace(w: Writer, binary: BinaryExpression[Any]) -> None:
    """Write the function, whose flags follow the number of the first character and match."""
    flags = flags_of(binary)
    w.text("REGEXP_REPLACE(")
    w.operand(binary.left, op.LISTED)
    w.text(", ")
    w.write(binary.right)
    if flags is not None:
        w.safe(f", 1, 0, {quoted(flags, w.style)}")
    w.text(")")


@mariadb.operator(op.regexp_replace_op)
def write_mariadb_replace(w: Writer, binary: BinaryExpression[Any]) -> None:
    """Write the function: flags stand in the pattern."""
    pattern, replacement = binary.right.clauses
    w.text("REGEXP_REPLACE(")
    w.operand(binary.left, op.LISTED)
    w.text(", ")
    write_pattern(w, pattern, flags_of(binary))
    w.text(", ")
    w.operand(replacement, op.LISTED)
    w.text(")")


# -- full text ----------------------------------------------------------------------------


@mysql.operator(op.match_op, op.not_match_op)
def write_match(w: Writer, binary: BinaryExpression[Any]) -> None:
    """Write a search of the full text, by what the pattern's signs mean.

    https://dev.mysql.com/doc/refman/9.0/en/fulltext-boolean.html
    """
    w.text("NOT MATCH (" if binary.operator is op.not_match_op else "MATCH (")
    w.write(binary.left)
    w.text(") AGAINST (")
    w.operand(binary.right, op.LISTED)
    w.text(" IN BOOLEAN MODE)")
