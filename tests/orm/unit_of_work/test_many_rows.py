"""Many rows of one shape: one statement where the driver would send many, all promises kept."""

from __future__ import annotations

import datetime as dt
import enum
import threading
import time
import uuid
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from tests.containers.backend import Backend
from toolkit import (
    JSON,
    Column,
    Connection,
    Engine,
    FetchedValue,
    Float,
    ForeignKey,
    LargeBinary,
    Numeric,
    String,
    Table,
    Uuid,
    create_engine,
    event,
    exc,
    func,
    select,
    text,
    update,
)
from toolkit.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship
from toolkit.orm.exc import StaleDataError

pytestmark = pytest.mark.backend("sqlite", "postgresql-18", "mysql-9", "mariadb-11.8")


class Colour(enum.Enum):
    red = 1
    green = 2


class Base(DeclarativeBase):
    pass


class Thing(Base):
    """A column of each type."""

    __tablename__ = "many_thing"
    key: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True)
    word: Mapped[str | None] = mapped_column(String(5))
    amount: Mapped[Decimal | None] = mapped_column(Numeric(10, 2))
    share: Mapped[float | None] = mapped_column(Float)
    day: Mapped[dt.date | None]
    moment: Mapped[dt.datetime | None]
    colour: Mapped[Colour | None]
    is_new: Mapped[bool | None]
    raw: Mapped[bytes | None] = mapped_column(LargeBinary)
    document: Mapped[Any | None] = mapped_column(JSON)


class Place(Base):
    """A key of two columns, with a version."""

    __tablename__ = "many_place"
    street: Mapped[str] = mapped_column(String(10), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    note: Mapped[str | None] = mapped_column(String(10))
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}


class Seat(Base):
    """No two have the same position."""

    __tablename__ = "many_seat"
    id: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(unique=True)


class Stamped(Base):
    """What is made up when it changes: by Python, by SQL, and from the other rows."""

    __tablename__ = "many_stamped"
    id: Mapped[int] = mapped_column(primary_key=True)
    x: Mapped[int | None]
    called: Mapped[int | None] = mapped_column(
        onupdate=lambda context: context.current_parameters["x"] * 2
    )
    computed: Mapped[int | None] = mapped_column(onupdate=func.abs(-8))


class Below(Stamped):
    __tablename__ = "many_below"
    id: Mapped[int] = mapped_column(ForeignKey("many_stamped.id"), primary_key=True)
    y: Mapped[int | None]


class Word(Base):
    __tablename__ = "many_word"
    id: Mapped[int] = mapped_column(primary_key=True)
    marks: Mapped[list[Mark]] = relationship(
        secondary="many_between", back_populates="words", order_by="Mark.id"
    )


class Mark(Base):
    __tablename__ = "many_mark"
    id: Mapped[int] = mapped_column(primary_key=True)
    words: Mapped[list[Word]] = relationship(secondary="many_between", back_populates="marks")


between: Table = Table(
    "many_between",
    Base.metadata,
    Column("word_id", ForeignKey("many_word.id"), primary_key=True),
    Column("mark_id", ForeignKey("many_mark.id"), primary_key=True),
)


class Eager(Base):
    __tablename__ = "many_eager"
    id: Mapped[int] = mapped_column(primary_key=True)
    x: Mapped[int | None]
    computed: Mapped[int | None] = mapped_column(onupdate=func.abs(-8))
    __mapper_args__ = {"eager_defaults": True}


@pytest.fixture
def engine(backend: Backend) -> Iterator[Engine]:
    engine = create_engine(backend.url)
    Base.metadata.drop_all(engine)
    Base.metadata.create_all(engine)
    yield engine
    assert engine.pool.checkedout() == 0, "a connection did not go back"
    Base.metadata.drop_all(engine)
    engine.dispose()


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    with Session(engine) as session:
        yield session


@pytest.fixture
def sent(engine: Engine) -> list[str]:
    """What is sent."""
    statements: list[str] = []

    @event.listens_for(engine, "before_cursor_execute")
    def note(conn: Any, cursor: Any, statement: str, *_: Any) -> None:
        statements.append(statement)

    return statements


