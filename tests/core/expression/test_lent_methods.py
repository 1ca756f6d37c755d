"""What a type's comparator adds is a method of the expressions of that type, and of no others."""

from __future__ import annotations

import operator
from typing import Any

import pytest

from toolkit_core.expression.column_element import ColumnElement
from toolkit_core.expression.comparator import Comparator
from toolkit_core.expression.elements import BindParameter, column
from toolkit_core.expression.functions import func
from toolkit_core.schema import Column, MetaData, Table
from toolkit_core.types import JSON, Integer, String


class Rounded(Integer):
    """A type with a method of its own."""

    class comparator_factory(Comparator):  # noqa: N801 - a documented name
        """The methods."""

        def rounded(self, places: int) -> Any:
            """Return it with fewer places."""
            return func.round(self.expr, places)

        @property
        def info(self) -> str:
            """Say the same as what columns have under that name."""
            return "the comparator's"


class Asked(String):
    """A type whose comparator finds out only when asked what it has."""

    class comparator_factory(Comparator):  # noqa: N801 - a documented name
        """Any name is a function."""

        def __getattr__(self, name: str) -> Any:
            if name.startswith("as_"):
                return lambda: getattr(func, name)(self.expr)
            raise AttributeError(name)


def test_a_method_of_a_comparator_is_one_of_every_expression_of_its_type() -> None:
    assert str(column("x", Rounded()).rounded(2)) == "round(x, :round_1)"
    assert str((column("x", Rounded()) + 1).label("y").rounded(2)).startswith("round(x + :x_1")


def test_it_is_found_also_where_a_class_of_the_users_adds_it_by_a_mixin() -> None:
    class Halves:
        def half(self: Any) -> Any:
            return self.expr / 2

    class Halved(Integer):
        class comparator_factory(Halves, Comparator):  # noqa: N801 - a documented name
            pass

    assert str(column("x", Halved()).half()) == "x / CAST(:x_1 AS NUMERIC)"


@pytest.mark.parametrize("made", [column("x"), column("x", JSON()) == 5, BindParameter()])
def test_expressions_of_other_types_do_not_have_it(made: Any) -> None:
    assert not hasattr(made, "rounded")
    with pytest.raises(AttributeError, match="rounded"):
        made.rounded(2)


def test_the_class_of_expressions_does_not_seem_to_have_it() -> None:
    assert not hasattr(ColumnElement, "rounded")


def test_what_an_expression_has_itself_goes_before_it() -> None:
    table = Table("t", MetaData(), Column("x", Rounded(), info={"of": "the column"}))
    assert table.c.x.info == {"of": "the column"}


def test_a_comparator_that_is_asked_for_names_is_asked() -> None:
    assert str(column("x", Asked()).as_words()) == "as_words(x)"
    assert not hasattr(column("x", Asked()), "words")
    assert not hasattr(column("x"), "as_words")


@pytest.mark.parametrize("name", ["eq", "ne", "lt", "le", "gt", "ge", "and_", "or_", "add"])
def test_a_class_that_says_what_operators_mean_is_asked_for_all_of_them(name: str) -> None:
    class Telling(ColumnElement[Any]):
        def operate(self, op: Any, *other: Any, **kwargs: Any) -> Any:
            return ("asked", *other)

    assert getattr(operator, name)(Telling(), 5) == ("asked", 5)
