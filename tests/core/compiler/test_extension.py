"""``@compiles``: users' own constructs, and ours written otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.core.golden.test_golden import SQLITE
from toolkit_core.compiler.extension import compiles, deregister
from toolkit_core.errors import ArgumentError, CompileError, UnsupportedCompilationError
from toolkit_core.expression.elements import BinaryExpression, ColumnElement, and_, cast, column
from toolkit_core.expression.functions import Function, FunctionElement, func
from toolkit_core.expression.node import Node
from toolkit_core.expression.text import text
from toolkit_core.schema import Column, CreateColumn, CreateTable, MetaData, Table
from toolkit_core.types import Integer, String

X = column("x", Integer)


class Greatest(FunctionElement[int]):
    name = "greatest"
    inherit_cache = True


# A checker takes the arguments of its constructor for the fields of a node.
greatest: Any = Greatest


class Interval(ColumnElement[Any]):
    def __init__(self, days: int) -> None:
        self.days = days


class Alter(Node):
    def __init__(self, what: str, condition: Any) -> None:
        self.what = what
        self.condition = condition


@pytest.fixture(autouse=True)
def _forgotten() -> Iterator[None]:
    yield
    for cls in (Greatest, Interval, Alter, BinaryExpression, Function):
        deregister(cls)


def test_a_function_of_the_users_is_written_by_his_rule() -> None:
    @compiles(Greatest)
    def write(element: Any, compiler: Any, **kw: Any) -> str:
        return str(compiler.visit_function(element))

    @compiles(Greatest, "sqlite")
    def write_max(element: Any, compiler: Any, **kw: Any) -> str:
        return f"max({compiler.process(element.clauses, **kw)})"

    expression = greatest(X, 5) > 3
    assert str(expression) == "greatest(x, :greatest_1) > :greatest_2"
    compiled = expression.compile(dialect=SQLITE)
    assert str(compiled) == "max(x, ?) > ?"
    assert compiled.positiontup == ["greatest_1", "greatest_2"]
    assert compiled.params == {"greatest_1": 5, "greatest_2": 3}


def test_a_rule_that_is_registered_later_is_seen() -> None:
    assert str(greatest(X)) == "greatest(x)"
    compiles(Greatest)(lambda element, compiler, **kw: "LATER")
    assert str(greatest(X)) == "LATER"
    deregister(Greatest)
    assert str(greatest(X)) == "greatest(x)"


def test_ours_can_be_written_otherwise_by_the_rule_that_was_there() -> None:
    @compiles(BinaryExpression)
    def write(element: Any, compiler: Any, **kw: Any) -> str:
        return f"/* {element.operator.__name__} */ {compiler.visit_binary(element, **kw)}"

    assert str(and_(X == 1, X < 2)) == "/* eq */ x = :x_1 AND /* lt */ x < :x_2"


def test_lists_in_a_users_construct_are_written_out_later() -> None:
    @compiles(Alter)
    def write(element: Any, compiler: Any, **kw: Any) -> str:
        return f"ALTER {element.what} WHEN {compiler.process(element.condition, **kw)} END"

    statement = Alter("thing", X.in_([1, 2]))
    assert str(statement) == "ALTER thing WHEN x IN (__[POSTCOMPILE_x_1]) END"
    compiled = statement.compile(dialect=SQLITE, compile_kwargs={"render_postcompile": True})
    assert (str(compiled), compiled.params) == (
        "ALTER thing WHEN x IN (?, ?) END",
        {"x_1_1": 1, "x_1_2": 2},
    )


def test_what_only_another_dialect_writes_is_refused() -> None:
    compiles(Interval, "oracle")(lambda element, compiler, **kw: "INTERVAL")
    with pytest.raises(UnsupportedCompilationError, match="'default' can't write Interval"):
        str(Interval(5))


def test_a_rule_that_returns_no_text_is_named() -> None:
    def write(element: Any, compiler: Any, **kw: Any) -> Any:
        return None

    compiles(Interval)(write)
    with pytest.raises(CompileError, match="Interval returned None"):
        str(Interval(5))


def test_types_and_names_are_at_hand() -> None:
    @compiles(Interval)
    def write(element: Any, compiler: Any, **kw: Any) -> str:
        name = compiler.preparer.quote("Odd Name")
        return f"{compiler.dialect.name} {name} {compiler.process(String(5))}"

    assert str(Interval(5)) == 'default "Odd Name" VARCHAR(5)'


def test_the_default_of_a_column_is_at_hand() -> None:
    @compiles(CreateColumn)
    def write(element: Any, compiler: Any, **kw: Any) -> str:
        column = element.element
        default = compiler.get_column_default_string(column)
        return f"{column.name} SPECIAL {compiler.type_compiler.process(column.type)} {default}"

    columns = [Column("a", Integer), Column("b", Integer, server_default="it's")]
    columns.append(Column("c", Integer, server_default=text("now()")))
    try:
        sql = str(CreateTable(Table("t", MetaData(), *columns)))
    finally:
        deregister(CreateColumn)
    assert "a SPECIAL INTEGER None" in sql
    assert "b SPECIAL INTEGER 'it''s'" in sql
    assert "c SPECIAL INTEGER now()" in sql


def test_what_the_compiler_does_not_have_is_named() -> None:
    compiles(Interval)(lambda element, compiler, **kw: compiler.render(element))
    with pytest.raises(AttributeError, match="no 'render'"):
        str(Interval(5))


def test_only_classes_of_clauses_can_be_written() -> None:
    with pytest.raises(ArgumentError, match="takes a class of clauses"):
        compiles(int)


def test_an_element_with_a_state_of_its_own_has_a_key_of_its_own() -> None:
    assert Interval(5).structure() is not Interval(5).structure()
    one = Interval(5)
    assert one.structure() is one.structure()
    assert greatest(X).structure() is greatest(X).structure()


def test_a_subclass_that_says_so_is_found_by_its_parts() -> None:
    class Later(Interval):
        inherit_cache = True

    assert Later(5).structure() is Later(5).structure()


def test_a_rule_for_a_class_is_its_subclasses() -> None:
    class Least(Greatest):
        inherit_cache = True

    compiles(Greatest)(lambda element, compiler, **kw: "EITHER")
    least: Any = Least
    assert str(least(X)) == "EITHER"


def test_functions_are_written_inside_others() -> None:
    compiles(Function)(lambda element, compiler, **kw: f"my_{compiler.visit_function(element)}")
    assert str(cast(func.f(func.g(X)), String)) == "CAST(my_f(my_g(x)) AS VARCHAR)"


def test_values_are_written_into_the_text_where_a_rule_wants_them() -> None:
    @compiles(Greatest)
    def write(element: Any, compiler: Any, **kw: Any) -> str:
        inside = compiler.process(element.clauses, literal_binds=True)
        return f"greatest({inside}, {compiler.render_literal_value('a', String())})"

    assert str(greatest(X, 5) > 3) == "greatest(x, 5, 'a') > :greatest_1"


def test_what_compile_returns_writes_more_of_the_same() -> None:
    compiled = (X > 3).compile(dialect=SQLITE)
    assert compiled.process(String(5)) == "VARCHAR(5)"
    assert compiled.preparer.quote("select") == '"select"'
    assert compiled.preparer.quote_identifier("x") == '"x"'
    assert compiled.type_compiler.process(Integer()) == "INTEGER"
    assert str(compiled) == "x > ?"
