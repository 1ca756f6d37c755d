"""Rows that were not found when they were to be written: which, and what is said of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from toolkit_core.errors import StatementError
from toolkit_core.expression.select import select
from toolkit_orm.errors import StaleDataError
from toolkit_orm.instrument.state import InstanceState
from toolkit_orm.query.key_expression import key_expression

if TYPE_CHECKING:
    from toolkit_orm.unit_of_work.written import WrittenTable

Rows = Sequence[Mapping[str, Any]]
# So many are named.
_SHOWN = 3
_PAGE = 500


def stale_rows(
    verb: str,
    facts: WrittenTable,
    states: Sequence[InstanceState],
    rows: Rows,
    matched: int,
    connection: Any,
) -> StaleDataError:
    """Return the error for objects whose rows were not all matched, with those that were not."""
    found = _not_matched(verb, facts, states, rows, len(rows) - matched, connection)
    shown = ", ".join([_shown(state) for state in found[:_SHOWN]])
    which = f"the row of {shown}" if len(found) == 1 else "a row"
    if len(found) > 1:
        more = f" and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
        which = f"the rows of {shown}{more}"
    return StaleDataError(
        f"{verb.upper()} statement on table {facts.table.name!r} expected to {verb} "
        f"{len(rows)} row(s); {matched} were matched.",
        hint=f"somebody else has changed or deleted {which} meanwhile: roll back and load anew",
    )


def _shown(state: InstanceState) -> str:
    return f"{state.mapper.class_.__name__} {state.pk!r}"


def _not_matched(
    verb: str,
    facts: WrittenTable,
    states: Sequence[InstanceState],
    rows: Rows,
    missed: int,
    connection: Any,
) -> list[InstanceState]:
    """Return the objects that were not matched; none where that cannot be told for sure.

    A database counts what it has matched, and says no more.  What is there now tells, but not
    where somebody has given a row the very version that it was to get.
    """
    if len(rows) == 1:
        return list(states)
    if missed < 0:
        return []
    try:
        there = _there(facts, rows, connection)
    except StatementError:
        return []
    found = []
    for state, row in zip(states, rows, strict=True):
        key = tuple([row[facts.was + column.key] for column in facts.primary])
        is_as_written = key not in there
        if verb == "update":
            version = None if facts.version is None else row.get(facts.version.key)
            is_as_written = key in there and there[key] == version
        if not is_as_written:
            found.append(state)
    return found if len(found) == missed else []


def _there(facts: WrittenTable, rows: Rows, connection: Any) -> dict[Any, Any]:
    """Return the keys of the rows that are there, with their versions."""
    versions = () if facts.version is None else (facts.version,)
    columns = facts.primary
    several = len(columns) > 1
    there: dict[Any, Any] = {}
    for start in range(0, len(rows), _PAGE):
        keys = [
            tuple([row[facts.was + column.key] for column in columns])
            for row in rows[start : start + _PAGE]
        ]
        known = key_expression(columns).in_([key if several else key[0] for key in keys])
        for found in connection.execute(select(*columns, *versions).where(known)):
            key = tuple(found)[: len(columns)]
            there[key] = found[-1] if versions else None
    return there
