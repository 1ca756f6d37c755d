"""Objects of results that were kept, put into a session."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from toolkit_core.engine.result import FrozenResult, result_tuple
from toolkit_orm.mapping.entity import Entity
from toolkit_orm.query.aliased_entity import AliasedEntity
from toolkit_orm.session.merging import Merging

if TYPE_CHECKING:
    from toolkit_orm.session.session import Session

_ENTITIES = (Entity, AliasedEntity)


def merge_frozen_result(
    session: Session, statement: Any, frozen_result: FrozenResult, load: bool = True
) -> FrozenResult:
    """Return a kept result with the session's own objects in place of those it has.

    >>> from toolkit import create_engine
    >>> from toolkit.orm import DeclarativeBase, Mapped, Session, mapped_column
    >>> from toolkit.sql import select
    >>> class Base(DeclarativeBase):
    ...     pass
    >>> class Person(Base):
    ...     __tablename__ = "person"
    ...     id: Mapped[int] = mapped_column(primary_key=True)
    >>> engine = create_engine("sqlite://")
    >>> Base.metadata.create_all(engine)
    >>> with Session(engine) as session:
    ...     session.add(Person(id=5))
    ...     session.commit()
    ...     kept = session.execute(select(Person)).freeze()
    >>> with Session(engine) as other:
    ...     found = merge_frozen_result(other, select(Person), kept, load=False)().scalars().one()
    ...     found.id, found in other
    (5, True)
    """
    places = _places(statement.raw_columns)
    rows: Iterable[Any] = frozen_result.data
    if frozen_result.of_scalars:
        rows = [(one,) for one in rows]
    found: list[Any] = list(_merged(session, rows, places, load=load))
    return frozen_result.with_new_rows(found)


def merge_rows(query: Any, given: Any, *, load: bool) -> Any:
    """Return an iterator of what a query has found, with the session's own objects."""
    session = query._bound()
    statement = query._statement
    if isinstance(given, FrozenResult):
        return merge_frozen_result(session, statement, given, load=load)
    raw = statement.raw_columns
    if len(raw) == 1 and isinstance(raw[0], _ENTITIES):
        found = list(_merged(session, [(one,) for one in given], [0], load=load))
        return iter([one for (one,) in found])
    names = [one["name"] or "_no_label" for one in statement.column_descriptions]
    make = result_tuple(names)
    return iter([make(row) for row in _merged(session, given, _places(raw), load=load)])


def _places(raw: Iterable[Any]) -> list[int]:
    return [place for place, one in enumerate(raw) if isinstance(one, _ENTITIES)]


def _merged(
    session: Session, rows: Iterable[Any], places: list[int], *, load: bool
) -> Iterator[tuple[Any, ...]]:
    found = [list(row) for row in rows]
    there = [(row, place) for row in found for place in places if row[place] is not None]
    own = Merging(session, load=load, options=None).all([row[place] for row, place in there])
    for (row, place), one in zip(there, own, strict=True):
        row[place] = one
    return iter([tuple(row) for row in found])
