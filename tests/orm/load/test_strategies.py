"""Loading what is related: every way gives the same objects, each in its number of statements."""

from __future__ import annotations

from typing import Any
from weakref import ref

import pytest

from tests.orm.shop import Mail, Order, Part, Person, counted
from toolkit import select
from toolkit.exc import ArgumentError, InvalidRequestError
from toolkit.orm import (
    Load,
    Session,
    aliased,
    contains_eager,
    defaultload,
    immediateload,
    joinedload,
    lazyload,
    load_only,
    noload,
    raiseload,
    selectinload,
    subqueryload,
    with_loader_criteria,
)
from toolkit.orm.exc import LoaderStrategyException

MAILS = {1: [], 2: [20, 21], 3: [30, 31, 32]}
WAYS = [
    pytest.param(selectinload, 2, id="selectin"),
    pytest.param(joinedload, 1, id="joined"),
    pytest.param(subqueryload, 2, id="subquery"),
    pytest.param(immediateload, 2, id="immediate"),
    pytest.param(lazyload, 4, id="lazy"),
]


def people(session: Session, *options: Any, **execution: Any) -> dict[int, list[int]]:
    statement = select(Person).options(*options).order_by(Person.id)
    found = session.scalars(statement, execution_options=execution).unique().all()
    return {one.id: [mail.id for mail in one.mails] for one in found}


@pytest.mark.parametrize(("way", "count"), WAYS)
def test_collections_are_the_same_however_they_are_loaded(
    anywhere: Session, way: Any, count: int
) -> None:
    with counted(anywhere.get_bind()) as sent:
        assert people(anywhere, way(Person.mails)) == MAILS
    assert len(sent) == count


@pytest.mark.parametrize(("way", "count"), WAYS)
def test_single_objects_are_the_same_however_they_are_loaded(
    session: Session, way: Any, count: int
) -> None:
    statement = select(Mail).options(way(Mail.person)).order_by(Mail.id)
    with counted(session.get_bind()) as sent:
        found = session.scalars(statement).all()
        people = [mail.person for mail in found]
        assert [person and person.id for person in people] == [2, 2, 3, 3, 3]
    assert len(sent) == min(count, 3)


@pytest.mark.parametrize(("way", "count"), WAYS)
def test_many_to_many_is_the_same_however_it_is_loaded(
    anywhere: Session, way: Any, count: int
) -> None:
    statement = select(Order).options(way(Order.items)).order_by(Order.id)
    found = anywhere.scalars(statement).unique().all()
    assert [[item.id for item in one.items] for one in found] == [[1, 2], [3], [1, 3], []]


def test_options_go_on_from_what_they_lead_to(session: Session) -> None:
    option = selectinload(Person.orders).options(selectinload(Order.items))
    statement = select(Person).options(option, joinedload(Person.mails)).order_by(Person.id)
    with counted(session.get_bind()) as sent:
        found = session.scalars(statement).unique().all()
        items = [[item.id for order in one.orders for item in order.items] for one in found]
    assert items == [[1, 2, 3], [], [1, 3]]
    assert len(sent) == 3


def test_a_limit_counts_owners_and_not_rows(anywhere: Session) -> None:
    statement = select(Person).options(joinedload(Person.mails)).order_by(Person.name.desc())
    found = anywhere.scalars(statement.limit(2)).unique().all()
    assert [(one.id, len(one.mails)) for one in found] == [(3, 3), (2, 2)]


def test_rows_that_repeat_objects_must_be_made_unique(session: Session) -> None:
    result = session.scalars(select(Person).options(joinedload(Person.mails)))
    with pytest.raises(InvalidRequestError, match=r"unique\(\) method must be invoked"):
        result.all()


def test_joined_collections_cannot_be_streamed(session: Session) -> None:
    statement = select(Person).options(joinedload(Person.mails))
    with pytest.raises(InvalidRequestError, match="yield_per"):
        session.scalars(statement, execution_options={"yield_per": 2})
    streamed = select(Person).options(selectinload(Person.mails)).order_by(Person.id)
    with counted(session.get_bind()) as sent:
        found = session.scalars(streamed, execution_options={"yield_per": 2})
        assert {one.id: [mail.id for mail in one.mails] for one in found} == MAILS
    # The people, and the mails of each two of them.
    assert len(sent) == 3


