"""DELETEs of a flush: the rows of the last table first."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from toolkit_core.errors import warn
from toolkit_core.expression.delete import delete
from toolkit_core.expression.elements import bindparam
from toolkit_orm.errors import ObjectDeletedError, StaleDataError
from toolkit_orm.instrument.state import NO_VALUE, InstanceState
from toolkit_orm.unit_of_work.written import WAS, WrittenTable, written


def delete_rows(states: list[InstanceState], connection: Any) -> None:
    """Delete the rows of objects of one hierarchy."""
    tables: dict[Any, None] = {}
    for mapper in dict.fromkeys(state.mapper for state in states):
        tables.update(dict.fromkeys(mapper.tables))
        if written(mapper).version is not None:
            # Before a part of the row is gone, since the version may have to be loaded.
            for state in states:
                if state.mapper is mapper:
                    _version_of(state)
    for table in reversed(list(tables)):
        there = [state for state in states if table in written(state.mapper).by_table]
        if there and there[0].mapper.passive_deletes and table is not there[0].mapper.tables[0]:
            # ON DELETE CASCADE of the key between the tables does it.
            continue
        for facts, group in groupby(there, key=lambda one: written(one.mapper).by_table[table]):
            _delete_from(facts, list(group), connection)


def _delete_from(facts: WrittenTable, states: list[InstanceState], connection: Any) -> None:
    conditions: tuple[Any, ...] = facts.key_conditions
    rows = [facts.key_values(state.pk) for state in states]
    if facts.version is not None:
        name = WAS + "version_" + facts.version.key
        conditions += (facts.version == bindparam(name, type_=facts.version.type),)
        for row, state in zip(rows, states, strict=True):
            row[name] = _version_of(state)
    statement = delete(facts.table).where(*conditions)
    result = connection.execute(statement, rows if len(rows) > 1 else rows[0])
    if result.rowcount in (len(rows), -1):
        return
    told = (
        f"DELETE statement on table {facts.table.name!r} expected to delete {len(rows)} row(s); "
        f"{result.rowcount} were matched."
    )
    if facts.version is not None:
        raise StaleDataError(
            told, hint="somebody else has changed or deleted a row meanwhile: roll back, load anew"
        )
    if states[0].mapper.confirm_deleted_rows:
        warn(
            f"{told}  Please set confirm_deleted_rows=False within the mapper configuration to "
            "prevent this warning."
        )


def _version_of(state: InstanceState) -> Any:
    name: str = written(state.mapper).version or ""
    before = (state.committed or {}).get(name, NO_VALUE)
    if before is not NO_VALUE:
        return before
    try:
        return getattr(state(), name)
    except ObjectDeletedError:
        # Nothing will be matched, and that is what is told.
        return None
