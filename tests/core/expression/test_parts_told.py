"""What an expression tells of its parts, and what stands for one."""

from __future__ import annotations

from typing import Any

import pytest

from toolkit_core.errors import ArgumentError
from toolkit_core.expression import operators
from toolkit_core.expression.binary import BinaryExpression, UnaryExpression
from toolkit_core.expression.elements import bindparam, column
from toolkit_core.expression.select import select
from toolkit_core.expression.table_clause import table
from toolkit_core.types import Integer

X: Any = column("x")


def test_what_stands_behind_an_expression_is_its_modifier() -> None:
    assert X.desc().modifier is operators.desc_op
    assert X.nulls_last().modifier is operators.nulls_last_op
    assert (-X).modifier is None


def test_a_lambda_stands_for_the_condition_that_it_returns() -> None:
    limit = 5
    mine = table("t", column("x"))
    statement = select(mine).where(lambda: mine.c.x.in_([limit]))
    assert str(statement).endswith("WHERE t.x IN (__[POSTCOMPILE_x_1])")
    assert statement.compile().params == {"x_1": [5]}


def test_the_name_of_a_parameter_is_a_text() -> None:
    with pytest.raises(ArgumentError, match="takes the name of a parameter first, and 5 is no"):
        bindparam(5)  # type: ignore[call-overload]


def test_expressions_are_made_of_their_parts() -> None:
    factorial: Any = UnaryExpression(X, modifier=operators.custom_op("!"), type_=Integer)
    assert (str(factorial), str(factorial.type)) == ("x !", "INTEGER")
    assert str(UnaryExpression(X, operator=operators.custom_op("!!")) + 1) == "(!! x) + :param_1"
    assert str(UnaryExpression(X, modifier=operators.desc_op)) == "x DESC"
    contains: Any = BinaryExpression(X, [1], operators.custom_op("@>", is_comparison=True))
    assert (str(contains), contains.operator.opstring) == ("x @> :x_1", "@>")
    assert str(BinaryExpression(X, "a", operators.like_op, modifiers={"escape": "/"})) == (
        "x LIKE :x_1 ESCAPE '/'"
    )


def test_expressions_that_are_made_alike_have_one_plan() -> None:
    made: list[Any] = [UnaryExpression(X, modifier=operators.custom_op("!")) for _ in range(2)]
    assert made[0].structure() is made[1].structure()


def test_a_negation_that_an_operator_has_not_is_refused() -> None:
    with pytest.raises(ArgumentError, match="none of its own is taken"):
        BinaryExpression(X, 1, operators.eq, negate=operators.lt)
    assert str(~BinaryExpression(X, 1, operators.eq, negate=operators.ne)) == "x != :x_1"
