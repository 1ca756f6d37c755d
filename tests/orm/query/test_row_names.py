"""What rows call what was selected: attributes by their keys, functions by their names."""

from __future__ import annotations

from typing import Any

import pytest

from tests.orm.shop import Person
from toolkit import String, cast, func, literal, select
from toolkit.orm import Bundle, Session, aliased

NAMES: list[tuple[Any, tuple[str, ...]]] = [
    (select(func.max(Person.id)), ("max",)),
    (select(func.max(Person.id), func.max(Person.name)), ("max", "max_1")),
    (select(func.count()).select_from(Person), ("count",)),
    (select(Person.id + 1, literal(2)), ("_no_label", "_no_label_1")),
    (select(cast(Person.id, String)), ("id",)),
    (select(Person.id, Person.id, Person.id), ("id", "id_1", "id_2")),
    (select(Person.id.label("p"), Person.name.label("p")), ("p", "p_1")),
    (select(Person, func.max(Person.id), Person.id + 1), ("Person", "max", "_no_label")),
    (select(Person, Person.name.label("Person")), ("Person", "Person")),
    (select(Bundle("b", Person.id), Person.id, Person.id), ("b", "id", "id_1")),
]


@pytest.mark.parametrize(("statement", "names"), NAMES, ids=lambda one: str(one)[:40])
def test_each_kind_of_thing_has_its_name(
    session: Session, statement: Any, names: tuple[str, ...]
) -> None:
    row = session.execute(statement).first()
    assert row is not None
    assert row._fields == names
    assert tuple(row._mapping) == names
    assert tuple(one["name"] for one in statement.column_descriptions) == names


def test_an_alias_without_a_name_leaves_its_class_the_name(session: Session) -> None:
    other = aliased(Person)
    found = session.execute(
        select(other, Person).join(Person, Person.id == other.id + 1).order_by(Person.id)
    ).first()
    assert found is not None
    assert found._fields == ("Person_1", "Person")
    assert (found.Person_1.id, found.Person.id) == (1, 2)


def test_a_query_knows_the_names_of_columns_and_labels_alone(session: Session) -> None:
    query = session.query(Person.id, Person.id.label("p"), Person.id, func.max(Person.id))
    assert [one["name"] for one in query.column_descriptions] == ["id", "p", "id", None]
    assert query.one()._fields[:3] == ("id", "p", "id")
