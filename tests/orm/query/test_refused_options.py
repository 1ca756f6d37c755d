"""Options that say something of the wrong class, or the wrong thing of the right one."""

from __future__ import annotations

from typing import Any

import pytest

from tests.orm.shop import Chief, Clerk, Item, Mail, Order, Person, Worker
from toolkit import select
from toolkit.exc import ArgumentError, InvalidRequestError
from toolkit.orm import (
    Load,
    Session,
    aliased,
    defer,
    joinedload,
    lazyload,
    load_only,
    selectin_polymorphic,
    selectinload,
    with_parent,
    with_polymorphic,
)
from toolkit.orm.exc import LoaderStrategyException


@pytest.mark.parametrize(
    ("option", "message", "cure"),
    [
        (lambda: joinedload(Person.name), 'Can\'t apply "joined loader"', "load_only"),
        (lambda: defer(Person.mails), 'Can\'t apply "deferred column loader"', "lazyload"),
        (lambda: load_only(Person.mails), 'Can\'t apply "column loader"', "lazyload"),
    ],
)
def test_a_column_is_no_relationship(option: Any, message: str, cure: str) -> None:
    with pytest.raises(LoaderStrategyException, match=message) as caught:
        option()
    assert "Person." in str(caught.value)
    assert cure in str(caught.value)


@pytest.mark.parametrize(
    ("option", "message"),
    [
        (lambda: selectinload("mails"), "Strings are not accepted"),
        (lambda: selectinload(Person), "expected ORM mapped attribute"),
        (selectinload, "takes an attribute"),
        (lambda: selectinload(Person.orders).joinedload(Mail.person), "does not link from"),
        (lambda: selectinload(Person.orders).load_only(Mail.text), "does not link from"),
        (lambda: selectinload(Person.orders).options(joinedload(Mail.person)), "does not link"),
        (lambda: Load(Person).joinedload(Order.items), 'does not link mapped class "Person"'),
        (lambda: Load(5), "takes a mapped class"),
        (lambda: load_only(Person.name, Mail.text), "multiple entities"),
        (lambda: select(Person).options(5), "ExecutionOption"),
        (lambda: select(Person).options([lazyload(Person.mails)]), "ExecutionOption"),
        (lambda: with_parent(Person(id=1), "mails"), "not strings"),
        (lambda: with_parent(Person(id=1), Person.name), "Expected relationship property"),
        (lambda: aliased(5), "takes a mapped class"),
    ],
)
def test_what_is_no_option_is_refused_where_it_is_written(option: Any, message: str) -> None:
    with pytest.raises(ArgumentError, match=message):
        option()


def test_an_option_is_about_a_class_of_the_statement(session: Session) -> None:
    with pytest.raises(ArgumentError, match=r"Mapped class Order .* e\.g\. Person\."):
        session.execute(select(Person).options(joinedload(Order.items)))
    other = aliased(Person)
    with pytest.raises(ArgumentError, match=r"e\.g\. aliased\(Person\)"):
        session.execute(select(other).options(joinedload(Person.mails)))
    with pytest.raises(ArgumentError, match="only expression-based entities"):
        session.execute(select(Person.id).options(joinedload(Person.mails)))
    assert len(session.execute(select(Person.id).options(lazyload("*"))).all()) == 3


def test_subclasses_must_be_of_the_class() -> None:
    assert with_polymorphic(Worker, [Chief, Clerk])
    with pytest.raises(InvalidRequestError, match="does not inherit from"):
        with_polymorphic(Worker, [Item])
    assert selectin_polymorphic(Worker, [Chief]).steps


def test_a_join_leads_where_its_relationship_leads(session: Session) -> None:
    with pytest.raises(InvalidRequestError, match="does not correspond") as caught:
        select(Person).join(Person.mails.of_type(Order))
    assert "Mail" in str(caught.value)
    with pytest.raises(ArgumentError, match="ON clause, typically"):
        select(Person).join(Mail, "person")
    with pytest.raises(InvalidRequestError, match="Don't know how to join to 'shop_item'"):
        session.execute(select(Person).join(Item))
