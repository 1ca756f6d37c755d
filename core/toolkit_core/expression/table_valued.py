"""Functions that return rows: as sources, and as the columns of these."""

from __future__ import annotations

from typing import Any, ClassVar

from toolkit_core.expression.alias import AliasedReturnsRows
from toolkit_core.expression.coercions import resolved
from toolkit_core.expression.column_element import ColumnElement
from toolkit_core.expression.columns import column
from toolkit_core.expression.lateral import Lateral
from toolkit_core.expression.node import child, declared, derived, value
from toolkit_core.expression.selected import FoundName
from toolkit_core.expression.source_column import Exported
from toolkit_core.facts.quoted_name import quoting_of
from toolkit_core.newer_typing import Self
from toolkit_core.types import NULLTYPE, TypeEngine


@declared
class TableValuedAlias(AliasedReturnsRows):
    """A function as a source, with the columns that it is told to have."""

    visit_name = "table_valued_alias"

    told_columns: tuple[Any, ...] = derived(default=(), kw_only=True)
    # What they are, for the key.
    told: tuple[Any, ...] = value(default=(), kw_only=True)
    ordinality: bool = value(default=False, kw_only=True)
    joins_implicitly: bool = value(default=False, kw_only=True)
    # Whether the names of the columns, and their types, are written behind its own.
    derived_names: bool = value(default=False, kw_only=True)
    derived_types: bool = value(default=False, kw_only=True)

    def _own_parts(self) -> tuple[Any, ...]:
        flags = (self.ordinality, self.derived_names, self.derived_types)
        return (self.name, self.told, flags)

    def _exported(self) -> list[Exported]:
        if self.told_columns:
            return [Exported(one, one.key, one.name) for one in self.told_columns]
        function = self.element
        name = function.name or "anon"
        return [Exported(function, name, None, FoundName(name, function))]

    @property
    def column(self) -> TableValuedColumn:
        """The source itself, where a column may stand: for functions that return one value."""
        return TableValuedColumn(self, type=self.element.type)

    def alias(  # type: ignore[override] # it has columns of its own
        self, name: str | None = None, flat: bool = False
    ) -> Self:
        """Return the same function, called anew, under another name."""
        return self.but(name=name)

    def lateral(self, name: str | None = None) -> Lateral:
        """Return the function as a source that may read what stands before it."""
        made: Lateral = Lateral(self) if name is None else Lateral(self, name)
        return made

    def render_derived(self, name: str | None = None, with_types: bool = False) -> Self:
        r"""Return the same with the names of its columns written behind its own.

        >>> from toolkit_core.expression.functions import func
        >>> rows = func.unnest(5).table_valued("a", "b").render_derived("x")
        >>> str(rows.select())
        'SELECT x.a, x.b \nFROM unnest(:unnest_1) AS x(a, b)'
        """
        return self.but(name=name, derived_names=True, derived_types=with_types)


@declared
class TableValuedColumn(ColumnElement[Any]):
    """A source where a column may stand: its name is written, alone."""

    visit_name = "table_valued_column"

    table: Any = child()
    type: TypeEngine[Any] = derived(default=NULLTYPE)

    @property
    def name(self) -> str | None:  # type: ignore[override]
        """The name of the source."""
        found: str | None = self.table.name
        return found

    @property
    def found_name(self) -> Any:
        """What its name is found after, where it has none of its own."""
        return None if self.table.name is not None else self.table

    @property
    def names_parameter(self) -> str | None:  # type: ignore[override]
        """Parameters beside it are named after it."""
        found: str | None = self.table.name
        return found


@declared
class ScalarFunctionColumn(ColumnElement[Any]):
    """One column of what a function returns, without reading from it: ``(f(x)).name``."""

    visit_name = "scalar_function_column"
    # It is a column, though of nothing that stands in FROM.
    table: ClassVar[None] = None

    function: ColumnElement[Any] = child()
    name: str = value()
    type: TypeEngine[Any] = derived(default=NULLTYPE)


def table_valued(
    function: Any,
    *columns: Any,
    name: str | None = None,
    with_ordinality: str | None = None,
    joins_implicitly: bool = False,
) -> TableValuedAlias:
    """Return a function as a source with these columns."""
    names = (*columns, with_ordinality) if with_ordinality is not None else columns
    told = tuple([column(one) if isinstance(one, str) else resolved(one) for one in names])
    return TableValuedAlias(
        element=function,
        name=name,
        told_columns=told,
        told=tuple([(one.name, quoting_of(one.name), one.type.static_key()) for one in told]),
        ordinality=with_ordinality is not None,
        joins_implicitly=joins_implicitly,
    )


def column_valued(
    function: Any, name: str | None = None, joins_implicitly: bool = False
) -> TableValuedColumn:
    """Return a function that returns rows of one value, as the column that it returns."""
    return table_valued(function, name=name, joins_implicitly=joins_implicitly).column


def scalar_table_valued(function: Any, name: str, type_: Any = None) -> ScalarFunctionColumn:
    """Return one column of what a function returns."""
    found = column(name, type_).type
    return ScalarFunctionColumn(function=function, name=name, type=found)
