"""``@compiles`` on types: users' own, and ours written otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.core.golden.test_golden import SQLITE
from toolkit_core.compiler.extension import compiles, deregister
from toolkit_core.errors import CompileError
from toolkit_core.expression.elements import cast, column
from toolkit_core.types import DateTime, Integer, String, TypeDecorator, UserDefinedType


class Point(UserDefinedType[Any]):
    cache_ok = True

    def get_col_spec(self, **kw: Any) -> str:
        return "POINT"


class Code(TypeDecorator[str]):
    impl = String
    cache_ok = True


@pytest.fixture(autouse=True)
def _forgotten() -> Iterator[None]:
    yield
    for cls in (Point, Code, DateTime):
        deregister(cls)


def test_a_type_of_the_users_is_written_by_his_rule() -> None:
    @compiles(Point, "sqlite")
    def write(type_: Any, compiler: Any, **kw: Any) -> str:
        return f"BLOB /* of {compiler.dialect.name} */"

    assert Point().compile() == "POINT"
    assert Point().compile(dialect=SQLITE) == "BLOB /* of sqlite */"
    assert str(cast(column("x"), Point()).compile(dialect=SQLITE)) == (
        "CAST(x AS BLOB /* of sqlite */)"
    )


def test_a_rule_may_call_the_one_that_was_there() -> None:
    @compiles(DateTime)
    def write(type_: Any, compiler: Any, **kw: Any) -> str:
        return f"{compiler.visit_datetime(type_, **kw)}(6)"

    assert DateTime().compile(dialect=SQLITE) == "DATETIME(6)"
    deregister(DateTime)
    assert DateTime().compile(dialect=SQLITE) == "DATETIME"


def test_a_decorator_is_written_by_its_rule_before_what_is_inside() -> None:
    @compiles(Code)
    def write(type_: Any, compiler: Any, **kw: Any) -> str:
        return f"{compiler.process(type_.impl)} COLLATE code"

    assert Code(5).compile(dialect=SQLITE) == "VARCHAR(5) COLLATE code"


def test_a_rule_that_returns_no_text_is_refused() -> None:
    @compiles(Point)
    def write(type_: Any, compiler: Any, **kw: Any) -> Any:
        return Integer()

    with pytest.raises(CompileError, match="registered for Point returned Integer"):
        Point().compile()


def test_what_the_compiler_has_is_told() -> None:
    @compiles(Point)
    def write(type_: Any, compiler: Any, **kw: Any) -> str:
        return str(compiler.proces(type_))

    with pytest.raises(AttributeError, match="it has process"):
        Point().compile()
