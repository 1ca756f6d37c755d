"""A type is written, shown and made portable as the golden table, which the oracle made, says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import toolkit_core.types
from tests.core.types.dialects import ANSI, SQLITE
from tests.core.types.examples import E
from toolkit_core.compiler.ansi import ansi_types
from toolkit_core.compiler.type_rules import TypeRules
from toolkit_core.errors import CompileError, UnsupportedCompilationError
from toolkit_core.facts import Style
from toolkit_core.types import (
    ARRAY,
    NULLTYPE,
    Integer,
    Interval,
    String,
    TypeDecorator,
    TypeEngine,
    UserDefinedType,
)
from toolkit_sqlite.types import DATE, DATETIME, TIME

ROWS = [
    [cell.strip() for cell in line.split(" | ")]
    for line in Path(__file__).with_name("ddl.txt").read_text().splitlines()
]
NAMESPACE: dict[str, Any] = {**toolkit_core.types.__dict__, "E": E}
for _name in toolkit_core.types.__all__:
    NAMESPACE[_name] = getattr(toolkit_core.types, _name)

EVERY_ROW = pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])

# Where we mean to differ.
OURS = {
    # JSON is in the standard since 2016, so the standard's rules write it.
    ("JSON()", "ansi"): "JSON",
    ("JSON(none_as_null=True)", "ansi"): "JSON",
    ("Enum('a','b',validate_strings=True)", "repr"): "Enum('a', 'b', validate_strings=True)",
    # Arguments that the oracle does not show.
    ("Interval(native=False,second_precision=3,day_precision=2)", "repr"): (
        "Interval(native=False, second_precision=3, day_precision=2)"
    ),
    ("PickleType(protocol=2)", "repr"): "PickleType(protocol=2)",
}


def made(row: list[str]) -> TypeEngine[Any]:
    type_: TypeEngine[Any] = eval(row[0], NAMESPACE)
    return type_


def tried(what: Callable[[], str]) -> str:
    try:
        return what()
    except (CompileError, NotImplementedError) as error:
        return f"!{type(error).__name__}"


@EVERY_ROW
def test_repr_shows_the_arguments(row: list[str]) -> None:
    assert repr(made(row)) == OURS.get((row[0], "repr"), row[1])


@EVERY_ROW
def test_str_shows_the_ddl(row: list[str]) -> None:
    assert str(made(row)) == row[2]


@EVERY_ROW
def test_the_standards_rules_write_it(row: list[str]) -> None:
    found = tried(lambda: made(row).compile(ANSI))
    assert found == OURS.get((row[0], "ansi"), row[3])


@EVERY_ROW
def test_sqlites_rules_write_it(row: list[str]) -> None:
    assert tried(lambda: made(row).compile(SQLITE)) == row[4]


@EVERY_ROW
def test_it_has_a_portable_type(row: list[str]) -> None:
    type_ = made(row)
    if row[5].startswith("!"):
        with pytest.raises(NotImplementedError):
            type_.as_generic()
    else:
        # The oracle's portable Enum forgets options; ours keeps them; its tuple forgets all.
        name = row[5].split("(")[0]
        assert type(type_.as_generic()).__name__ == name
        if name not in {"Enum", "TupleType"} and (row[0], "repr") not in OURS:
            assert repr(type_.as_generic()) == row[5]


@EVERY_ROW
def test_it_knows_the_python_type_of_its_values(row: list[str]) -> None:
    assert made(row).python_type.__name__ == row[6]


@pytest.mark.parametrize(
    ("type_", "ddl"),
    [
        (DATETIME(), "DATETIME"),
        (DATE(), "DATE"),
        (TIME(), "TIME"),
        (DATETIME(storage_format="%(year)04d%(month)02d%(day)02d"), "DATETIME_CHAR"),
        (DATE(storage_format="%(year)04d%(month)02d%(day)02d"), "DATE_CHAR"),
        (TIME(storage_format="%(hour)02d%(minute)02d"), "TIME_CHAR"),
        (TIME(storage_format="%(hour)02d-%(minute)02d"), "TIME"),
    ],
    ids=repr,
)
def test_digits_alone_are_kept_as_text_by_the_name_of_the_column(
    type_: TypeEngine[Any], ddl: str
) -> None:
    assert type_.compile(SQLITE) == ddl


def test_a_column_without_a_type_cannot_be_created() -> None:
    with pytest.raises(CompileError, match="did you forget to specify a type"):
        NULLTYPE.compile(SQLITE)


def test_a_type_that_a_dialect_lacks_is_refused_by_name() -> None:
    with pytest.raises(UnsupportedCompilationError, match=r"'sqlite' can't write.*ARRAY"):
        ARRAY(Integer).compile(SQLITE)


def test_a_users_type_writes_itself() -> None:
    class Point(UserDefinedType[Any]):
        cache_ok = True

        def __init__(self, places: int = 8) -> None:
            self.places = places

        def get_col_spec(self, **kw: Any) -> str:
            return f"POINT({self.places})"

    assert Point(3).compile(SQLITE) == "POINT(3)"
    assert repr(Point(3)) == "Point(places=3)"


def test_a_users_type_without_a_spec_is_refused() -> None:
    class Empty(UserDefinedType[Any]):
        cache_ok = True

    with pytest.raises(CompileError, match="get_col_spec"):
        Empty().compile(SQLITE)


class Loud(TypeDecorator[str]):
    impl = String
    cache_ok = True

    def load_dialect_impl(self, dialect: Any) -> TypeEngine[Any]:
        if dialect.name == "sqlite":
            made: TypeEngine[Any] = dialect.type_descriptor(Interval())
            return made
        return super().load_dialect_impl(dialect)


def test_a_decorator_is_written_as_what_it_loads_for_the_dialect() -> None:
    assert Loud(5).compile(SQLITE) == "DATETIME"
    assert Loud(5).compile(ANSI) == "VARCHAR(5)"


def test_a_rule_for_a_users_class_comes_before_what_is_inside_it() -> None:
    class Odd(TypeDecorator[str]):
        impl = String
        cache_ok = True

    mine = TypeRules("mine", ansi_types)

    @mine(Odd)
    def write_odd(style: Style, type_: Odd) -> str:
        return "ODD"

    class Mine:
        name = "mine"
        types = ANSI.types
        style = ANSI.style
        type_rules = mine

    assert Odd().compile(Mine()) == "ODD"


def test_a_rule_of_the_base_that_is_registered_later_reaches_the_heirs() -> None:
    class Late(TypeEngine[Any]):
        pass

    base = TypeRules("base")
    heir = TypeRules("heir", base)
    with pytest.raises(UnsupportedCompilationError):
        heir.write(Style(), Late())
    base(Late)(lambda style, type_: "LATE")
    assert heir.write(Style(), Late()) == "LATE"
