"""Columns without those that are always equal to another one of them."""

from __future__ import annotations

from typing import Any

from toolkit_core.expression import operators
from toolkit_core.expression.binary import BinaryExpression
from toolkit_core.expression.conditions import BooleanClauseList


def without_repeats(
    columns: list[Any], conditions: tuple[Any, ...], *, only_synonyms: bool
) -> list[Any]:
    """Return columns without those that a foreign key or a condition makes equal to another.

    With ``only_synonyms`` only those go that are called like the other.
    """
    columns = list({id(column): column for column in columns}.values())
    equal = _equalities(conditions)
    gone: set[int] = set()
    for column in columns:
        for other in columns:
            if other is column or id(other) in gone or id(column) in gone:
                continue
            if only_synonyms and column.name != other.name:
                continue
            if _refers(column, other) or (
                frozenset((id(column), id(other))) in equal and _comes_first(other, column, columns)
            ):
                gone.add(id(column))
    return [column for column in columns if id(column) not in gone]


def _refers(column: Any, other: Any) -> bool:
    return any(key.column is other for key in getattr(column, "foreign_keys", ()))


def _comes_first(one: Any, other: Any, columns: list[Any]) -> bool:
    return next(column for column in columns if column is one or column is other) is one


def _equalities(conditions: tuple[Any, ...]) -> set[frozenset[int]]:
    found: set[frozenset[int]] = set()
    for condition in conditions:
        if isinstance(condition, BooleanClauseList) and condition.operator is operators.and_:
            found |= _equalities(condition.clauses)
        elif isinstance(condition, BinaryExpression) and condition.operator is operators.eq:
            found.add(frozenset((id(condition.left), id(condition.right))))
    return found
