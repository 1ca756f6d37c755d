"""Rows of values that an UPDATE or DELETE goes by, as it was given them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from toolkit_core.errors import ArgumentError
from toolkit_core.expression.column_collection import ColumnCollection
from toolkit_core.expression.from_clause import FromClause
from toolkit_core.expression.given_row import column_key, is_sql, refuse_unknown
from toolkit_core.expression.keys import Key, find_key, new_key
from toolkit_core.expression.node import ITSELF, Node, declared, derived, value
from toolkit_core.expression.source_column import Exported, columns_of
from toolkit_core.types import PLAIN


@declared
class GivenRows(FromClause):
    """Rows with the same columns; a statement is the same for any number of them.

    Like the values of one row they are one leaf, whatever is in them.
    """

    visit_name = "given_rows"
    _leaves = ITSELF

    # The keys of the columns that the rows have, and the columns themselves.
    names: tuple[str, ...] = value()
    told_columns: tuple[Any, ...] = derived()
    rows: Sequence[Mapping[str, Any]] = derived()
    # Those by which a row is found.
    by: tuple[str, ...] = value()
    name: str = value(default="new_rows")
    # Whether the rows that are found must be locked in the order of their keys.
    in_order: bool = value(default=False)

    def _make_key(self) -> Key:
        types = tuple([column.type.static_key() for column in self.told_columns])
        parts = (GivenRows, self.names, types, self.by, self.name, self.in_order)
        key = self._key = find_key(parts) or new_key(parts, leaf=True)
        return key

    def same_leaf(self, other: Node) -> bool:
        """Tell whether the other has the same values."""
        return isinstance(other, GivenRows) and list(self.rows) == list(other.rows)

    @property
    def c(self) -> ColumnCollection:
        """The columns."""
        found: ColumnCollection = self.remembered("columns", _columns)
        return found

    @property
    def found_by(self) -> dict[str, Any]:
        """The columns of the table that tell which row it is, by what the rows call them."""
        columns = dict(zip(self.names, self.told_columns, strict=True))
        return {name: columns[name] for name in self.by}

    @property
    def shown_names(self) -> list[str]:
        """The names of the columns in SQL: the table's, but for those that the rows call else."""
        columns = zip(self.names, self.told_columns, strict=True)
        return [column.name if column.key == name else name for name, column in columns]

    def __repr__(self) -> str:
        return f"<GivenRows {', '.join(self.names)}: {len(self.rows)}>"


def _columns(given: GivenRows) -> ColumnCollection:
    columns = zip(given.names, given.told_columns, given.shown_names, strict=True)
    return columns_of(given, [Exported(column, key, name) for key, column, name in columns])


def given_rows(rows: Sequence[Mapping[Any, Any]], by: Sequence[Any], table: Any) -> GivenRows:
    """Return rows of values, checked: all have the same columns, and no two the same key."""
    found = [_plain(row, number) for number, row in enumerate(rows)]
    if not found:
        raise ArgumentError(
            "from_rows() needs at least one row", hint="execute nothing where there is none"
        )
    names = tuple(found[0])
    unknown = [name for name in names if name not in table.c]
    if unknown:
        refuse_unknown(unknown, table.c.keys(), table.name)
    keys = tuple(map(column_key, by))
    missing = [key for key in keys if key not in names]
    if missing or not keys:
        raise ArgumentError(
            f"from_rows() finds rows by {', '.join(missing) or 'no column at all'}, which they "
            f"do not have; they have {', '.join(names)}",
            hint='by=["id"] names the columns that a row is found by',
        )
    _check_alike(found, frozenset(names))
    _check_distinct(found, keys)
    return GivenRows(names, tuple([table.c[name] for name in names]), found, keys)


def _plain(row: Any, number: int) -> Mapping[str, Any]:
    if not isinstance(row, Mapping):
        raise ArgumentError(f"from_rows() takes dictionaries; row {number} is {row!r}")
    for name, one in row.items():
        if one.__class__ not in PLAIN and is_sql(one):
            raise ArgumentError(
                f"from_rows() takes plain values; in row {number} {name!r} is SQL",
                hint="values() takes SQL, in which .given.<column> is the value of the row",
            )
    if all(name.__class__ is str for name in row):
        return row
    return {column_key(name): one for name, one in row.items()}


def _check_alike(rows: Sequence[Mapping[str, Any]], names: frozenset[str]) -> None:
    for number, row in enumerate(rows):
        if row.keys() != names:
            missing, more = sorted(names - row.keys()), sorted(row.keys() - names)
            raise ArgumentError(
                f"All rows must have the same columns: row {number} "
                + (f"has no {', '.join(missing)}" if missing else f"has {', '.join(more)}, too")
            )


def _check_distinct(rows: Sequence[Mapping[str, Any]], keys: tuple[str, ...]) -> None:
    """Refuse two rows of one key: which of them the database took, nobody could tell."""
    seen: dict[Any, int] = {}
    for number, row in enumerate(rows):
        try:
            before = seen.setdefault(tuple([row[key] for key in keys]), number)
        except TypeError:
            # What Python cannot compare, the database does.
            return
        if before != number:
            shown = ", ".join(f"{key}={row[key]!r}" for key in keys)
            raise ArgumentError(f"Rows {before} and {number} are both for {shown}")
