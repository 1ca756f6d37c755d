"""What a query of the former way says: each method returns another query."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from toolkit_core.errors import ArgumentError, InvalidRequestError
from toolkit_core.expression.label_style import (
    LABEL_STYLE_LEGACY_ORM,
    LABEL_STYLE_TABLENAME_PLUS_COL,
    SelectLabelStyle,
)
from toolkit_core.expression.select import select
from toolkit_core.immutabledict import EMPTY, immutabledict
from toolkit_orm.session import query_namespace
from toolkit_orm.session.query_former import Former, refuse_former
from toolkit_orm.session.query_of_rows import Rows
from toolkit_orm.session.query_parent import condition_of_parent

if TYPE_CHECKING:
    from toolkit_core.newer_typing import Self
    from toolkit_orm.session.session import Session

T = TypeVar("T")
_FULL = "can't apply criterion."


class QueryBuilding(Former, Generic[T]):
    """A SELECT of a session, as it is put together."""

    session: Session | None
    _statement: Any
    # What was said, as long as nothing was.
    _options: Mapping[str, Any] = EMPTY
    _loading: Mapping[str, Any] = EMPTY
    _params: Mapping[str, Any] = EMPTY
    # A whole statement, whose rows are taken.
    _given: Any = None
    # The rows of others that it reads from.
    _rows: Rows | None = None
    _asserts: bool = True
    _loads_related: bool = True
    _label_style: SelectLabelStyle | None = None
    # Whether rows are tuples; None: objects alone are not.
    _as_tuples: bool | None = None
    # How many joins there were when they were last left for the class that the query begins with.
    _left_joins: int = 0
    _is_query: ClassVar[bool] = True

    def __init__(self, entities: Any, session: Session | None = None) -> None:
        given = entities if isinstance(entities, (list, tuple)) else (entities,)
        self.session = session
        made = select(*given)
        if any(one.structure().lowering is not None for one in made.raw_columns):
            # In the SQL columns are named with their tables; nobody else has seen it yet.
            made.label_style = LABEL_STYLE_LEGACY_ORM
        self._statement = made

    def _with(self, **changes: Any) -> Self:
        made: Self = object.__new__(type(self))
        made.__dict__.update(self.__dict__)
        made.__dict__.update(changes)
        return made

    def _said(self, statement: Any) -> Self:
        made: Self = object.__new__(type(self))
        made.__dict__.update(self.__dict__)
        made._statement = statement
        return made

    def _check(self, method: str, *, limited: bool = True) -> None:
        """Refuse what would say something else than it seems to."""
        if not self._asserts:
            return
        if self._given is not None:
            raise InvalidRequestError(
                f"Query.{method}() being called on a Query with an existing full statement - "
                f"{_FULL}"
            )
        statement = self._statement
        if limited and (statement.row_limit is not None or statement.row_offset is not None):
            raise InvalidRequestError(
                f"Query.{method}() being called on a Query which already has LIMIT or OFFSET "
                f"applied.  Call {method}() before limit() or offset() are applied.",
                hint="from a part of the rows: session.query(aliased(Class, query.subquery()))",
            )

    def _check_bare(self, method: str, *, ordered: bool = True) -> None:
        """Refuse what must be said before anything else."""
        made = self._statement
        there = [self._given is not None, made.criteria, made.row_limit is not None]
        there += [made.row_offset is not None, made.grouping, made.joins, made.said_froms]
        if ordered:
            there += [made.ordering, made.is_distinct]
        if self._asserts and any(there):
            raise InvalidRequestError(
                f"Query.{method}() being called on a Query with existing criterion. "
            )

    def _all(self, given: tuple[Any, ...]) -> tuple[Any, ...]:
        """Return expressions as they are said of the rows that it reads from."""
        rows = self._rows
        return given if rows is None else tuple([rows.adapted(one) for one in given])

    # -- conditions -----------------------------------------------------------------------

    def filter(self, *criterion: Any) -> Self:
        """Add conditions, all of which must hold."""
        self._check("filter")
        if self._rows is not None:
            criterion = self._all(criterion)
        return self._said(self._statement.where(*criterion))

    def where(self, *criterion: Any) -> Self:
        """Add conditions, all of which must hold."""
        return self.filter(*criterion)

    def filter_by(self, **kwargs: Any) -> Self:
        """Add conditions that attributes of what was joined last have values."""
        self._check("filter")
        return self._said(self._statement.where(*query_namespace.conditions(self, kwargs)))

    def with_parent(self, instance: Any, property: Any = None, from_entity: Any = None) -> Self:
        """Add the condition that objects are those of a relationship of a given object."""
        return self.filter(condition_of_parent(self, instance, property, from_entity))

    def having(self, *having: Any) -> Self:
        """Add conditions on groups."""
        self._check("having")
        return self._said(self._statement.having(*self._all(having)))

    # -- rows -----------------------------------------------------------------------------

    def order_by(self, *clauses: Any) -> Self:
        """Add to the order of the rows; None takes it away."""
        self._check("order_by")
        return self._said(self._statement.order_by(*self._all(clauses)))

    def group_by(self, *clauses: Any) -> Self:
        """Group the rows; None takes the groups away."""
        self._check("group_by")
        return self._said(self._statement.group_by(*self._all(clauses)))

    def distinct(self, *expr: Any) -> Self:
        """Return no row twice."""
        self._check("distinct", limited=False)
        return self._said(self._statement.distinct(*self._all(expr)))

    def limit(self, limit: Any) -> Self:
        """Return so many rows at most."""
        self._check("limit", limited=False)
        return self._said(self._statement.limit(limit))

    def offset(self, offset: Any) -> Self:
        """Leave so many rows out."""
        self._check("offset", limited=False)
        return self._said(self._statement.offset(offset))

    def slice(self, start: int | None, stop: int | None) -> Self:
        """Return the rows from one number to another."""
        self._check("slice", limited=False)
        return self._said(self._statement.slice(start, stop))

    def with_for_update(
        self,
        *,
        nowait: bool = False,
        read: bool = False,
        of: Any = None,
        skip_locked: bool = False,
        key_share: bool = False,
    ) -> Self:
        """Lock the rows."""
        made = self._statement.with_for_update(
            nowait=nowait, read=read, of=of, skip_locked=skip_locked, key_share=key_share
        )
        return self._said(made)

    # -- sources --------------------------------------------------------------------------

    def join(
        self,
        target: Any,
        onclause: Any = None,
        *,
        isouter: bool = False,
        full: bool = False,
        **former: Any,
    ) -> Self:
        """Join something else: along a relationship, or by a condition."""
        if former:
            refuse_former("join", former)
        self._check("join")
        if self._rows is not None:
            target, onclause = self._all((target, onclause))
        return self._said(self._statement.join(target, onclause, isouter=isouter, full=full))

    def outerjoin(
        self, target: Any, onclause: Any = None, *, full: bool = False, **former: Any
    ) -> Self:
        """Join something else that need not be there."""
        if former:
            refuse_former("outerjoin", former)
        return self.join(target, onclause, isouter=True, full=full)

    def reset_joinpoint(self) -> Self:
        """Have ``filter_by()`` be about the class that the query begins with again."""
        self._check("reset_joinpoint", limited=False)
        return self._with(_left_joins=len(self._statement.joins))

    def select_from(self, *from_obj: Any) -> Self:
        """Say what is read from."""
        self._check_bare("select_from")
        return self._said(self._statement.select_from(*from_obj))

    def from_statement(self, statement: Any) -> Self:
        """Take the rows of a whole statement: ``text()``, or a SELECT."""
        self._check_bare("from_statement")
        return self._with(_given=query_namespace.checked_statement(statement))

    def correlate(self, *fromclauses: Any) -> Self:
        """Say what the statement around it provides."""
        return self._said(self._statement.correlate(*fromclauses))

    # -- columns --------------------------------------------------------------------------

    def add_columns(self, *column: Any) -> Self:
        """Select more."""
        return self._said(self._statement.add_columns(*self._all(column)))

    def add_column(self, column: Any) -> Self:
        """Select one column more: ``add_columns()`` of former times."""
        return self.add_columns(column)

    def add_entity(self, entity: Any, alias: Any = None) -> Self:
        """Select a class more."""
        return self.add_columns(entity if alias is None else alias)

    def with_entities(self, *entities: Any) -> Self:
        """Select something else with the same conditions."""
        return self._said(self._statement.with_only_columns(*self._all(entities)))

    # -- words of SQL ---------------------------------------------------------------------

    def prefix_with(self, *prefixes: Any, dialect: str = "*") -> Self:
        """Put words after SELECT."""
        return self._said(self._statement.prefix_with(*prefixes, dialect=dialect))

    def suffix_with(self, *suffixes: Any, dialect: str = "*") -> Self:
        """Put words at the end."""
        return self._said(self._statement.suffix_with(*suffixes, dialect=dialect))

    def with_hint(self, selectable: Any, text: str, dialect_name: str = "*") -> Self:
        """Give a dialect a hint about a table."""
        return self._said(self._statement.with_hint(selectable, text, dialect_name))

    def with_statement_hint(self, text: str, dialect_name: str = "*") -> Self:
        """Give a dialect a hint about the statement."""
        return self._said(self._statement.with_statement_hint(text, dialect_name))

    def set_label_style(self, style: SelectLabelStyle) -> Self:
        """Say how columns are named in the SQL."""
        return self._with(_label_style=style, _statement=self._statement.set_label_style(style))

    def with_labels(self) -> Self:
        """Name columns with their tables: ``set_label_style()`` of former times."""
        return self.set_label_style(LABEL_STYLE_TABLENAME_PLUS_COL)

    apply_labels = with_labels

    @property
    def get_label_style(self) -> SelectLabelStyle:
        """How columns are named in the SQL."""
        return self._label_style or LABEL_STYLE_LEGACY_ORM

    # -- execution ------------------------------------------------------------------------

    def options(self, *args: Any) -> Self:
        """Say how related objects, and columns, are loaded."""
        return self._said(self._statement.options(*self._all(args)))

    def with_transformation(self, fn: Callable[[Any], Any]) -> Any:
        """Return what a function makes of the query."""
        return fn(self)

    def params(self, *args: Any, **kwargs: Any) -> Self:
        """Give parameters of the conditions their values, by keyword or as a dictionary."""
        if len(args) > 1:
            raise ArgumentError("params() takes one dictionary at most, and keywords")
        given = {**(args[0] if args else {}), **kwargs}
        return self._with(_params={**self._params, **given})

    def execution_options(self, **kwargs: Any) -> Self:
        """Set options of the execution."""
        return self._with(_options=immutabledict({**self._options, **kwargs}))

    def get_execution_options(self) -> Mapping[str, Any]:
        """Return the options of the execution."""
        return self._options

    def populate_existing(self) -> Self:
        """Load objects anew that are there."""
        return self._with(_loading={**self._loading, "populate_existing": True})

    def autoflush(self, setting: bool) -> Self:
        """Say whether the query flushes first."""
        return self._with(_loading={**self._loading, "autoflush": setting})

    def yield_per(self, count: int) -> Self:
        """Fetch so many rows at once, and hold no more."""
        return self.execution_options(stream_results=True, yield_per=count)

    def enable_eagerloads(self, value: bool) -> Self:
        """Say whether related objects are loaded with the others, where that was said."""
        return self._with(_loads_related=bool(value))

    def enable_assertions(self, value: bool) -> Self:
        """Say whether it is refused to say what LIMIT, or a whole statement, rules out."""
        return self._with(_asserts=bool(value))

    def only_return_tuples(self, value: bool) -> Self:
        """Say whether rows of one class are tuples as well."""
        return self._with(_as_tuples=bool(value))

    def tuples(self) -> Self:
        """Return tuples, for a type checker as well."""
        return self.only_return_tuples(True)

    def with_session(self, session: Session) -> Self:
        """Return the query of another session."""
        return self._with(session=session)

    def _all_options(self) -> dict[str, Any]:
        return {**self._options, **self._loading}
