"""What type checkers see of results and rows; read by mypy and pyright, never run."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypedDict

from typing_extensions import assert_type

from toolkit_core.engine.cursor_result import CursorResult
from toolkit_core.engine.result import FrozenResult, MergedResult, Result
from toolkit_core.engine.result_filters import MappingResult, ScalarResult
from toolkit_core.engine.row import Row
from toolkit_core.engine.row_mapping import RowMapping


@dataclass
class User:
    id: int
    name: str


class Pair(NamedTuple):
    id: int
    name: str


class Keyed(TypedDict):
    id: int
    name: str


def rows_unpack_and_index(result: CursorResult[int, str]) -> None:
    assert_type(result.all(), Sequence[Row[int, str]])
    assert_type(result.first(), Row[int, str] | None)
    row = result.one()
    assert_type(row, Row[int, str])
    assert_type(row[0], int)
    assert_type(row[1], str)
    ident, name = row
    assert_type(ident, int)
    assert_type(name, str)
    assert_type(row._mapping, RowMapping)  # pyright: ignore[reportPrivateUsage] - a public name
    assert_type(row._asdict(), dict[str, Any])  # pyright: ignore[reportPrivateUsage] - a public name
    for ident, name in result:
        assert_type(ident, int)
        assert_type(name, str)
    for part in result.partitions(10):
        assert_type(part, Sequence[Row[int, str]])


def rows_are_tuples(row: Row[int, str]) -> tuple[int, str]:
    return row


def names_are_not_checked(row: Row[int, str]) -> None:
    # The columns' names are not part of the type; into() is the way to typed names.
    assert_type(row.name, Any)


def scalars_have_the_type_of_the_first_column(result: Result[int, str]) -> None:
    assert_type(result.scalar(), int | None)
    assert_type(result.scalar_one(), int)
    assert_type(result.scalar_one_or_none(), int | None)
    assert_type(result.scalars(), ScalarResult[int])
    assert_type(result.scalars(0), ScalarResult[int])
    assert_type(result.scalars().all(), Sequence[int])
    assert_type(result.scalars().one_or_none(), int | None)
    assert_type(result.scalars("name"), ScalarResult[Any])


def views_keep_their_types(result: CursorResult[int, str]) -> None:
    assert_type(result.unique(), CursorResult[int, str])
    assert_type(result.yield_per(5), CursorResult[int, str])
    assert_type(result.mappings(), MappingResult)
    assert_type(result.mappings().one(), RowMapping)
    assert_type(result.freeze(), FrozenResult[int, str])
    assert_type(result.freeze()().all(), Sequence[Row[int, str]])
    assert_type(result.merge(result), MergedResult)
    with result as same:
        assert_type(same, CursorResult[int, str])


def objects_have_the_type_that_was_asked_for(result: CursorResult[int, str]) -> None:
    assert_type(result.into(User), ScalarResult[User])
    assert_type(result.into(Pair).all(), Sequence[Pair])
    assert_type(result.into(Keyed, extra="ignore").first(), Keyed | None)


def without_arguments_columns_are_any(result: CursorResult, row: Row) -> None:
    assert_type(result.scalar(), Any | None)
    first, *others = row
    assert_type(first, Any)
    assert_type(others, list[Any])
