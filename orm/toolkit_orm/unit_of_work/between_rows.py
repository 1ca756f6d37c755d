"""Rows of the tables between objects of many-to-many relationships."""

from __future__ import annotations

from typing import Any

from toolkit_core.expression.delete import delete
from toolkit_core.expression.elements import bindparam
from toolkit_core.expression.insert import insert
from toolkit_core.expression.update import update
from toolkit_orm.errors import StaleDataError
from toolkit_orm.unit_of_work.many_rows import deletes
from toolkit_orm.unit_of_work.plan import RowsStep
from toolkit_orm.unit_of_work.relations import Row, current
from toolkit_orm.unit_of_work.written import WAS


def write_rows(step: RowsStep, connection: Any) -> None:
    """Insert or delete the rows of one table, or give them new keys."""
    table = step.states[0].prop.secondary
    rows = [_between(row) for row in step.states]
    if step.verb == "insert":
        connection.execute(insert(table), rows if len(rows) > 1 else rows[0])
        return
    # Names that no column has.
    prefix = WAS
    while any(name.startswith(prefix) for name in rows[0]):
        prefix = "_" + prefix
    found_by = {prefix + name: table.c[name] for name in rows[0]}
    conditions = [column == bindparam(name, type_=column.type) for name, column in found_by.items()]
    found = [row.before or now for row, now in zip(step.states, rows, strict=True)]
    sent = [{prefix + name: value for name, value in row.items()} for row in found]
    if step.verb == "update":
        sent = [{**was, **now} for was, now in zip(sent, rows, strict=True)]
        given = sent if len(sent) > 1 else sent[0]
        result = connection.execute(update(table).where(*conditions), given)
    else:
        statement = delete(table).where(*conditions)
        result = connection.execute(*deletes(table, found_by, statement, sent, connection.dialect))
    if result.rowcount not in (len(sent), -1):
        raise StaleDataError(
            f"{step.verb.upper()} statement on table {table.name!r} expected to {step.verb} "
            f"{len(sent)} row(s); Only {result.rowcount} were matched.",
            hint="somebody else has deleted a row meanwhile: roll back and load anew",
        )


def _between(row: Row) -> dict[str, Any]:
    prop = row.prop
    found = {
        to.key: current(row.near, prop.parent.key_of[one]) for one, to in prop.synchronize_pairs
    }
    for one, to in prop.secondary_synchronize_pairs:
        found[to.key] = current(row.far, prop.mapper.key_of[one])
    return found
