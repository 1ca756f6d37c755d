"""``session.query()``: its methods return other queries, ask, and say what does not go together."""

from __future__ import annotations

from typing import Any

import pytest

from tests.orm.shop import Mail, Order, Person, counted
from toolkit import bindparam, func, select, text
from toolkit.exc import ArgumentError, InvalidRequestError, MultipleResultsFound, NoResultFound
from toolkit.orm import Query, Session, aliased, joinedload, selectinload


def names(found: Any) -> list[str]:
    return [one.name for one in found]


def test_each_method_returns_another_query(session: Session) -> None:
    every = session.query(Person).order_by(Person.id)
    some = every.filter(Person.id > 1)
    assert (names(every), names(some)) == (["p1", "p2", "p3"], ["p2", "p3"])
    assert names(some.limit(1)) == ["p2"]
    assert some.order_by(None).count() == 2


def test_objects_come_once_and_alone_rows_as_they_are(anywhere: Session) -> None:
    joined = anywhere.query(Person).join(Person.mails).order_by(Person.id)
    assert names(joined.all()) == ["p2", "p3"]
    assert joined.filter(Person.id == 2).one().name == "p2"
    columns = anywhere.query(Person.id).join(Person.mails).order_by(Person.id)
    assert columns.all() == [(2,), (2,), (3,), (3,), (3,)]
    assert joined.tuples().first()[0].name == "p2"


def test_rows_go_by_the_names_of_attributes(session: Session) -> None:
    row = session.query(Person.id, Person.full, Mail.id).join(Mail).order_by(Mail.id).first()
    assert (row._fields, row.full, row[2]) == (("id", "full", "id"), "P 2", 20)
    assert "shop_person.full_name AS shop_person_full_name" in str(session.query(Person.full))


def test_one_none_and_many_are_told_apart(session: Session) -> None:
    query = session.query(Person)
    assert query.filter_by(name="p9").one_or_none() is None
    assert query.filter_by(name="p9").first() is None
    assert session.query(Person.id).filter_by(name="p9").scalar() is None
    with pytest.raises(NoResultFound):
        query.filter_by(name="p9").one()
    for method in (query.one, query.one_or_none, query.scalar):
        with pytest.raises(MultipleResultsFound):
            method()


def test_slices_are_limits_and_only_go_forward(session: Session) -> None:
    query = session.query(Person).order_by(Person.id)
    assert (names(query[1:]), names(query[:2]), query[2].name) == (["p2", "p3"], ["p1", "p2"], "p3")
    assert query[2:2] == []
    with pytest.raises(IndexError):
        query[9]
    for wrong in (-1, slice(-2, None)):
        with pytest.raises(IndexError, match="negative"):
            query[wrong]


def test_get_takes_a_key_and_nothing_else(session: Session) -> None:
    query = session.query(Person)
    assert query.get(2) is query.order_by(Person.name).get({"id": 2})
    assert query.options(selectinload(Person.mails)).populate_existing().get(3).mails
    with pytest.raises(InvalidRequestError, match=r"get\(\) being called on a Query with existing"):
        query.filter(Person.id == 2).get(2)
    with pytest.raises(InvalidRequestError, match="single mapped class"):
        session.query(Person.id).get(2)


@pytest.mark.parametrize("method", ["filter", "order_by", "group_by", "having", "join"])
def test_what_a_limit_rules_out_is_refused(session: Session, method: str) -> None:
    query = session.query(Person).limit(2)
    given = Mail if method == "join" else Person.id == 2
    with pytest.raises(InvalidRequestError, match=rf"Call {method}\(\) before limit\(\)"):
        getattr(query, method)(given)
    assert getattr(query.enable_assertions(False), method)(given)


def test_a_whole_statement_takes_nothing_more(session: Session) -> None:
    given = text("select * from shop_person where id > :least order by id")
    query = session.query(Person).from_statement(given).params(least=1)
    assert names(query) == ["p2", "p3"]
    with pytest.raises(InvalidRequestError, match="existing full statement"):
        query.filter(Person.id == 2)
    with pytest.raises(InvalidRequestError, match="uses from_statement"):
        query.count()
    with pytest.raises(ArgumentError, match="declared as text"):
        session.query(Person).from_statement("select 1")


