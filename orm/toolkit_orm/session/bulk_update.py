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
from toolkit_orm.instrument.home import place_of
from toolkit_orm.instrument.state import STATE
from toolkit_orm.mapping.mapper import Mapper
from toolkit_orm.query.lowered_dml import attribute_meant
from toolkit_orm.session.checked_rows import check_rows, tell_of_unknown
from toolkit_orm.session.follow import put_values
from toolkit_orm.session.row_versions import check_version, former_version, next_version
from toolkit_orm.session.write_order import WriteOrder
from toolkit_orm.unit_of_work.many_rows import Sent, updates_by_key
from toolkit_orm.unit_of_work.written import Written, WrittenTable, written

Row = Mapping[str, Any]
_NEW = "new_"


def updated_by_key(order: WriteOrder, rows: list[Row]) -> Any:
    """Update the row of each key to its values."""
    order.check_way()
    _check(order)
    check_rows(rows, order.mapper)
    tell_of_unknown(rows, order.mapper)
    facts = written(order.mapper)
    statement = order.statement
    fixed = {} if statement.row is None else dict(statement.row.items())
    given = [_GivenRow(_by_attribute(order.mapper, {**row, **fixed})) for row in rows]
    _check_rows(order.mapper, facts, given)
    result = None
    for one in facts.tables:
        found = _into(order, facts, one, given)
        result = result if found is None else found
    if order.way in ("auto", "evaluate"):
        for row in given:
            _follow(order, facts, row)
    return null_result() if result is None else result


class _GivenRow:
    """What a row is set to: what was given, and what was made for it on the way."""

    __slots__ = ("made", "values")

    def __init__(self, values: dict[str, Any]) -> None:
        self.values = values
        self.made: dict[str, Any] = {}


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


def _check_rows(mapper: Mapper, facts: Written, rows: list[_GivenRow]) -> None:
    for row in rows:
        missing = [facts.names[name] for name in facts.key_names if row.values.get(name) is None]
        if missing:
            raise InvalidRequestError(
                f"No primary key value supplied for column(s) {', '.join(map(str, missing))}; "
                "per-row ORM Bulk UPDATE by Primary Key requires that records contain primary key "
                "values",
                code="bupq",
            )
        check_version(mapper, facts, row.values)


def _into(order: WriteOrder, facts: Written, one: WrittenTable, rows: list[_GivenRow]) -> Any:
    """Update one table of the class; rows of the same columns go together."""
    groups: dict[tuple[str, ...], list[_GivenRow]] = {}
    alone: list[tuple[tuple[str, ...], _GivenRow]] = []
    for row in rows:
        names = _names(facts, one, row)
        row.made.update(next_version(order.mapper, facts, one, row.values))
        if any(is_sql(row.values[name]) for name in names):
            alone.append((names, row))
        elif names or one.version is not None:
            groups.setdefault(names, []).append(row)
    result = None
    count = 0
    for names, group in groups.items():
        versions = () if one.version is None else tuple(group[0].made.keys() & one.columns.keys())
        result = order.execute(*_statement_and_sets(order, facts, one, (*names, *versions), group))
        count += _done(order, one, group, result)
    for names, row in alone:
        values = {name: row.values[name] for name in names}
        values.update(next_version(order.mapper, facts, one, row.values))
        result = order.execute(_statement(order, one, values), _sent(facts, one, row, {}))
        count += _done(order, one, [row], result)
    if result is not None and result.rowcount >= 0:
        result._rowcount = count
    return result


def _statement_and_sets(
    order: WriteOrder,
    facts: Written,
    one: WrittenTable,
    names: tuple[str, ...],
    rows: list[_GivenRow],
) -> Sent:
    """Return the statement that sets these attributes of rows, and its sets of values."""
    if order.statement.criteria:
        # Their parameters may be called as columns are.
        values = {n: bindparam(_NEW + n, type_=one.columns[n].type) for n in names}
        called = {name: _NEW + name for name in names}
        return _statement(order, one, values), [_sent(facts, one, row, called) for row in rows]
    called = {name: one.columns[name].key for name in names}
    sent = [_sent(facts, one, row, called) for row in rows]
    return updates_by_key(one, _for_all(order, one), names, sent, order.connection.dialect)


def _names(facts: Written, one: WrittenTable, row: _GivenRow) -> tuple[str, ...]:
    """Return the attributes that a row sets in a table."""
    found = [name for name in row.values if name in one.columns and name not in facts.key_names]
    return tuple([name for name in found if one.columns[name] is not one.version])


def _sent(
    facts: Written, one: WrittenTable, row: _GivenRow, called: Mapping[str, str]
) -> dict[str, Any]:
    """Return the parameters for a row: what it is found by, and what it is set to, as called."""
    keys = zip(one.primary, facts.key_names, strict=True)
    sent = {one.was + column.key: row.values[name] for column, name in keys}
    sent.update(former_version(facts, one, row.values))
    for name, key in called.items():
        sent[key] = row.made[name] if name in row.made else row.values[name]
    return sent


def _for_all(order: WriteOrder, one: WrittenTable) -> Any:
    """Return the statement that finds rows of a table: parameters name what is set."""
    kept = order.mapper.memo.setdefault("bulk_updates", {})
    found = kept.get(one.table)
    if found is None:
        found = kept[one.table] = _statement(order, one, {})
    return found


def _statement(order: WriteOrder, one: WrittenTable, values: dict[str, Any]) -> Any:
    made = update(one.table)
    if order.statement.criteria:
        made = made.where(*order.lowered().criteria)
    settings = {one.columns[name].key: value for name, value in values.items()}
    found = made.where(*one.key_conditions, *one.version_condition)
    return found.values(settings) if settings else found


def _done(order: WriteOrder, one: WrittenTable, rows: list[_GivenRow], result: Any) -> int:
    """Check the number of rows, and take what was made for their columns; return the number."""
    _check_count(order, one, result, len(rows))
    sets = result.last_updated_params() if one.onupdate else ()
    for row, sent in zip(rows, [sets] if isinstance(sets, Mapping) else sets, strict=False):
        for name in one.onupdate:
            key = one.columns[name].key
            if name not in row.values and key in sent:
                row.made[name] = sent[key]
    return max(int(result.rowcount), 0)


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


def _follow(order: WriteOrder, facts: Written, row: _GivenRow) -> None:
    """Give the object of a row, if the session has it, what was set."""
    given = row.values
    key = tuple([given[name] for name in facts.key_names])
    place = place_of(order.mapper.base, order.token)
    there = order.session._home.find(place, key if len(key) > 1 else key[0])
    if there is None:
        return
    values = {name: value for name, value in given.items() if name in facts.names} | row.made
    plain = {name: value for name, value in values.items() if not is_sql(value)}
    changed = {name for one in facts.tables if _wrote(facts, one, row) for name in one.onupdate}
    put_values(there.__dict__[STATE], there, plain, {*values, *changed, *facts.expressions})


def _wrote(facts: Written, one: WrittenTable, row: _GivenRow) -> bool:
    return one.version is not None or bool(_names(facts, one, row))