def test_streamed_objects_cannot_be_made_unique(session: Session) -> None:
    """Nobody holds them: the next one could be where one was that is gone."""
    statement = select(Person).order_by(Person.id)
    with pytest.raises(InvalidRequestError, match=r"yield_per .* with unique\(\)"):
        session.scalars(statement, execution_options={"yield_per": 1}).unique()
    with pytest.raises(InvalidRequestError, match=r"yield_per .* with unique\(\)"):
        session.execute(statement).unique().yield_per(1)
    parts = session.scalars(statement).unique().partitions(1)
    assert [one.id for part in parts for one in part] == [1, 2, 3]


def test_streamed_objects_are_held_by_nobody_else(session: Session) -> None:
    found = session.scalars(select(Person).order_by(Person.id), execution_options={"yield_per": 1})
    first = ref(next(found))
    next(found)
    assert first() is None


def test_two_joined_collections_do_not_multiply(session: Session) -> None:
    options = (joinedload(Person.mails), joinedload(Person.orders))
    assert people(session, *options) == MAILS
    assert [order.id for order in session.get_one(Person, 3).orders] == [30, 31]


def test_a_tree_is_loaded_to_the_depth_that_is_said(session: Session) -> None:
    def reached(depth: int) -> list[str]:
        session.expunge_all()
        option = selectinload(Part.below, recursion_depth=depth)
        root = session.scalars(select(Part).where(Part.id == 1).options(option)).one()
        with counted(session.get_bind()) as sent:
            assert [one.id for one in root.below[0].below] == [4]
            assert root.below[0].below[0].below == []
        return sent

    # So many levels below the one that the option names itself.
    assert len(reached(0)) == 2
    assert len(reached(1)) == 1
    assert reached(2) == []
    assert reached(-1) == []


def test_raiseload_refuses_and_names_the_cure(session: Session) -> None:
    person = session.scalars(select(Person).options(raiseload("*")).where(Person.id == 2)).one()
    with pytest.raises(InvalidRequestError, match=r"Person\.mails.*lazy='raise'") as caught:
        _ = person.mails
    assert "selectinload(Person.mails)" in str(caught.value)


def test_raiseload_of_sql_only_gives_what_is_at_hand(session: Session) -> None:
    statement = select(Mail).options(raiseload(Mail.person, sql_only=True)).where(Mail.id == 20)
    mail = session.scalars(statement).one()
    with pytest.raises(InvalidRequestError, match="raise_on_sql"):
        _ = mail.person
    person = session.get(Person, 2)
    assert mail.person is person


def test_a_wildcard_of_the_whole_statement_reaches_what_is_below(session: Session) -> None:
    for option in (selectinload(Person.orders), joinedload(Person.orders)):
        session.expunge_all()
        statement = select(Person).options(option, raiseload("*")).where(Person.id == 3)
        person = session.scalars(statement).unique().one()
        with pytest.raises(InvalidRequestError, match=r"Order\.items"):
            _ = person.orders[0].items
    session.expunge_all()
    with counted(session.get_bind()) as sent:
        person = session.scalars(select(Person).options(selectinload("*"))).all()[2]
        assert [len(order.items) for order in person.orders] == [2, 0]
    # People, their mails and orders, the items of those; not the way back.
    assert len(sent) == 4


def test_a_wildcard_of_one_class_is_about_that_class_only(session: Session) -> None:
    options = (selectinload(Person.orders), Load(Person).raiseload("*"))
    person = session.scalars(select(Person).options(*options).where(Person.id == 3)).one()
    assert len(person.orders[0].items) == 2
    with pytest.raises(InvalidRequestError, match=r"Person\.mails"):
        _ = person.mails


def test_the_first_row_needs_no_unique(session: Session) -> None:
    statement = select(Person).options(joinedload(Person.mails)).where(Person.id == 3)
    person = session.scalars(statement).first()
    assert person is not None
    assert len(vars(person)["mails"]) == 3
    assert session.scalar(statement) is person
    assert dict(session.execute(statement).mappings().first() or {}) == {"Person": person}


