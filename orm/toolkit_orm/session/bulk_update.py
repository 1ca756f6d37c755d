"""Updating rows of a class by their primary keys, each given as a dictionary."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from toolkit_core.engine.result import null_result
from toolkit_core.errors import InvalidRequestError
from toolkit_core.expression.elements import bindparam
from toolkit_core.expression.given_row import column_key, is_sql
from toolkit_core.expression.update import update
from toolkit_orm.errors import StaleDataError
from toolkit_orm.instrument.state import STATE
from toolkit_orm.query.lowered_dml import attribute_meant
from toolkit_orm.session.follow import put_values
from toolkit_orm.session.write_order import WriteOrder
from toolkit_orm.unit_of_work.many_rows import Sent, updates_by_key
from toolkit_orm.unit_of_work.written import Written, WrittenTable, written

Row = Mapping[str, Any]
_NEW = "new_"


def updated_by_key(order: WriteOrder, rows: list[Row]) -> Any:
    """Update the row of each key to its values."""
    order.check_way()
    _check(order)
    facts = written(order.mapper)
    statement = order.statement
    fixed = {} if statement.row is None else dict(statement.row.items())
    given = [_by_attribute(order.mapper, {**row, **fixed}) for row in rows]
    _check_keys(facts, given)
    result = None
    for one in facts.tables:
        found = _into(order, facts, one, given)
        result = result if found is None else found
    if order.way in ("auto", "evaluate"):
        for row in given:
            _follow(order, facts, row)
    return null_result() if result is None else result


def _by_attribute(mapper: Any, row: Row) -> dict[str, Any]:
    return {attribute_meant(mapper, column_key(name)): value for name, value in row.items()}


def _check(order: WriteOrder) -> None:
    """Refuse what does not go with rows found by their keys."""
    if order.way == "fetch":
        raise InvalidRequestError(
            "The 'fetch' synchronization strategy is not available for 'bulk' ORM updates (i.e. "
            "multiple parameter sets)",
            hint="'evaluate', 'auto' or False",
        )
    if order.statement.criteria and order.way not in (None, False):
        raise InvalidRequestError(
            "bulk synchronize of persistent objects not supported when using bulk update with "
            "additional WHERE criteria right now.  add synchronize_session=None execution option "
            "to bypass synchronize of persistent objects.",
            hint="for other keys than the primary: session.connection().execute(statement, rows)",
        )
    if order.statement.returned:
        raise InvalidRequestError(
            "Bulk ORM UPDATE does not support RETURNING",
            hint="update(Class).where(...).returning(...) with one set of values",
        )


def _check_keys(facts: Written, rows: list[dict[str, Any]]) -> None:
    for row in rows:
        missing = [facts.names[name] for name in facts.key_names if row.get(name) is None]
        if missing:
            raise InvalidRequestError(
                f"No primary key value supplied for column(s) {', '.join(map(str, missing))}; "
                "per-row ORM Bulk UPDATE by Primary Key requires that records contain primary key "
                "values",
                code="bupq",
            )


def _into(order: WriteOrder, facts: Written, one: WrittenTable, rows: list[dict[str, Any]]) -> Any:
    """Update one table of the class; rows of the same columns go together."""
    groups: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    alone: list[tuple[tuple[str, ...], dict[str, Any]]] = []
    for row in rows:
        names = tuple([n for n in row if n in one.columns and n not in facts.key_names])
        if names and any(is_sql(row[name]) for name in names):
            alone.append((names, row))
        elif names:
            groups.setdefault(names, []).append(row)
    result = None
    count = 0
    for names, group in groups.items():
        result = order.execute(*_sent(order, facts, one, names, group))
        _check_count(order, one, result, len(group))
        count += max(result.rowcount, 0)
    for names, row in alone:
        statement = _statement(order, one, {name: row[name] for name in names})
        result = order.execute(statement, _key(facts, one, row))
        _check_count(order, one, result, 1)
        count += max(result.rowcount, 0)
    if result is not None and result.rowcount >= 0:
        result._rowcount = count
    return result


def _sent(
    order: WriteOrder,
    facts: Written,
    one: WrittenTable,
    names: tuple[str, ...],
    rows: list[dict[str, Any]],
) -> Sent:
    """Return the statement that sets these attributes, and its sets of values."""
    if not order.statement.criteria:
        columns = {name: one.columns[name].key for name in names}
        sent = [
            {**_key(facts, one, row), **{key: row[name] for name, key in columns.items()}}
            for row in rows
        ]
        statement = update(one.table).where(*one.key_conditions)
        return updates_by_key(one, statement, names, sent, order.connection.dialect)
    # Parameters of the conditions may be called as columns are.
    values = {n: bindparam(_NEW + n, type_=one.columns[n].type) for n in names}
    return _statement(order, one, values), [
        {**_key(facts, one, row), **{_NEW + name: row[name] for name in names}} for row in rows
    ]


def _key(facts: Written, one: WrittenTable, row: dict[str, Any]) -> dict[str, Any]:
    return {one.was + c.key: row[n] for c, n in zip(one.primary, facts.key_names, strict=True)}


def _statement(order: WriteOrder, one: WrittenTable, values: dict[str, Any]) -> Any:
    made = update(one.table)
    if order.statement.criteria:
        made = made.where(*order.plain().criteria)
    settings = {one.columns[name].key: value for name, value in values.items()}
    return made.where(*one.key_conditions).values(settings)


def _check_count(order: WriteOrder, one: WrittenTable, result: Any, wanted: int) -> None:
    if order.statement.criteria:
        # Who adds conditions wants some rows left as they are.
        return
    many = wanted > 1
    sane = result.supports_sane_multi_rowcount() if many else result.supports_sane_rowcount()
    if sane and 0 <= result.rowcount < wanted:
        raise StaleDataError(
            f"UPDATE statement on table {one.table.name!r} expected to update {wanted} row(s); "
            f"{result.rowcount} were matched."
        )


def _follow(order: WriteOrder, facts: Written, row: dict[str, Any]) -> None:
    """Give the object of a row, if the session has it, what was set."""
    key = tuple([row[name] for name in facts.key_names])
    there = order.session._home.find(order.mapper.base, key if len(key) > 1 else key[0])
    if there is None:
        return
    values = {name: value for name, value in row.items() if name in facts.names}
    plain = {name: value for name, value in values.items() if not is_sql(value)}
    changed = {name for one in facts.tables for name in one.onupdate}
    put_values(there.__dict__[STATE], there, plain, {*values, *changed, *facts.expressions})
