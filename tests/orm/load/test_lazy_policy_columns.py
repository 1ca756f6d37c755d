"""Columns that were left out are watched as relationships are: one query for each is noticed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.containers.backend import Backend
from tests.core.fresh import fresh_engine
from tests.orm.shop import counted
from toolkit import Engine, ForeignKey, String, select
from toolkit.exc import InvalidRequestError
from toolkit.orm import (
    DeclarativeBase,
    LazyLoadWarning,
    Mapped,
    Session,
    defer,
    load_only,
    mapped_column,
    undefer,
    undefer_group,
)

HERE = "test_lazy_policy_columns.py"


class Base(DeclarativeBase):
    type_annotation_map = {str: String(30)}


class Photo(Base):
    __tablename__ = "policy_photo"
    album: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str]
    title: Mapped[str | None]
    data: Mapped[str | None] = mapped_column(deferred=True)
    place: Mapped[str | None] = mapped_column(deferred=True, deferred_group="taken")
    hour: Mapped[int | None] = mapped_column(deferred=True, deferred_group="taken")
    __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": "photo"}


class Print(Base):
    __tablename__ = "policy_print"
    id: Mapped[int] = mapped_column(primary_key=True)
    size: Mapped[int | None] = mapped_column(deferred=True)
    kind: Mapped[str]
    __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": "print"}


class Poster(Print):
    __tablename__ = "policy_poster"
    id: Mapped[int] = mapped_column(ForeignKey("policy_print.id"), primary_key=True)
    text: Mapped[str | None] = mapped_column(deferred=True)
    __mapper_args__ = {"polymorphic_identity": "poster"}


@pytest.fixture
def engine(backend: Backend, tmp_path: Path) -> Iterator[Engine]:
    with fresh_engine(backend, f"sqlite:///{tmp_path}/policy.db") as engine:
        Base.metadata.create_all(engine)
        with Session(engine) as session:
            session.add_all(
                Photo(album="a", number=n, title=f"t{n}", data=f"d{n}", place=f"p{n}", hour=n)
                for n in (1, 2, 3)
            )
            session.add_all([Print(id=1, size=1), Poster(id=2, size=2, text="x"), Poster(id=3)])
            session.commit()
        yield engine


PHOTOS = select(Photo).order_by(Photo.number)


def test_warn_names_the_column_both_lines_and_the_option(engine: Engine) -> None:
    with Session(engine, lazy_policy="warn") as session, pytest.warns(LazyLoadWarning) as caught:
        assert [one.data for one in session.scalars(PHOTOS)] == ["d1", "d2", "d3"]
    (warning,) = caught
    told = str(warning.message)
    assert "'Photo.data' is loaded by one query for each of 3 objects" in told
    assert told.count(HERE) == 2
    assert ".options(undefer(Photo.data))" in told


def test_raise_refuses_the_first(engine: Engine) -> None:
    with Session(engine, lazy_policy="raise") as session:
        photos = session.scalars(PHOTOS).all()
        with counted(engine) as sent:
            with pytest.raises(InvalidRequestError, match=r"'Photo\.data'.*3 objects") as caught:
                _ = photos[0].data
            with pytest.raises(InvalidRequestError, match=r"undefer_group\('taken'\)"):
                _ = photos[0].hour
    assert "undefer(Photo.data)" in str(caught.value)
    assert sent == []


def test_batch_loads_a_column_for_all_of_them_at_once(engine: Engine) -> None:
    with Session(engine, lazy_policy="batch") as session:
        photos = session.scalars(PHOTOS).all()
        with counted(engine) as sent:
            assert [one.data for one in photos] == ["d1", "d2", "d3"]
        assert len(sent) == 1
        with counted(engine) as sent:
            assert [(one.place, one.hour) for one in photos] == [("p1", 1), ("p2", 2), ("p3", 3)]
        assert len(sent) == 1


def test_batch_leaves_alone_what_is_there_has_gone_or_was_set(engine: Engine) -> None:
    with Session(engine, lazy_policy="batch") as session:
        first, second, third = session.scalars(PHOTOS)
        first.data = "mine"
        session.expunge(third)
        assert second.data == "d2"
        assert first.data == "mine"
        assert "data" not in vars(third)
        session.rollback()


def test_what_a_statement_leaves_out_is_watched_too(engine: Engine) -> None:
    for option in (defer(Photo.title), load_only(Photo.kind)):
        with Session(engine, lazy_policy="batch") as session:
            photos = session.scalars(PHOTOS.options(option)).all()
            with counted(engine) as sent:
                assert [one.title for one in photos] == ["t1", "t2", "t3"]
            assert len(sent) == 1


def test_subclasses_get_theirs_together(engine: Engine) -> None:
    with Session(engine, lazy_policy="batch") as session:
        prints = session.scalars(select(Print).order_by(Print.id)).all()
        with counted(engine) as sent:
            assert [one.size for one in prints] == [1, 2, None]
        assert len(sent) == 1
        with counted(engine) as sent:
            assert [one.text for one in prints if isinstance(one, Poster)] == ["x", None]
        assert len(sent) == 1


@pytest.mark.parametrize("policy", ["warn", "batch", "raise"])
def test_the_option_and_one_object_alone_are_fine(
    engine: Engine, policy: str, recwarn: pytest.WarningsRecorder
) -> None:
    with Session(engine, lazy_policy=policy) as session:
        options = (undefer(Photo.data), undefer_group("taken"))
        loaded = session.scalars(PHOTOS.options(*options)).all()
        assert [(one.data, one.hour) for one in loaded] == [("d1", 1), ("d2", 2), ("d3", 3)]
        session.expunge_all()
        assert session.scalars(PHOTOS.where(Photo.number == 2)).one().data == "d2"
    assert not recwarn.list