def is_together(statement: str) -> bool:
    """Tell whether a statement goes by many rows; else the driver sends it once for each."""
    return " new_rows" in statement or " IN (" in statement


def check_sent(engine: Engine, sent: list[str], *verbs: str) -> None:
    """Check that these were sent, for all rows at once where that is cheaper."""
    assert [one.split()[0] for one in sent] == [*verbs]
    assert {is_together(one) for one in sent} == {engine.dialect.capabilities.batches_changes}


VALUES: dict[str, list[Any]] = {
    "word": ["a%b", "it's", None, "é😀", ""],
    "amount": [Decimal("1.10"), None, Decimal("-5.00"), Decimal("99999999.99"), Decimal("0.00")],
    "share": [0.5, -1.25, None, 1e10, 0.0],
    "day": [dt.date(2020, 1, 2), None, dt.date(1999, 12, 31), None, dt.date(2030, 5, 5)],
    "moment": [None, dt.datetime(2020, 1, 2, 3, 4, 5), None, None, dt.datetime(1999, 1, 1)],  # noqa: DTZ001 - the column has no zone
    "colour": [Colour.red, None, Colour.green, Colour.green, None],
    "is_new": [None, True, False, None, True],
    "raw": [b"\x00\xff'%\\", None, b"", b"x", b"y"],
    "document": [{"a": "it's %s"}, [1, None], "text", 5, {"b": True}],
}


def test_values_of_every_type_are_stored_as_they_are(
    session: Session, engine: Engine, sent: list[str]
) -> None:
    things = [Thing(key=uuid.UUID(int=number)) for number in range(5)]
    session.add_all(things)
    session.commit()
    for name, values in VALUES.items():
        for thing, value in zip(
            session.scalars(select(Thing).order_by(Thing.key)), values, strict=True
        ):
            setattr(thing, name, value)
        sent.clear()
        session.flush()
        # Rows whose value has not changed are left alone.
        assert len(sent) == 1
    session.commit()
    things = list(session.scalars(select(Thing).order_by(Thing.key)))
    assert {name: [getattr(one, name) for one in things] for name in VALUES} == VALUES


def test_a_value_that_is_too_long_is_refused_and_never_cut(
    session: Session, backend: Backend
) -> None:
    if backend.dialect == "sqlite":
        pytest.skip("SQLite knows no length")
    things = [Thing(key=uuid.UUID(int=number), word="a") for number in range(5)]
    session.add_all(things)
    session.commit()
    for thing in things:
        thing.word = "too long for it"
    with pytest.raises(exc.DataError):
        session.flush()
    session.rollback()
    assert [thing.word for thing in things] == ["a"] * 5


def test_rows_of_two_part_keys_with_versions_are_found(
    session: Session, engine: Engine, sent: list[str]
) -> None:
    places = [Place(street=street, number=n) for street in ("a'b", "c") for n in range(4)]
    session.add_all(places)
    session.commit()
    for number, place in enumerate(
        session.scalars(select(Place).order_by(Place.street, Place.number))
    ):
        place.note = f"n{number}"
    sent.clear()
    session.flush()
    check_sent(engine, sent, "UPDATE")
    assert [place.version for place in places] == [2] * 8
    found = session.execute(text("select note, version from many_place order by street, number"))
    assert [tuple(row) for row in found] == [(f"n{number}", 2) for number in range(8)]
    for place in places[:5]:
        session.delete(place)
    sent.clear()
    session.flush()
    check_sent(engine, sent, "DELETE")
    assert session.scalar(text("select count(*) from many_place")) == 3


@pytest.mark.parametrize("verb", ["update", "delete"])
def test_one_stale_version_among_many_is_noticed(session: Session, verb: str) -> None:
    places = [Place(street="a", number=n) for n in range(6)]
    session.add_all(places)
    session.commit()
    assert [place.version for place in places] == [1] * 6
    session.execute(text("update many_place set version = 2 where number = 3"))
    for place in places:
        if verb == "delete":
            session.delete(place)
        else:
            place.note = "x"
    with pytest.raises(StaleDataError, match=rf"expected to {verb} 6 row\(s\); 5 were matched"):
        session.flush()
    session.rollback()
    assert [(place.version, place.note) for place in places] == [(1, None)] * 6


