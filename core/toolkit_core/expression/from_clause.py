"""What a SELECT may read from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic

from toolkit_core.expression.column_collection import ColumnCollection
from toolkit_core.expression.makers import MAKERS
from toolkit_core.expression.node import Node
from toolkit_core.newer_typing import Self, TypeVar

if TYPE_CHECKING:
    from toolkit_core.expression.alias import Alias
    from toolkit_core.expression.joins import Join
    from toolkit_core.expression.lateral import Lateral
    from toolkit_core.expression.select import Select
    from toolkit_core.expression.table_valued import TableValuedColumn
    from toolkit_core.expression.tablesample import TableSample

# What a source has for columns: those that a class declares, or any.
Cols = TypeVar("Cols", bound=ColumnCollection, default=ColumnCollection, covariant=True)
Given = TypeVar("Given", bound=ColumnCollection)

__all__ = ["Cols", "ColumnCollection", "FromClause", "Named", "ReturnsRows", "Selectable"]


class Named:
    """What every source has, be it a field of its class or not."""

    # None: one is found for it when it is written.
    name: str | None = None
    # What a name that is found for it begins with.
    names_alias: str | None = None
    schema: str | None = None


class ReturnsRows(Named, Node):
    """Whatever gives rows, be it a source or a statement."""

    def sources(self) -> tuple[Any, ...]:
        """Return what it reads from itself: a table reads from nothing."""
        return ()


class Selectable(ReturnsRows):
    """Whatever a SELECT can be made of."""


class FromClause(Selectable, Generic[Cols]):
    """Something with columns, which a SELECT can read from."""

    visit_name = "fromclause"

    @property
    def c(self) -> Cols:
        """The columns."""
        raise NotImplementedError

    @property
    def columns(self) -> Cols:
        """The columns."""
        return self.c

    @property
    def exported_columns(self) -> Cols:
        """The columns."""
        return self.c

    @property
    def entity_namespace(self) -> Any:
        """What ``filter_by()`` finds names in."""
        return self.c

    def with_cols(self, type_: type[Given]) -> FromClause[Given]:
        """Tell type checkers the class that declares the columns; the source stays what it is.

        >>> from toolkit_core.expression.elements import column
        >>> from toolkit_core.expression.table_clause import table
        >>> from toolkit_core.schema import Named, TypedColumns
        >>> class person_columns(TypedColumns):
        ...     id: Named[int]
        >>> person = table("person", column("id"))
        >>> person.with_cols(person_columns) is person
        True
        """
        same: Any = self
        return same  # type: ignore[no-any-return]

    @property
    def primary_key(self) -> Any:
        """The columns that are a part of the primary key."""
        return ColumnCollection((key, one) for key, one in self.c.items() if one.primary_key)

    @property
    def foreign_keys(self) -> Any:
        """The foreign keys of all columns."""
        return {key for column in self.c for key in getattr(column, "foreign_keys", ())}

    @property
    def description(self) -> str:
        """What messages call it."""
        return self.name or f"anonymous {type(self).__name__.lower()}"

    def select(self) -> Select[Any]:
        """Return a SELECT of all columns.

        >>> from toolkit_core.expression.table_clause import table
        >>> from toolkit_core.expression.elements import column
        >>> table("person", column("id")).select()
        Select(raw_columns=(TableClause('person'),))
        """
        return MAKERS.select(self)

    def alias(self, name: str | None = None, flat: bool = False) -> Alias[Cols]:
        """Return the same source under another name; without one, a name is found for it."""
        made: Alias[Any] = MAKERS.alias(self, name, flat=flat)
        return made

    @property
    def selectable(self) -> Self:
        """The source itself."""
        return self

    def lateral(self, name: str | None = None) -> Lateral:
        """Return the same source behind LATERAL: it may read what stands before it."""
        return MAKERS.lateral(self, name)

    def table_valued(self) -> TableValuedColumn:
        """Return the source as an expression: its name, for functions that take whole rows.

        >>> from toolkit_core.expression.functions import func
        >>> from toolkit_core.expression.table_clause import table
        >>> str(func.row_to_json(table("person").table_valued()))
        'row_to_json(person)'
        """
        return MAKERS.table_valued_column(self)

    def tablesample(
        self, sampling: Any, name: str | None = None, seed: Any | None = None
    ) -> TableSample:
        """Return a sample of the rows, as ``TABLESAMPLE`` takes it."""
        return MAKERS.tablesample(self, sampling, name, seed)

    def join(
        self, right: Any, onclause: Any = None, isouter: bool = False, full: bool = False
    ) -> Join:
        """Join another source; without a condition, the one that a foreign key gives."""
        return MAKERS.join(self, right, onclause, isouter=isouter, full=full)

    def outerjoin(self, right: Any, onclause: Any = None, full: bool = False) -> Join:
        """Join another source, keeping the rows of this one that have no partner."""
        return MAKERS.join(self, right, onclause, isouter=True, full=full)

    def corresponding_column(self, column: Any, require_embedded: bool = False) -> Any:
        """Return the column here that is, or comes from, the given one; None if there is none."""
        return self.c.corresponding_column(column, require_embedded)

    def is_derived_from(self, fromclause: FromClause | None) -> bool:
        """Tell whether this is, or reads from, the given source."""
        return fromclause is not None and any(fromclause is source for source in origins(self))


def origins(source: Any) -> list[Any]:
    """Return a source and all that it reads from, however deep."""
    found: list[Any] = [source]
    for below in source.sources():
        found += origins(below)
    return found