def test_filter_by_is_about_what_was_joined_last(session: Session) -> None:
    joined = session.query(Person).join(Person.mails)
    assert names(joined.filter_by(text="m20")) == ["p2"]
    assert names(joined.reset_joinpoint().filter_by(name="p3")) == ["p3"]
    with pytest.raises(InvalidRequestError, match=r'"shop_mail" has no property "texd"') as caught:
        joined.filter_by(texd="x")
    assert "Mail.text" in str(caught.value)


def test_parents_are_found_by_the_relationship_that_leads_here(anywhere: Session) -> None:
    person = anywhere.get(Person, 3)
    mails = anywhere.query(Mail).order_by(Mail.id)
    assert [one.id for one in mails.with_parent(person)] == [30, 31, 32]
    other = aliased(Mail)
    found = anywhere.query(other).with_parent(person, Person.mails, from_entity=other)
    assert found.count() == 3
    with pytest.raises(InvalidRequestError, match="relates instances of class 'Mail'"):
        mails.with_parent(anywhere.get(Order, 10))


def test_a_query_is_a_part_of_another(anywhere: Session) -> None:
    mails = anywhere.query(func.count(Mail.id)).filter(Mail.person_id == Person.id)
    counts = anywhere.query(Person.id, mails.label("n")).order_by(Person.id)
    assert counts.all() == [(1, 0), (2, 2), (3, 3)]
    owners = anywhere.query(Mail.person_id)
    assert anywhere.query(Person).filter(Person.id.in_(owners)).count() == 2
    assert anywhere.query(owners.filter(Mail.id == 20).exists()).scalar() is True
    rows = anywhere.query(Person).filter(Person.id > 1).subquery()
    assert anywhere.query(aliased(Person, rows)).count() == 2
    late = anywhere.query(Person.id).filter(Person.id > 2).cte("late")
    assert names(anywhere.query(Person).join(late, late.c.id == Person.id)) == ["p3"]


def test_counting_counts_the_rows_of_the_whole_query(anywhere: Session) -> None:
    query = anywhere.query(Person, Mail).join(Person.mails)
    assert query.count() == 5
    assert query.limit(2).count() == 2
    assert anywhere.query(Mail.person_id).distinct().count() == 2


def test_eager_loading_can_be_left_out(session: Session) -> None:
    query = session.query(Person).options(joinedload(Person.mails)).filter(Person.id == 3)
    with counted(session.get_bind()) as sent:
        query.enable_eagerloads(False).one()
    assert len(sent) == 1
    assert "JOIN" not in sent[0]


def test_a_query_without_a_session_says_how_to_get_one(session: Session) -> None:
    query: Query[Person] = Query(Person)
    with pytest.raises(InvalidRequestError, match="no session") as caught:
        query.all()
    assert "with_session(session)" in str(caught.value)
    assert query.with_session(session).count() == 3


def test_what_is_no_more_says_what_is_instead(session: Session) -> None:
    query = session.query(Person)
    with pytest.raises(AttributeError, match=r"since 2\.0: rows = aliased"):
        query.from_self()
    with pytest.raises(TypeError, match=r"'aliased'; since 2\.0: join an alias"):
        query.join(Person.mails, aliased=True)
    with pytest.raises(InvalidRequestError, match="No 'on clause' argument"):
        query.join(Person.mails, Mail.person)


def test_parameters_and_options_belong_to_the_query(session: Session) -> None:
    query = session.query(Person).filter(Person.id == bindparam("wanted"))
    assert query.params({"wanted": 2}).one().name == "p2"
    assert query.params(wanted=3).statement.compile().params == {"wanted": 3}
    told = query.execution_options(mine=1).execution_options(yours=2)
    assert dict(told.get_execution_options()) == {"mine": 1, "yours": 2}


def test_an_option_of_a_class_that_is_left_out_is_left_out(session: Session) -> None:
    query = session.query(Person).options(joinedload(Person.mails))
    assert query.with_entities(func.count(Person.id)).scalar() == 3
    statement = select(Person).options(joinedload(Person.mails)).with_only_columns(Person.id)
    assert len(session.execute(statement).all()) == 3
