"""What stands where a value is wanted, and is none by itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from toolkit_core import types
from toolkit_core.errors import ArgumentError, SAWarning
from toolkit_core.expression.elements import column
from toolkit_core.expression.select import select
from toolkit_core.expression.table_clause import table
from toolkit_core.expression.update import update
from toolkit_core.expression.values import values

person = table("person", column("id", types.Integer), column("name", types.String))
SELECT = select(person.c.id)


@pytest.mark.parametrize(
    ("build", "written"),
    [
        (
            lambda: select(values(column("x")).data([(SELECT,)])),
            "SELECT x FROM (VALUES ((SELECT person.id FROM person)))",
        ),
        (
            lambda: select(person.c.id).group_by(SELECT),
            "SELECT person.id FROM person GROUP BY (SELECT person.id FROM person)",
        ),
        (lambda: person.c.id.in_([SELECT]), "person.id IN ((SELECT person.id FROM person))"),
        (
            lambda: update(person).values(name=SELECT.subquery()),
            "UPDATE person SET name=(SELECT person.id FROM person)",
        ),
    ],
)
def test_a_select_that_is_meant_as_a_value_is_one_and_warns(
    build: Callable[[], Any], written: str
) -> None:
    with pytest.warns(SAWarning, match="implicitly coercing SELECT object to scalar subquery"):
        made = build()
    assert " ".join(str(made).split()) == written


def test_a_table_in_place_of_a_value_is_refused_with_the_cure() -> None:
    with pytest.raises(ArgumentError, match="table_valued"):
        update(person).values(name=person)


def test_the_name_of_a_label_is_a_text() -> None:
    with pytest.raises(ArgumentError, match="A label's name is a text, and 3 is none"):
        person.c.id.label(3)
