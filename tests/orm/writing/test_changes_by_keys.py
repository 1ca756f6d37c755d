"""``session.execute(update(Class), [...])``: rows by their keys, with versions and ``onupdate``."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from tests.containers.backend import Backend
from tests.core.fresh import fresh_engine
from tests.orm.shop import counted
from toolkit import ForeignKey, String, func, select, update
from toolkit.exc import InvalidRequestError
from toolkit.orm import DeclarativeBase, Mapped, Session, mapped_column
from toolkit.orm.exc import StaleDataError

numbers = count(1)


class Base(DeclarativeBase):
    type_annotation_map = {str: String(30)}


class Page(Base):
    __tablename__ = "keyed_page"
    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str | None]
    kind: Mapped[str] = mapped_column()
    change: Mapped[int | None] = mapped_column(onupdate=lambda: next(numbers))
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {
        "polymorphic_on": kind,
        "polymorphic_identity": "page",
        "version_id_col": version,
    }


class Cover(Page):
    __tablename__ = "keyed_cover"
    id: Mapped[int] = mapped_column(ForeignKey("keyed_page.id"), primary_key=True)
    colour: Mapped[str | None]
    __mapper_args__ = {"polymorphic_identity": "cover"}


@pytest.fixture
def session(backend: Backend, tmp_path: Path) -> Iterator[Session]:
    with fresh_engine(backend, f"sqlite:///{tmp_path}/keyed.db") as engine:
        Base.metadata.create_all(engine)
        with Session(engine) as session:
            session.add_all([Page(id=1), Page(id=2), Cover(id=3)])
            session.commit()
            yield session


def stored(session: Session) -> list[Any]:
    table = Page.__table__.c
    rows = session.connection().execute(
        select(table.id, table.text, table.change, table.version).order_by(table.id)
    )
    return [tuple(row) for row in rows]


def told(session: Session) -> list[Any]:
    pages = session.scalars(select(Page).order_by(Page.id)).all()
    return [(one.id, one.text, one.change, one.version) for one in pages]


def test_what_python_made_for_a_row_needs_no_question(session: Session) -> None:
    pages = session.scalars(select(Page).order_by(Page.id)).all()
    rows = [{"id": 1, "text": "a", "version": 1}, {"id": 2, "text": "b", "version": 1}]
    with counted(session.get_bind()) as sent:
        session.execute(update(Page), rows)
        have = [(one.id, one.text, one.change, one.version) for one in pages]
    assert len(sent) == 1
    assert have == stored(session)
    assert pages[0].change is not None
    assert [one.version for one in pages] == [2, 2, 1]


def test_a_row_is_found_by_its_version_too(session: Session) -> None:
    told(session)
    before = stored(session)
    with pytest.raises(StaleDataError, match="keyed_page"):
        session.execute(update(Page), [{"id": 1, "text": "a", "version": 0}])
    session.rollback()
    assert stored(session) == before


def test_a_row_without_its_version_is_refused(session: Session) -> None:
    with counted(session.get_bind()) as sent, pytest.raises(InvalidRequestError, match="version"):
        session.execute(update(Page), [{"id": 1, "version": 1}, {"id": 2, "text": "b"}])
    assert sent == []


def test_a_change_of_the_last_table_counts_as_well(session: Session) -> None:
    cover = session.get_one(Cover, 3)
    session.execute(update(Cover), [{"id": 3, "colour": "red", "version": 1}])
    assert (cover.colour, cover.version) == ("red", 2)
    session.commit()
    assert (cover.colour, cover.version) == ("red", 2)
    cover.text = "later"
    session.commit()
    assert cover.version == 3


def test_an_expression_goes_with_the_version(session: Session) -> None:
    page = session.get_one(Page, 1)
    session.execute(update(Page), [{"id": 1, "text": func.upper("x"), "version": 1}])
    assert (page.text, page.version) == ("X", 2)
    assert page.change == stored(session)[0][2]
