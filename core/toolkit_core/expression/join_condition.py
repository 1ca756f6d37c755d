"""The condition that foreign keys give for joining two sources.

All that is asked of the schema: a column has ``foreign_keys``, and each of them tells its
``column`` (what it refers to), its ``parent`` (the column that has it) and its ``constraint``.
"""

from __future__ import annotations

from typing import Any

from toolkit_core.errors import (
    AmbiguousForeignKeysError,
    NoForeignKeysError,
    NoReferencedTableError,
)
from toolkit_core.expression import operators
from toolkit_core.expression.conditions import joined
from toolkit_core.expression.from_clause import FromClause

Pairs = list[tuple[Any, Any]]


def join_condition(left: FromClause, right: FromClause, only: FromClause | None = None) -> Any:
    """Return the condition that the foreign keys between two sources give.

    ``only`` is a member of the left side that is tried alone first: of a chain of joins, the
    one that was joined last.
    """
    found = paths_between(left, right, only)
    if not found:
        hint = "say how they belong together: .join(target, onclause)"
        if not len(right.c):
            hint = f"{right.description!r} has no columns; {hint}"
        raise NoForeignKeysError(
            "Can't find any foreign key relationships between "
            f"{left.description!r} and {right.description!r}.",
            hint=hint,
        )
    if len(found) > 1:
        ways = "; or ".join(_described(pairs) for pairs in found)
        raise AmbiguousForeignKeysError(
            f"Can't determine join between {left.description!r} and {right.description!r}; "
            "tables have more than one foreign key constraint relationship between them. "
            "Please specify the 'onclause' of this join explicitly.",
            hint=f"choose one: {ways}",
        )
    return joined(operators.and_, tuple([one == other for one, other in found[0]]))


def can_join(left: Any, right: Any) -> bool:
    """Tell whether foreign keys give at least one way to join two sources."""
    if not isinstance(left, FromClause) or not isinstance(right, FromClause):
        return False
    return bool(paths_between(left, right, None))


def paths_between(left: FromClause, right: FromClause, only: FromClause | None) -> list[Pairs]:
    """Return, for each foreign key between two sources, the pairs of columns that it joins."""
    for side in (only, left):
        if side is None:
            continue
        found: dict[int, Pairs] = {}
        _add_paths(side, right, found)
        if side is not right:
            _add_paths(right, side, found)
        if found:
            return _distinct(list(found.values()))
    return []


def _add_paths(referred: FromClause, referring: FromClause, found: dict[int, Pairs]) -> None:
    """Add the pairs of those foreign keys of the one that refer to the other."""
    for column in referring.c:
        for key in _in_order(getattr(column, "foreign_keys", ())):
            refers_to = _column_of(key, referred)
            target = None if refers_to is None else referred.c.corresponding_column(refers_to)
            if target is not None:
                constraint = getattr(key, "constraint", None)
                pairs = found.setdefault(id(key if constraint is None else constraint), [])
                pairs.append((target, column))


def _column_of(key: Any, referred: FromClause) -> Any:
    """Return the column that a foreign key refers to; None: it is of a table not yet there."""
    try:
        return key.column
    except NoReferencedTableError as error:
        if error.table_name == getattr(referred, "name", None):
            raise
        return None


def _in_order(keys: Any) -> Any:
    """Return the foreign keys of a column in the order in which they were made."""
    return sorted(keys, key=_creation) if len(keys) > 1 else keys


def _creation(key: Any) -> int:
    order: int = getattr(key, "_creation_order", 0)
    return order


def _distinct(found: list[Pairs]) -> list[Pairs]:
    """Return the paths without those that say what another says."""
    seen: set[frozenset[tuple[int, int]]] = set()
    kept = []
    for pairs in found:
        told = frozenset((id(one), id(other)) for one, other in pairs)
        if told not in seen:
            seen.add(told)
            kept.append(pairs)
    return kept


def _described(pairs: Pairs) -> str:
    return " and ".join(
        f"{one.table.description}.{one.name} = {other.table.description}.{other.name}"
        for one, other in pairs
    )
