"""An expression means in SQLite what it means in Python."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.golden.test_golden import SQLITE
from toolkit_core.expression.elements import and_, case, cast, literal, not_, null, or_
from toolkit_core.expression.functions import func
from toolkit_core.types import Boolean, Integer, String

CONNECTION = sqlite3.connect(":memory:", check_same_thread=False)


@pytest.fixture(autouse=True, scope="module")
def _closed() -> Any:
    yield
    CONNECTION.close()


def value_of(expression: Any) -> Any:
    """Return what SQLite makes of an expression."""
    compiled = expression.compile(dialect=SQLITE, compile_kwargs={"render_postcompile": True})
    values = [compiled.params[name] for name in compiled.positiontup]
    return CONNECTION.execute(f"SELECT {compiled}", values).fetchone()[0]


class Both(NamedTuple):
    """An expression, and the value that Python gives it."""

    sql: Any
    value: Any


def whole(number: int | None) -> Both:
    return Both(literal(number, Integer) if number is not None else null(), number)


def of(function: Callable[..., Any], sql: Callable[..., Any]) -> Callable[..., Both]:
    """Apply a function in both, where NULL makes NULL."""

    def apply(found: tuple[Both, ...]) -> Both:
        values = [one.value for one in found]
        known = None if None in values else function(*values)
        return Both(sql(*[one.sql for one in found]), known)

    return apply


NUMBERS = st.one_of(st.none(), st.integers(-9, 9)).map(whole)


def numbers(inner: st.SearchStrategy[Both]) -> st.SearchStrategy[Both]:
    pairs = st.tuples(inner, inner)
    return st.one_of(
        pairs.map(of(lambda a, b: a + b, lambda a, b: cast(a, Integer) + b)),
        pairs.map(of(lambda a, b: a - b, lambda a, b: cast(a, Integer) - b)),
        pairs.map(of(lambda a, b: a * b, lambda a, b: cast(a, Integer) * b)),
        st.tuples(inner).map(of(lambda a: -a, lambda a: -a)),
        pairs.map(
            lambda pair: Both(
                func.coalesce(pair[0].sql, pair[1].sql),
                pair[1].value if pair[0].value is None else pair[0].value,
            )
        ),
        st.tuples(inner, inner, inner).map(
            lambda three: Both(
                case((cast(three[0].sql, Integer) == 1, three[1].sql), else_=three[2].sql),
                three[1].value if three[0].value == 1 else three[2].value,
            )
        ),
        st.tuples(inner).map(of(lambda a: ~a, lambda a: cast(a, Integer).bitwise_not())),
        pairs.map(of(lambda a, b: a & b, lambda a, b: cast(a, Integer).bitwise_and(b))),
        pairs.map(of(lambda a, b: a | b, lambda a, b: cast(a, Integer).bitwise_or(b))),
        pairs.map(of(lambda a, b: a ^ b, lambda a, b: cast(a, Integer).bitwise_xor(b))),
    )


ARITHMETIC = st.recursive(NUMBERS, numbers, max_leaves=6)


@given(ARITHMETIC)
def test_arithmetic(found: Both) -> None:
    assert value_of(found.sql) == found.value


COMPARISONS: tuple[tuple[Callable[[Any, Any], Any], Callable[[Any, Any], Any]], ...] = (
    (lambda a, b: a == b, lambda a, b: cast(a, Integer) == b),
    (lambda a, b: a != b, lambda a, b: cast(a, Integer) != b),
    (lambda a, b: a < b, lambda a, b: cast(a, Integer) < b),
    (lambda a, b: a <= b, lambda a, b: cast(a, Integer) <= b),
    (lambda a, b: a > b, lambda a, b: cast(a, Integer) > b),
    (lambda a, b: a >= b, lambda a, b: cast(a, Integer) >= b),
)
# A cast, so that NULL is an operand like others, and not what makes IS of ==.
OPERANDS = NUMBERS.map(lambda both: Both(cast(both.sql, Integer), both.value))


@st.composite
def comparisons(draw: st.DrawFn) -> Both:
    python, sql = draw(st.sampled_from(COMPARISONS))
    return of(python, sql)((draw(OPERANDS), draw(OPERANDS)))


def _and(found: list[Both]) -> bool | None:
    values = [one.value for one in found]
    return False if False in values else None if None in values else True


def _or(found: list[Both]) -> bool | None:
    values = [one.value for one in found]
    return True if True in values else None if None in values else False


def logic(inner: st.SearchStrategy[Both]) -> st.SearchStrategy[Both]:
    several = st.lists(inner, min_size=1, max_size=3)
    return st.one_of(
        several.map(lambda found: Both(and_(*[one.sql for one in found]), _and(found))),
        several.map(lambda found: Both(or_(*[one.sql for one in found]), _or(found))),
        inner.map(lambda one: Both(not_(one.sql), None if one.value is None else not one.value)),
        inner.map(lambda one: Both(one.sql.is_(None), one.value is None)),
    )


CONDITIONS: st.SearchStrategy[Both] = st.recursive(comparisons(), logic, max_leaves=6)


@given(CONDITIONS)
def test_three_valued_logic(found: Both) -> None:
    expected = None if found.value is None else int(found.value)
    assert value_of(found.sql) == expected


TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=6)
ODD_TEXTS = st.text("a%_/\\'\":?[]*", max_size=6)


@given(st.one_of(TEXTS, ODD_TEXTS), st.one_of(TEXTS, ODD_TEXTS))
def test_texts_are_joined_as_they_are(one: str, two: str) -> None:
    assert value_of(literal(one) + two) == one + two
    assert value_of(literal(one, String) + literal(two) + "!") == f"{one}{two}!"


@given(ODD_TEXTS, ODD_TEXTS)
def test_autoescape_takes_every_sign_as_it_is(whole_text: str, part: str) -> None:
    found = literal(whole_text)
    assert value_of(found.startswith(part, autoescape=True)) == whole_text.startswith(part)
    assert value_of(found.endswith(part, autoescape=True)) == whole_text.endswith(part)
    assert value_of(found.contains(part, autoescape=True)) == (part in whole_text)
    assert value_of(~found.contains(part, autoescape=True)) == (part not in whole_text)


@given(st.one_of(TEXTS, ODD_TEXTS))
def test_a_literal_is_what_went_in(found: str) -> None:
    compiled = literal(found).compile(dialect=SQLITE, compile_kwargs={"literal_binds": True})
    assert compiled.params == {}
    assert CONNECTION.execute(f"SELECT {compiled}").fetchone()[0] == found


@given(st.integers(-9, 9), st.lists(st.integers(-9, 9), max_size=5))
def test_in_a_list_of_any_length(found: int, among: list[int]) -> None:
    assert value_of(literal(found).in_(among)) == (found in among)
    assert value_of(literal(found).not_in(among)) == (found not in among)
    keys = {literal(0).in_(among).structure(), literal(0).in_([1]).structure()}
    assert len(keys) == 1


@given(st.integers(-9, 9), st.integers(-9, 9), st.integers(-9, 9))
def test_between_includes_its_bounds(found: int, low: int, high: int) -> None:
    assert value_of(literal(found).between(low, high)) == (low <= found <= high)
    assert value_of(~literal(found).between(low, high)) == (not low <= found <= high)


@given(st.integers(-99, 99), st.integers(-9, 9).filter(bool))
def test_true_division_does_not_floor(one: int, two: int) -> None:
    assert value_of(literal(one) / two) == pytest.approx(one / two)


@given(st.none() | st.integers(-2, 2), st.none() | st.integers(-2, 2))
def test_is_distinct_from_takes_null_for_a_value(one: int | None, two: int | None) -> None:
    left, right = cast(whole(one).sql, Integer), cast(whole(two).sql, Integer)
    assert value_of(left.is_distinct_from(right)) == (one != two)
    assert value_of(left.is_not_distinct_from(right)) == (one == two)


@given(st.booleans())
def test_a_boolean_is_a_condition(found: bool) -> None:
    assert value_of(and_(literal(found, Boolean), literal(1) == 1)) == found
    assert value_of(~literal(found, Boolean)) == (not found)
