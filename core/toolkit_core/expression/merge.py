"""MERGE: rows of a source are compared with those of a table, and each pair says what is done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from toolkit_core.errors import ArgumentError
from toolkit_core.expression.dml import DML, checked_table, conditions
from toolkit_core.expression.from_clause import FromClause
from toolkit_core.expression.given_row import column_key, refuse_unknown, setting
from toolkit_core.expression.node import Node, child, children, declared, value
from toolkit_core.expression.update import whole_condition
from toolkit_core.newer_typing import Self


@declared
class MergeClause(Node):
    """What is done with the rows of one kind: WHEN … THEN …."""

    visit_name = "merge_clause"

    # MATCHED, NOT MATCHED, or NOT MATCHED BY SOURCE.
    kind: str = value()
    # UPDATE, INSERT, DELETE, or DO NOTHING.
    action: str = value()
    condition: Node | None = child(default=None)
    names: tuple[str, ...] = value(default=())
    settings: tuple[Node, ...] = children(default=())


@declared
class Merge(DML):
    """A MERGE; each method returns another one and leaves this as it is."""

    visit_name = "merge"
    is_merge: ClassVar[bool] = True

    source: FromClause = child(kw_only=True)
    on: Node = child(kw_only=True)
    clauses: tuple[MergeClause, ...] = children(default=())

    def when_matched_update(
        self, values: Mapping[Any, Any] | None = None, where: Any = None, **named: Any
    ) -> Self:
        """Update a row of the table that a row of the source is the same as."""
        return self._when("MATCHED", "UPDATE", where, {**(values or {}), **named})

    def when_matched_delete(self, where: Any = None) -> Self:
        """Delete such a row."""
        return self._when("MATCHED", "DELETE", where)

    def when_matched_do_nothing(self, where: Any = None) -> Self:
        """Leave such a row as it is; clauses behind this one do not see it."""
        return self._when("MATCHED", "DO NOTHING", where)

    def when_not_matched_insert(
        self, values: Mapping[Any, Any] | None = None, where: Any = None, **named: Any
    ) -> Self:
        """Insert a row of the source that the table does not have."""
        return self._when("NOT MATCHED", "INSERT", where, {**(values or {}), **named})

    def when_not_matched_do_nothing(self, where: Any = None) -> Self:
        """Leave such a row out; clauses behind this one do not see it."""
        return self._when("NOT MATCHED", "DO NOTHING", where)

    def when_not_matched_by_source_update(
        self, values: Mapping[Any, Any] | None = None, where: Any = None, **named: Any
    ) -> Self:
        """Update a row of the table that the source does not have."""
        return self._when("NOT MATCHED BY SOURCE", "UPDATE", where, {**(values or {}), **named})

    def when_not_matched_by_source_delete(self, where: Any = None) -> Self:
        """Delete such a row."""
        return self._when("NOT MATCHED BY SOURCE", "DELETE", where)

    def returning(self, *cols: Any) -> Self:
        """Return columns of the rows that were written, where the database can."""
        return self._returning(cols)

    def _when(
        self, kind: str, action: str, where: Any, given: Mapping[Any, Any] | None = None
    ) -> Self:
        columns = self.table.c
        named = {column_key(key): found for key, found in (given or {}).items()}
        unknown = [name for name in named if name not in columns]
        if unknown:
            refuse_unknown(unknown, columns.keys(), self.table.name)
        if given is not None and not named:
            raise ArgumentError(f"This {action} of a MERGE sets no column", hint="give it values")
        clause = MergeClause(
            kind,
            action,
            condition=None if where is None else whole_condition(conditions((where,))),
            names=tuple(named),
            settings=tuple([setting(found, columns[key]) for key, found in named.items()]),
        )
        return self.but(clauses=(*self.clauses, clause))


def merge(table: Any, source: Any, on: Any) -> Merge:
    """Make a MERGE into a table: ``on`` tells when a row of the source is the same as one of it.

    >>> from toolkit_core.schema import Column, MetaData, Table
    >>> m = MetaData()
    >>> stock = Table("stock", m, Column("item"), Column("count"))
    >>> news = Table("news", m, Column("item"), Column("count"))
    >>> statement = merge(stock, news, stock.c.item == news.c.item)
    >>> print(statement.when_matched_update(count=stock.c.count + news.c.count))
    MERGE INTO stock USING news ON (stock.item = news.item) \
WHEN MATCHED THEN UPDATE SET count = (stock.count + news.count)
    """
    (condition,) = conditions((on,))
    return Merge(checked_table(table), source=checked_table(source, only_read=True), on=condition)
