"""Writing IN, BETWEEN, LIKE and its relatives."""

from __future__ import annotations

from typing import Any

from toolkit_core.compiler.ansi.table import ansi
from toolkit_core.compiler.writer import Writer
from toolkit_core.errors import CompileError
from toolkit_core.expression import operators as op
from toolkit_core.expression.elements import BinaryExpression, BindParameter, Tuple


@ansi.operator(op.in_op, op.not_in_op)
def write_in(w: Writer, binary: BinaryExpression[Any]) -> None:
    """Write IN; a list of values is written when it is known how long it is."""
    negated = binary.operator is op.not_in_op
    if negated:
        w.text("(")
    w.operand(binary.left, op.COMPARING)
    w.text(binary.operator.text)
    right = binary.right
    if isinstance(right, BindParameter):
        w.text("(")
        width = len(binary.left.clauses) if isinstance(binary.left, Tuple) else 0
        w.late(right, empty_list(width, negated=negated))
        w.text(")")
    elif isinstance(right, Tuple) or not hasattr(right, "clauses"):
        grouped = getattr(right, "stands_as_expression", False)
        w.text("(" * grouped)
        w.write(right)
        w.text(")" * grouped)
    else:
        w.text("(")
        w.write(right)
        w.text(")")
    if negated:
        w.text(")")


def empty_list(width: int, *, negated: bool) -> str:
    """Return what stands in parentheses for an empty list: nothing is in it, not even NULL."""
    row = f"({', '.join(['NULL'] * width)})" if width else "NULL"
    return f"{row}) OR (1 = 1" if negated else f"{row}) AND (1 != 1"


@ansi.operator(op.between_op, op.not_between_op)
def write_between(w: Writer, binary: BinaryExpression[Any]) -> None:
    """Write BETWEEN; a bound that is itself a condition needs parentheses."""
    w.operand(binary.left, op.COMPARING)
    w.text(binary.operator.text)
    if binary.modifiers:
        w.text("SYMMETRIC ")
    low, high = binary.right.clauses
    w.operand(low, op.JOINT)
    w.text(" AND ")
    w.operand(high, op.JOINT)


class LikeForm:
    """How one of LIKE's relatives is written: what stands around the pattern, and in what case."""

    __slots__ = ("after", "before", "folds", "negated")

    def __init__(self, before: str, after: str, *, folds: bool, negated: bool) -> None:
        self.before = before
        self.after = after
        self.folds = folds
        self.negated = negated


_AROUND = {
    "like": ("", ""),
    "startswith": ("", " || '%'"),
    "endswith": ("'%' || ", ""),
    "contains": ("'%' || ", " || '%'"),
}


def _forms() -> dict[op.Operator, LikeForm]:
    found = {}
    for plain, (before, after) in _AROUND.items():
        for folds in (False, True):
            for negated in (False, True):
                name = f"{'not_' * negated}{'i' * folds}{plain}_op"
                form = LikeForm(before, after, folds=folds, negated=negated)
                found[op.OPERATORS[name]] = form
    return found


LIKE_FORMS = _forms()


@ansi.operator(*LIKE_FORMS)
def write_like(w: Writer, binary: BinaryExpression[Any]) -> None:
    """Write LIKE, or one of its relatives by it; those that fold case compare in lower case."""
    form = LIKE_FORMS[binary.operator]
    fold, folded = ("lower(", ")") if form.folds else ("", "")
    strength = op.LISTED if form.folds else op.COMPARING
    w.text(fold)
    w.operand(binary.left, strength)
    w.text(f"{folded}{' NOT' * form.negated} LIKE {form.before}{fold}")
    w.operand(binary.right, strength)
    w.text(f"{folded}{form.after}")
    for _, escape in binary.modifiers:
        quoted = escape.replace("'", "''")
        w.text(f" ESCAPE '{quoted}'")


@ansi.operator(op.regexp_match_op, op.not_regexp_match_op)
def write_regexp_match(w: Writer, binary: BinaryExpression[Any]) -> None:
    """Write what no standard spells: legible, but not to be sent."""
    w.operand(binary.left, op.COMPARING)
    w.text(binary.operator.text)
    w.operand(binary.right, op.COMPARING)


@ansi.operator(op.regexp_replace_op)
def write_regexp_replace(w: Writer, binary: BinaryExpression[Any]) -> None:
    """Write what no standard spells: legible, but not to be sent."""
    w.text("<regexp replace>(")
    w.write(binary.left)
    w.text(", ")
    w.write(binary.right)
    w.text(")")


def refuse_regexp_replace(w: Writer, _binary: BinaryExpression[Any]) -> None:
    """Refuse to replace by regular expressions, for dialects that cannot."""
    raise CompileError(
        f"{w.rules.name} dialect does not support regular expression replacements",
        hint="a function of your own may do it: func.my_replace(...)",
    )
