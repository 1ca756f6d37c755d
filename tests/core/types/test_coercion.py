"""The type of an operator's result, and of a value beside an expression, is the documented one."""

from __future__ import annotations

import datetime as dt
import uuid
import warnings
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.core.types.examples import EXAMPLES, E
from toolkit_core.errors import SADeprecationWarning
from toolkit_core.types import (
    Boolean,
    Integer,
    Interval,
    Numeric,
    String,
    TypeDecorator,
    TypeEngine,
    UtcDateTime,
    operate_type,
    type_of_value,
)


def golden() -> Iterator[tuple[str, str, str, str]]:
    """Operator, left, right and the result, as the oracle gave them."""
    operator = ""
    for line in Path(__file__).with_name("coercion.txt").read_text().splitlines():
        if line.startswith("["):
            operator = line[1:-1]
            continue
        left, results = line.split(": ", 1)
        for result in results.split(" ; "):
            shown, rights = result.split(" <- ")
            for right in EXAMPLES if rights == "*" else rights.split(","):
                yield operator, left, right, shown


def test_an_operator_gives_what_the_golden_table_says() -> None:
    wrong, compared = [], 0
    for operator, left, right, shown in golden():
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", SADeprecationWarning)
            name, type_ = operate_type(operator, EXAMPLES[left], EXAMPLES[right])
        found = repr(type_) if name == operator else f"{type_!r}/{name}"
        compared += 1
        if found != shown:
            wrong.append(f"{left} {operator} {right}: {found}, not {shown}")
    assert wrong == []
    assert compared == 8 * len(EXAMPLES) ** 2


@pytest.mark.parametrize("operator", ["eq", "lt", "is_", "in_op", "like_op", "and_"])
@pytest.mark.parametrize("left", EXAMPLES)
def test_a_comparison_is_true_or_false_whatever_is_compared(operator: str, left: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SADeprecationWarning)
        name, type_ = operate_type(operator, EXAMPLES[left], Integer())
    assert (name, repr(type_)) == (operator, "Boolean()")


VALUES: dict[str, Any] = {
    "int": 5,
    "big": 2**70,
    "str": "x",
    "bool": True,
    "float": 1.5,
    "dec": Decimal("1.50"),
    "date": dt.date(2020, 1, 2),
    "dtm": dt.datetime(2020, 1, 2, 3, 4, 5),  # noqa: DTZ001 - a naive one is meant
    "time": dt.time(1, 2, 3),
    "td": dt.timedelta(1),
    "bytes": b"x",
    "uuid": uuid.UUID(int=5),
    "none": None,
    "list": [1],
    "dict": {"a": 1},
    "enum": E.a,
    "obj": object(),
}
SUGGESTED = {
    "int": "Integer()",
    "big": "BigInteger()",
    "str": "String()",
    "bool": "Boolean()",
    "float": "Double()",
    "dec": "Numeric()",
    "date": "Date()",
    "dtm": "DateTime()",
    "time": "Time()",
    "td": "Interval()",
    "bytes": "LargeBinary()",
    "uuid": "Uuid()",
}
# Values that a type takes as its own although they suggest another one, or none.
OWN = {
    "int": "int big",
    "big": "int big",
    "num": "dec",
    "flt": "float",
    "dbl": "float",
    "str": "str",
    "text": "str",
    "uni": "str",
    "enum": "str",
    "bool": "bool",
    "date": "date",
    "dtm": "dtm",
    "time": "time",
    "intv": "td",
    "bin": "str bytes",
    "uuid": "str uuid",
    "json": "",
    "arr": "",
    "pick": " ".join(VALUES),
    "ud": " ".join(VALUES),
    "td": " ".join(VALUES),
    "tds": " ".join(VALUES),
}


@pytest.mark.parametrize("name", VALUES)
def test_a_value_suggests_its_type(name: str) -> None:
    assert repr(type_of_value(VALUES[name])) == SUGGESTED.get(name, "NullType()")


@pytest.mark.parametrize("left", OWN)
def test_a_value_beside_an_expression_has_the_expressions_type_if_it_is_of_its_kind(
    left: str,
) -> None:
    type_ = EXAMPLES[left]
    for name, value in VALUES.items():
        own = name in OWN[left].split() or name not in SUGGESTED
        expected = repr(type_) if own else SUGGESTED[name]
        assert repr(type_.coerce_compared_value(None, value)) == expected, name
        assert repr(type_.for_value(value, type_of_value(value))) == expected, name


@pytest.mark.parametrize(
    ("value", "expected"),
    [(2**31 - 1, "Integer()"), (2**31, "BigInteger()"), (-(2**31) - 1, "BigInteger()")],
)
def test_a_number_beyond_32_bits_suggests_a_big_integer(value: int, expected: str) -> None:
    assert repr(type_of_value(value)) == expected


def test_an_instance_of_a_subclass_suggests_what_its_parent_does() -> None:
    class Name(str):
        __slots__ = ()

    assert isinstance(type_of_value(Name("x")), String)


def test_a_users_coerce_compared_value_decides() -> None:
    class Money(TypeDecorator[Any]):
        impl = Numeric
        cache_ok = True

        def coerce_compared_value(self, op: Any, value: Any) -> TypeEngine[Any]:
            return Integer() if op == "mul" else self

    money = Money()
    assert isinstance(money.for_value(5, Integer(), "mul"), Integer)
    assert money.for_value(5, Integer(), "add") is money


def test_a_span_beside_a_moment_is_a_span() -> None:
    moment = UtcDateTime()
    assert isinstance(moment.coerce_compared_value(None, dt.timedelta(1)), Interval)
    assert isinstance(operate_type("sub", moment, moment)[1], Interval)
    assert operate_type("add", moment, Interval())[1] is moment


def test_an_operator_outside_of_a_types_classes_warns() -> None:
    with pytest.warns(SADeprecationWarning, match="does not include operator 'add'"):
        operate_type("add", Boolean(), Boolean())


def test_one_operand_keeps_its_type() -> None:
    type_ = Numeric(5, 2)
    assert operate_type("neg", type_) == ("neg", type_)
