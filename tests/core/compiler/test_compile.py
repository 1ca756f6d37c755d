"""``compile()``: for nobody's dialect or another, with values in the SQL, with other values."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest

from tests.core.golden.test_golden import SQLITE
from toolkit_core.compiler.compilation import Compilation
from toolkit_core.errors import ArgumentError, CompileError, InvalidRequestError
from toolkit_core.expression.elements import (
    and_,
    bindparam,
    case,
    column,
    literal,
    literal_column,
    tuple_,
)
from toolkit_core.expression.functions import func
from toolkit_core.expression.text import text
from toolkit_core.facts import ParamStyle, Style
from toolkit_core.types import Boolean, Integer, String
from toolkit_sqlite.compiler import sqlite, sqlite_type_rules
from toolkit_sqlite.types import sqlite_types

X = column("x", Integer)
NAME = column("name", String)


class Styled:
    """SQLite's rules with another style of placeholders."""

    name = "sqlite"
    rules = sqlite
    types = sqlite_types
    type_rules = sqlite_type_rules

    def __init__(self, paramstyle: ParamStyle) -> None:
        self.style = Style(paramstyle=paramstyle)


def literally(expression: Any, dialect: Any = None) -> str:
    return str(expression.compile(dialect=dialect, compile_kwargs={"literal_binds": True}))


@pytest.mark.parametrize(
    ("expression", "standard", "on_sqlite"),
    [
        (X == 5, "x = 5", "x = 5"),
        (NAME == "it's 100%", "name = 'it''s 100%'", "name = 'it''s 100%'"),
        (bindparam("p", None) == X, "NULL = x", "NULL = x"),
        (literal(True), "true", "1"),
        (literal(1.5), "1.5", "1.5"),
        (literal(":b"), "':b'", "':b'"),
        (X.in_([1, 2]), "x IN (1, 2)", "x IN (1, 2)"),
        (
            X.in_([]),
            "x IN (NULL) AND (1 != 1)",
            "x IN (SELECT 1 FROM (SELECT 1) WHERE 1!=1)",
        ),
        (
            X.not_in([]),
            "(x NOT IN (NULL) OR (1 = 1))",
            "(x NOT IN (SELECT 1 FROM (SELECT 1) WHERE 1!=1))",
        ),
        (
            tuple_(X, NAME).in_([(1, "a")]),
            "(x, name) IN ((1, 'a'))",
            "(x, name) IN (VALUES (1, 'a'))",
        ),
        (func.foo(1, "a"), "foo(1, 'a')", "foo(1, 'a')"),
        (NAME.startswith("a"), "name LIKE 'a' || '%'", "name LIKE 'a' || '%'"),
        (case((X == 1, "a")), "CASE WHEN (x = 1) THEN 'a' END", "CASE WHEN (x = 1) THEN 'a' END"),
        (text("a = :b").bindparams(b=5), "a = 5", "a = 5"),
    ],
)
def test_literal_binds_writes_values_into_the_sql(
    expression: Any, standard: str, on_sqlite: str
) -> None:
    assert literally(expression) == standard
    assert literally(expression, SQLITE) == on_sqlite


def test_a_value_that_cannot_be_written_is_refused() -> None:
    with pytest.raises(CompileError, match="No literal value renderer"):
        literally(literal([1]))


@pytest.mark.parametrize(
    ("paramstyle", "sql"),
    [
        (ParamStyle.QMARK, "x IN (?, ?) AND name = ?"),
        (ParamStyle.NAMED, "x IN (:x_1_1, :x_1_2) AND name = :name_1"),
        (ParamStyle.NUMERIC, "x IN (:1, :2) AND name = :3"),
        (ParamStyle.NUMERIC_DOLLAR, "x IN ($1, $2) AND name = $3"),
        (ParamStyle.FORMAT, "x IN (%s, %s) AND name = %s"),
        (ParamStyle.PYFORMAT, "x IN (%(x_1_1)s, %(x_1_2)s) AND name = %(name_1)s"),
    ],
)
def test_a_list_is_written_out_with_render_postcompile(paramstyle: ParamStyle, sql: str) -> None:
    compiled = and_(X.in_([7, 8]), NAME == "n").compile(
        dialect=Styled(paramstyle), compile_kwargs={"render_postcompile": True}
    )
    assert str(compiled) == sql
    assert compiled.params == {"x_1_1": 7, "x_1_2": 8, "name_1": "n"}


