"""MySQL's INSERT … ON DUPLICATE KEY UPDATE.

https://dev.mysql.com/doc/refman/9.0/en/insert-on-duplicate.html
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from toolkit_core.dialect import ArgumentError, InvalidRequestError
from toolkit_core.dialect.statements import (
    NULLTYPE,
    ColumnCollection,
    ColumnElement,
    FromClause,
    Insert,
    Node,
    Self,
    checked_table,
    children,
    column_key,
    declared,
    derived,
    setting,
    value,
    warn,
)


@declared
class InsertedColumn(ColumnElement[Any]):
    """The value of a column in the row that could not be inserted."""

    visit_name = "inserted_column"

    name: str = value()
    type: Any = derived(default=NULLTYPE)

    @property
    def names_parameter(self) -> str:  # type: ignore[override]
        """A parameter beside it is named after it."""
        return self.name


@declared
class OnDuplicateKey(Node):
    """Update the row that is there, where one has the same value in any unique key."""

    visit_name = "on_duplicate_key_update"

    set_names: tuple[str, ...] = value()
    settings: tuple[Node, ...] = children()


class MySQLInsert(Insert):
    """An INSERT with what MySQL and MariaDB can do about a row that is there already."""

    @property
    def inserted(self) -> ColumnCollection:
        """The row that could not be inserted, for what the present one is set to."""
        return ColumnCollection(
            {
                key: InsertedColumn(column.name, type=column.type)
                for key, column in self.table.c.items()
            }
        )

    def on_duplicate_key_update(self, *args: Any, **kw: Any) -> Self:
        """Update the row that is there already: by keyword, a dictionary, or a list of pairs.

        A list of pairs is set in its order, which matters to MySQL: a later one sees what the
        earlier ones have set.
        """
        if args and kw:
            raise ArgumentError("Can't pass kwargs and positional arguments simultaneously")
        if len(args) > 1:
            raise ArgumentError(
                "Only a single dictionary or list of tuples is accepted positionally."
            )
        if self.conflicts:
            raise InvalidRequestError(
                "This Insert construct already has an ON DUPLICATE KEY UPDATE clause"
            )
        names, settings = _settings(args[0] if args else kw, self.table)
        return self.but(conflicts=(OnDuplicateKey(names, settings),))


def _settings(given: Any, table: FromClause) -> tuple[tuple[str, ...], tuple[Node, ...]]:
    """Return names of columns and what they are set to; pairs in their own order."""
    if isinstance(given, ColumnCollection):
        given = dict(given.items())
    in_order = isinstance(given, list)
    if not in_order and not isinstance(given, Mapping):
        raise ValueError(
            "update parameter must be a non-empty dictionary, a list of pairs or a "
            "ColumnCollection such as the `.c.` collection of a Table object"
        )
    if not given:
        raise ValueError("update parameter dictionary must not be empty")
    named = {column_key(key): found for key, found in dict(given).items()}
    unknown = [name for name in named if name not in table.c]
    if unknown:
        warn(
            f"Additional column names not matching any column keys in table {table.name!r}: "
            + ", ".join(map(repr, unknown))
        )
    known = list(named) if in_order else list(table.c.keys())
    pairs = [(table.c[key], named[key]) for key in known if key in named and key in table.c]
    if not pairs:
        raise ValueError(f"none of the columns to update is one of {table.name!r}")
    return (
        tuple([column.name for column, _ in pairs]),
        tuple([setting(found, column) for column, found in pairs]),
    )


def insert(table: Any) -> MySQLInsert:
    """Make an INSERT that has ``on_duplicate_key_update()``.

    >>> from toolkit import Column, Integer, MetaData, String, Table
    >>> people = Table("people", MetaData(), Column("id", Integer), Column("name", String(5)))
    >>> statement = insert(people).values(id=5).on_duplicate_key_update(name="Ada")
    >>> statement.conflicts[0].set_names
    ('name',)
    """
    return MySQLInsert(checked_table(table))
