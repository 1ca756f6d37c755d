"""Many rows of one shape as one statement, for drivers that would send one statement for each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from toolkit_core.compiler.unique_keys import unique_keys
from toolkit_core.expression.delete import delete
from toolkit_core.expression.given_rows import GivenRows
from toolkit_core.expression.update import update

if TYPE_CHECKING:
    from toolkit_orm.unit_of_work.written import WrittenTable

Rows = Sequence[Mapping[str, Any]]
# A statement, and the sets of values that it is executed with.
Sent = tuple[Any, Any]
# From how many rows on it costs less: for two or three it is too long to be cheaper.
FEWEST = 4
# Constraints in which rows do not meet, or that make up keys, which are looked for apart.
_KNOWN = frozenset(
    (
        "foreign_key_constraint",
        "primary_key_constraint",
        "table_or_column_check_constraint",
        "unique_constraint",
    )
)


def updates(
    facts: WrittenTable, statement: Any, names: Iterable[str], rows: Rows, dialect: Any
) -> Sent:
    """Return what updates rows: the one statement for all of them, or the one for each.

    ``names`` are the attributes that are set.
    """
    if len(rows) < FEWEST or not _may_update(facts, frozenset(names), dialect):
        return statement, rows if len(rows) > 1 else rows[0]
    return update(facts.table).but(by_rows=_given(facts.table, facts.found_by, rows)), None


def updates_by_key(
    facts: WrittenTable, statement: Any, names: Iterable[str], rows: Rows, dialect: Any
) -> Sent:
    """Do it for rows that users have given: if two are for one key, the second comes after."""
    if len(rows) < FEWEST or not _are_distinct(facts, rows):
        return statement, rows
    return updates(facts, statement, names, rows, dialect)


def _are_distinct(facts: WrittenTable, rows: Rows) -> bool:
    found_by = [facts.was + column.key for column in facts.primary]
    try:
        return len({tuple([row[name] for name in found_by]) for row in rows}) == len(rows)
    except TypeError:
        # What Python cannot compare, the database does.
        return False


def deletes(
    table: Any, found_by: Mapping[str, Any], statement: Any, rows: Rows, dialect: Any
) -> Sent:
    """Return what deletes rows of a table, by the columns of these names."""
    is_wanted = dialect.capabilities.batches_changes and _is_by_values(found_by)
    if len(rows) < FEWEST or not is_wanted:
        return statement, rows if len(rows) > 1 else rows[0]
    return delete(table).but(by_rows=_given(table, found_by, rows)), None


def _may_update(facts: WrittenTable, names: frozenset[str], dialect: Any) -> bool:
    if not dialect.capabilities.batches_changes:
        return False
    known = ("together", names)
    found: bool | None = facts.shapes.get(known)
    if found is None:
        found = facts.remember(known, _is_independent(facts, names))
    return found


def _is_independent(facts: WrittenTable, names: frozenset[str]) -> bool:
    """Tell whether it does not matter to any row which of the others were updated before it.

    It does where a row may need what another has had, or a value is made from what the others
    have: one statement takes rows in an order of its own, and none of them sees the others.
    """
    if getattr(facts.table, "is_view", False):
        # Its rows may be made of several, and then none of them can be locked.
        return False
    set_here = {facts.columns[name].key for name in names}
    if not all(set_here.isdisjoint(key) for key in unique_keys(facts.table)):
        return False
    if any(one.visit_name not in _KNOWN for one in getattr(facts.table, "constraints", ())):
        # One of a database's own, that excludes rows for each other.
        return False
    return facts.counting_updates <= names and _is_by_values(facts.found_by)


def _is_by_values(found_by: Mapping[str, Any]) -> bool:
    # A column of the server's own is of a type that compares with none of ours.
    return not any(getattr(column, "system", False) for column in found_by.values())


def _given(table: Any, found_by: Mapping[str, Any], rows: Rows) -> GivenRows:
    names = tuple(rows[0])
    columns = table.c
    told = tuple([found_by[name] if name in found_by else columns[name] for name in names])
    by = tuple([name for name in names if name in found_by])
    return GivenRows(names, told, rows, by, in_order=True)
