"""What type checkers see of statements and their rows; read by mypy and pyright, never run."""

from collections.abc import Sequence
from typing import Any

from typing_extensions import Unpack, assert_type

from toolkit import (
    Column,
    ColumnElement,
    Connection,
    CursorResult,
    Executable,
    Integer,
    Row,
    ScalarResult,
    Select,
    String,
    Table,
    cast,
    column,
    func,
    literal,
    select,
)
from toolkit.sql.functions import FunctionElement, GenericFunction
from toolkit.sql.visitors import InternalTraversal


class Greatest(FunctionElement[int]):
    """A function of a user's, which takes any number of arguments."""

    name = "greatest"
    inherit_cache = True


class Nearest(GenericFunction[str]):
    """A function of a user's that ``func`` knows."""

    inherit_cache = True


class Wrapped(ColumnElement[int]):
    """An expression of a user's, with a constructor of its own."""

    inherit_cache = True
    _traverse_internals = (("inside", InternalTraversal.dp_clauseelement),)

    def __init__(self, inside: ColumnElement[int], *, words: str = "") -> None:
        self.inside = inside
        self.words = words


class Vacuum(Executable):
    """A statement of a user's."""

    inherit_cache = True

    def __init__(self, table: Table, full: bool) -> None:
        self.table = table
        self.full = full


def constructs_of_users_take_the_arguments_that_they_say(number: Column[int], t: Table) -> None:
    assert_type(Greatest(number, 5, 6, 7) > 3, ColumnElement[bool])
    assert_type(Nearest(number, "x"), Nearest)
    assert_type(Wrapped(number, words="x") + 1, ColumnElement[int])
    assert_type(Vacuum(t, True), Vacuum)


def a_select_knows_its_columns(number: Column[int], name: Column[str]) -> None:
    assert_type(select(number), Select[int])
    assert_type(select(number, name), Select[int, str])
    assert_type(select(number, name, number == 5), Select[int, str, bool])
    assert_type(select(number).where(number > 5).order_by(name).limit(5), Select[int])
    assert_type(select(number + 1, name.label("called")), Select[int, str])
    assert_type(select(func.count(), func.max(name)), Select[int, str])
    assert_type(select(cast(number, String), literal(5)), Select[str, int])
    assert_type(select(column("x", Integer), name + "!"), Select[int, str])


def its_rows_are_typed_by_position(
    connection: Connection, number: Column[int], name: Column[str]
) -> None:
    statement = select(number, name)
    result = connection.execute(statement)
    assert_type(result, CursorResult[int, str])
    assert_type(result.all(), Sequence[Row[int, str]])
    for one, two in connection.execute(statement):
        assert_type(one, int)
        assert_type(two, str)
    row = result.one()
    assert_type(row[0], int)
    assert_type(row[1], str)
    assert_type(connection.scalar(select(number)), int | None)
    assert_type(connection.scalar(statement), int | None)
    assert_type(connection.scalars(select(name)), ScalarResult[str])
    assert_type(connection.scalars(select(name)).all(), Sequence[str])


def what_is_not_known_is_any(connection: Connection, table: Table) -> None:
    assert_type(connection.execute(select(table)), CursorResult[Unpack[tuple[Any, ...]]])
    assert_type(connection.scalar(table.select()), Any)
    assert_type(connection.execute("select 1").scalar(), Any | None)
