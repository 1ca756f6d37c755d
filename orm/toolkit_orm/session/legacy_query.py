"""``session.query()``: the former way to ask, as a thin layer over ``select()``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from toolkit_core.errors import InvalidRequestError
from toolkit_core.expression.delete import delete
from toolkit_core.expression.functions import func
from toolkit_core.expression.select import select
from toolkit_core.expression.update import update

if TYPE_CHECKING:
    from toolkit_core.newer_typing import Self
    from toolkit_orm.session.session import Session


class Query:
    """A SELECT of a session; each method returns another one and leaves this as it is.

    >>> from toolkit import create_engine
    >>> from toolkit.orm import DeclarativeBase, Mapped, Session, mapped_column
    >>> class Base(DeclarativeBase):
    ...     pass
    >>> class Person(Base):
    ...     __tablename__ = "person"
    ...     id: Mapped[int] = mapped_column(primary_key=True)
    ...     name: Mapped[str]
    >>> engine = create_engine("sqlite://")
    >>> Base.metadata.create_all(engine)
    >>> with Session(engine) as session:
    ...     session.add_all([Person(name="Ann"), Person(name="Bob")])
    ...     found = session.query(Person).filter(Person.name == "Bob").one().name
    ...     found, session.query(Person).count()
    ('Bob', 2)
    """

    def __init__(self, entities: Any, session: Session | None = None) -> None:
        given = entities if isinstance(entities, (list, tuple)) else (entities,)
        self.session = session
        self._entities = tuple(given)
        self._statement: Any = select(*given)
        self._options: dict[str, Any] = {}
        self._params: dict[str, Any] = {}

    @property
    def statement(self) -> Any:
        """The SELECT."""
        return self._statement

    def __clause_element__(self) -> Any:
        return self._statement

    def _with(self, statement: Any) -> Self:
        made: Self = object.__new__(type(self))
        made.__dict__.update(self.__dict__)
        made._statement = statement
        return made

    def _bound(self) -> Session:
        if self.session is None:
            raise InvalidRequestError(
                "This Query has no session", hint="session.query(...), or with_session(session)"
            )
        return self.session

    def with_session(self, session: Session) -> Self:
        """Return the query of another session."""
        made = self._with(self._statement)
        made.session = session
        return made

    # -- building -------------------------------------------------------------------------

    def filter(self, *criterion: Any) -> Self:
        """Add conditions, all of which must hold."""
        return self._with(self._statement.where(*criterion))

    where = filter

    def filter_by(self, **kwargs: Any) -> Self:
        """Add conditions that attributes have values."""
        return self._with(self._statement.filter_by(**kwargs))

    def order_by(self, *clauses: Any) -> Self:
        """Add to the order of the rows; None takes it away."""
        return self._with(self._statement.order_by(*clauses))

    def group_by(self, *clauses: Any) -> Self:
        """Group the rows."""
        return self._with(self._statement.group_by(*clauses))

    def having(self, *criterion: Any) -> Self:
        """Add conditions on groups."""
        return self._with(self._statement.having(*criterion))

    def limit(self, limit: Any) -> Self:
        """Return so many rows at most."""
        return self._with(self._statement.limit(limit))

    def offset(self, offset: Any) -> Self:
        """Leave so many rows out."""
        return self._with(self._statement.offset(offset))

    def slice(self, start: int, stop: int) -> Self:
        """Return the rows from one number to another."""
        return self._with(self._statement.slice(start, stop))

    def distinct(self, *expr: Any) -> Self:
        """Return no row twice."""
        return self._with(self._statement.distinct(*expr))

    def join(self, target: Any, *props: Any, **options: Any) -> Self:
        """Join something else."""
        return self._with(self._statement.join(target, *props, **options))

    def outerjoin(self, target: Any, *props: Any, **options: Any) -> Self:
        """Join something else that need not be there."""
        return self._with(self._statement.outerjoin(target, *props, **options))

    def select_from(self, *from_obj: Any) -> Self:
        """Say what is read from."""
        return self._with(self._statement.select_from(*from_obj))

    def options(self, *args: Any) -> Self:
        """Say how related objects are loaded."""
        return self._with(self._statement.options(*args))

    def with_for_update(self, **kwargs: Any) -> Self:
        """Lock the rows."""
        return self._with(self._statement.with_for_update(**kwargs))

    def add_columns(self, *columns: Any) -> Self:
        """Select more."""
        return self._with(self._statement.add_columns(*columns))

    add_entity = add_columns

    def with_entities(self, *entities: Any) -> Self:
        """Select something else with the same conditions."""
        made = self._with(self._statement.with_only_columns(*entities))
        made._entities = entities
        return made

    def params(self, **values: Any) -> Self:
        """Give parameters of the conditions their values."""
        made = self._with(self._statement)
        made._params = {**self._params, **values}
        return made

    def execution_options(self, **options: Any) -> Self:
        """Set options of the execution."""
        made = self._with(self._statement)
        made._options = {**self._options, **options}
        return made

    def populate_existing(self) -> Self:
        """Load objects anew that are there."""
        return self.execution_options(populate_existing=True)

    def yield_per(self, count: int) -> Self:
        """Fetch so many rows at once."""
        return self.execution_options(yield_per=count)

    def autoflush(self, setting: bool) -> Self:
        """Say whether the query flushes first."""
        return self.execution_options(autoflush=setting)

    def subquery(self, name: str | None = None) -> Any:
        """Return it as something that can be selected from."""
        return self._statement.subquery(name)

    def cte(self, name: str | None = None, recursive: bool = False) -> Any:
        """Return it as a common table expression."""
        return self._statement.cte(name, recursive=recursive)

    def scalar_subquery(self) -> Any:
        """Return it as a value."""
        return self._statement.scalar_subquery()

    def exists(self) -> Any:
        """Return whether there are rows, as a condition."""
        return self._statement.exists()

    def label(self, name: str) -> Any:
        """Return it as a value with a name."""
        return self._statement.label(name)

    # -- asking ---------------------------------------------------------------------------

    def _result(self) -> Any:
        options = self._options
        found = self._bound().execute(
            self._statement, self._params or None, execution_options=options
        )
        return found.scalars() if self._is_single() else found

    def _is_single(self) -> bool:
        """Tell whether what is returned are objects, rather than rows."""
        return len(self._entities) == 1 and isinstance(self._entities[0], type)

    def all(self) -> list[Any]:
        """Return all that are found; of objects each once."""
        found = self._result()
        rows: list[Any] = (found.unique() if self._is_single() else found).all()
        return rows

    def __iter__(self) -> Iterator[Any]:
        return iter(self._result())

    def first(self) -> Any:
        """Return the first that is found, or None."""
        return self.limit(1)._result().first()

    def one(self) -> Any:
        """Return the one that is found; there must be exactly one."""
        return self._result().one()

    def one_or_none(self) -> Any:
        """Return the one that is found, or None; there must not be several."""
        return self._result().one_or_none()

    def scalar(self) -> Any:
        """Return the first value of the one row that is found, or None."""
        row = self._bound().execute(self._statement, self._params or None).one_or_none()
        return None if row is None else row[0]

    def get(self, ident: Any) -> Any:
        """Return the object of a key, or None."""
        return self._bound().get(self._entities[0], ident)

    def count(self) -> int:
        """Return how many rows are found."""
        asked = select(func.count()).select_from(self._statement.order_by(None).subquery())
        return self._bound().execute(asked, self._params or None).scalar_one()

    def __getitem__(self, item: Any) -> Any:
        if isinstance(item, slice):
            return self.slice(item.start or 0, item.stop).all()
        return self.slice(item, item + 1).all()[0]

    def __str__(self) -> str:
        return str(self._statement)

    # -- changing -------------------------------------------------------------------------

    def update(self, values: Any, synchronize_session: Any = "auto") -> int:
        """Update the rows that are found; return how many they were."""
        statement = update(self._entities[0]).where(*self._statement.criteria).values(values)
        options = {"synchronize_session": synchronize_session}
        found: int = self._bound().execute(statement, execution_options=options).rowcount
        return found

    def delete(self, synchronize_session: Any = "auto") -> int:
        """Delete the rows that are found; return how many they were."""
        statement = delete(self._entities[0]).where(*self._statement.criteria)
        options = {"synchronize_session": synchronize_session}
        found: int = self._bound().execute(statement, execution_options=options).rowcount
        return found
