"""DELETEs of a flush: the rows of the last table first."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from toolkit_core.errors import warn
from toolkit_core.expression.delete import delete
from toolkit_orm.errors import ObjectDeletedError, StaleDataError
from toolkit_orm.instrument.state import InstanceState
from toolkit_orm.unit_of_work.freed_rows import free_rows
from toolkit_orm.unit_of_work.update_rows import former_version
from toolkit_orm.unit_of_work.written import WrittenTable, written


def delete_rows(states: list[InstanceState], connection: Any) -> None:
    """Delete the rows of objects of one hierarchy."""
    mappers = dict.fromkeys([state.mapper for state in states])
    tables: dict[Any, None] = {}
    for mapper in mappers:
        tables.update(dict.fromkeys(mapper.tables))
    # Before a part of a row is gone, since the version may have to be loaded.
    versions = {
        state: _version_of(state) for state in states if written(state.mapper).version is not None
    }
    free_rows(states, connection)
    for table in reversed(list(tables)):
        for facts, there in _of_table(table, states, len(mappers) == 1):
            if facts.mapper.passive_deletes and not facts.is_first:
                # ON DELETE CASCADE of the key between the tables does it.
                continue
            _delete_from(facts, there, versions, connection)


def _of_table(
    table: Any, states: list[InstanceState], is_alone: bool
) -> list[tuple[WrittenTable, list[InstanceState]]]:
    """Return the objects with rows in a table, those found in the same way as they come."""
    if is_alone:
        return [(written(states[0].mapper).by_table[table], states)]
    return [
        (facts, list(group))
        for facts, group in groupby(states, key=lambda one: _facts(one.mapper, table))
        if facts is not None
    ]


def _facts(mapper: Any, table: Any) -> WrittenTable | None:
    facts = written(mapper).by_table.get(table)
    while facts is not None and facts.above is not None:
        facts = facts.above
    return facts


def _delete_from(
    facts: WrittenTable,
    states: list[InstanceState],
    versions: dict[InstanceState, Any],
    connection: Any,
) -> None:
    key_values = facts.key_values
    rows = [key_values(state.pk) for state in states]
    if facts.version is not None:
        for row, state in zip(rows, states, strict=True):
            row[facts.version_was] = versions[state]
    statement = delete(facts.table).where(*facts.key_conditions, *facts.version_condition)
    result = connection.execute(statement, rows if len(rows) > 1 else rows[0])
    if result.rowcount not in (len(rows), -1):
        _tell(facts, len(rows), result.rowcount)


def _tell(facts: WrittenTable, expected: int, matched: int) -> None:
    told = (
        f"DELETE statement on table {facts.table.name!r} expected to delete {expected} row(s); "
        f"{matched} were matched."
    )
    if facts.version is not None:
        raise StaleDataError(
            told, hint="somebody else has changed or deleted a row meanwhile: roll back, load anew"
        )
    if facts.mapper.confirm_deleted_rows:
        warn(
            f"{told}  Please set confirm_deleted_rows=False within the mapper configuration to "
            "prevent this warning."
        )


def _version_of(state: InstanceState) -> Any:
    try:
        return former_version(state)
    except ObjectDeletedError:
        # Nothing will be matched, and that is what is told.
        return None
