"""UPDATEs of many rows by their keys, given as dictionaries, in all tables of a class."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from toolkit_core.errors import InvalidRequestError
from toolkit_core.expression.given_row import is_sql
from toolkit_core.expression.update import update
from toolkit_orm.errors import StaleDataError
from toolkit_orm.mapping.mapper import Mapper
from toolkit_orm.query.lowering import lowered
from toolkit_orm.session.insert_mappings import check_names
from toolkit_orm.session.row_versions import check_version, former_version, next_version
from toolkit_orm.unit_of_work.written import Written, WrittenTable, written

Row = dict[str, Any]


def update_many(connection: Any, mapper: Mapper, rows: list[Row]) -> None:
    """Update rows: each has its key, and what is to be set."""
    facts = written(mapper)
    check_names(mapper, rows)
    for row in rows:
        _check_key(mapper, facts, row)
    for table in facts.tables:
        _update_table(connection, mapper, facts, table, rows)


def _check_key(mapper: Mapper, facts: Written, row: Row) -> None:
    missing = [name for name in facts.key_names if name not in row]
    if missing:
        raise InvalidRequestError(
            "No primary key value supplied for column(s) "
            f"{', '.join(str(facts.names[name]) for name in missing)}; per-row ORM Bulk UPDATE "
            "by Primary Key requires that records contain primary key values",
            code="bupq",
        )
    check_version(mapper, facts, row)


def _update_table(
    connection: Any, mapper: Mapper, facts: Written, table: WrittenTable, rows: list[Row]
) -> None:
    pairs = [(row, _settings(mapper, facts, table, row)) for row in rows]
    changed = [(row, values) for row, values in pairs if values]
    for _, group in groupby(changed, key=lambda pair: tuple(pair[1])):
        batch = list(group)
        sent = [{**_found_by(facts, table, row), **values} for row, values in batch]
        statement = update(table.table).where(*table.key_conditions, *table.version_condition)
        if any(is_sql(value) for _, values in batch for value in values.values()):
            for row, values in batch:
                found = connection.execute(
                    statement.values(values), _found_by(facts, table, row)
                ).rowcount
                _check_found(found, table, 1)
        else:
            _check_found(connection.execute(statement, sent).rowcount, table, len(sent))


def _settings(mapper: Mapper, facts: Written, table: WrittenTable, row: Row) -> Row:
    values = {
        column.key: lowered(row[name]) if is_sql(row[name]) else row[name]
        for name, column in table.columns.items()
        if name in row and name not in facts.key_names and column is not table.version
        if not any(column is one for one in table.primary)
    }
    if row.keys() - set(facts.key_names) - {facts.version}:
        for name, version in next_version(mapper, facts, table, row).items():
            values[table.columns[name].key] = version
    return values


def _found_by(facts: Written, table: WrittenTable, row: Row) -> Row:
    keys = zip(table.primary, facts.key_names, strict=True)
    found = {table.was + column.key: row[name] for column, name in keys}
    return {**found, **former_version(facts, table, row)}


def _check_found(matched: int, table: WrittenTable, expected: int) -> None:
    if matched not in (expected, -1):
        raise StaleDataError(
            f"UPDATE statement on table {table.table.name!r} expected to update {expected} "
            f"row(s); {matched} were matched."
        )
