"""Sets of statements: UNION, INTERSECT, EXCEPT."""

from __future__ import annotations

from typing import Any

from toolkit_core.errors import ArgumentError
from toolkit_core.expression.coercions import resolved
from toolkit_core.expression.column_collection import ColumnCollection
from toolkit_core.expression.label_style import SelectLabelStyle
from toolkit_core.expression.node import children, declared, value
from toolkit_core.expression.select_base import GenerativeSelect, SelectBase
from toolkit_core.expression.selected import Selected
from toolkit_core.newer_typing import Self


@declared
class CompoundSelect(GenerativeSelect):
    """The rows of several statements put together; its columns are those of the first."""

    visit_name = "compound_select"

    keyword: str = value()
    selects: tuple[SelectBase, ...] = children()

    @property
    def selected_columns(self) -> ColumnCollection:
        """The columns of its rows: those of the first statement."""
        return self.selects[0].selected_columns if self.selects else ColumnCollection()

    def named_columns(self) -> list[Selected]:
        """Return the columns with their names in the SQL."""
        return self.selects[0].named_columns() if self.selects else []

    def get_label_style(self) -> SelectLabelStyle:
        """Return how columns are named: as in the first statement."""
        first = self.selects[0] if self.selects else None
        return first.get_label_style() if isinstance(first, GenerativeSelect) else self.label_style

    def set_label_style(self, style: SelectLabelStyle) -> Self:
        """Set how the columns of the first statement are named: those are the result's."""
        first = self.selects[0] if self.selects else None
        if not isinstance(first, GenerativeSelect) or first.get_label_style() is style:
            return self
        return self.but(selects=(first.set_label_style(style), *self.selects[1:]))

    def sources(self) -> tuple[Any, ...]:
        """Return the statements."""
        return self.selects


def made_compound(keyword: str, selects: tuple[Any, ...]) -> CompoundSelect:
    """Return statements put together."""
    return CompoundSelect(keyword=keyword, selects=tuple([_part(one) for one in selects]))


def _part(found: Any) -> SelectBase:
    element = resolved(found)
    if isinstance(element, SelectBase):
        return element
    below = getattr(element, "element", None)
    if isinstance(below, SelectBase) and getattr(element, "is_scalar", False):
        return below
    raise ArgumentError(
        "SELECT construct for inclusion in a UNION or other set construct expected, got "
        f"{found!r}. To SELECT from any FROM clause, use the .select() method."
    )


def union(*selects: Any) -> CompoundSelect:
    """Return the rows of statements, each once.

    >>> from toolkit_core.expression.select import select
    >>> from toolkit_core.expression.table_clause import table
    >>> union(select(table("a")), select(table("b"))).keyword
    'UNION'
    """
    return made_compound("UNION", selects)


def union_all(*selects: Any) -> CompoundSelect:
    """Return the rows of statements."""
    return made_compound("UNION ALL", selects)


def intersect(*selects: Any) -> CompoundSelect:
    """Return the rows that all statements have, each once."""
    return made_compound("INTERSECT", selects)


def intersect_all(*selects: Any) -> CompoundSelect:
    """Return the rows that all statements have, as often as all have them."""
    return made_compound("INTERSECT ALL", selects)


def except_(*selects: Any) -> CompoundSelect:
    """Return the rows of the first that the others do not have, each once."""
    return made_compound("EXCEPT", selects)


def except_all(*selects: Any) -> CompoundSelect:
    """Return the rows of the first that the others do not have, as often as it has them more."""
    return made_compound("EXCEPT ALL", selects)