def test_a_wildcard_leaves_what_is_named(session: Session) -> None:
    assert people(session, raiseload("*"), selectinload(Person.mails)) == MAILS
    assert people(session, Load(Person).selectinload("*")) == MAILS


def test_noload_gives_nothing(session: Session) -> None:
    assert people(session, noload(Person.mails)) == {1: [], 2: [], 3: []}


def test_contains_eager_takes_what_the_statement_selects(session: Session) -> None:
    statement = select(Person).join(Person.mails).where(Mail.text.in_(["m30", "m31"]))
    found = session.scalars(statement.options(contains_eager(Person.mails))).unique().one()
    assert [mail.id for mail in found.mails] == [30, 31]
    session.expunge_all()
    some = aliased(Mail)
    statement = select(Person).join(Person.mails.of_type(some)).where(some.text == "m21")
    option = contains_eager(Person.mails.of_type(some))
    found = session.scalars(statement.options(option)).unique().one()
    assert [mail.id for mail in found.mails] == [21]


@pytest.mark.parametrize("way", [selectinload, joinedload, lazyload])
def test_values_in_options_are_those_of_the_statement_at_hand(session: Session, way: Any) -> None:
    for left in ("m30", "m31"):
        session.expunge_all()
        found = people(session, way(Person.mails.and_(Mail.text != left)))
        assert found[3] == [n for n in MAILS[3] if f"m{n}" != left]


@pytest.mark.parametrize("way", [selectinload, joinedload, lazyload])
def test_criteria_hold_wherever_the_class_is_loaded(session: Session, way: Any) -> None:
    for left in ("m30", "m31"):
        session.expunge_all()
        options = (way(Person.mails), with_loader_criteria(Mail, Mail.text != left))
        assert people(session, *options)[3] == [n for n in MAILS[3] if f"m{n}" != left]


def test_objects_that_are_there_get_what_they_have_not(session: Session) -> None:
    person = session.get(Person, 3)
    with counted(session.get_bind()) as sent:
        people(session, selectinload(Person.mails))
    assert len(sent) == 2
    assert [mail.id for mail in vars(person)["mails"]] == MAILS[3]


@pytest.mark.parametrize("way", [selectinload, joinedload])
def test_get_takes_options(session: Session, way: Any) -> None:
    person = session.get(Person, 3, options=[way(Person.mails)])
    assert len(vars(person)["mails"]) == 3


def test_changes_stay_unless_all_is_to_be_loaded_anew(session: Session) -> None:
    person = session.get_one(Person, 3)
    person.name = "changed"
    with session.no_autoflush:
        assert session.scalars(select(Person).where(Person.id == 3)).one().name == "changed"
        again = select(Person).where(Person.id == 3).execution_options(populate_existing=True)
        assert session.scalars(again).one().name == "p3"


def test_an_option_that_leads_nowhere_is_refused(session: Session) -> None:
    with pytest.raises(ArgumentError, match=r"Order referenced in option selectinload\(Order"):
        session.execute(select(Person).options(selectinload(Order.items)))
    with pytest.raises(ArgumentError, match=r"does not link from relationship .Person\.orders"):
        selectinload(Person.orders).selectinload(Person.mails)
    with pytest.raises(ArgumentError, match="expression-based entities"):
        session.execute(select(Person.id).options(selectinload(Person.mails)))
    with pytest.raises(ArgumentError, match="class-bound"):
        selectinload("mails")
    with pytest.raises(LoaderStrategyException, match=r"load_only\(\)"):
        selectinload(Person.name)
    with pytest.raises(LoaderStrategyException, match=r"lazyload\(\)"):
        load_only(Person.mails)


def test_two_ways_for_one_relationship_are_refused(session: Session) -> None:
    statement = select(Person).options(selectinload(Person.mails), joinedload(Person.mails))
    with pytest.raises(InvalidRequestError, match="in conflict with existing strategy"):
        session.execute(statement)
    default = select(Person).options(
        selectinload(Person.orders), defaultload(Person.orders).selectinload(Order.items)
    )
    with counted(session.get_bind()) as sent:
        session.scalars(default).all()
    assert len(sent) == 3
