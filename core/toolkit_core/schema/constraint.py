"""Constraints of a table: the base of all, and those of whole sets of columns."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from toolkit_core.errors import ArgumentError, InvalidRequestError
from toolkit_core.expression.column_collection import ColumnCollection
from toolkit_core.schema.conditions import HasConditionalDDL
from toolkit_core.schema.constraint_columns import column_of, columns_in, table_of
from toolkit_core.schema.dialect_options import TakesDialectOptions
from toolkit_core.schema.item import SchemaItem
from toolkit_core.schema.naming import apply_convention
from toolkit_core.schema.sql_text import as_sql

if TYPE_CHECKING:
    from toolkit_core.schema.table import Table


class Constraint(SchemaItem, HasConditionalDDL, TakesDialectOptions):
    """The base of all constraints."""

    visit_name = "constraint"
    name: str | None = None
    deferrable: bool | None = None
    initially: str | None = None
    comment: str | None = None
    _table: Table | None = None
    # Made by a type: it is made anew where the column is copied.
    _type_bound: bool = False
    # Whether a dialect's word decides that it is written; set by types.
    _create_rule: Any = None
    # Set by AddConstraint: the constraint comes with a statement of its own.
    _isolated: bool = False

    def __init__(
        self,
        name: str | None = None,
        deferrable: bool | None = None,
        initially: str | None = None,
        info: dict[Any, Any] | None = None,
        comment: str | None = None,
        _create_rule: Any = None,
        _type_bound: bool = False,
        **dialect_kw: Any,
    ) -> None:
        self._stamp()
        if name is not None:
            self.name = name
        if deferrable is not None:
            self.deferrable = deferrable
        if initially is not None:
            self.initially = initially
        if info is not None:
            self.info = info
        if comment is not None:
            self.comment = comment
        if _create_rule is not None:
            self._create_rule = _create_rule
        if _type_bound:
            self._type_bound = True
        if dialect_kw:
            self._take_options(dialect_kw)

    @property
    def table(self) -> Table:
        """The table that the constraint belongs to."""
        if self._table is None:
            raise InvalidRequestError(
                "This constraint is not bound to a table.  Did you mean to call "
                "table.append_constraint(constraint) ?"
            )
        return self._table

    def _set_parent(self, parent: Any) -> None:
        self._table = parent
        parent.constraints.add(self)
        apply_convention(self, parent)

    def copy(self, **kw: Any) -> Constraint:
        """Return a copy that belongs to no table."""
        return self._copy(**kw)

    def _copy(self, target_table: Table | None = None, **kw: Any) -> Constraint:
        raise InvalidRequestError(f"{self!r} cannot be copied")

    def _finished(self, copy: Any) -> Any:
        """Give a copy what all constraints have."""
        if self._ddl_if is not None:
            copy._ddl_if = self._ddl_if
        if "info" in self.__dict__:
            copy.info = dict(self.info)
        copy._options = self._options
        copy._create_rule = self._create_rule
        copy._type_bound = self._type_bound
        copy._isolated = self._isolated
        return copy

    def _basic(self) -> dict[str, Any]:
        """Return the arguments that all constraints take."""
        return {
            "name": self.name,
            "deferrable": self.deferrable,
            "initially": self.initially,
            "comment": self.comment,
        }

    def _key_in(self, other: Table | None, column: Any) -> Any:
        """Return what finds, in a copy of the table, the column like one of this table's."""
        return column if isinstance(column, str) else column.key


class ColumnCollectionConstraint(Constraint):
    """A constraint of some columns of its table."""

    def __init__(
        self,
        *columns: Any,
        name: str | None = None,
        deferrable: bool | None = None,
        initially: str | None = None,
        info: dict[Any, Any] | None = None,
        _column_flag: bool = False,
        **dialect_kw: Any,
    ) -> None:
        comment = dialect_kw.pop("comment", None)
        super().__init__(name, deferrable, initially, info, comment, **dialect_kw)
        # Until the table is known: names, or columns that have none yet.
        self._pending: tuple[Any, ...] = tuple([column_of(one) for one in columns])
        self._columns = ColumnCollection()
        # Made for a column's own ``unique=True``.
        self._column_flag = _column_flag
        wait_for_table(self, self._pending)

    @property
    def columns(self) -> ColumnCollection:
        """The columns, once the table is known."""
        return self._columns

    @property
    def c(self) -> ColumnCollection:
        """The columns, once the table is known."""
        return self._columns

    def _set_parent(self, parent: Any) -> None:
        if getattr(parent, "visit_name", None) != "table":
            raise ArgumentError(
                f"{type(self).__name__} is put into a Table, not into {parent!r}",
                hint="a column is asked for it by unique=True or primary_key=True",
            )
        found = columns_in(parent, self._pending, self)
        self._columns._set((column.key, column) for column in found)
        super()._set_parent(parent)

    def contains_column(self, col: Any) -> bool:
        """Tell whether this very column is part of the constraint."""
        return self._columns.contains_column(col)

    def __contains__(self, key: object) -> bool:
        return key in self._columns

    def __iter__(self) -> Iterator[Any]:
        return iter(self._columns)

    def __len__(self) -> int:
        return len(self._columns)

    def __bool__(self) -> bool:
        return True

    def _keys(self, target_table: Table | None) -> list[Any]:
        wanted: Any = self._columns if self._table is not None else self._pending
        return [self._key_in(target_table, column) for column in wanted]

    def _copy(self, target_table: Table | None = None, **kw: Any) -> Constraint:
        made = type(self)(*self._keys(target_table), **self._basic())
        made._column_flag = self._column_flag
        copy: Constraint = self._finished(made)
        return copy

    def __repr__(self) -> str:
        return shown(self, *(self._columns if self._table is not None else self._pending))


