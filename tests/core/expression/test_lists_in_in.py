"""The type of a list behind IN: what the oracle makes of the same lists."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from toolkit_core.expression.elements import column, literal, null
from toolkit_core.types import Date, Integer, String

LEFT: dict[str, Any] = {
    "Integer": column("a", Integer),
    "String": column("b", String),
    "Date": column("c", Date),
    "NullType": column("d"),
}


@pytest.mark.parametrize("left", LEFT)
@pytest.mark.parametrize(
    "values", [[None, True, 5], [None, "a"], [None, date(2020, 1, 1)], [None], []]
)
def test_a_list_that_begins_with_null_has_the_type_of_its_column(left: str, values: Any) -> None:
    assert type(LEFT[left].in_(values).right.type).__name__ == left


@pytest.mark.parametrize(
    ("values", "kind"), [([True, None], "Boolean"), (["a", None], "String"), ([5, None], "Integer")]
)
def test_the_first_value_decides_elsewhere(values: Any, kind: str) -> None:
    assert type(column("d").in_(values).right.type).__name__ == kind
    assert type(null().in_(values).right.type).__name__ == kind


def test_a_list_of_null_truth_and_numbers_is_sent_to_a_column_of_numbers() -> None:
    found = literal(5).in_([None, True, 5])
    assert type(found.right.type).__name__ == "Integer"