@pytest.mark.parametrize("verb", ["update", "delete"])
def test_stale_rows_are_named_where_that_is_sure(session: Session, verb: str) -> None:
    places = [Place(street="a", number=n) for n in range(6)]
    session.add_all(places)
    session.commit()
    assert [place.version for place in places] == [1] * 6
    # None has the version that it is to get.
    session.execute(text("update many_place set version = 9 where number in (2, 4)"))
    for place in places:
        if verb == "delete":
            session.delete(place)
        else:
            place.note = "x"
    named = r"the rows of Place \('a', 2\), Place \('a', 4\)"
    with pytest.raises(StaleDataError, match=rf"(?s)4 were matched.*{named} meanwhile"):
        session.flush()


def test_rows_that_are_gone_are_named(session: Session) -> None:
    session.add_all([Stamped(id=number, x=0) for number in range(1, 7)])
    session.commit()
    for row in session.scalars(select(Stamped)):
        row.x = 1
    session.execute(
        text("delete from many_stamped where id = 4"), execution_options={"autoflush": False}
    )
    with pytest.raises(StaleDataError, match=r"(?s)the row of Stamped 4 meanwhile"):
        session.flush()


def test_rows_that_take_each_others_unique_values_go_one_after_the_other(
    session: Session, sent: list[str]
) -> None:
    # On disk they lie the other way round.
    for number in range(9, 0, -1):
        session.add(Seat(id=number, position=number))
        session.flush()
    session.commit()
    for seat in session.scalars(select(Seat)):
        seat.position -= 1
    sent.clear()
    session.flush()
    assert [is_together(one) for one in sent] == [False]
    assert list(session.scalars(select(Seat.position).order_by(Seat.id))) == list(range(9))


def test_what_is_made_up_for_each_row_is_made_up(
    session: Session, engine: Engine, sent: list[str]
) -> None:
    session.add_all([Below(id=number, x=0, y=0) for number in range(1, 6)])
    session.commit()
    rows = list(session.scalars(select(Below).order_by(Below.id)))
    for row in rows:
        row.x, row.y = row.id, -row.id
    sent.clear()
    session.flush()
    check_sent(engine, sent, "UPDATE", "UPDATE")
    assert [(row.called, row.computed, row.y) for row in rows] == [
        (2 * n, 8, -n) for n in range(1, 6)
    ]
    session.commit()
    assert [(row.x, row.called, row.computed, row.y) for row in rows] == [
        (n, 2 * n, 8, -n) for n in range(1, 6)
    ]


def test_what_the_server_changes_too_comes_back_with_the_update(
    session: Session, engine: Engine, sent: list[str]
) -> None:
    session.add_all([Eager(id=number, x=0) for number in range(1, 7)])
    session.commit()
    rows = list(session.scalars(select(Eager)))
    for row in rows:
        row.x = row.id
    sent.clear()
    session.flush()
    if engine.dialect.capabilities.batches_changes:
        # What an UPDATE cannot return is asked for.
        returns = engine.dialect.capabilities.returning_updates
        check_sent(engine, [one for one in sent if returns or one[:6] == "UPDATE"], "UPDATE")
    sent.clear()
    assert [(row.x, row.computed) for row in rows] == [(n, 8) for n in range(1, 7)]
    assert sent == []


def test_a_default_that_looks_at_rows_sees_those_before(session: Session, engine: Engine) -> None:
    class Counting(DeclarativeBase):
        pass

    class Counted(Counting):
        __tablename__ = "many_counted"
        id: Mapped[int] = mapped_column(primary_key=True)
        x: Mapped[int]
        turn: Mapped[int | None] = mapped_column(
            onupdate=text("(select count(m.c) from (select turn as c from many_counted) m)")
        )

    Counting.metadata.create_all(engine)
    try:
        session.add_all([Counted(id=number, x=0) for number in range(1, 7)])
        session.commit()
        for one in session.scalars(select(Counted)):
            one.x = 5
        session.commit()
        assert session.scalars(select(Counted.turn).order_by(Counted.turn)).all() == [
            0,
            1,
            2,
            3,
            4,
            5,
        ]
        session.commit()
    finally:
        Counting.metadata.drop_all(engine)


