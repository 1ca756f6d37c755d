"""Inserting rows of a class, each given as a dictionary of its attributes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from toolkit_core.errors import InvalidRequestError
from toolkit_core.expression.from_list import sources_in
from toolkit_core.expression.given_row import column_key, is_sql
from toolkit_core.expression.insert import insert
from toolkit_core.expression.node import Node
from toolkit_core.types import PLAIN
from toolkit_orm.load.returned import ReturnedPlan, row_of
from toolkit_orm.mapping.entity import Entity
from toolkit_orm.query.lowered_dml import attribute_meant
from toolkit_orm.session.checked_rows import check_rows, tell_of_unknown
from toolkit_orm.session.write_order import WriteOrder
from toolkit_orm.unit_of_work.written import WrittenTable, written

Row = Mapping[str, Any]
# For each name of a row the key of its column, and whether NULL is a value for that; and whether
# the names are the keys of all.
Pairs = tuple[list[tuple[str, str, bool]], bool]
# How many kinds of rows are remembered for a table.
_MOST_KEPT = 100


def inserted(order: WriteOrder, params: Any) -> Any:
    """Insert rows, and return a result; with RETURNING, of objects."""
    plan = order.returned()
    if not isinstance(order.statement.table, Entity) or not params:
        return _together(order, plan, [None])
    rows = list(params) if isinstance(params, (list, tuple)) else [params]
    check_rows(rows, order.mapper)
    if order.strategy == "raw":
        return _together(order, plan, [rows])
    if len(order.mapper.tables) > 1:
        return _Joined(order, plan, rows).inserted()
    table = _Rows(order, written(order.mapper).tables[0])
    tell_of_unknown(rows, order.mapper)
    return _together(order, plan, table.groups(rows), is_many=isinstance(params, (list, tuple)))


def _together(
    order: WriteOrder, plan: ReturnedPlan | None, groups: Iterable[Any], *, is_many: bool = True
) -> Any:
    """Send the groups of rows, and return one result for all."""
    plain = order.plain(plan)
    sorts = plain.sorts
    result: Any = None
    raw: list[Any] = []
    count = 0
    for group in groups:
        statement, rows = plain, group
        if plan is not None:
            options = {"sort_by_parameter_order": True} if sorts else {}
            statement = order.returning(plain, plan, **options)
        if rows is not None and len(rows) == 1 and _has_sql(rows[0]):
            statement, rows = statement.values(rows[0]), None
        one = rows is not None and not is_many and len(rows) == 1
        result = order.execute(statement, rows[0] if one else rows)
        if plan is not None:
            raw += result._take_raw()
        else:
            count += max(result.rowcount, 0)
    if plan is not None:
        return order.objects(plan, result, raw)
    if result.rowcount >= 0:
        result._rowcount = count
    return result


def _has_sql(row: Row) -> bool:
    return any(map(is_sql, row.values()))


def _may_be_sql(kind: type) -> bool:
    return issubclass(kind, Node) or hasattr(kind, "__clause_element__")


_NONE = type(None)


class _Rows:
    """Rows of one table of a class: with the keys of columns, grouped by which those are."""

    def __init__(self, order: WriteOrder, facts: WrittenTable) -> None:
        mapper = order.mapper
        self.mapper = mapper
        self.facts = facts
        self.renders_nulls = order.renders_nulls
        kept = mapper.memo.setdefault("insert_pairs", {})
        self.kept: dict[Any, Pairs] = kept.setdefault((facts.table, order.renders_nulls), {})
        # What a row is of its class by.
        self.fixed: dict[str, Any] = {}
        key = mapper.polymorphic_key
        if key is not None and mapper.polymorphic_identity is not None and key in facts.columns:
            self.fixed[facts.columns[key].key] = mapper.polymorphic_identity

    def groups(self, rows: Sequence[Row]) -> list[list[Any]]:
        """Return the rows, those together that follow each other and have the same columns."""
        # Looked at all at once, in C: most programs give rows of one kind, and many.
        names = rows[0].keys()
        kinds: set[type] = set()
        alike = True
        for row in rows:
            alike = alike and row.keys() == names
            kinds.update(map(type, row.values()))
        has_sql = any(one not in PLAIN and _may_be_sql(one) for one in kinds)
        if alike and not has_sql and _NONE not in kinds:
            return [self._alike(rows, tuple(names))]
        made = map(self.row, rows)
        key = _shape if has_sql else tuple
        return [list(group) for _, group in groupby(made, key=key)]

    def _alike(self, rows: Sequence[Row], names: tuple[Any, ...]) -> list[Any]:
        """Return rows that all have values for the same attributes."""
        pairs, is_same = self._pairs(names)
        there = [key for _, key, _ in pairs]
        fixed = {key: one for key, one in self.fixed.items() if key not in there}
        if is_same and not fixed:
            return list(rows)
        return [{**{key: row[name] for name, key, _ in pairs}, **fixed} for row in rows]

    def row(self, given: Row) -> dict[str, Any]:
        """Return the values of a row by the keys of columns; NULLs are left to defaults."""
        pairs, _ = self._pairs(tuple(given))
        row = {
            key: value
            for name, key, keeps_none in pairs
            if (value := given[name]) is not None or keeps_none
        }
        for key, identity in self.fixed.items():
            row.setdefault(key, identity)
        return row

    def _pairs(self, names: tuple[Any, ...]) -> Pairs:
        """Return where the values of a row go, and whether it can be sent as it is."""
        found = self.kept.get(names)
        if found is None:
            pairs = self._places(names)
            same = len(pairs) == len(names) and all(name == key for name, key, _ in pairs)
            found = pairs, same
            if len(self.kept) < _MOST_KEPT:
                self.kept[names] = found
        return found

    def _places(self, names: tuple[Any, ...]) -> list[tuple[str, str, bool]]:
        columns = self.facts.columns
        by_key = {column.key: column for column in columns.values()}
        primary = self.facts.primary
        found = []
        for name in names:
            called = attribute_meant(self.mapper, column_key(name))
            column = columns.get(called)
            if column is None:
                column = by_key.get(called)
            if column is not None:
                is_key = any(column is one for one in primary)
                keeps = self.renders_nulls or column.type.should_evaluate_none
                found.append((name, column.key, bool(keeps) and not is_key))
        return found


def _shape(row: dict[str, Any]) -> Any:
    # Rows with SQL in them go alone: each is a statement of its own.
    return id(row) if _has_sql(row) else tuple(row)


class _Joined:
    """Rows of a class with several tables: one after the other, with the keys of the first."""

    def __init__(self, order: WriteOrder, plan: ReturnedPlan | None, rows: list[Row]) -> None:
        statement = order.statement
        if statement.rows or statement.selected is not None or statement.conflicts:
            raise InvalidRequestError(
                f"The rows of {order.mapper.class_.__name__} are in several tables: they are "
                "inserted as a list of dictionaries, without ON CONFLICT and its like",
                hint="session.execute(insert(Class), [{...}, {...}])",
            )
        self.order = order
        self.plan = plan
        fixed = {} if statement.row is None else dict(statement.row.items())
        self.rows: list[dict[str, Any]] = [{**fixed, **row} for row in rows]
        # What came back for each row, by column.
        self.back: list[dict[Any, Any]] = [{} for _ in rows]
        self.returns = order.connection.dialect.capabilities.returning

    def inserted(self) -> Any:
        """Insert them."""
        facts = written(self.order.mapper)
        result: Any = None
        for number, one in enumerate(facts.tables):
            table = _Rows(self.order, one)
            if number == 0:
                tell_of_unknown(self.rows, self.order.mapper)
            result = self._into(table, is_first=number == 0)
            for row in self.rows:
                row.update({to: row[start] for start, to in facts.key_copies if start in row})
        if self.plan is None:
            if result.rowcount >= 0:
                result._rowcount = len(self.rows)
            return result
        raw = [row_of(self.plan.columns, back) for back in self.back]
        return self.order.objects(self.plan, result, raw)

    def _into(self, table: _Rows, *, is_first: bool) -> Any:
        facts = table.facts
        wanted = [] if self.plan is None else self._wanted(facts.table)
        result: Any = None
        start = 0
        for rows in table.groups(self.rows):
            part = slice(start, start + len(rows))
            start += len(rows)
            keyless = is_first and any(one.key not in row for one in facts.primary for row in rows)
            columns = [*wanted, *(facts.primary if keyless else ())]
            if keyless and not self.returns:
                result = self._one_by_one(facts, rows, part)
                continue
            statement = insert(facts.table)
            if columns:
                statement = statement.returning(*columns, sort_by_parameter_order=len(rows) > 1)
            if _has_sql(rows[0]):
                result = self.order.execute(statement.values(rows[0]))
            else:
                result = self.order.execute(statement, rows)
            if columns:
                self._take(facts, columns, result._take_raw(), part)
        return result

    def _wanted(self, table: Any) -> list[Any]:
        """Return the columns that come back from one table."""
        assert self.plan is not None  # noqa: S101 - for the type checker; the caller has asked
        return [one for one in self.plan.columns if table in sources_in([one])]

    def _take(self, facts: WrittenTable, columns: list[Any], raw: list[Any], part: slice) -> None:
        names = dict(zip(facts.primary, facts.key_names, strict=True))
        for values, row, back in zip(raw, self.rows[part], self.back[part], strict=True):
            for column, value in zip(columns, values, strict=True):
                back[column] = value
                if column in names:
                    row.setdefault(names[column], value)

    def _one_by_one(self, facts: WrittenTable, rows: list[dict[str, Any]], part: slice) -> Any:
        """Insert rows where the key of each is known only when it is there."""
        result: Any = None
        for row, given in zip(rows, self.rows[part], strict=True):
            result = self.order.execute(insert(facts.table), row)
            given.update(zip(facts.key_names, result.inserted_primary_key, strict=True))
        return result