class UniqueConstraint(ColumnCollectionConstraint):
    """``UNIQUE (…)``.

    >>> UniqueConstraint("a", "b", name="uq_ab").name
    'uq_ab'
    """

    visit_name = "unique_constraint"
    __init__ = ColumnCollectionConstraint.__init__


class CheckConstraint(ColumnCollectionConstraint):
    """``CHECK (…)``, of SQL text or an expression.

    >>> CheckConstraint("a > 5", name="five").sqltext
    text('a > 5')
    """

    visit_name = "table_or_column_check_constraint"

    def __init__(
        self,
        sqltext: Any,
        name: str | None = None,
        deferrable: bool | None = None,
        initially: str | None = None,
        table: Table | None = None,
        info: dict[Any, Any] | None = None,
        _create_rule: Any = None,
        _type_bound: bool = False,
        **dialect_kw: Any,
    ) -> None:
        self.sqltext = as_sql(sqltext)
        columns = tuple(dict.fromkeys(columns_of(self.sqltext)))
        # A condition names its columns itself; they only tell the table.
        super().__init__(
            *columns,
            name=name,
            deferrable=deferrable,
            initially=initially,
            info=info,
            _create_rule=_create_rule,
            _type_bound=_type_bound,
            **dialect_kw,
        )
        if table is not None and self._table is None:
            self._attach(table)

    @property
    def is_column_level(self) -> bool:
        """Whether it was put into a column rather than a table."""
        return self._in_column

    _in_column: bool = False

    def _set_parent(self, parent: Any) -> None:
        if not hasattr(parent, "constraints"):
            raise ArgumentError(f"{parent!r} cannot have constraints")
        if parent.visit_name == "column":
            self._in_column = True
            self._table = parent.table
            parent.constraints.add(self)
            parent._when_in_table(self._column_in_table)
        else:
            super()._set_parent(parent)

    def _column_in_table(self, column: Any, table: Table) -> None:
        self._table = table
        apply_convention(self, table)

    def _copy(self, target_table: Table | None = None, **kw: Any) -> CheckConstraint:
        sqltext = self.sqltext
        if target_table is not None:
            sqltext = moved(sqltext, self._table, target_table)
        elif self._table is not None or self._pending:
            # Its columns would put it into the table that it is copied from.
            sqltext = sqltext_of_names(sqltext)
        made = CheckConstraint(sqltext, **self._basic(), **kw)
        copy: CheckConstraint = self._finished(made)
        return copy

    def __repr__(self) -> str:
        return shown(self, str(self.sqltext))


def wait_for_table(constraint: Any, columns: tuple[Any, ...]) -> None:
    """Put a constraint into the table of its columns, as soon as all of them are in one.

    Where a name is among them, somebody must say which table is meant.
    """
    given = [column for column in columns if not isinstance(column, str)]
    if not given or len(given) < len(columns):
        return
    missing = [column for column in given if table_of(column) is None]
    if not missing:
        if constraint._table is None:
            constraint._attach(table_of(given[0]))
        return
    for column in missing:
        # The last one that finds its table takes the constraint along.
        column._when_in_table(partial(_try_again, constraint, given))


def _try_again(constraint: Any, given: list[Any], column: Any, table: Any) -> None:
    if constraint._table is None and all(table_of(column) is not None for column in given):
        constraint._attach(table_of(given[0]))


def columns_of(expression: Any) -> Iterator[Any]:
    """Yield the table columns that an expression names."""
    if getattr(expression, "visit_name", None) == "column" and isinstance(expression, SchemaItem):
        yield expression
    elif hasattr(expression, "child_nodes"):
        for below in expression.child_nodes():
            yield from columns_of(below)


def moved(expression: Any, source: Table | None, target: Table) -> Any:
    """Return an expression with the columns of one table replaced by those of another."""
    if not hasattr(expression, "rewritten"):
        return expression

    def change(node: Any) -> Any:
        if getattr(node, "visit_name", None) == "column" and isinstance(node, SchemaItem):
            table: Any = getattr(node, "table", None)
            if table is source or table is None:
                return target.c.get(getattr(node, "key", ""), node)
            return node
        return node.rewritten(change)

    return change(expression)


def sqltext_of_names(expression: Any) -> Any:
    """Return an expression with each table column replaced by a mere copy of it."""
    copies: dict[int, Any] = {}

    def change(node: Any) -> Any:
        if getattr(node, "visit_name", None) == "column" and isinstance(node, SchemaItem):
            if id(node) not in copies:
                copies[id(node)] = type(node)(node.name, node.type)  # type: ignore[attr-defined,call-arg]
            return copies[id(node)]
        return node.rewritten(change)

    return change(expression) if hasattr(expression, "rewritten") else expression


def shown(item: Any, *arguments: Any) -> str:
    """Return an item as the call that made it."""
    parts = [repr(one) for one in arguments]
    if item.name is not None:
        parts.append(f"name={str(item.name)!r}")
    if getattr(item, "_table", None) is not None:
        parts.append(f"table=<{item._table.name}>")
    return f"{type(item).__name__}({', '.join(parts)})"
