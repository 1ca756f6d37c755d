"""What all statements that return rows have in common, and what SELECTs and sets of them have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from toolkit_core.errors import ArgumentError
from toolkit_core.expression.coercions import as_orderings, as_row_count
from toolkit_core.expression.column_collection import ColumnCollection
from toolkit_core.expression.cte import HasCTE
from toolkit_core.expression.executable import Executable
from toolkit_core.expression.for_update import ForUpdate, for_update
from toolkit_core.expression.from_clause import FromClause, ReturnsRows, origins
from toolkit_core.expression.label_style import LABEL_STYLE_DEFAULT, SelectLabelStyle
from toolkit_core.expression.makers import MAKERS
from toolkit_core.expression.node import child, children, declared, value
from toolkit_core.expression.params import BindParameter
from toolkit_core.expression.selected import exported_by
from toolkit_core.newer_typing import Self

if TYPE_CHECKING:
    from toolkit_core.expression.column_element import ColumnElement
    from toolkit_core.expression.exists import Exists
    from toolkit_core.expression.labels import Label
    from toolkit_core.expression.lateral import Lateral
    from toolkit_core.expression.scalar_select import ScalarSelect
    from toolkit_core.expression.selected import Selected
    from toolkit_core.expression.source_column import Exported
    from toolkit_core.expression.subquery import Subquery


class SelectBase(HasCTE, Executable, ReturnsRows):
    """A statement that returns rows, and can be a part of another one."""

    is_select: ClassVar[bool] = True
    # What it reads from is no business of the statement around it.
    reads_alone: ClassVar[bool] = True

    @property
    def selected_columns(self) -> ColumnCollection:
        """The columns of its rows."""
        raise NotImplementedError

    @property
    def exported_columns(self) -> ColumnCollection:
        """The columns of its rows."""
        return self.selected_columns

    def named_columns(self) -> list[Selected]:
        """Return the columns with their names in the SQL."""
        raise NotImplementedError

    def exported(self) -> list[Exported]:
        """Return the columns as a source made of the statement has them."""
        return exported_by(self.named_columns())

    def subquery(self, name: str | None = None) -> Subquery:
        """Return the statement as a source: in parentheses, under a name.

        >>> from toolkit_core.expression.select import select
        >>> from toolkit_core.expression.table_clause import table
        >>> select(table("person")).subquery("p")
        <Subquery p>
        """
        return MAKERS.subquery(self, name)

    def alias(self, name: str | None = None, flat: bool = False) -> Subquery:
        """Return the statement as a source, as ``subquery()`` does."""
        return MAKERS.subquery(self, name)

    def lateral(self, name: str | None = None) -> Lateral:
        """Return the statement as a source that may read what stands before it."""
        return MAKERS.lateral(self, name)

    def into(
        self,
        target: str,
        *,
        metadata: Any = None,
        schema: str | None = None,
        temporary: bool = False,
        if_not_exists: bool = False,
    ) -> Any:
        r"""Return a ``CREATE TABLE … AS`` of the statement; its ``table`` can be read from.

        >>> from toolkit_core.expression.elements import column
        >>> from toolkit_core.expression.select import select
        >>> from toolkit_core.expression.table_clause import table
        >>> made = select(table("person", column("id"))).into("copy")
        >>> str(made)
        'CREATE TABLE copy AS SELECT person.id \nFROM person'
        >>> made.table.c.keys()
        ['id']
        """
        return MAKERS.table_as(
            self,
            target,
            metadata=metadata,
            schema=schema,
            temporary=temporary,
            if_not_exists=if_not_exists,
        )

    def __bool__(self) -> bool:
        raise TypeError(
            "Boolean value of this clause is not defined: compare a statement with None by 'is'"
        )

    @property
    def selectable(self) -> Self:
        """The statement itself."""
        return self

    def scalar_subquery(self) -> ScalarSelect[Any]:
        """Return the statement as an expression: the one value of its one row."""
        return MAKERS.scalar(self)

    def as_scalar(self) -> ScalarSelect[Any]:
        """Return the statement as an expression, as ``scalar_subquery()`` does."""
        return MAKERS.scalar(self)

    def label(self, name: str | None) -> Label[Any]:
        """Return the statement as an expression with a name."""
        made: Label[Any] = self.scalar_subquery().label(name)
        return made

    def exists(self) -> Exists:
        """Return whether it has a row, as an expression.

        >>> from toolkit_core.expression.select import select
        >>> from toolkit_core.expression.table_clause import table
        >>> type(select(table("person")).exists()).__name__
        'Exists'
        """
        return MAKERS.exists(self)

    def is_derived_from(self, fromclause: FromClause | None) -> bool:
        """Tell whether the statement reads from a source, however deep."""
        return fromclause is not None and any(fromclause is one for one in origins(self))

    def corresponding_column(self, column: Any, require_embedded: bool = False) -> Any:
        """Return the column here that is, or comes from, the given one; None if there is none."""
        return self.exported_columns.corresponding_column(column, require_embedded)


@declared
class GenerativeSelect(SelectBase):
    """A SELECT or a set of them: what has an order, and a number of rows to return."""

    ordering: tuple[ColumnElement[Any], ...] = children(default=(), kw_only=True)
    grouping: tuple[ColumnElement[Any], ...] = children(default=(), kw_only=True)
    row_limit: ColumnElement[Any] | None = child(default=None, kw_only=True)
    row_offset: ColumnElement[Any] | None = child(default=None, kw_only=True)
    row_fetch: ColumnElement[Any] | None = child(default=None, kw_only=True)
    fetch_ties: bool = value(default=False, kw_only=True)
    fetch_percent: bool = value(default=False, kw_only=True)
    # Approximately as many rows: a dialect's own option of FETCH, by name.
    fetch_options: tuple[tuple[str, Any], ...] = value(default=(), kw_only=True)
    locking: ForUpdate | None = child(default=None, kw_only=True)
    label_style: SelectLabelStyle = value(default=LABEL_STYLE_DEFAULT, kw_only=True)

    def order_by(self, *clauses: Any) -> Self:
        """Add to the order of the rows; None alone takes it away.

        A text is the name of a label of the SELECT, or of a column of what it reads from.
        """
        if len(clauses) == 1 and (clauses[0] is None or clauses[0] is False):
            return self.dropped("ordering")
        return self.but(ordering=self.ordering + as_orderings(clauses, "ORDER BY"))

    def group_by(self, *clauses: Any) -> Self:
        """Add to what rows are grouped by; None alone takes it away."""
        if len(clauses) == 1 and (clauses[0] is None or clauses[0] is False):
            return self.dropped("grouping")
        return self.but(grouping=self.grouping + as_orderings(clauses, "GROUP BY"))

    def limit(self, limit: Any) -> Self:
        """Return at most so many rows; None takes the limit away."""
        made = self if self.row_fetch is None else self.dropped(*_FETCH)
        if limit is None:
            return made.dropped("row_limit")
        return made.but(row_limit=as_row_count(limit))

    def offset(self, offset: Any) -> Self:
        """Skip so many rows; None takes that away."""
        if offset is None:
            return self.dropped("row_offset")
        return self.but(row_offset=as_row_count(offset))

    def fetch(
        self, count: Any, with_ties: bool = False, percent: bool = False, **dialect_kw: Any
    ) -> Self:
        """Return at most so many rows, as FETCH FIRST says it.

        ``with_ties`` adds the rows that the order does not tell from the last one; ``percent``
        counts in hundredths of all rows.
        """
        _check_fetch_options(dialect_kw)
        made = self.dropped("row_limit", *_FETCH)
        if count is None:
            return made
        flags = {"fetch_ties": True} if with_ties else {}
        if percent:
            flags["fetch_percent"] = True
        if dialect_kw:
            made = made.but(fetch_options=tuple(sorted(dialect_kw.items())))
        return made.but(row_fetch=as_row_count(count), **flags)

    def slice(self, start: int | None, stop: int | None) -> Self:
        """Return the rows that a slice of all of them has: LIMIT and OFFSET by Python's numbers.

        >>> from toolkit_core.expression.select import select
        >>> from toolkit_core.expression.table_clause import table
        >>> part = select(table("t")).slice(10, 15)
        >>> part.row_limit.value, part.row_offset.value
        (5, 10)
        """
        before = self.row_offset
        skipped = before.value if isinstance(before, BindParameter) else None
        if before is not None and start and skipped is None:
            raise ArgumentError(
                "slice() can only move an OFFSET that is a plain number",
                hint="give one offset() with the sum as an expression",
            )
        made = self
        if stop is not None:
            made = made.limit(stop if start is None else stop - start)
        if start:
            made = made.offset((skipped or 0) + start)
        return made

    def with_for_update(
        self,
        *,
        nowait: bool = False,
        read: bool = False,
        of: Any = None,
        skip_locked: bool = False,
        key_share: bool = False,
    ) -> Self:
        """Lock the rows that are returned, as FOR UPDATE does, until the transaction ends."""
        locking = for_update(
            of=of, nowait=nowait, read=read, skip_locked=skip_locked, key_share=key_share
        )
        return self.but(locking=locking)

    def get_label_style(self) -> SelectLabelStyle:
        """Return how columns are named."""
        return self.label_style

    def set_label_style(self, style: SelectLabelStyle) -> Self:
        """Set how columns are named."""
        return self if style is self.label_style else self.but(label_style=style)


_FETCH = ("row_fetch", "fetch_ties", "fetch_percent", "fetch_options")


def _check_fetch_options(found: dict[str, Any]) -> None:
    for name in found:
        if "_" not in name.strip("_"):
            raise ArgumentError(
                f"fetch() takes no argument {name!r}",
                hint="a dialect's own begin with its name: oracle_fetch_approximate",
            )
