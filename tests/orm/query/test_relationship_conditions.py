"""Conditions on relationships: any, has, contains, equal to an object, none at all."""

from __future__ import annotations

import pytest

from tests.orm.shop import Item, Mail, Order, Part, Person
from toolkit import select
from toolkit.exc import ArgumentError, InvalidRequestError
from toolkit.orm import Session, aliased, with_parent


def ids(session: Session, statement: object) -> list[int]:
    return sorted(session.scalars(statement).all())


def test_any_asks_of_a_collection(anywhere: Session) -> None:
    assert ids(anywhere, select(Person.id).where(Person.mails.any())) == [2, 3]
    assert ids(anywhere, select(Person.id).where(~Person.mails.any())) == [1]
    assert ids(anywhere, select(Person.id).where(Person.mails.any(Mail.text == "m20"))) == [2]
    assert ids(anywhere, select(Person.id).where(Person.mails.any(text="m20"))) == [2]
    assert ids(anywhere, select(Order.id).where(Order.items.any(Item.name == "i3"))) == [11, 30]


def test_has_asks_of_one_object(anywhere: Session) -> None:
    assert ids(anywhere, select(Mail.id).where(Mail.person.has(name="p2"))) == [20, 21]
    with pytest.raises(InvalidRequestError, match="Use any"):
        Person.mails.has()
    with pytest.raises(InvalidRequestError, match="Use has"):
        Mail.person.any()


def test_a_class_that_refers_to_itself_is_asked_by_an_alias(anywhere: Session) -> None:
    assert ids(anywhere, select(Part.id).where(Part.below.any(Part.id == 4))) == [2]
    assert ids(anywhere, select(Part.id).where(Part.above.has(Part.id == 1))) == [2, 3]
    some = aliased(Part)
    assert ids(anywhere, select(some.id).where(some.below.any(Part.id == 2))) == [1]


def test_an_object_is_compared_by_its_key(anywhere: Session) -> None:
    person = anywhere.get(Person, 2)
    assert ids(anywhere, select(Mail.id).where(Mail.person == person)) == [20, 21]
    assert ids(anywhere, select(Mail.id).where(Mail.person != person)) == [30, 31, 32]
    assert ids(anywhere, select(Mail.id).where(with_parent(person, Person.mails))) == [20, 21]
    assert ids(anywhere, select(Mail.id).filter_by(person=person)) == [20, 21]


def test_none_means_that_there_is_no_related_object(anywhere: Session) -> None:
    assert ids(anywhere, select(Part.id).where(Part.above == None)) == [1]  # noqa: E711 - makes SQL
    assert ids(anywhere, select(Part.id).where(Part.above.is_(None))) == [1]
    assert ids(anywhere, select(Part.id).where(Part.above != None)) == [2, 3, 4]  # noqa: E711 - makes SQL
    assert ids(anywhere, select(Person.id).where(Person.mails == None)) == [1]  # noqa: E711 - makes SQL


def test_contains_asks_for_one_object(anywhere: Session) -> None:
    mail, item = anywhere.get(Mail, 31), anywhere.get(Item, 3)
    assert ids(anywhere, select(Person.id).where(Person.mails.contains(mail))) == [3]
    assert ids(anywhere, select(Order.id).where(Order.items.contains(item))) == [11, 30]


def test_what_cannot_be_compared_says_what_can(session: Session) -> None:
    with pytest.raises(InvalidRequestError, match=r"use contains\(\)"):
        _ = Person.mails == Mail()
    with pytest.raises(ArgumentError, match="Mapped instance expected"):
        _ = Mail.person == 5
    with pytest.raises(NotImplementedError, match="foreign key values"):
        Mail.person.in_([1])
    with pytest.raises(InvalidRequestError, match="Use =="):
        Mail.person.contains(Person())
