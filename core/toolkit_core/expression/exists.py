"""Whether a statement has rows."""

from __future__ import annotations

from typing import Any, ClassVar

from toolkit_core.expression import operators
from toolkit_core.expression.coerce import BOOLEAN
from toolkit_core.expression.coercions import as_columns, resolved
from toolkit_core.expression.column_element import ColumnElement
from toolkit_core.expression.columns import ColumnClause, literal_column
from toolkit_core.expression.node import child, declared, derived
from toolkit_core.expression.operators import Operator
from toolkit_core.expression.select import Select, select
from toolkit_core.expression.select_base import SelectBase
from toolkit_core.newer_typing import Self
from toolkit_core.types import TypeEngine

STAR: ColumnClause[Any] = literal_column("*")


@declared
class Exists(ColumnElement[bool]):
    """``EXISTS (SELECT …)``; most methods are those of the statement inside."""

    visit_name = "exists"
    reads_alone: ClassVar[bool] = True
    is_condition = True

    element: Any = child()
    # Beside AND it stands in parentheses.
    operator: Operator = derived(default=operators.exists)
    type: TypeEngine[Any] = derived(default=BOOLEAN)

    def where(self, *clauses: Any) -> Self:
        """Add conditions to the statement."""
        return self.but(element=self.element.where(*clauses))

    def select_from(self, *froms: Any) -> Self:
        """Say what the statement reads from."""
        return self.but(element=self.element.select_from(*froms))

    def correlate(self, *fromclauses: Any) -> Self:
        """Say which sources the statement around it provides."""
        return self.but(element=self.element.correlate(*fromclauses))

    def correlate_except(self, *fromclauses: Any) -> Self:
        """Say that the statement around it provides all sources but these."""
        return self.but(element=self.element.correlate_except(*fromclauses))

    def add_cte(self, *ctes: Any, nest_here: bool = False) -> Self:
        """Put CTEs before the statement."""
        return self.but(element=self.element.add_cte(*ctes, nest_here=nest_here))

    def prefix_with(self, *prefixes: Any, dialect: str = "*") -> Self:
        """Add words behind the keyword of the statement."""
        return self.but(element=self.element.prefix_with(*prefixes, dialect=dialect))

    def with_hint(self, selectable: Any, text: str, dialect_name: str = "*") -> Self:
        """Add a hint about one source of the statement."""
        return self.but(element=self.element.with_hint(selectable, text, dialect_name))

    def with_statement_hint(self, text: str, dialect_name: str = "*") -> Self:
        """Add a hint about the whole of the statement."""
        return self.but(element=self.element.with_statement_hint(text, dialect_name))

    def select(self) -> Select[bool]:
        """Return a SELECT of this one value.

        >>> from toolkit_core.expression.table_clause import table
        >>> type(exists(select_of(table("person"))).select()).__name__
        'Select'
        """
        return select(self)


def select_of(source: Any) -> Select[Any]:
    """Return a SELECT of all columns of a source."""
    return select(source)


def made_exists(statement: Any) -> Exists:
    """Return whether a statement has rows, as an expression."""
    made = Exists.__new__(Exists)
    made.element = statement
    return made


def exists(*entities: Any) -> Exists:
    """Return whether a statement has rows: a SELECT that is given, or one of what is given.

    Without anything it is ``EXISTS (SELECT * …)``, whose conditions ``where()`` adds.
    """
    if len(entities) == 1:
        found = resolved(entities[0])
        if isinstance(found, SelectBase):
            return made_exists(found)
        below = getattr(found, "element", None)
        if getattr(found, "is_scalar", False) and isinstance(below, SelectBase):
            return made_exists(below)
    return made_exists(select(*(as_columns(entities) or (STAR,))))
