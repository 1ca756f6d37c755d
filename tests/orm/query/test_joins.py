"""SELECT with entities: joins along relationships, aliases, subqueries."""

from __future__ import annotations

from typing import Any

import pytest

from tests.orm.shop import Item, Mail, Order, Part, Person, counted
from toolkit import func, select, text
from toolkit.exc import AmbiguousColumnError, ArgumentError, InvalidRequestError
from toolkit.orm import Bundle, DictBundle, Session, aliased, join


def test_entities_and_columns_stand_in_one_row(session: Session) -> None:
    rows = session.execute(select(Person, Mail.text).join(Person.mails).order_by(Mail.id)).all()
    assert [(person.name, text) for person, text in rows][:2] == [("p2", "m20"), ("p2", "m21")]
    assert rows[0].Person is rows[1].Person
    assert rows[0]._mapping[Person] is rows[0][0]
    assert rows[0]._mapping[Mail.text] == "m20"


def test_an_attribute_names_its_column_in_the_row(session: Session) -> None:
    row = session.execute(select(Person.full).where(Person.id == 1)).one()
    assert row.full == row._mapping[Person.full] == "P 1"


def test_a_join_goes_along_a_many_to_many_relationship(anywhere: Session) -> None:
    found = select(Person.name, Item.name).join(Person.orders).join(Order.items)
    assert anywhere.execute(found.order_by(Order.id, Item.id)).all() == [
        ("p1", "i1"),
        ("p1", "i2"),
        ("p1", "i3"),
        ("p3", "i1"),
        ("p3", "i3"),
    ]


def test_an_outer_join_keeps_what_has_no_partner(anywhere: Session) -> None:
    found = select(Order.id, Item.id).outerjoin(Order.items).order_by(Order.id, Item.id)
    rows = [list(row) for row in anywhere.execute(found)]
    assert [31, None] in rows


def test_an_entity_without_a_row_is_none(session: Session) -> None:
    found: Any = select(Mail).select_from(Person).outerjoin(Person.mails).where(Person.id == 1)
    assert session.scalars(found).all() == [None]
    assert list(session.scalars(found)) == [None]


def test_a_join_without_a_condition_takes_the_foreign_key(session: Session) -> None:
    assert session.scalar(select(func.count()).select_from(Person).join(Mail)) == 5
    assert session.scalar(select(func.count()).select_from(Person).join(Mail, Person.mails)) == 5


def test_an_alias_is_joined_along_a_relationship(session: Session) -> None:
    below = aliased(Part)
    found = select(Part.id, below.id).join(Part.below.of_type(below)).order_by(below.id)
    assert session.execute(found).all() == [(1, 2), (1, 3), (2, 4)]
    assert session.execute(select(Part.id, below.id).join(below, Part.below)).all()


def test_a_join_takes_more_conditions(session: Session) -> None:
    found = select(Person.id).join(Person.mails.and_(Mail.text == "m31"))
    assert session.scalars(found).all() == [3]


def test_an_alias_of_a_subquery_gives_objects(session: Session) -> None:
    inner = select(Person).where(Person.id > 1).order_by(Person.id).subquery()
    some = aliased(Person, inner)
    assert [one.full for one in session.scalars(select(some).order_by(some.id))] == ["P 2", "P 3"]
    assert session.scalars(select(some).where(some.full == "P 3")).one().id == 3


def test_statements_of_one_shape_are_written_once(session: Session) -> None:
    def question(name: str) -> Any:
        other = aliased(Person)
        return select(other).join(other.mails).where(other.name == name)

    assert question("p2").structure() is question("p3").structure()
    assert {one.id for one in session.scalars(question("p2"))} == {2}
    assert {one.id for one in session.scalars(question("p3"))} == {3}


def test_filter_by_looks_in_all_that_is_read(session: Session) -> None:
    assert session.scalars(select(Person).filter_by(name="p2")).one().id == 2
    joined = select(Person.id).join(Person.mails)
    assert session.scalars(joined.filter_by(text="m20")).all() == [2]
    with pytest.raises(AmbiguousColumnError, match="id"):
        joined.filter_by(id=3)
    with pytest.raises(InvalidRequestError, match="nmae") as caught:
        select(Person).filter_by(nmae="x")
    assert "'name'" in str(caught.value)


def test_a_statement_is_taken_as_it_is(anywhere: Session) -> None:
    given = text("select id, full_name, name from shop_person where id = :id")
    found = anywhere.scalars(select(Person).from_statement(given), {"id": 2}).one()
    assert (found.name, found.full, found.notes) == ("p2", "P 2", "note 2")


def test_a_bundle_is_one_thing_of_each_row(session: Session) -> None:
    pair = Bundle("pair", Person.id, Person.full)
    row = session.execute(select(pair, Person.name).where(pair.c.id == 2)).one()
    assert (row.pair.id, row.pair.full, row.name) == (2, "P 2", "p2")
    found = session.execute(select(DictBundle("pair", Person.id, Person.name)).order_by(Person.id))
    assert found.first()[0] == {"id": 1, "name": "p1"}


def test_descriptions_name_the_entity(session: Session) -> None:
    other = aliased(Person, name="other")
    told = select(Person, other, Mail.text).column_descriptions
    assert [one["name"] for one in told] == ["Person", "other", "text"]
    assert [one["entity"] for one in told] == [Person, other, Mail]
    assert [one["aliased"] for one in told] == [False, True, False]


def test_a_join_to_another_class_is_refused(session: Session) -> None:
    with pytest.raises(InvalidRequestError, match="does not correspond"):
        select(Person).join(Item, Person.mails)


def test_a_subquery_correlates_with_an_entity(anywhere: Session) -> None:
    mails = select(func.count(Mail.id)).where(Mail.person_id == Person.id).scalar_subquery()
    with counted(anywhere.get_bind()) as sent:
        rows = anywhere.execute(select(Person.id, mails).order_by(Person.id)).all()
    assert rows == [(1, 0), (2, 2), (3, 3)]
    assert len(sent) == 1


def test_rows_are_grouped_by_a_class(anywhere: Session) -> None:
    found = select(Person, func.count(Mail.id)).join(Person.mails).group_by(Person)
    rows = anywhere.execute(found.order_by(Person.id)).all()
    assert [(one.name, count) for one, count in rows] == [("p2", 2), ("p3", 3)]
    with pytest.raises(ArgumentError, match="ORDER BY expression expected"):
        select(Person).order_by(Person)


def test_a_join_of_classes_has_aliases_of_their_own(session: Session) -> None:
    both = aliased(join(Person, Mail, Person.mails), flat=True)
    assert "shop_person_1.id = shop_mail_1.person_id" in str(select(both))
    assert len(session.execute(select(both)).all()) == 5
