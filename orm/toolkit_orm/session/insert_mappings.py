"""INSERTs of many rows that are given as dictionaries, into all tables of a class."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from toolkit_core.errors import warn
from toolkit_core.expression.given_row import is_sql
from toolkit_core.expression.insert import insert
from toolkit_core.nearest import nearest
from toolkit_orm.mapping.mapper import Mapper
from toolkit_orm.query.lowering import lowered
from toolkit_orm.unit_of_work.written import Written, WrittenTable, written

Row = dict[str, Any]


def insert_many(
    connection: Any, mapper: Mapper, rows: list[Row], *, keys: bool, nulls: bool
) -> None:
    """Insert rows; ``keys`` stores their keys in them, ``nulls`` writes what is None."""
    facts = written(mapper)
    check_names(mapper, rows)
    sent = [_completed(mapper, facts, row) for row in rows]
    for number, table in enumerate(facts.tables):
        more = number + 1 < len(facts.tables)
        _insert_into(connection, table, sent, keys=keys or more, nulls=nulls)
        for row in sent:
            row.update({to: row[start] for start, to in facts.key_copies if start in row})
    if keys:
        for row, values in zip(rows, sent, strict=True):
            row.update({name: values[name] for name in facts.key_names})


def check_names(mapper: Mapper, rows: list[Row]) -> None:
    """Warn of names that no column goes by: they are not sent."""
    known = written(mapper).names
    for name in dict.fromkeys(name for row in rows for name in row.keys() - known.keys()):
        if name not in mapper.props:
            near = nearest(str(name), known)
            found = f"; is {near!r} meant?" if near else ""
            warn(f"{mapper.class_.__name__} has no column attribute {name!r}: not sent{found}")


def _completed(mapper: Mapper, facts: Written, row: Row) -> Row:
    """Return a row with what it has from its class: which one it is, and the first version."""
    made = dict(row)
    key = mapper.polymorphic_key
    if key is not None and mapper.polymorphic_identity is not None and made.get(key) is None:
        made[key] = mapper.polymorphic_identity
    generator = mapper.version_id_generator
    version = facts.version
    if version is not None and generator is not False and made.get(version) is None:
        made[version] = generator(None)
    return made


def _insert_into(
    connection: Any, facts: WrittenTable, rows: list[Row], *, keys: bool, nulls: bool
) -> None:
    shaped = [(row, _values(facts, row, nulls=nulls)) for row in rows]
    for (_, is_alone), group in groupby(
        shaped, key=lambda pair: (tuple(pair[1]), any(map(is_sql, pair[1].values())))
    ):
        batch = list(group)
        if is_alone:
            for row, values in batch:
                _send(connection, facts, [row], [values], keys=keys)
        else:
            given = [row for row, _ in batch]
            _send(connection, facts, given, [values for _, values in batch], keys=keys)


def _values(facts: WrittenTable, row: Row, *, nulls: bool) -> Row:
    """Return the values of a row of one table; what is None is left to defaults."""
    return {
        column.key: lowered(row[name]) if is_sql(row[name]) else row[name]
        for name, column in facts.columns.items()
        if name in row and (nulls or row[name] is not None or column.type.should_evaluate_none)
    }


def _send(
    connection: Any, facts: WrittenTable, rows: list[Row], sent: list[Row], *, keys: bool
) -> None:
    statement: Any = insert(facts.table)
    is_alone = any(map(is_sql, sent[0].values()))
    given: Any = None if is_alone else sent
    if is_alone:
        statement = statement.values(sent[0])
    knows_keys = all(column.key in sent[0] for column in facts.primary)
    if not keys or knows_keys:
        connection.execute(statement, given)
    elif connection.dialect.capabilities.returning:
        returning = statement.returning(*facts.primary, sort_by_parameter_order=len(rows) > 1)
        found = connection.execute(returning, given).all()
        for row, key in zip(rows, found, strict=True):
            row.update(zip(facts.key_names, key, strict=True))
    else:
        # Only the driver's last row tells its key.
        for row, values in zip(rows, sent, strict=True):
            result = connection.execute(statement, None if is_alone else values)
            found = dict(zip(facts.table.primary_key, result.inserted_primary_key, strict=True))
            row.update(
                zip(facts.key_names, [found[column] for column in facts.primary], strict=True)
            )
