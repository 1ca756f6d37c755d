"""What real programs ask of objects is there: `used_members.txt`.

The list is of 44 open projects: the members that are used most, by the documented class; without
those that SQLAlchemy 2.1 has no more, and plain words that count what is not a statement's.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from toolkit import create_engine, delete, insert, inspect, select, text, update
from toolkit.orm import (
    DeclarativeBase,
    Mapped,
    Session,
    mapped_column,
    scoped_session,
    sessionmaker,
)

USED = Path(__file__).with_name("used_members.txt").read_text("utf-8").split()


class Base(DeclarativeBase):
    pass


class Person(Base):
    __tablename__ = "person"
    id: Mapped[int] = mapped_column(primary_key=True)


@pytest.fixture(scope="module")
def samples() -> Iterator[dict[str, Any]]:
    engine = create_engine("sqlite://")
    table = Person.__table__
    with Session(engine) as session, engine.connect() as connection:
        yield {
            "Column": table.c.id,
            "ColumnElement": table.c.id + 1,
            "Connection": connection,
            "Delete": delete(Person),
            "Engine": engine,
            "Insert": insert(Person),
            "Inspector": inspect(engine),
            "InstanceState": inspect(Person()),
            "Mapper": inspect(Person),
            "Query": session.query(Person),
            "MetaData": table.metadata,
            "Result": connection.execute(text("select 1")),
            "Row": connection.execute(text("select 1")).one(),
            "ScalarResult": connection.scalars(text("select 1")),
            "Select": select(Person),
            "Session": session,
            "Subquery": select(Person).subquery(),
            "Table": table,
            "URL": engine.url,
            "Update": update(Person),
            "scoped_session": scoped_session(sessionmaker(engine)),
        }
    engine.dispose()


@pytest.mark.parametrize("used", USED)
def test_it_is_there(used: str, samples: dict[str, Any]) -> None:
    kind, _, name = used.partition(".")
    assert hasattr(samples[kind], name)
