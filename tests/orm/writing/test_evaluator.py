"""Conditions that Python tells as the database does, NULL included; the rest is refused."""

from __future__ import annotations

from typing import Any

import pytest

from toolkit import Integer, and_, bindparam, case, cast, func, not_, null, or_, select, tuple_
from toolkit.orm import DeclarativeBase, Mapped, aliased, mapped_column
from toolkit.orm.evaluator import UnevaluatableError
from toolkit_orm.session.evaluator import Evaluator, NotLoaded


class Base(DeclarativeBase):
    pass


class Row(Base):
    __tablename__ = "evaluated_row"
    id: Mapped[int] = mapped_column(primary_key=True)
    n: Mapped[int | None]
    word: Mapped[str | None]
    flag: Mapped[bool | None]


class Other(Base):
    __tablename__ = "evaluated_other"
    id: Mapped[int] = mapped_column(primary_key=True)


VALUES = {"id": 1, "n": 7, "word": "seven", "flag": True}


def told(condition: Any, **values: Any) -> Any:
    return Evaluator(Row.__mapper__, {"named": 7}).asked(condition)({**VALUES, **values})


@pytest.mark.parametrize(
    "condition",
    [
        Row.n == 7,
        Row.n != 6,
        and_(Row.n > 6, Row.n <= 7),
        or_(Row.n < 0, Row.word == "seven"),
        not_(Row.n == 8),
        ~Row.n.in_([1, 2]),
        Row.n.in_([7]),
        Row.n + 1 == 8,
        Row.n * 2 - 4 == 10,
        Row.n / 2 == 3.5,
        Row.n % 4 == 3,
        Row.word + "!" == "seven!",
        Row.word.startswith("sev"),
        Row.word.endswith("en"),
        Row.word.is_not(None),
        Row.n.is_(7),
        Row.flag,
        Row.n == bindparam("named"),
        tuple_(Row.id, Row.n).in_([(1, 7)]),
        Row.n.op("near", python_impl=lambda one, other: abs(one - other) < 2)(8),
    ],
    ids=str,
)
def test_python_says_what_the_database_would(condition: Any) -> None:
    assert bool(told(condition)) is True


@pytest.mark.parametrize(
    "condition",
    [
        Row.n == 7,
        Row.n != 7,
        ~(Row.n == 7),
        Row.n.in_([1]),
        Row.n + 1 > 0,
        and_(Row.n > 1, Row.id == 1),
        or_(Row.n > 1, Row.id == 2),
        null() == Row.id,
    ],
    ids=str,
)
def test_with_null_nobody_knows(condition: Any) -> None:
    assert not told(condition, n=None)
    assert not told(not_(condition), n=None)


def test_null_does_not_hide_what_is_known() -> None:
    assert told(or_(Row.n > 1, Row.id == 1), n=None) is True
    assert told(and_(Row.n > 1, Row.id == 2), n=None) is False
    assert told(Row.n.in_([7, None])) is True
    assert told(~Row.flag, flag=False) is True


def test_the_remainder_has_the_sign_of_what_is_divided() -> None:
    assert told(Row.n % 4, n=-7) == -3


@pytest.mark.parametrize(
    ("condition", "message"),
    [
        (func.lower(Row.word) == "x", "Cannot evaluate Function"),
        (Row.word.like("x%"), "operator like_op"),
        (Row.n.between(1, 2), "operator between_op"),
        (cast(Row.n, Integer) == 1, "Cannot evaluate Cast"),
        (case((Row.n == 1, 1)) == 1, "Cannot evaluate Case"),
        (Row.n.in_(select(Other.id)), "Cannot evaluate ScalarSelect"),
        (Other.id == 1, "alternate class"),
        (aliased(Row).n == 1, "read from an alias"),
        (Row.n.op("&&")(1), "python_impl"),
        (Row.n == bindparam("missing"), "has no value"),
    ],
    ids=lambda given: given if isinstance(given, str) else "",
)
def test_what_only_the_database_can_tell_is_refused(condition: Any, message: str) -> None:
    with pytest.raises(UnevaluatableError, match=message):
        told(condition)


def test_what_an_object_has_not_is_not_guessed() -> None:
    asked = Evaluator(Row.__mapper__).asked(Row.n == 1)
    with pytest.raises(NotLoaded):
        asked({"id": 1})
