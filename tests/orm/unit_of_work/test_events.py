"""What listeners hear of a flush, and what they may change."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.orm.unit_of_work.works import Engineer, Person, Tag, Team
from toolkit import event, insert, select, text, update
from toolkit.orm import Session

pytestmark = pytest.mark.backend("sqlite")
NAMES = [
    f"{when}_{what}" for what in ("insert", "update", "delete") for when in ("before", "after")
]


@pytest.fixture
def heard() -> Iterator[list[tuple[str, Any]]]:
    """What happens to people and teams: event, and name of the object."""
    told: list[tuple[str, Any]] = []
    listening = []
    for cls in (Person, Team):
        for name in NAMES:

            def note(mapper: Any, connection: Any, target: Any, name: str = name) -> None:
                told.append((name, target.name))

            event.listen(cls, name, note, propagate=True)
            listening.append((cls, name, note))
    yield told
    for one in listening:
        event.remove(*one)


def test_each_object_is_told_of_before_and_after(
    session: Session, heard: list[tuple[str, Any]]
) -> None:
    people = [Person(name="p"), Engineer(name="e")]
    session.add_all(people)
    session.flush()
    assert heard == [
        ("before_insert", "p"),
        ("before_insert", "e"),
        ("after_insert", "p"),
        ("after_insert", "e"),
    ]
    heard.clear()
    people[0].name = "q"
    session.flush()
    session.delete(people[0])
    session.flush()
    assert [name for name, _ in heard] == [
        "before_update",
        "after_update",
        "before_delete",
        "after_delete",
    ]


def test_before_update_is_told_of_what_is_dirty_though_nothing_is_sent(
    session: Session, heard: list[tuple[str, Any]], sent: list[str]
) -> None:
    team = Team(name="t")
    session.add(team)
    session.flush()
    heard.clear()
    sent.clear()
    team.name = "t"
    session.flush()
    assert heard == [("before_update", "t"), ("after_update", "t")]
    assert sent == []
    heard.clear()
    team.people.append(Person(name="p"))
    session.flush()
    assert ("before_update", "t") in heard


@pytest.fixture
def listen() -> Iterator[Any]:
    """Listen for the time of a test."""
    listening: list[tuple[Any, str, Any]] = []

    def to(cls: Any, name: str, listener: Any) -> None:
        event.listen(cls, name, listener)
        listening.append((cls, name, listener))

    yield to
    for one in listening:
        event.remove(*one)


def test_what_is_set_before_is_written(session: Session, listen: Any) -> None:
    def rename(mapper: Any, connection: Any, target: Any) -> None:
        target.name = f"{target.name}!"

    listen(Tag, "before_insert", rename)
    listen(Tag, "before_update", rename)
    tag = Tag(name="a")
    session.add(tag)
    session.flush()
    assert session.scalar(text("select name from uow_tag")) == "a!"
    tag.name = "b"
    session.flush()
    assert session.scalar(text("select name from uow_tag")) == "b!"


def test_listeners_write_with_the_connection_of_the_flush(session: Session, listen: Any) -> None:
    table = Tag.__table__

    def write(mapper: Any, connection: Any, target: Any) -> None:
        connection.execute(insert(Tag.__table__).values(name=f"of {target.id}"))
        connection.execute(update(table).where(table.c.name == "seen").values(name="twice"))

    listen(Team, "after_insert", write)
    team = Team()
    session.add(team)
    session.flush()
    assert session.scalars(select(Tag.name)).all() == [f"of {team.id}"]


def test_what_is_set_afterwards_is_not_written(session: Session, listen: Any) -> None:
    def rename(mapper: Any, connection: Any, target: Any) -> None:
        target.name = "later"

    listen(Tag, "after_insert", rename)
    tag = Tag(name="a")
    session.add(tag)
    session.commit()
    assert tag.name == "a"


def test_an_error_of_a_listener_takes_the_flush_back(session: Session, listen: Any) -> None:
    def refuse(mapper: Any, connection: Any, target: Any) -> None:
        if target.name == "bad":
            raise ValueError("bad")

    listen(Tag, "after_insert", refuse)
    session.add_all([Tag(name="good"), Tag(name="bad")])
    with pytest.raises(ValueError, match="bad"):
        session.flush()
    session.rollback()
    assert session.scalars(select(Tag)).all() == []
