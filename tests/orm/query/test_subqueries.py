"""What a subquery of a class has, and what an alias makes objects of."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.orm.shop import Chief, Clerk, Mail, Person, Worker, counted
from toolkit import (
    LABEL_STYLE_NONE,
    LABEL_STYLE_TABLENAME_PLUS_COL,
    func,
    select,
    union,
    union_all,
    update,
)
from toolkit.exc import NoSuchColumnError
from toolkit.orm import Bundle, Session, aliased, with_polymorphic

pytestmark = pytest.mark.backend("sqlite")

other = aliased(Person, name="other")
everybody = with_polymorphic(Worker, [Chief, Clerk])

COLUMNS: list[tuple[Any, list[str]]] = [
    (select(Person), ["id", "name", "full_name", "notes"]),
    (select(other), ["id", "name", "full_name", "notes"]),
    (select(Person.full, Person.id), ["full", "id"]),
    (select(Bundle("pair", Person.id, Person.full)), ["id", "full"]),
    (select(Chief), ["id", "id_1", "kind", "level"]),
    (select(everybody), ["id", "kind", "id_1", "level", "desk"]),
    (select(Person.id, Mail.id, Mail.text), ["id", "id_1", "text"]),
    (
        select(other.full, Person.full).set_label_style(LABEL_STYLE_TABLENAME_PLUS_COL),
        ["other_full", "shop_person_full"],
    ),
    (union_all(select(Person), select(Person)), ["id", "name", "full_name", "notes"]),
]


@pytest.mark.parametrize(("statement", "names"), COLUMNS, ids=lambda one: str(one)[:40])
def test_a_subquery_has_the_columns_of_what_is_selected(statement: Any, names: list[str]) -> None:
    assert statement.subquery().c.keys() == names
    assert statement.cte().c.keys() == names


def test_an_attribute_is_found_by_its_key_and_written_by_its_column() -> None:
    below = select(Person.id, Person.full).subquery("below")
    assert below.c.full.name == "full_name"
    assert str(select(below.c.full)).startswith("SELECT below.full_name")
    assert list(union(select(Person.full), select(Person.name)).subquery().c.keys()) == ["full"]


def test_names_that_are_there_twice_are_told_apart(session: Session) -> None:
    below = select(Person.full, other.full, other.id, Person.id).join(other, other.id > Person.id)
    row = session.execute(select(below.subquery()).order_by("id_1")).first()
    assert row is not None
    assert row._fields == ("full", "full_1", "id", "id_1")
    assert row == ("P 1", "P 2", 2, 1)


INNER: list[Callable[[], Any]] = [
    lambda: select(Person.full, Person.id),
    lambda: select(Person.id.label("a"), Person.full.label("b")),
    lambda: union(select(Person.id, Person.full), select(Person.id, Person.full)),
    lambda: select(select(Person).subquery()),
    lambda: select(aliased(Person)),
]


@pytest.mark.parametrize("inner", INNER)
@pytest.mark.parametrize("how", ["subquery", "cte", "given"])
def test_objects_are_made_of_what_is_there(
    session: Session, inner: Callable[[], Any], how: str
) -> None:
    statement = inner()
    found: Any = select(Person).from_statement(statement)
    if how != "given":
        alias = aliased(Person, getattr(statement, how)())
        found = select(alias).order_by(alias.id)
    people = session.scalars(found).all()
    assert [(one.id, one.__dict__["full"]) for one in people] == [(n, f"P {n}") for n in (1, 2, 3)]
    # What is not there is loaded when it is asked for.
    assert [one.name for one in people] == ["p1", "p2", "p3"]


def test_without_the_key_there_are_no_objects(session: Session) -> None:
    with (
        counted(session.get_bind()) as sent,
        pytest.raises(NoSuchColumnError, match=r"have no shop_person.id.*which Person it is"),
    ):
        session.scalars(select(aliased(Person, select(Person.full).subquery()))).all()
    assert not sent


def test_rows_of_the_same_names_are_not_found_by_them(session: Session) -> None:
    statement = select(Person.id, other.id).join(other, other.id > Person.id)
    result = session.execute(statement.set_label_style(LABEL_STYLE_NONE))
    assert list(result.keys()) == ["id", "id"]


def test_a_subclass_is_told_apart_in_a_subquery_of_a_join_to_it(session: Session) -> None:
    inside = select(Clerk.id).where(Clerk.id > 0)
    pairs = session.execute(
        select(Person.id, Clerk.id).join(Clerk, Clerk.id == Person.id).where(Person.id.in_(inside))
    ).all()
    assert pairs == [(3, 3)]
    found = session.execute(
        select(Person.id).join(Clerk, Clerk.id >= Person.id).where(Person.id.not_in(inside))
    ).all()
    assert found == [(1,), (2,)]


def test_statements_tell_what_they_return() -> None:
    described = update(Person).returning(Person, Person.full).returning_column_descriptions
    assert [(one["name"], one["entity"]) for one in described] == [
        ("Person", Person),
        ("full", Person),
    ]
    given = select(Person, func.max(Mail.id)).from_statement(select(Person))
    assert [one["name"] for one in given.column_descriptions] == ["Person", "max"]


def test_a_union_of_queries_keeps_subclasses_and_bundles(session: Session) -> None:
    query = session.query(everybody)
    found = query.union(query).filter(everybody.Chief.level == 7).all()
    assert [(one.id, one.__dict__["level"]) for one in found] == [(2, 7)]
    pairs = session.query(Person, Bundle("pair", Person.id, Person.full), Person.id)
    row = pairs.union(pairs).order_by(Person.id).first()
    assert row is not None
    assert (row.Person.id, row.pair.full, row.id) == (1, "P 1", 1)