def test_thousands_of_rows_are_few_statements(
    session: Session, engine: Engine, sent: list[str]
) -> None:
    session.add_all([Stamped(id=number, x=0) for number in range(1, 2501)])
    session.commit()
    rows = list(session.scalars(select(Stamped)))
    for row in rows:
        row.x = row.id
    sent.clear()
    session.flush()
    assert len(sent) == (3 if engine.dialect.capabilities.batches_changes else 1)
    assert session.scalar(text("select count(*) from many_stamped where x = id")) == 2500
    for row in rows:
        session.delete(row)
    sent.clear()
    session.flush()
    assert len(sent) == (3 if engine.dialect.capabilities.batches_changes else 1)
    assert session.scalar(text("select count(*) from many_stamped")) == 0


def test_rows_given_by_their_keys_go_together_too(
    session: Session, engine: Engine, sent: list[str]
) -> None:
    session.add_all([Stamped(id=number, x=0) for number in range(1, 7)])
    session.commit()
    sent.clear()
    session.execute(update(Stamped), [{"id": number, "x": number} for number in range(1, 7)])
    check_sent(engine, sent, "UPDATE")
    sent.clear()
    session.bulk_update_mappings(Stamped, [{"id": n, "x": n + 1} for n in range(1, 7)])
    check_sent(engine, sent, "UPDATE")
    found = select(Stamped.x, Stamped.called, Stamped.computed).order_by(Stamped.id)
    assert session.execute(found).all() == [(n + 1, 2 * n + 2, 8) for n in range(1, 7)]


def test_of_two_rows_for_one_key_the_second_counts(session: Session) -> None:
    session.add_all([Stamped(id=number, x=0) for number in range(1, 4)])
    session.commit()
    session.execute(update(Stamped), [{"id": 1 + n % 3, "x": n} for n in range(6)])
    assert list(session.scalars(select(Stamped.x).order_by(Stamped.id))) == [3, 4, 5]


class Marked(Base):
    """Python makes a version up that no other has."""

    __tablename__ = "many_marked"
    id: Mapped[int] = mapped_column(primary_key=True)
    x: Mapped[int | None]
    version: Mapped[str] = mapped_column(String(32))
    __mapper_args__ = {
        "version_id_col": version,
        "version_id_generator": lambda version: uuid.uuid4().hex,
    }


def test_versions_that_python_makes_up_are_one_for_each_row(
    session: Session, engine: Engine, sent: list[str]
) -> None:
    session.add_all([Marked(id=number, x=0) for number in range(1, 7)])
    session.commit()
    rows = list(session.scalars(select(Marked).order_by(Marked.id)))
    before = [row.version for row in rows]
    for row in rows:
        row.x = 1
    sent.clear()
    session.flush()
    check_sent(engine, sent, "UPDATE")
    after = [row.version for row in rows]
    assert len({*before, *after}) == 12
    session.expire_all()
    assert [row.version for row in rows] == after


COUNT = """create function many_count() returns trigger language plpgsql as
    $$ begin new.version := old.version + 1; return new; end $$"""
TRIGGER = """create trigger many_count before update on many_server
    for each row execute function many_count()"""


