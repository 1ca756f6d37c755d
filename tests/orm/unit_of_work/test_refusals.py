"""What cannot be written is refused by name, and the session works after a rollback."""

from __future__ import annotations

from typing import Any

import pytest

from tests.orm.unit_of_work.works import City, Coded, Country, Eager, Person, Tag, Team
from toolkit import select
from toolkit.exc import (
    DBAPIError,
    IntegrityError,
    PendingRollbackError,
    SAWarning,
    StatementError,
)
from toolkit.orm import Session
from toolkit.orm.exc import FlushError

pytestmark = pytest.mark.backend("sqlite")


def count(session: Session, cls: Any) -> int:
    return len(session.scalars(select(cls)).all())


@pytest.mark.parametrize("caught", [FlushError, IntegrityError])
def test_a_key_that_nobody_makes_up_is_missed_before_anything_is_sent(
    session: Session, sent: list[str], caught: type[Exception]
) -> None:
    session.add(Coded(x=1))
    with pytest.raises(caught, match=r"<Coded at .*> has no value for Coded\.code.*\n.*set Coded"):
        session.flush()
    assert sent == []
    session.rollback()
    session.add(Coded(code="c"))
    session.commit()
    assert count(session, Coded) == 1


def test_a_part_of_a_key_is_missed_by_its_name(session: Session) -> None:
    session.add(City(code="a"))
    with pytest.raises(IntegrityError, match=r"City\.name") as refused:
        session.flush()
    assert refused.value.columns == ("name",)
    assert refused.value.table == "uow_city"


def test_two_objects_of_one_key_are_told_of(session: Session) -> None:
    session.add(Coded(code="c"))
    session.commit()
    held = session.get(Coded, "c")
    session.add(Coded(code="c"))
    with (
        pytest.warns(SAWarning, match=r"New instance <Coded at .*> with identity key .* conflicts"),
        pytest.raises(IntegrityError, match="a flush was to insert <Coded at"),
    ):
        session.flush()
    with pytest.raises(PendingRollbackError):
        session.scalars(select(Coded)).all()
    session.rollback()
    assert held is session.get(Coded, "c")


def test_a_value_of_the_wrong_class_is_named(session: Session) -> None:
    session.add_all([Tag(name="a"), Tag(name=Team())])
    with pytest.raises((DBAPIError, StatementError), match=r"Tag\.name of <Tag at .*class Team"):
        session.flush()
    session.rollback()
    assert count(session, Tag) == 0


def test_a_value_of_the_wrong_class_is_named_in_an_update(session: Session) -> None:
    tag = Tag(name="a")
    session.add(tag)
    session.commit()
    tag.name = object()  # type: ignore[assignment]
    with pytest.raises(DBAPIError, match=r"to update <Tag at .*\n.*Tag\.name of"):
        session.flush()
    session.rollback()
    assert tag.name == "a"


def test_a_key_that_others_have_as_theirs_cannot_be_taken_away(session: Session) -> None:
    country = Country(code="a", cities=[City(name="c")])
    session.add(country)
    session.commit()
    country.cities.clear()
    with pytest.raises(AssertionError, match=r"blank-out primary key column 'uow_city\.code'"):
        session.flush()
    session.rollback()
    assert count(session, City) == 1


def test_an_object_in_no_session_is_not_referred_to_and_told_of(session: Session) -> None:
    person = Person()
    session.add(person)
    session.flush()
    person.team = Team()
    session.expunge(person.team)
    with pytest.warns(SAWarning, match=r"<Team> not in session, .* 'Person\.team' won't proceed"):
        session.flush()
    assert person.team_id is None


def test_an_error_of_many_objects_tells_how_many(session: Session) -> None:
    session.add_all([Eager(id=1), Eager(id=2), Eager(id=1)])
    with pytest.raises(IntegrityError, match="3 objects, the first of them <Eager at"):
        session.flush()


def test_a_class_that_is_mapped_to_a_query_can_only_be_read(session: Session) -> None:
    registry = Tag.registry

    class Counted:
        id: int

    query = select(Tag.__table__.c.id).subquery("counted")
    registry.map_imperatively(Counted, query, primary_key=[query.c.id])
    session.add(Counted())
    with pytest.raises(FlushError, match="class Counted cannot be written: it is mapped to 'count"):
        session.flush()


def test_only_one_new_object_can_take_a_row_over(session: Session) -> None:
    session.add(Coded(code="c", x=1))
    session.commit()
    session.delete(session.get_one(Coded, "c"))
    session.add_all([Coded(code="c", x=2), Coded(code="c", x=3)])
    with (
        pytest.warns(SAWarning, match="conflicts with persistent instance"),
        pytest.raises(IntegrityError, match="to insert <Coded at"),
    ):
        session.flush()
    session.rollback()
    assert session.get_one(Coded, "c").x == 1
