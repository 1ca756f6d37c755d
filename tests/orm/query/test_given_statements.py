"""Objects of the rows of statements that are given as they are, and what SQL is shown."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from tests.orm.shop import Chief, Clerk, Mail, Person, Worker
from toolkit import func, select, text, tstring, union_all, update
from toolkit.dialects import postgresql
from toolkit.orm import (
    Session,
    aliased,
    contains_eager,
    join,
    joinedload,
    outerjoin,
    with_loader_criteria,
)


def test_columns_of_text_are_found_by_their_place(anywhere: Session) -> None:
    given = text(
        "select p.id, p.name, m.id, m.text from shop_person p join shop_mail m "
        "on m.person_id = p.id where p.id = 2 order by m.id"
    ).columns(Person.id, Person.name, Mail.id, Mail.text)
    rows = anywhere.execute(select(Person, Mail).from_statement(given)).all()
    assert [(one.id, one.name, mail.id, mail.text) for one, mail in rows] == [
        (2, "p2", 20, "m20"),
        (2, "p2", 21, "m21"),
    ]


def test_text_has_related_objects_too(anywhere: Session) -> None:
    given = text(
        "select p.id, p.name as x, m.id, m.text as y, m.person_id from shop_person p "
        "join shop_mail m on m.person_id = p.id order by p.id, m.id"
    ).columns(Person.id, Person.name, Mail.id, Mail.text, Mail.person_id)
    asked = select(Person).options(contains_eager(Person.mails)).from_statement(given)
    found = anywhere.scalars(asked).unique().all()
    assert [(one.name, [mail.text for mail in one.mails]) for one in found] == [
        ("p2", ["m20", "m21"]),
        ("p3", ["m30", "m31", "m32"]),
    ]


def test_only_what_is_selected_comes_of_a_statement(session: Session) -> None:
    given = select(Person.full, Person.name).where(Person.id == 2)
    assert session.execute(select(Person.name).from_statement(given)).all() == [("p2",)]
    both = union_all(select(Person).where(Person.id == 1), select(Person).where(Person.id == 3))
    assert {one.id for one in session.scalars(select(Person).from_statement(both))} == {1, 3}


def test_a_join_object_goes_along_a_relationship(anywhere: Session) -> None:
    pairs = select(Person.id, Mail.id).order_by(Person.id, Mail.id)
    inner = pairs.select_from(join(Person, Mail, Person.mails))
    assert anywhere.execute(inner).all()[:1] == [(2, 20)]
    outer = pairs.select_from(outerjoin(Person, Mail, Person.mails))
    assert [1, None] in [list(row) for row in anywhere.execute(outer)]


def test_an_expression_of_a_query_is_about_what_it_is_read_from(session: Session) -> None:
    counted: Any = select(func.count(Mail.id)).where(Mail.person_id == Person.id)
    other = aliased(Person)
    rows = session.execute(
        select(other.id, counted.where(Mail.id > 30).scalar_subquery()).join(
            Person, Person.id == other.id
        )
    ).all()
    assert sorted(rows) == [(1, 0), (2, 0), (3, 2)]


def test_sql_that_is_shown_has_what_options_add() -> None:
    shown = str(select(Mail).options(joinedload(Mail.person)))
    assert "LEFT OUTER JOIN shop_person AS shop_person_1" in shown
    assert "notes" not in str(select(Person))


def test_all_tables_of_a_class_are_locked() -> None:
    statement = select(Chief).with_for_update(of=Chief, skip_locked=True)
    shown = str(statement.compile(dialect=postgresql.dialect()))
    assert shown.endswith("FOR UPDATE OF shop_chief, shop_worker SKIP LOCKED")


def test_criteria_hold_in_every_part_of_a_union(session: Session) -> None:
    late = with_loader_criteria(Person, Person.id > 2)
    found = union_all(select(Person.id), select(Mail.person_id)).options(late)
    assert sorted(session.scalars(found).all()) == [2, 2, 3, 3, 3, 3]


def test_criteria_of_a_class_hold_for_its_subclasses(session: Session) -> None:
    some = with_loader_criteria(Worker, lambda cls: cls.id > 2)
    assert session.scalars(select(Clerk.id).options(some)).all() == [3]
    assert session.scalars(select(Chief.id).options(some)).all() == []


def test_values_in_a_lambda_are_those_of_the_statement(session: Session) -> None:
    def after(number: int) -> Any:
        return select(Person.id).options(with_loader_criteria(Person, lambda cls: cls.id > number))

    assert session.scalars(after(1)).all() == [2, 3]
    assert session.scalars(after(2)).all() == [3]


def test_statements_are_shown_with_the_columns_of_attributes() -> None:
    assert "SET full_name=" in str(update(Person).values(full="x"))


def interpolated(value: Any) -> Any:
    """What a template string gives for a pair of braces."""
    return SimpleNamespace(value=value, expression="x", conversion=None, format_spec="")


def test_a_template_string_takes_classes_and_their_attributes(anywhere: Session) -> None:
    parts = ["select ", Person.name, " from ", Person, " where ", Person.id == 2]
    template = [interpolated(one) if place % 2 else one for place, one in enumerate(parts)]
    assert anywhere.scalars(tstring(template)).all() == ["p2"]
    given = tstring(["select * from ", interpolated(Person), " where id = ", interpolated(3)])
    assert anywhere.scalars(select(Person).from_statement(given)).one().name == "p3"