@pytest.mark.backend("postgresql-18")
@pytest.mark.parametrize("column", ["version", "xmin"])
def test_versions_of_the_server_come_back_for_each_row(engine: Engine, column: str) -> None:
    class Own(DeclarativeBase):
        pass

    class Server(Own):
        __tablename__ = "many_server"
        id: Mapped[int] = mapped_column(primary_key=True)
        x: Mapped[int | None]
        version: Mapped[int] = mapped_column(server_default="1", server_onupdate=FetchedValue())
        xmin: Mapped[str] = mapped_column(String, system=True, server_default=FetchedValue())
        __mapper_args__ = {
            "version_id_col": version if column == "version" else xmin,
            "version_id_generator": False,
        }

    with engine.begin() as connection:
        Own.metadata.create_all(connection)
        connection.execute(text(COUNT))
        connection.execute(text(TRIGGER))
    try:
        with Session(engine) as session:
            session.add_all([Server(id=number, x=0) for number in range(1, 7)])
            session.commit()
            rows = list(session.scalars(select(Server).order_by(Server.id)))
            for turn in (2, 3):
                for row in rows:
                    row.x = turn
                session.flush()
                known = [row.__dict__[column] for row in rows]
                session.commit()
                assert [getattr(row, column) for row in rows] == known
            assert [row.version for row in rows] == [3] * 6
            for row in rows:
                row.x = 4
            with engine.begin() as other:
                other.execute(text("update many_server set x = 9 where id = 5"))
            with pytest.raises(StaleDataError, match="many_server"):
                session.flush()
    finally:
        with engine.begin() as connection:
            Own.metadata.drop_all(connection)
            connection.execute(text("drop function many_count"))


def test_rows_between_objects_go_together(
    session: Session, engine: Engine, sent: list[str]
) -> None:
    marks = [Mark(id=number) for number in range(1, 7)]
    word = Word(id=1, marks=list(marks))
    session.add(word)
    session.commit()
    assert len(word.marks) == 6
    word.marks = marks[:1]
    sent.clear()
    session.flush()
    check_sent(engine, sent, "DELETE")
    session.commit()
    assert word.marks == marks[:1]


@pytest.mark.backend("postgresql-18", "mysql-9", "mariadb-11.8")
@pytest.mark.parametrize("verb", ["update", "delete"])
def test_rows_that_nobody_changes_are_not_locked(
    session: Session, engine: Engine, backend: Backend, verb: str
) -> None:
    session.add_all([Stamped(id=number, x=0) for number in range(1, 13)])
    session.commit()
    patience = (
        "lock_timeout = '2s'" if backend.dialect == "postgresql" else "innodb_lock_wait_timeout = 2"
    )
    for row in session.scalars(select(Stamped).where(Stamped.id <= 10)):
        if verb == "delete":
            session.delete(row)
        else:
            row.x = 1
    session.flush()
    with engine.connect() as other:
        other.execute(text(f"set {patience}"))
        other.execute(text("update many_stamped set x = 2 where id = 11"))
        other.execute(text("insert into many_stamped (id, x) values (13, 2)"))
        other.rollback()
    session.rollback()


@pytest.mark.backend("postgresql-18")
def test_rows_are_locked_in_the_order_of_their_keys(engine: Engine) -> None:
    """Else two flushes of the same rows could wait for each other."""
    changed, held = 1000, 500
    with engine.begin() as connection:
        # They lie on disk in the other order, in which the cheapest plan would take them.
        numbers = "select n, 0 from generate_series(6000, 1, -1) n"
        connection.execute(text(f"insert into many_stamped (id, x) {numbers}"))
        connection.execute(text("analyze many_stamped"))
    with engine.connect() as holder, engine.connect() as watcher, Session(engine) as session:
        session.execute(text("set local lock_timeout = '10s'"))
        own = session.scalar(text("select pg_backend_pid()"))
        for row in session.scalars(select(Stamped).where(Stamped.id <= changed)):
            row.x = 1
        holder.execute(text("select 1 from many_stamped where id = :n for update"), {"n": held})
        flushing = threading.Thread(target=session.flush)
        flushing.start()
        try:
            free = _free(watcher, own)
        finally:
            watcher.rollback()
            holder.rollback()
            flushing.join()
        assert free == list(range(held + 1, 6001))
        session.rollback()


def _free(watcher: Connection, waiting: int) -> list[int]:
    """Return the rows that nobody has locked when that process waits for one."""
    waits = text("select wait_event_type from pg_stat_activity where pid = :pid")
    deadline = time.monotonic() + 5
    while watcher.scalar(waits, {"pid": waiting}) != "Lock":
        assert time.monotonic() < deadline, "it waits for nobody"
        watcher.rollback()
    return sorted(watcher.scalars(text("select id from many_stamped for update skip locked")))
