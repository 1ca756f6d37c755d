"""Rows that are given as values: VALUES as a source."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from toolkit_core.errors import ArgumentError
from toolkit_core.expression.coerce import expression
from toolkit_core.expression.coercions import parameter, resolved
from toolkit_core.expression.column_collection import ColumnCollection
from toolkit_core.expression.column_element import ColumnElement
from toolkit_core.expression.cte import HasCTE
from toolkit_core.expression.from_clause import FromClause
from toolkit_core.expression.keys import Key, find_key, new_key
from toolkit_core.expression.makers import MAKERS
from toolkit_core.expression.node import ITSELF, Node, children, declared, derived, value
from toolkit_core.expression.source_column import Exported, columns_of
from toolkit_core.facts.quoted_name import quoting_of
from toolkit_core.newer_typing import Self
from toolkit_core.types import NULLTYPE, TypeEngine

if TYPE_CHECKING:
    from toolkit_core.expression.alias import Alias
    from toolkit_core.expression.lateral import Lateral


@declared
class ValuesRow(Node):
    """One row of values."""

    elements: tuple[ColumnElement[Any], ...] = children()


@declared
class Values(HasCTE, FromClause):
    """Rows of values, with the columns that are told.

    Like an alias it is itself and no other.
    """

    visit_name = "values"
    stands_for_more: ClassVar[bool] = True
    _leaves = ITSELF
    inherits_key: ClassVar[bool] = True

    # Other than of most nodes the columns are no parts: they only tell names and types.
    told_columns: tuple[Any, ...] = derived(kw_only=True)
    name: str | None = value(default=None, kw_only=True)
    literal_binds: bool = value(default=False, kw_only=True)
    rows: tuple[ValuesRow, ...] = children(default=(), kw_only=True)

    def _make_key(self) -> Key:
        names = tuple(
            [
                (column.name, quoting_of(column.name), column.type.static_key())
                for column in self.told_columns
            ]
        )
        rows = tuple([row.structure() for row in self.rows])
        added = tuple([one.structure() for one in self.added_ctes])
        name = (self.name, quoting_of(self.name))
        parts = (type(self), names, name, self.literal_binds, rows, added)
        key = self._key = find_key(parts) or new_key(parts, leaf=True)
        return key

    def inner_leaves(self) -> tuple[Node, ...]:
        """Return the leaves of the values."""
        leaves: tuple[Node, ...] = ()
        for below in (*self.rows, *self.added_ctes):
            below.structure()
            leaves += below._leaves
        return leaves

    def same_leaf(self, other: Node) -> bool:
        """Tell whether the other, of the same structure, is another of its kind."""
        return isinstance(other, Values)

    @property
    def c(self) -> ColumnCollection:
        """The columns."""
        found: ColumnCollection = self.remembered("columns", _columns)
        return found

    @property
    def names_alias(self) -> str:  # type: ignore[override]
        """What a name that is found for it begins with."""
        return self.name or "anon"

    def data(self, values: Sequence[Sequence[Any]]) -> Self:
        """Add rows.

        >>> from toolkit_core.expression.elements import column
        >>> len(values(column("a")).data([(1,), (2,)]).rows)
        2
        """
        rows = tuple([self._row(row, number) for number, row in enumerate(values)])
        return self.but(rows=self.rows + rows)

    def _row(self, row: Sequence[Any], number: int) -> ValuesRow:
        if len(row) != len(self.told_columns):
            raise ArgumentError(
                f"Wrong number of elements for {len(self.told_columns)}-tuple: {row!r} ",
                hint=f"row {number} has {len(row)}; the columns are "
                + ", ".join(str(column.name) for column in self.told_columns),
            )
        made = []
        for one, column in zip(row, self.told_columns, strict=True):
            element = resolved(one)
            if isinstance(element, Node):
                made.append(expression(element))
            else:
                made.append(parameter(one, _type_for(column)))
        return ValuesRow(tuple(made))

    def alias(self, name: str | None = None, flat: bool = False) -> Alias:
        """Return the same rows under another name."""
        return MAKERS.alias(self, name)

    def lateral(self, name: str | None = None) -> Lateral:
        """Return the rows as a source that may read what stands before it."""
        return MAKERS.lateral(self, self.name if name is None else name)

    def scalar_values(self) -> ScalarValues:
        """Return the rows as an expression, for IN."""
        return ScalarValues(self)

    def __repr__(self) -> str:
        return f"<Values {self.description}>"


@declared
class ScalarValues(ColumnElement[Any]):
    """Rows of values as an expression."""

    visit_name = "scalar_values"
    stands_in_in: ClassVar[bool] = True
    reads_alone: ClassVar[bool] = True

    rows: tuple[ValuesRow, ...] = children()
    literal_binds: bool = value(default=False)
    type: TypeEngine[Any] = derived(default=NULLTYPE)

    def __init__(self, values: Values) -> None:
        self.rows = values.rows
        if values.literal_binds:
            self.literal_binds = True
        if values.told_columns:
            self.type = values.told_columns[0].type


def _type_for(column: Any) -> TypeEngine[Any] | None:
    found: TypeEngine[Any] = column.type
    return None if found.__class__ is NULLTYPE.__class__ else found


def _columns(values: Values) -> ColumnCollection:
    return columns_of(
        values, [Exported(column, column.key, column.name) for column in values.told_columns]
    )


def values(
    *columns: ColumnElement[Any], name: str | None = None, literal_binds: bool = False
) -> Values:
    """Return rows of values as a source; ``data()`` gives the rows."""
    made = Values(told_columns=columns, literal_binds=literal_binds)
    if name is not None:
        made.name = name
    return made