def test_a_percent_sign_is_doubled_where_the_driver_formats() -> None:
    expression = and_(literal_column("x % 2") == 1, X % 3 == 0)
    assert str(expression.compile(dialect=Styled(ParamStyle.FORMAT))) == (
        "x %% 2 = %s AND x %% %s = %s"
    )


def test_rows_are_expanded_place_by_place() -> None:
    compiled = (
        tuple_(X, NAME)
        .in_([(1, "a"), (2, "b")])
        .compile(compile_kwargs={"render_postcompile": True})
    )
    assert str(compiled) == (
        "(x, name) IN ((:param_1_1_1, :param_1_1_2), (:param_1_2_1, :param_1_2_2))"
    )
    assert list(compiled.params.values()) == [1, "a", 2, "b"]


def test_values_can_be_given_later() -> None:
    compiled = (bindparam("p", 5) == X).compile()
    assert compiled.construct_params() == {"p": 5}
    assert compiled.construct_params({"p": 6}) == {"p": 6}


def test_a_required_value_that_is_missing_is_an_error() -> None:
    compiled = (bindparam("p") == X).compile()
    assert compiled.params == {"p": None}
    with pytest.raises(InvalidRequestError, match="A value is required for bind parameter 'p'"):
        compiled.construct_params()
    with pytest.raises(InvalidRequestError, match="'list'"):
        X.in_(bindparam("list", expanding=True)).compile(
            compile_kwargs={"render_postcompile": True}
        )


def test_params_gives_a_copy_other_values() -> None:
    first = bindparam("p", 5) == X
    second = first.params(p=6)
    assert (first.compile().params, second.compile().params) == ({"p": 5}, {"p": 6})
    assert first.structure() is second.structure()


def test_unique_params_makes_parameters_of_their_own() -> None:
    first = bindparam("p", 5) == X
    both = and_(first.unique_params(p=6), first.unique_params(p=7))
    assert both.compile().params == {"p_1": 6, "p_2": 7}


def test_a_function_gives_a_value_when_it_is_asked_for() -> None:
    numbers = iter([1, 2])
    compiled = (bindparam("p", callable_=lambda: next(numbers)) == X).compile()
    assert [compiled.params["p"], compiled.params["p"]] == [1, 2]


def test_an_option_that_is_unknown_is_named() -> None:
    with pytest.raises(ArgumentError, match="literal_bind"):
        X.compile(compile_kwargs={"literal_bind": True})


def test_what_has_a_dialect_may_be_given_in_its_place() -> None:
    class Engine:
        dialect = SQLITE

    compiled = column("b", Boolean).is_(True).compile(Engine())
    assert isinstance(compiled, Compilation)
    assert compiled.string == "b IS 1"
    assert compiled.statement.visit_name == "binary"
    assert compiled.positiontup == []


def test_the_names_of_two_parameters_must_not_collide() -> None:
    with pytest.raises(CompileError, match="'x_1' conflicts"):
        str(and_(X == 5, bindparam("x_1", "a") == NAME))


@pytest.mark.parametrize(
    ("paramstyle", "placeholder"),
    [
        ("named", ":param_1"),
        ("qmark", "?"),
        ("pyformat", "%(param_1)s"),
        ("format", "%s"),
        ("numeric_dollar", "$1"),
    ],
)
def test_a_dialect_is_made_with_other_placeholders(paramstyle: str, placeholder: str) -> None:
    dialect = import_module("toolkit.dialects.sqlite").dialect(paramstyle=paramstyle)
    assert str((literal(5) + 0).compile(dialect=dialect)).startswith(f"{placeholder} +")
    assert dialect.paramstyle == paramstyle
