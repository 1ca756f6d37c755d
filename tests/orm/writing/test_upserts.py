"""Rows that are there already: what the database makes of them, and what objects know of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.containers.backend import Backend
from toolkit import create_engine, select
from toolkit.dialects import mysql, postgresql, sqlite
from toolkit.orm import DeclarativeBase, Mapped, Session, mapped_column
from toolkit.types import String

pytestmark = pytest.mark.backend("sqlite", "postgresql")


class Base(DeclarativeBase):
    pass


class Stock(Base):
    __tablename__ = "upsert_stock"
    id: Mapped[int] = mapped_column(primary_key=True)
    article: Mapped[str] = mapped_column("code", String(20), unique=True)
    count: Mapped[int]


@pytest.fixture
def store(backend: Backend) -> Iterator[Session]:
    engine = create_engine(backend.url)
    Base.metadata.drop_all(engine)
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        yield session
    Base.metadata.drop_all(engine)
    engine.dispose()


def upsert(session: Session) -> Any:
    made: Any = {"sqlite": sqlite, "postgresql": postgresql}[session.get_bind().dialect.name]
    statement = made.insert(Stock)
    return statement.on_conflict_do_update(
        index_elements=[Stock.article], set_={"count": statement.excluded.count}
    )


ROWS = [{"article": "nail", "count": 10}, {"article": "hook", "count": 3}]


def test_what_is_there_is_updated_what_is_not_is_inserted(store: Session) -> None:
    store.add(Stock(article="nail", count=1))
    store.flush()
    store.execute(upsert(store), ROWS)
    asked = select(Stock.article, Stock.count).order_by(Stock.article)
    assert store.execute(asked).all() == [("hook", 3), ("nail", 10)]


@pytest.mark.parametrize(("again", "known"), [(True, 10), (False, 1)])
def test_objects_that_are_there_follow_if_that_is_said(
    store: Session, again: bool, known: int
) -> None:
    nail = Stock(article="nail", count=1)
    store.add(nail)
    store.flush()
    found = store.scalars(
        upsert(store).returning(Stock), ROWS, execution_options={"populate_existing": again}
    ).all()
    assert nail in found
    assert nail.count == known
    assert {one.article for one in found} == {"nail", "hook"}


def test_a_select_takes_its_objects_from_an_upsert(store: Session) -> None:
    given = upsert(store).values(article="nail", count=7)
    asked = select(Stock).from_statement(given.returning(Stock))
    assert store.scalars(asked).one().count == 7


@pytest.mark.backend("mysql", "mariadb")
def test_a_duplicate_key_is_updated(store: Session) -> None:
    statement = mysql.insert(Stock)
    statement = statement.on_duplicate_key_update(count=statement.inserted.count)
    store.execute(statement, ROWS)
    store.execute(statement, [{"article": "nail", "count": 11}])
    assert store.scalar(select(Stock.count).where(Stock.article == "nail")) == 11
