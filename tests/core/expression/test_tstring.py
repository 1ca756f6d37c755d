"""Template strings: text stays text, and what is interpolated is sent beside it."""

from __future__ import annotations

import sys
from typing import Any, NamedTuple

import pytest

from toolkit import (
    Column,
    Integer,
    MetaData,
    String,
    Table,
    create_engine,
    exc,
    select,
    text,
    tstring,
)


class Interpolation(NamedTuple):
    """What a template gives for one pair of braces, in any version of Python."""

    value: Any
    expression: str = "x"
    conversion: str | None = None
    format_spec: str = ""


T = Table("t", MetaData(), Column("a", Integer), Column("b", String))


def test_values_travel_beside_the_text() -> None:
    hostile = "'; drop table t; --"
    statement = tstring(["select ", Interpolation(hostile), " as ':x'"])
    assert str(statement) == "select :param_1 as ':x'"
    with create_engine("sqlite://").connect() as connection:
        assert connection.execute(statement).scalar_one() == hostile


def test_expressions_tables_and_statements_are_written_into_it() -> None:
    inner = Interpolation(select(T.c.a).where(T.c.a == 1))
    statement = tstring(
        [
            "select ",
            Interpolation(T.c.b),
            " from ",
            Interpolation(T),
            " where a in ",
            inner,
        ]
    )
    assert " ".join(str(statement).split()) == (
        "select t.b from t where a in (SELECT t.a FROM t WHERE t.a = :a_1)"
    )


def test_equal_templates_share_a_key_whatever_the_values() -> None:
    one, two = (tstring(["select ", Interpolation(value)]) for value in (1, 2))
    assert one.structure() is two.structure()
    assert one.structure() is not tstring(["SELECT ", Interpolation(1)]).structure()


def test_with_columns_it_can_be_a_part_of_others() -> None:
    told = tstring(["select ", Interpolation(5), " as n"]).columns(n=Integer).subquery("s")
    with create_engine("sqlite://").connect() as connection:
        assert connection.execute(select(told.c.n + 1)).scalar_one() == 6


@pytest.mark.parametrize("wrong", ["select 1", 5])
def test_a_plain_string_is_refused(wrong: Any) -> None:
    with pytest.raises(exc.ArgumentError, match="Tstring expected"):
        tstring(wrong)


def test_what_sql_does_not_know_is_refused() -> None:
    with pytest.raises(exc.ArgumentError, match="conversion or a format"):
        tstring(["select ", Interpolation(5, conversion="r")])


@pytest.mark.skipif(sys.version_info < (3, 14), reason="Python has no template strings before 3.14")
def test_pythons_own_templates() -> None:
    template = eval("(lambda key: t'select {key}')")(5)
    assert str(tstring(template)) == "select :param_1"


def test_text_in_it_stands_as_it_is() -> None:
    inner = tstring(["a = ", Interpolation(1)])
    template = ["select ", Interpolation(inner), " and ", Interpolation(text("b"))]
    assert str(tstring(template)) == "select a = :param_1 and b"


def test_parameters_by_name_are_refused() -> None:
    with pytest.raises(NotImplementedError, match="interpolated values"):
        tstring(["select :a"]).bindparams(a=1)
