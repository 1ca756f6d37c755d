"""Which values become IS and constants beside a type, and which are bound as others are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from toolkit_core.errors import ArgumentError
from toolkit_core.expression.elements import column, null, true
from toolkit_core.types import Integer, String, TypeDecorator


class YesNo(TypeDecorator[bool]):
    impl = String
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Any) -> Any:
        return "Y" if value else "N"


class NoneToo(YesNo):
    coerce_to_is_types = ()
    cache_ok = True


class AsPlain(YesNo):
    coerce_to_is_types = (bool, type(None))
    cache_ok = True


# The SQL for a plain type, for a decorator, and for one whose None is a value, as the oracle
# writes it; an empty one is refused.
CASES: list[tuple[str, Callable[[Any], Any], str, str, str]] = [
    ("== True", lambda c: c == True, "c = true", "c = :c_1", "c = :c_1"),  # noqa: E712 - it is SQL
    ("!= False", lambda c: c != False, "c != false", "c != :c_1", "c != :c_1"),  # noqa: E712 - SQL too
    ("== None", lambda c: c == None, "c IS NULL", "c IS NULL", "c = :c_1"),  # noqa: E711 - SQL too
    ("!= None", lambda c: c != None, "c IS NOT NULL", "c IS NOT NULL", "c != :c_1"),  # noqa: E711 - SQL too
    ("is_", lambda c: c.is_(True), "c IS true", "c IS :c_1", "c IS :c_1"),
    ("<", lambda c: c < True, "", "c < :c_1", "c < :c_1"),
    ("< None", lambda c: c < None, "", "", "c < :c_1"),
    ("null()", lambda c: c == null(), "c IS NULL", "c IS NULL", "c IS NULL"),
    ("true()", lambda c: c == true(), "c = true", "c = true", "c = true"),
]


@pytest.mark.parametrize(("name", "make", "plain", "decorated", "none_too"), CASES)
def test_constants_beside_types(
    name: str, make: Callable[[Any], Any], plain: str, decorated: str, none_too: str
) -> None:
    for type_, expected in (
        (String(), plain),
        (Integer(), plain),
        (AsPlain(), plain),
        (YesNo(), decorated),
        (NoneToo(), none_too),
    ):
        if expected:
            assert str(make(column("c", type_))) == expected, type_
        else:
            with pytest.raises(ArgumentError, match="can be used with None/True/False"):
                make(column("c", type_))


def test_a_bound_constant_goes_through_the_decorator() -> None:
    expression: Any = column("c", YesNo()) == True  # noqa: E712 - it is SQL
    assert isinstance(expression.right.type, YesNo)
