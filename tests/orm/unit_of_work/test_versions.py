"""Versions: rows that somebody else has changed or deleted are noticed, on every server."""

from __future__ import annotations

import pytest

from tests.orm.unit_of_work.works import Engineer, Person, Tag
from toolkit import select, text
from toolkit.exc import SAWarning
from toolkit.orm import Session
from toolkit.orm.exc import StaleDataError

pytestmark = pytest.mark.backend("sqlite", "postgresql-18", "mysql-9", "mariadb-11.8")


def versions(session: Session) -> list[int]:
    return list(session.scalars(text("select version from uow_person order by id")))


def behind_its_back(session: Session, statement: str) -> None:
    session.execute(text(statement))


def test_each_update_counts_and_none_without_a_change(session: Session) -> None:
    person = Person(name="a", version=7)
    session.add(person)
    session.flush()
    assert person.version == 1
    person.name = "b"
    session.flush()
    assert person.version == 2
    person.name = "b"
    session.commit()
    assert versions(session) == [2]


def test_a_change_in_a_lower_table_counts_too(session: Session) -> None:
    engineer = Engineer(name="e", skill=1)
    session.add(engineer)
    session.commit()
    engineer.skill = 2
    session.commit()
    assert versions(session) == [2]
    assert session.scalar(text("select skill from uow_engineer")) == 2


@pytest.mark.parametrize("what", ["name", "skill", "delete"])
def test_a_row_that_somebody_else_has_changed_is_stale(session: Session, what: str) -> None:
    engineer = Engineer(name="e", skill=1)
    session.add(engineer)
    session.commit()
    assert engineer.version == 1
    behind_its_back(session, "update uow_person set version = 50")
    if what == "delete":
        session.delete(engineer)
    else:
        setattr(engineer, what, "x" if what == "name" else 9)
    with pytest.raises(StaleDataError, match=r"'uow_person' expected to (up|de)"):
        session.flush()
    session.rollback()
    assert (engineer.name, engineer.skill, versions(session)) == ("e", 1, [1])


def test_one_stale_row_among_many_is_noticed(session: Session) -> None:
    people = [Person(name=f"p{number}") for number in range(5)]
    session.add_all(people)
    session.commit()
    assert [one.version for one in people] == [1] * 5
    behind_its_back(session, f"update uow_person set version = 9 where id = {people[2].id}")
    for person in people:
        person.name = "new"
    with pytest.raises(StaleDataError, match=r"expected to update 5 row\(s\); 4 were matched"):
        session.flush()
    session.rollback()
    assert versions(session) == [1] * 5


def test_an_update_of_a_row_that_is_gone_is_stale_without_versions(session: Session) -> None:
    tags = [Tag(name="a"), Tag(name="b")]
    session.add_all(tags)
    session.commit()
    assert [tag.name for tag in tags] == ["a", "b"]
    behind_its_back(session, "delete from uow_tag where name = 'a'")
    for tag in tags:
        tag.name = "c"
    with pytest.raises(StaleDataError, match="'uow_tag' expected to update 2"):
        session.flush()


def test_a_delete_of_a_row_that_is_gone_warns_without_versions(session: Session) -> None:
    tags = [Tag(name="a"), Tag(name="b")]
    session.add_all(tags)
    session.commit()
    assert [tag.name for tag in tags] == ["a", "b"]
    assert tags[0].people == tags[1].people == []
    behind_its_back(session, "delete from uow_tag where name = 'a'")
    for tag in tags:
        session.delete(tag)
    with pytest.warns(SAWarning, match=r"'uow_tag' expected to delete 2 .* confirm_deleted_rows"):
        session.flush()
    assert session.scalars(select(Tag)).all() == []


def test_a_row_that_is_taken_over_keeps_counting(session: Session) -> None:
    session.add(Person(id=5, name="old"))
    session.commit()
    session.delete(session.get_one(Person, 5))
    session.add(Person(id=5, name="new"))
    session.commit()
    assert versions(session) == [2]
    assert session.get_one(Person, 5).name == "new"
