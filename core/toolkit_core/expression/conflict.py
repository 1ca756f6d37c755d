"""What an INSERT does about a row that is there already."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from toolkit_core.errors import CompileError, InvalidRequestError, warn
from toolkit_core.expression.dml import checked_table, conditions
from toolkit_core.expression.elements import BindParameter, ColumnElement
from toolkit_core.expression.from_clause import ColumnCollection, FromClause
from toolkit_core.expression.given_row import column_key, expression_of, refuse_unknown, setting
from toolkit_core.expression.insert import Insert
from toolkit_core.expression.node import Node, child, children, declared, derived, value
from toolkit_core.expression.update import whole_condition
from toolkit_core.newer_typing import Self
from toolkit_core.types import NULLTYPE, TypeEngine


@declared
class ExcludedColumn(ColumnElement[Any]):
    """The value of a column in the row that could not be inserted."""

    visit_name = "excluded_column"

    name: str = value()
    type: TypeEngine[Any] = derived(default=NULLTYPE)

    @property
    def names_parameter(self) -> str:  # type: ignore[override]
        """A parameter beside it is named after it."""
        return self.name


@declared
class LiteralText(ColumnElement[Any]):
    """A value that is written into the SQL, where the database takes no parameter."""

    visit_name = "literal_text"

    sql: str = value()


@declared
class OnConflict(Node):
    """Do nothing, or update the row that is there, where one has the same key.

    It says what every database's way of it needs: ON CONFLICT, ON DUPLICATE KEY, MERGE.
    ``index`` are the columns of the unique index that is meant; none are any.  ``settings``
    are None where nothing is to be done.
    """

    visit_name = "on_conflict"

    index: tuple[Node, ...] = children(default=())
    index_where: ColumnElement[Any] | None = child(default=None)
    constraint: str | None = value(default=None)
    set_names: tuple[str, ...] | None = value(default=None)
    settings: tuple[Node, ...] = children(default=())
    where: ColumnElement[Any] | None = child(default=None)


class Excluded:
    """The row that could not be inserted, where no table is at hand: ``excluded.name``."""

    def __getattr__(self, name: str) -> ExcludedColumn:
        if name.startswith("__"):
            raise AttributeError(name)
        return ExcludedColumn(name)

    def __getitem__(self, name: str) -> ExcludedColumn:
        return ExcludedColumn(name)


excluded = Excluded()


def excluded_columns(table: FromClause) -> ColumnCollection:
    """Return the columns of the row that could not be inserted into a table."""
    # Of a mapped class those go by the names of attributes as well as by their own.
    columns = {**dict(table.exported_columns.items()), **dict(table.c.items())}
    return ColumnCollection(
        {
            key: ExcludedColumn(getattr(column, "expression", column).name, type=column.type)
            for key, column in columns.items()
        }
    )


def conflict_index(elements: Sequence[Any] | None, table: FromClause) -> tuple[Node, ...]:
    """Return the columns of a unique index that were given, by name or themselves."""
    found = []
    for element in elements or ():
        if isinstance(element, str):
            column = table.c.get(element)
            if column is None:
                refuse_unknown([element], table.c.keys(), table.name)
            found.append(column)
        else:
            found.append(expression_of(element))
    return tuple(found)


def conflict_settings(given: Any, table: FromClause) -> tuple[tuple[str, ...], tuple[Node, ...]]:
    """Return names of columns, in the order of the table, and what they are set to."""
    if isinstance(given, ColumnCollection):
        given = dict(given.items())
    elif not isinstance(given, Mapping):
        try:
            given = dict(given)
        except (TypeError, ValueError):
            raise ValueError(
                "set parameter must be a non-empty dictionary or a ColumnCollection such as the "
                "`.c.` collection of a Table object"
            ) from None
    if not given:
        raise ValueError("set parameter dictionary must not be empty")
    named = {column_key(key): found for key, found in given.items()}
    unknown = [name for name in named if name not in table.c]
    strange = [name for name in unknown if name not in table.exported_columns]
    if strange:
        warn(
            f"Additional column names not matching any column keys in table {table.name!r}: "
            + ", ".join(map(repr, strange))
        )
    known = [(column.name, named[key], column) for key, column in table.c.items() if key in named]
    beside = [(name, named[name], None) for name in unknown]
    ordered = [*known, *beside]
    return (
        tuple([name for name, _, _ in ordered]),
        tuple([setting(found, column) for _, found, column in ordered]),
    )


def inlined(node: Node) -> Node:
    """Return a condition with its values written into it.

    A database compares the condition with that of its index, and a parameter is like nothing.
    """
    if isinstance(node, BindParameter):
        return LiteralText(literal_sql(node.value))
    return node.rewritten(inlined)


def literal_sql(found: Any) -> str:
    """Write a plain value as SQL.

    >>> literal_sql("it's"), literal_sql(True), literal_sql(None)
    ("'it''s'", '1', 'NULL')
    """
    if found is None:
        return "NULL"
    if isinstance(found, bool):
        return str(int(found))
    if isinstance(found, int):
        return int.__repr__(found)
    if isinstance(found, str) and "\0" not in found:
        return "'" + found.replace("'", "''") + "'"
    raise CompileError(
        f"A condition of an index can be compared with numbers and text only, not {found!r}"
    )


class ConflictInsert(Insert):
    """An INSERT with the documented ON CONFLICT of PostgreSQL and SQLite."""

    @property
    def excluded(self) -> ColumnCollection:
        """The row that could not be inserted, for what the present one is set to."""
        return excluded_columns(self.table)

    def on_conflict_do_nothing(
        self, index_elements: Sequence[Any] | None = None, index_where: Any = None
    ) -> Self:
        """Leave a row out that is there already."""
        made = OnConflict(
            conflict_index(index_elements, self.table), index_where=_index_condition(index_where)
        )
        return self.but(conflicts=(*self.conflicts, made))

    def on_conflict_do_update(
        self,
        index_elements: Sequence[Any] | None = None,
        index_where: Any = None,
        set_: Any = None,
        where: Any = None,
    ) -> Self:
        """Update the row that is there already."""
        names, settings = conflict_settings(set_, self.table)
        made = OnConflict(
            conflict_index(index_elements, self.table),
            index_where=_index_condition(index_where),
            set_names=names,
            settings=settings,
            where=_condition(where),
        )
        return self.but(conflicts=(*self.conflicts, made))


def _condition(where: Any) -> ColumnElement[Any] | None:
    return None if where is None else whole_condition(conditions((where,)))


def _index_condition(where: Any) -> Any:
    condition = _condition(where)
    return None if condition is None else inlined(condition)


class Upsert(Insert):
    """An INSERT that says for every database what becomes of a row that is there already."""

    @property
    def excluded(self) -> ColumnCollection:
        """The row that could not be inserted, for what the present one is set to."""
        return excluded_columns(self.table)

    def on_conflict(
        self, index: Sequence[Any] | None = None, *, index_where: Any = None, where: Any = None
    ) -> Self:
        """Name the columns that make a row the same; ``set()`` or ``do_nothing()`` follows.

        With ``where``, only rows that are there and fulfil it are updated; ``index_where`` is
        the condition of a partial index.
        """
        made = OnConflict(
            conflict_index(index, self.table),
            index_where=_index_condition(index_where),
            where=_condition(where),
        )
        return self.but(conflicts=(*self.conflicts, made))

    def set(self, *names: Any, **settings: Any) -> Self:
        """Update the row that is there: columns named alone get the value of the new row."""
        new = self.excluded
        given = {column_key(name): None for name in names}
        unknown = [name for name in given if name not in new]
        if unknown:
            refuse_unknown(unknown, new.keys(), self.table.name)
        values = {name: new[name] for name in given}
        set_names, found = conflict_settings({**values, **settings}, self.table)
        *others, last = self._begun()
        return self.but(conflicts=(*others, last.but(set_names=set_names, settings=found)))

    def do_nothing(self) -> Self:
        """Leave a row out that is there already."""
        *others, last = self._begun()
        if last.where is not None:
            raise InvalidRequestError("A condition says which rows to update; nothing is updated")
        return self.but(conflicts=(*others, last.but(set_names=None, settings=())))

    def _begun(self) -> tuple[Any, ...]:
        # Without on_conflict(): whatever conflict there is.
        return self.conflicts or (OnConflict(),)


def conflict_insert(table: Any) -> ConflictInsert:
    """Make an INSERT that has ``on_conflict_do_update()`` and ``on_conflict_do_nothing()``."""
    return ConflictInsert(checked_table(table))


def upsert(table: Any) -> Upsert:
    """Make an INSERT that updates the rows that are there already, on any database.

    >>> from toolkit_core.schema import Column, MetaData, Table
    >>> people = Table("people", MetaData(), Column("id"), Column("name"))
    >>> statement = upsert(people).values(id=5, name="Ada").on_conflict(["id"]).set("name")
    >>> statement.conflicts[0].set_names
    ('name',)
    """
    return Upsert(checked_table(table))
