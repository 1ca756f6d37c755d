"""Which columns are loaded, and when the others are."""

from __future__ import annotations

import pytest

from tests.orm.shop import Mail, Person, counted
from toolkit import select
from toolkit.exc import InvalidRequestError
from toolkit.orm import Session, defer, load_only, selectinload, undefer
from toolkit.orm.exc import DetachedInstanceError


def loaded(session: Session, *options: object) -> Person:
    session.expunge_all()
    found: Person = session.scalars(select(Person).options(*options).where(Person.id == 1)).one()
    return found


def names(one: object) -> set[str]:
    return {name for name in vars(one) if not name.startswith("_")}


def test_a_deferred_column_is_loaded_when_it_is_asked_for(session: Session) -> None:
    person = loaded(session)
    assert names(person) == {"id", "name", "full"}
    with counted(session.get_bind()) as sent:
        assert person.notes == "note 1"
        assert person.notes == "note 1"
    assert len(sent) == 1


def test_options_say_which_columns_are_loaded(session: Session) -> None:
    assert names(loaded(session, undefer(Person.notes))) == {"id", "name", "full", "notes"}
    assert names(loaded(session, load_only(Person.name))) == {"id", "name"}
    assert names(loaded(session, defer(Person.full))) == {"id", "name"}
    assert names(loaded(session, defer("*"), undefer(Person.full))) == {"id", "full"}


def test_each_column_that_was_left_out_is_loaded_alone(session: Session) -> None:
    person = loaded(session, load_only(Person.name))
    assert person.full == "P 1"
    assert names(person) == {"id", "name", "full"}


def test_a_column_may_be_refused(session: Session) -> None:
    person = loaded(session, defer(Person.full, raiseload=True))
    with pytest.raises(InvalidRequestError, match="raiseload=True"):
        _ = person.full


def test_columns_of_related_objects_are_chosen_too(session: Session) -> None:
    option = selectinload(Person.mails).load_only(Mail.text)
    session.expunge_all()
    person = session.scalars(select(Person).options(option).where(Person.id == 2)).one()
    assert names(person.mails[0]) >= {"id", "text"}
    with counted(session.get_bind()) as sent:
        assert person.mails[0].person_id == 2
    assert len(sent) <= 1
    assert person.mails[0].text == "m20"


def test_a_detached_object_says_that_it_cannot_load(session: Session) -> None:
    person = loaded(session)
    session.expunge(person)
    with pytest.raises(DetachedInstanceError, match="deferred load operation of attribute 'notes'"):
        _ = person.notes
