"""What type checkers see of expressions; read by mypy and pyright, never run."""

from datetime import date, datetime, timedelta
from typing import Any

from typing_extensions import assert_type

from toolkit_core.expression.elements import (
    BinaryExpression,
    BindParameter,
    Cast,
    ColumnClause,
    ColumnElement,
    Label,
    UnaryExpression,
    and_,
    bindparam,
    cast,
    column,
    literal_column,
    not_,
    or_,
)
from toolkit_core.expression.functions import func
from toolkit_core.expression.windows import Over
from toolkit_core.schema import Column
from toolkit_core.types import Boolean, Date, DateTime, Integer, String


def comparisons_are_true_or_false(number: Column[int], name: Column[str]) -> None:
    assert_type(number == 5, ColumnElement[bool])
    assert_type(number != None, ColumnElement[bool])  # noqa: E711 - as users write it
    assert_type(number < 5, ColumnElement[bool])
    assert_type(number.is_(None), BinaryExpression[bool])
    assert_type(number.in_([1, 2]), BinaryExpression[bool])
    assert_type(number.between(1, 2), BinaryExpression[bool])
    assert_type(name.like("a%"), BinaryExpression[bool])
    assert_type(name.startswith("a"), ColumnElement[bool])
    assert_type((number == 5) & (name == "a"), ColumnElement[bool])
    assert_type((number == 5) | (name == "a"), ColumnElement[bool])
    assert_type(~(number == 5), ColumnElement[bool])
    assert_type(and_(number == 5, name == "a"), ColumnElement[bool])
    assert_type(or_(number == 5, name == "a"), ColumnElement[bool])
    assert_type(not_(number == 5), ColumnElement[bool])


def arithmetic_keeps_the_type(number: Column[int], name: Column[str]) -> None:
    assert_type(number + 1, ColumnElement[int])
    assert_type(number - number, ColumnElement[int])
    assert_type(number * 2, ColumnElement[int])
    assert_type(number % 2, ColumnElement[int])
    assert_type(number // 2, ColumnElement[int])
    assert_type(-number, ColumnElement[int])
    assert_type(number.bitwise_and(1), ColumnElement[int])
    # Of whole numbers it is no whole number.
    assert_type(number / 2, ColumnElement[Any])
    assert_type(name + "x", ColumnElement[str])
    assert_type(name.concat("x"), ColumnElement[str])
    assert_type(name.collate("C"), ColumnElement[str])


def dates_give_dates_or_differences(
    born: Column[date], at: Column[datetime], lasts: Column[timedelta]
) -> None:
    assert_type(born - born, ColumnElement[Any])
    assert_type(at + lasts, ColumnElement[datetime])
    assert_type(at == datetime(2024, 1, 1), ColumnElement[bool])  # noqa: DTZ001 - none is needed


def names_and_order_keep_the_type(number: Column[int]) -> None:
    assert_type(number.label("n"), Label[int])
    assert_type(number.desc(), UnaryExpression[int])
    assert_type(number.nulls_last(), UnaryExpression[int])
    assert_type(number.distinct(), UnaryExpression[int])


def what_is_made_has_the_type_that_is_given() -> None:
    assert_type(column("x", Integer), ColumnClause[int])
    assert_type(column("x", String(5)), ColumnClause[str])
    assert_type(literal_column("1", Integer), ColumnClause[int])
    assert_type(bindparam("x", type_=Integer), BindParameter[int])
    assert_type(cast(5, String), Cast[str])
    assert_type(column("x", Integer).cast(Boolean), Cast[bool])
    assert_type(cast("2024-01-01", Date), Cast[date])
    assert_type(cast("2024-01-01", DateTime), Cast[datetime])
    assert_type(column("x", Integer).op("->", return_type=String())("y"), BinaryExpression[str])


def functions_that_are_known_have_types(number: Column[int], name: Column[str]) -> None:
    counted: ColumnElement[int] = func.count(number)
    text: ColumnElement[str] = func.concat("a", "b")
    greatest: ColumnElement[int] = func.max(number)
    first: ColumnElement[str] = func.coalesce(name, "none")
    assert_type(func.count().over(order_by=number), Over[int])
    assert_type(func.anything(1), Any)
    del counted, text, greatest, first
