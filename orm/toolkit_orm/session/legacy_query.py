"""``session.query()``: the former way to ask, as a thin layer over ``select()``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from toolkit_core.errors import InvalidRequestError, NoResultFound, warn_deprecated
from toolkit_core.expression.columns import literal_column
from toolkit_core.expression.compound import (
    except_,
    except_all,
    intersect,
    intersect_all,
    union,
    union_all,
)
from toolkit_core.expression.functions import func
from toolkit_core.expression.label_style import LABEL_STYLE_TABLENAME_PLUS_COL
from toolkit_core.expression.select import select
from toolkit_orm.load.elsewhere import objects_of
from toolkit_orm.query.load_option import NOTHING_RELATED
from toolkit_orm.session.merged_results import merge_rows
from toolkit_orm.session.query_asking import answer, first_of, only_entity
from toolkit_orm.session.query_building import QueryBuilding
from toolkit_orm.session.query_events import QueryEvents, after_listeners
from toolkit_orm.session.query_of_rows import Rows
from toolkit_orm.session.query_writing import deleted, updated

if TYPE_CHECKING:
    from toolkit_core.events import Dispatch
    from toolkit_core.newer_typing import Self
    from toolkit_orm.session.session import Session

T = TypeVar("T")


class Query(QueryBuilding[T]):
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

    event_families: ClassVar[tuple[type, ...]] = (QueryEvents,)
    dispatch: ClassVar[Dispatch]

    # -- what it is -----------------------------------------------------------------------

    @property
    def statement(self) -> Any:
        """The SELECT, with the values that ``params()`` has given."""
        query = self._heard()
        made = query._whole() if query._given is not None else query._unlabelled()
        return made.params(query._params) if query._params else made

    @property
    def selectable(self) -> Any:
        """The SELECT, as something that a statement can be made of."""
        return self.__clause_element__()

    @property
    def whereclause(self) -> Any:
        """All conditions as one; None if there is none."""
        return self._statement.whereclause

    @property
    def column_descriptions(self) -> list[dict[str, Any]]:
        """What is selected: for each its name, its type, the class it is of."""
        found: list[dict[str, Any]] = self._statement.column_descriptions
        return found

    @property
    def is_single_entity(self) -> bool:
        """Whether it selects one thing."""
        return len(self._statement.raw_columns) == 1

    @property
    def lazy_loaded_from(self) -> None:
        """What a lazy load came from: queries of this kind load nothing lazily here."""
        return None

    def __clause_element__(self) -> Any:
        return self._labelled()

    def _heard(self) -> Self:
        """Return the query as those have it who listen to ``before_compile``."""
        found: Self = after_listeners(self, "before_compile")
        return found

    def _whole(self) -> Any:
        made = self._statement
        if not self._loads_related:
            made = made.options(NOTHING_RELATED)
        return made if self._given is None else made.from_statement(self._given)

    def _labelled(self) -> Any:
        """Return the SELECT with the names of columns that it is sent with."""
        return self._heard()._whole()

    def _unlabelled(self) -> Any:
        """Return the SELECT with columns named as they are, unless the program said otherwise."""
        made = self._whole()
        return made if self._label_style is not None else made.dropped("label_style")

    def _plain(self) -> Any:
        """Return the SELECT as a part of another."""
        query = self._heard()
        if query._given is not None:
            raise InvalidRequestError(
                "Can't call this method on a Query that uses from_statement()"
            )
        made = query._unlabelled()
        return made.params(query._params) if query._params else made

    def __str__(self) -> str:
        bind = None if self.session is None else self.session.bind
        made = self._labelled()
        return str(made) if bind is None else str(made.compile(bind))

    def _bound(self) -> Session:
        if self.session is None:
            raise InvalidRequestError(
                "This Query has no session", hint="session.query(...), or with_session(session)"
            )
        return self.session

    # -- parts of other statements --------------------------------------------------------

    def subquery(
        self, name: str | None = None, with_labels: bool = False, reduce_columns: bool = False
    ) -> Any:
        """Return it as something that can be selected from."""
        made = self._plain()
        if with_labels:
            made = made.set_label_style(LABEL_STYLE_TABLENAME_PLUS_COL)
        if reduce_columns:
            made = made.reduce_columns()
        return made.subquery(name)

    def cte(self, name: str | None = None, recursive: bool = False, nesting: bool = False) -> Any:
        """Return it as a common table expression."""
        return self._plain().cte(name, recursive=recursive, nesting=nesting)

    def scalar_subquery(self) -> Any:
        """Return it as a value."""
        return self._plain().scalar_subquery()

    def as_scalar(self) -> Any:
        """Return it as a value: ``scalar_subquery()`` of former times."""
        return self.scalar_subquery()

    def label(self, name: str | None) -> Any:
        """Return it as a value with a name."""
        return self._plain().label(name)

    def exists(self) -> Any:
        """Return whether there are rows, as a condition."""
        made = self._plain()
        return made.with_only_columns(literal_column("1"), maintain_column_froms=True).exists()

    def _combined(self, combine: Any, others: tuple[Any, ...]) -> Self:
        mine = self.enable_eagerloads(False).__clause_element__()
        made = combine(mine, *[one.__clause_element__() for one in others])
        rows = Rows(made, self._statement.raw_columns)
        fresh = type(self).__new__(type(self))
        fresh.__dict__.update(self.__dict__)
        fresh._rows, fresh._statement, fresh._left_joins = rows, rows.statement(), 0
        return fresh

    def union(self, *q: Any) -> Self:
        """Return a query of the rows of all, each once."""
        return self._combined(union, q)

    def union_all(self, *q: Any) -> Self:
        """Return a query of the rows of all."""
        return self._combined(union_all, q)

    def intersect(self, *q: Any) -> Self:
        """Return a query of the rows that all have."""
        return self._combined(intersect, q)

    def intersect_all(self, *q: Any) -> Self:
        """Return a query of the rows that all have, as often as all have them."""
        return self._combined(intersect_all, q)

    def except_(self, *q: Any) -> Self:
        """Return a query of the rows that the others have not."""
        return self._combined(except_, q)

    def except_all(self, *q: Any) -> Self:
        """Return a query of the rows that the others have not, as often as that."""
        return self._combined(except_all, q)

    # -- asking ---------------------------------------------------------------------------

    def all(self) -> list[T]:
        """Return all that are found; of objects each once."""
        found: list[T] = answer(self).all()
        return found

    def __iter__(self) -> Iterator[T]:
        return iter(answer(self))

    def first(self) -> T | None:
        """Return the first that is found, or None."""
        found: T | None = first_of(self)
        return found

    def one(self) -> T:
        """Return the one that is found; there must be exactly one."""
        found: T = answer(self).one()
        return found

    def one_or_none(self) -> T | None:
        """Return the one that is found, or None; there must not be several."""
        found: T | None = answer(self).one_or_none()
        return found

    def scalar(self) -> Any:
        """Return the first value of the one row that is found, or None."""
        try:
            return answer(self, as_rows=True).one()[0]
        except NoResultFound:
            return None

    def get(self, ident: Any) -> T | None:
        """Return the object of a key, or None."""
        made = self._statement
        entity = only_entity(made)
        if entity is None:
            raise InvalidRequestError("get() can only be used against a single mapped class.")
        self._check_bare("get", ordered=False)
        found: T | None = self._bound().get(
            entity.shown,
            ident,
            options=made.loader_options,
            populate_existing=bool(self._loading.get("populate_existing")),
            execution_options=self._options,
        )
        return found

    def count(self) -> int:
        """Return how many rows are found."""
        made = self._plain().set_label_style(LABEL_STYLE_TABLENAME_PLUS_COL)
        asked = select(func.count(literal_column("*"))).select_from(made.subquery())
        options = self._all_options()
        found: int = self._bound().execute(asked, execution_options=options).scalar_one()
        return found

    def value(self, column: Any) -> Any:
        """Return the value of one column, of the first row: of former times."""
        found = next(iter(self.values(column)), None)
        return None if found is None else found[0]

    def values(self, *columns: Any) -> Iterator[Any]:
        """Return rows of some columns: ``with_entities()`` of former times."""
        return iter(self.with_entities(*columns))

    def __getitem__(self, item: Any) -> Any:
        if isinstance(item, slice):
            start, stop, step = item.start, item.stop, item.step
            if (start or 0) < 0 or (stop or 0) < 0:
                _refuse_negative()
            if start is not None and stop is not None and stop - start <= 0:
                return []
            found = list(self.slice(start, stop))
            return found if step is None else found[::step]
        if item < 0:
            _refuse_negative()
        found = list(self.slice(item, item + 1))
        return found[0]

    def instances(self, result_proxy: Any, context: Any = None) -> Iterator[Any]:
        """Return what is selected, made of the rows of a result that is there."""
        return iter(objects_of(self._bound(), self._whole(), result_proxy))

    def merge_result(self, iterator: Any, load: bool = True) -> Any:
        """Return what was found before, with the session's own objects."""
        warn_deprecated("Query.merge_result() is superseded by merge_frozen_result().", "2.0")
        return merge_rows(self, iterator, load=load)

    # -- changing -------------------------------------------------------------------------

    def update(
        self,
        values: Any,
        synchronize_session: Any = "auto",
        update_args: Mapping[str, Any] | None = None,
    ) -> int:
        """Update the rows that are found; return how many they were."""
        return updated(self, values, synchronize_session, update_args)

    def delete(
        self, synchronize_session: Any = "auto", delete_args: Mapping[str, Any] | None = None
    ) -> int:
        """Delete the rows that are found; return how many they were."""
        return deleted(self, synchronize_session, delete_args)


def _refuse_negative() -> None:
    raise IndexError("negative indexes are not accepted by SQL index / slice operators")
