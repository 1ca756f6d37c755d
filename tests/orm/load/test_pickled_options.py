"""What a statement said about loading goes with its objects, pickled or merged."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from typing import Any

import pytest

from tests.orm.shop import counted
from toolkit import ForeignKey, create_engine, select
from toolkit.exc import InvalidRequestError
from toolkit.orm import (
    DeclarativeBase,
    Load,
    Mapped,
    Session,
    contains_eager,
    defaultload,
    defer,
    lazyload,
    mapped_column,
    raiseload,
    relationship,
    selectinload,
    undefer,
    with_loader_criteria,
)


class Base(DeclarativeBase):
    pass


class Band(Base):
    __tablename__ = "band"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str | None]
    notes: Mapped[str | None] = mapped_column(deferred=True)
    songs: Mapped[list[Song]] = relationship(order_by="Song.id")


class Song(Base):
    __tablename__ = "song"
    id: Mapped[int] = mapped_column(primary_key=True)
    band_id: Mapped[int | None] = mapped_column(ForeignKey("band.id"))
    text: Mapped[str | None]
    lines: Mapped[list[Line]] = relationship()


class Line(Base):
    __tablename__ = "line"
    id: Mapped[int] = mapped_column(primary_key=True)
    song_id: Mapped[int | None] = mapped_column(ForeignKey("song.id"))


@pytest.fixture(scope="module")
def engine() -> Iterator[Any]:
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        songs = [Song(id=1, lines=[Line(id=1)]), Song(id=2, lines=[Line(id=2), Line(id=3)])]
        session.add(Band(id=1, name="a", notes="n", songs=songs))
        session.commit()
    yield engine
    engine.dispose()


def pickled(engine: Any, *options: Any, joined: bool = False) -> Band:
    """Return a band that was loaded with options, pickled, and is detached."""
    statement = select(Band).options(*options)
    if joined:
        statement = statement.join(Band.songs)
    with Session(engine) as session:
        band = session.scalars(statement).unique().one()
        found: Band = pickle.loads(pickle.dumps(band))
    return found


ENTER = [
    lambda session, band: session.add(band) or band,
    lambda session, band: session.merge(band),
    lambda session, band: session.merge(band, load=False),
]
entering = pytest.mark.parametrize("enter", ENTER, ids=["add", "merge", "merge-load-false"])


def lines(band: Band) -> list[list[int]]:
    return [[line.id for line in song.lines] for song in band.songs]


@entering
@pytest.mark.parametrize(
    ("option", "statements"),
    [
        (lazyload(Band.songs).joinedload(Song.lines), 1),
        (lazyload(Band.songs).selectinload(Song.lines), 2),
        (defaultload(Band.songs).selectinload(Song.lines), 2),
        (lazyload(Band.songs).options(selectinload(Song.lines)), 2),
        (Load(Band).lazyload("*"), 3),
    ],
)
def test_lazy_loads_do_as_the_statement_said(
    engine: Any, enter: Any, option: Any, statements: int
) -> None:
    with Session(engine) as session:
        band = enter(session, pickled(engine, option))
        with counted(engine) as sent:
            assert lines(band) == [[1], [2, 3]]
        assert len(sent) == statements


@entering
@pytest.mark.parametrize(
    "option",
    [
        raiseload(Band.songs),
        raiseload("*"),
        lazyload(Band.songs).raiseload(Song.lines),
        lazyload(Band.songs).raiseload("*"),
        selectinload(Band.songs).raiseload(Song.lines),
    ],
)
def test_what_was_refused_stays_refused(engine: Any, enter: Any, option: Any) -> None:
    with Session(engine) as session:
        band = enter(session, pickled(engine, option))
        with pytest.raises(InvalidRequestError, match="raise"):
            lines(band)


@entering
def test_columns_are_left_out_as_before(engine: Any, enter: Any) -> None:
    with Session(engine) as session:
        band = enter(session, pickled(engine, lazyload(Band.songs).defer(Song.text)))
        assert ["text" in vars(song) for song in band.songs] == [False, False]
    with Session(engine) as session:
        band = pickled(engine, undefer(Band.notes), defer(Band.name, raiseload=True))
        assert vars(band)["notes"] == "n"
        session.add(band)
        with pytest.raises(InvalidRequestError, match="raiseload"):
            _ = band.name


@entering
def test_conditions_of_a_relationship_hold(engine: Any, enter: Any) -> None:
    with Session(engine) as session:
        band = enter(session, pickled(engine, lazyload(Band.songs.and_(Song.id == 2))))
        assert lines(band) == [[2, 3]]


@entering
def test_criteria_hold_for_what_is_loaded_later(engine: Any, enter: Any) -> None:
    for criteria in (Song.id == 2, lambda song: song.id == 2):
        with Session(engine) as session:
            band = enter(session, pickled(engine, with_loader_criteria(Song, criteria)))
            assert lines(band) == [[2, 3]]


def test_criteria_that_cannot_travel_are_refused(engine: Any) -> None:
    for option in (
        with_loader_criteria(Base, lambda cls: cls.id > 1 if cls is Song else cls.id > 0),
        with_loader_criteria(Song, Song.__table__.c.id == 2),
    ):
        with pytest.raises(pickle.PicklingError, match="propagate_to_loaders=False"):
            pickled(engine, option)
    own = with_loader_criteria(Song, Song.__table__.c.id == 2, propagate_to_loaders=False)
    assert pickled(engine, own).name == "a"


def test_an_alias_of_the_statement_stays_behind(engine: Any) -> None:
    band = pickled(engine, contains_eager(Band.songs).lazyload(Song.lines), joined=True)
    with Session(engine) as session:
        session.add(band)
        assert lines(band) == [[1], [2, 3]]
        session.expire(band)
        assert lines(band) == [[1], [2, 3]]
