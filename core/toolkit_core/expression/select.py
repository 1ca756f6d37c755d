"""The SELECT statement."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

from toolkit_core.expression import operators
from toolkit_core.expression.binary import BinaryExpression
from toolkit_core.expression.coerce import condition, expression
from toolkit_core.expression.coercions import (
    as_columns,
    as_join_target,
    as_onclause,
    as_source,
)
from toolkit_core.expression.column_collection import ColumnCollection
from toolkit_core.expression.column_element import ColumnElement
from toolkit_core.expression.conditions import is_empty, joined
from toolkit_core.expression.descriptions import descriptions
from toolkit_core.expression.filter_by import conditions_by
from toolkit_core.expression.from_clause import FromClause
from toolkit_core.expression.from_list import from_list, sources_in
from toolkit_core.expression.from_statement import FromStatement
from toolkit_core.expression.joins import Join, members
from toolkit_core.expression.node import Node, child, children, declared, derived, value
from toolkit_core.expression.prefixes import HasHints, HasPrefixes, HasSuffixes
from toolkit_core.expression.select_base import GenerativeSelect
from toolkit_core.expression.selected import Selected, collection, named, selected_by
from toolkit_core.expression.set_operations import HasSetOperations
from toolkit_core.expression.syntax_extension import HasSyntaxExtensions
from toolkit_core.expression.without_repeats import without_repeats
from toolkit_core.newer_typing import Self
from toolkit_core.variadic import Ts, Unpack

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from toolkit_core.expression.arguments import Selects

_new = object.__new__

T0 = TypeVar("T0")
T1 = TypeVar("T1")
T2 = TypeVar("T2")
T3 = TypeVar("T3")
T4 = TypeVar("T4")
T5 = TypeVar("T5")
T6 = TypeVar("T6")
T7 = TypeVar("T7")
T8 = TypeVar("T8")
T9 = TypeVar("T9")


@declared
class JoinStep(Node):
    """One ``join()`` of a SELECT: what it joins to is found when all of the SELECT is known."""

    left: FromClause | None = child(default=None, kw_only=True)
    right: FromClause = child()
    onclause: ColumnElement[Any] | None = child(default=None, kw_only=True)
    isouter: bool = value(default=False, kw_only=True)
    full: bool = value(default=False, kw_only=True)
    # What a join along a relationship comes to.
    along: tuple[JoinStep, ...] | None = derived(default=None, kw_only=True)

    def __init__(self, left: Any, right: Any, onclause: Any, *, isouter: bool, full: bool) -> None:
        path = getattr(right if onclause is None else onclause, "join_steps", None)
        if path is not None:
            self.along = path(left, None if onclause is None else right, isouter, full)
            return
        if left is not None:
            self.left = as_source(left)
        self.right = as_join_target(right)
        if onclause is not None:
            self.onclause = as_onclause(onclause)
        if isouter:
            self.isouter = True
        if full:
            self.full = True


@declared
class Select(
    HasSyntaxExtensions,
    HasSetOperations,
    HasPrefixes,
    HasSuffixes,
    HasHints,
    GenerativeSelect,
    Generic[Unpack[Ts]],
):
    """A SELECT; each method returns another one and leaves this as it is."""

    visit_name = "select"

    raw_columns: tuple[Any, ...] = children()
    said_froms: tuple[FromClause, ...] = children(default=(), kw_only=True)
    joins: tuple[JoinStep, ...] = children(default=(), kw_only=True)
    criteria: tuple[ColumnElement[Any], ...] = children(default=(), kw_only=True)
    having_criteria: tuple[ColumnElement[Any], ...] = children(default=(), kw_only=True)
    is_distinct: bool = value(default=False, kw_only=True)
    distinct_on: tuple[ColumnElement[Any], ...] = children(default=(), kw_only=True)
    # Clauses of users' own: behind SELECT, before the columns, behind the conditions, at the end.
    extension_points = ("post_select", "pre_columns", "post_criteria", "post_body")
    post_select: tuple[Any, ...] = children(default=(), kw_only=True)
    pre_columns: tuple[Any, ...] = children(default=(), kw_only=True)
    post_criteria: tuple[Any, ...] = children(default=(), kw_only=True)
    post_body: tuple[Any, ...] = children(default=(), kw_only=True)
    # Which sources those around it provide: None, what is told by what they read from.
    correlated: tuple[FromClause, ...] = children(default=(), kw_only=True)
    not_correlated: tuple[FromClause, ...] = children(default=(), kw_only=True)
    correlates_only: bool = value(default=False, kw_only=True)
    correlates_except: bool = value(default=False, kw_only=True)

    def __init__(self, *entities: Any) -> None:
        """Make a SELECT of expressions and sources, as ``select()`` does."""
        self.raw_columns = as_columns(entities)

    # -- conditions -----------------------------------------------------------------------

    def where(self, *whereclause: Any) -> Self:
        """Add conditions, all of which must hold."""
        for clause in whereclause:
            # Most are comparisons, which are conditions as they are.
            if clause.__class__ is not BinaryExpression or not clause.operator.boolean:
                whereclause = _conditions(whereclause)
                break
        # A copy with one change, made by hand: this is called for nearly every statement.
        copy = _new(self.__class__)
        state = self.__dict__.copy()
        if "_key" in state:
            del state["_key"], state["_leaves"]
        if "_memo" in state:
            del state["_memo"]
        before = state.get("criteria")
        state["criteria"] = whereclause if before is None else before + whereclause
        copy.__dict__ = state
        return copy

    def filter(self, *criteria: Any) -> Self:
        """Add conditions, as ``where()`` does."""
        return self.where(*criteria)

    def filter_by(self, **kwargs: Any) -> Self:
        """Add conditions that columns, by their names, are equal to values.

        The names are looked for in all that the SELECT reads from.
        """
        return self.where(*conditions_by(from_list(self), kwargs))

    def having(self, *having: Any) -> Self:
        """Add conditions that groups must meet."""
        return self.but(having_criteria=self.having_criteria + _conditions(having))

    @property
    def whereclause(self) -> ColumnElement[Any] | None:
        """All conditions as one; None if there is none."""
        return joined(operators.and_, self.criteria) if self.criteria else None

    # -- sources --------------------------------------------------------------------------

    def select_from(self, *froms: Any) -> Self:
        """Say what to read from, in addition to what the columns and conditions name."""
        found = tuple([as_source(one) for one in froms])
        return self.but(said_froms=self.said_froms + found)

    def join(
        self, target: Any, onclause: Any = None, *, isouter: bool = False, full: bool = False
    ) -> Self:
        """Join what is read so far with another source; without a condition, by foreign keys."""
        return self._joined(JoinStep(None, target, onclause, isouter=isouter, full=full))

    def join_from(
        self,
        from_: Any,
        target: Any,
        onclause: Any = None,
        *,
        isouter: bool = False,
        full: bool = False,
    ) -> Self:
        """Join one source with another; without a condition, by foreign keys."""
        return self._joined(JoinStep(from_, target, onclause, isouter=isouter, full=full))

    def outerjoin(self, target: Any, onclause: Any = None, *, full: bool = False) -> Self:
        """Join another source, keeping rows that have no partner in it."""
        return self._joined(JoinStep(None, target, onclause, isouter=True, full=full))

    def outerjoin_from(
        self, from_: Any, target: Any, onclause: Any = None, *, full: bool = False
    ) -> Self:
        """Join one source with another, keeping rows of the one that have no partner."""
        return self._joined(JoinStep(from_, target, onclause, isouter=True, full=full))

    def _joined(self, step: JoinStep) -> Self:
        return self.but(joins=(*self.joins, *(step.along or (step,))))

    def get_final_froms(self) -> list[FromClause]:
        """Return what the SELECT reads from, joins made, as it does on its own."""
        return from_list(self)

    @property
    def froms(self) -> list[FromClause]:
        """What the SELECT reads from."""
        return from_list(self)

    @property
    def columns_clause_froms(self) -> list[FromClause]:
        """The sources that the columns name."""
        return list(sources_in(self.raw_columns))

    def sources(self) -> tuple[Any, ...]:
        """Return what it reads from."""
        return tuple(from_list(self))

    def walked(self) -> Iterator[Node]:
        """Yield the children, and the tables that only columns of theirs name."""
        yield from self.child_nodes()
        told = {*self.raw_columns, *self.said_froms, *(step.right for step in self.joins)}
        for source in from_list(self):
            for table in members(source):
                if table.visit_name == "table" and table not in told:
                    yield table

    # -- correlation ----------------------------------------------------------------------

    def correlate(self, *fromclauses: Any) -> Self:
        """Say which sources the statement around it provides; with None, that it is none."""
        if len(fromclauses) == 1 and (fromclauses[0] is None or fromclauses[0] is False):
            return self.dropped("correlated").but(correlates_only=True)
        found = tuple([as_source(one) for one in fromclauses])
        return self.but(correlates_only=True, correlated=self.correlated + found)

    def correlate_except(self, *fromclauses: Any) -> Self:
        """Say that statements around it provide all sources but these; with None, all."""
        if len(fromclauses) == 1 and (fromclauses[0] is None or fromclauses[0] is False):
            return self.dropped("not_correlated").but(correlates_except=True)
        found = tuple([as_source(one) for one in fromclauses])
        return self.but(correlates_except=True, not_correlated=self.not_correlated + found)

    # -- columns --------------------------------------------------------------------------

    def distinct(self, *expr: Any) -> Self:
        """Leave out rows that are there already; with expressions, as DISTINCT ON does."""
        if not expr:
            return self.but(is_distinct=True)
        found = tuple([expression(one) for one in expr])
        return self.but(is_distinct=True, distinct_on=self.distinct_on + found)

    def add_columns(self, *entities: Any) -> Select[Any]:
        """Select more."""
        made: Any = self
        found: Select[Any] = made.but(raw_columns=self.raw_columns + as_columns(entities))
        return found

    def column(self, column: Any) -> Select[Any]:
        """Select one more column."""
        return self.add_columns(column)

    def with_only_columns(self, *entities: Any, maintain_column_froms: bool = False) -> Select[Any]:
        """Select something else; ``maintain_column_froms`` reads from what it read before."""
        made: Any = self
        if maintain_column_froms:
            before = [one for one in self.columns_clause_froms if one not in self.said_froms]
            made = made.but(said_froms=(*before, *self.said_froms))
        columns = as_columns(entities)
        if self.loader_options:
            # What was said of a class that is no longer there is said no more.
            options = [(one, getattr(one, "outlives", None)) for one in self.loader_options]
            kept = [one for one, outlives in options if outlives is None or outlives(columns)]
            made = made.but(loader_options=tuple(kept))
        found: Select[Any] = made.but(raw_columns=columns)
        return found

    def reduce_columns(self, only_synonyms: bool = True) -> Select[Any]:
        """Leave out columns that a foreign key or a condition makes equal to another."""
        conditions = [step.onclause for step in self.joins if step.onclause is not None]
        conditions += [one.onclause for one in from_list(self) if isinstance(one, Join)]
        kept = without_repeats(
            list(self.inner_columns), (*self.criteria, *conditions), only_synonyms=only_synonyms
        )
        return self.with_only_columns(*kept, maintain_column_froms=True)

    @property
    def inner_columns(self) -> Iterator[Any]:
        """The columns, each as it was given."""
        return selected_by(self.raw_columns)

    def named_columns(self) -> list[Selected]:
        """Return the columns with their names in the SQL."""
        found: list[Selected] = self.remembered("named", _named)
        return found

    @property
    def selected_columns(self) -> ColumnCollection:
        """The columns of its rows."""
        found: ColumnCollection = self.remembered("selected", _selected)
        return found

    def from_statement(self, statement: Any) -> FromStatement:
        """Take what is selected from the rows of another statement, as the ORM does."""
        return FromStatement(self.raw_columns, statement, loader_options=self.loader_options)

    @property
    def column_descriptions(self) -> list[dict[str, Any]]:
        """For each column its name, its type, and the expression."""
        if self.structure().lowering is not None:
            # What stands for more than a column says itself what it is.
            return descriptions(self.raw_columns, self.label_style)
        return [
            {"name": one.key, "type": one.column.type, "expr": one.column}
            for one in self.named_columns()
            if one.key is not None
        ]


def _named(select: Any) -> list[Selected]:
    return named(select.raw_columns, select.label_style)


def _selected(select: Any) -> ColumnCollection:
    return collection(select.named_columns())


# Classes that were found to be what is wanted: asking a set is four times as fast as isinstance.
_SELECTABLE: set[type] = set()


def _conditions(found: Iterable[Any]) -> tuple[Any, ...]:
    return tuple([one for one in map(condition, found) if not is_empty(one)])


@overload
def select(_0: Selects[T0], /) -> Select[T0]: ...
@overload
def select(_0: Selects[T0], _1: Selects[T1], /) -> Select[T0, T1]: ...
@overload
def select(_0: Selects[T0], _1: Selects[T1], _2: Selects[T2], /) -> Select[T0, T1, T2]: ...
@overload
def select(
    _0: Selects[T0], _1: Selects[T1], _2: Selects[T2], _3: Selects[T3], /
) -> Select[T0, T1, T2, T3]: ...
@overload
def select(
    _0: Selects[T0], _1: Selects[T1], _2: Selects[T2], _3: Selects[T3], _4: Selects[T4], /
) -> Select[T0, T1, T2, T3, T4]: ...
@overload
def select(
    _0: Selects[T0],
    _1: Selects[T1],
    _2: Selects[T2],
    _3: Selects[T3],
    _4: Selects[T4],
    _5: Selects[T5],
    /,
) -> Select[T0, T1, T2, T3, T4, T5]: ...
@overload
def select(
    _0: Selects[T0],
    _1: Selects[T1],
    _2: Selects[T2],
    _3: Selects[T3],
    _4: Selects[T4],
    _5: Selects[T5],
    _6: Selects[T6],
    /,
) -> Select[T0, T1, T2, T3, T4, T5, T6]: ...
@overload
def select(
    _0: Selects[T0],
    _1: Selects[T1],
    _2: Selects[T2],
    _3: Selects[T3],
    _4: Selects[T4],
    _5: Selects[T5],
    _6: Selects[T6],
    _7: Selects[T7],
    /,
) -> Select[T0, T1, T2, T3, T4, T5, T6, T7]: ...
@overload
def select(
    _0: Selects[T0],
    _1: Selects[T1],
    _2: Selects[T2],
    _3: Selects[T3],
    _4: Selects[T4],
    _5: Selects[T5],
    _6: Selects[T6],
    _7: Selects[T7],
    _8: Selects[T8],
    /,
) -> Select[T0, T1, T2, T3, T4, T5, T6, T7, T8]: ...
@overload
def select(
    _0: Selects[T0],
    _1: Selects[T1],
    _2: Selects[T2],
    _3: Selects[T3],
    _4: Selects[T4],
    _5: Selects[T5],
    _6: Selects[T6],
    _7: Selects[T7],
    _8: Selects[T8],
    _9: Selects[T9],
    /,
) -> Select[T0, T1, T2, T3, T4, T5, T6, T7, T8, T9]: ...
@overload
def select(*entities: Any) -> Select[Unpack[tuple[Any, ...]]]: ...
def select(*entities: Any) -> Select[Unpack[tuple[Any, ...]]]:
    """Make a SELECT of expressions, tables, or both.

    >>> from toolkit_core.expression.table_clause import table
    >>> select(table("person"))
    Select(raw_columns=(TableClause('person'),))
    """
    for entity in entities:
        if entity.__class__ not in _SELECTABLE:
            if isinstance(entity, (ColumnElement, FromClause)):
                _SELECTABLE.add(type(entity))
            else:
                entities = as_columns(entities)
                break
    made: Select[Unpack[tuple[Any, ...]]] = _new(Select)
    made.raw_columns = entities
    return made
