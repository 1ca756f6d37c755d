"""What holds for any rows: each path gives the raw rows, each filter keeps its law."""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from toolkit_core.engine.cursor_result import CursorResult
from toolkit_core.engine.fetch import Buffer, Rows
from toolkit_core.engine.result import IteratorResult
from toolkit_core.engine.row_shape import RowShape, Shapes

VALUES = st.none() | st.integers(-5, 5) | st.text(max_size=2) | st.booleans()


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[str], list[tuple[Any, ...]]]:
    width = draw(st.integers(1, 4))
    names = draw(st.lists(st.text(max_size=3), min_size=width, max_size=width, unique=True))
    rows = draw(st.lists(st.tuples(*[VALUES] * width), max_size=12))
    return names, rows


class ListCursor(Rows):
    """A cursor over a list."""

    rowcount = -1

    def __init__(self, names: Sequence[str], rows: Sequence[Any]) -> None:
        super().__init__(rows)
        self.description = tuple((name, *[None] * 6) for name in names)


def made(table: tuple[list[str], list[tuple[Any, ...]]], **options: Any) -> CursorResult:
    return CursorResult(None, ListCursor(*table), Shapes(), **options)


@given(tables(), st.integers(1, 5))
def test_any_path_gives_the_raw_rows(
    table: tuple[list[str], list[tuple[Any, ...]]], size: int
) -> None:
    names, rows = table
    assert made(table).all() == rows
    assert list(made(table)) == rows
    assert [row for part in made(table).partitions(size) for row in part] == rows
    assert list(made(table).yield_per(size)) == rows
    buffered = ListCursor(*table)
    assert list(CursorResult(None, buffered, Shapes(), source=Buffer(buffered, limit=size))) == rows
    assert [tuple(m.values()) for m in made(table).mappings()] == rows
    assert [tuple(m[name] for name in names) for m in made(table).mappings()] == rows
    assert [tuple(row._asdict().values()) for row in made(table)] == rows
    assert (
        list(zip(*[made(table).scalars(n).all() for n in range(len(names))], strict=True)) == rows
    )
    assert made(table).columns(*names).all() == rows
    assert made(table).columns(*reversed(names)).all() == [row[::-1] for row in rows]
    assert pickle.loads(pickle.dumps(made(table).all())) == rows
    identity: Any = [lambda value: value] * len(names)
    shape = RowShape(names, processors=identity)
    assert CursorResult(None, ListCursor(*table), shape).all() == rows


@given(tables(), st.data())
def test_any_mixture_of_fetches_gives_the_rows_in_order(
    table: tuple[list[str], list[tuple[Any, ...]]], data: st.DataObject
) -> None:
    _, rows = table
    result = made(table)
    if data.draw(st.booleans()):
        result.yield_per(data.draw(st.integers(1, 4)))
    got: list[Any] = []
    for step in data.draw(st.lists(st.integers(0, 4), max_size=6)):
        if step == 0:
            row = result.fetchone()
            got += [] if row is None else [row]
        else:
            got += result.fetchmany(step)
    assert [*got, *result.all()] == rows


@given(tables(), st.integers(1, 4))
def test_unique_keeps_the_first_of_equal_rows(
    table: tuple[list[str], list[tuple[Any, ...]]], size: int
) -> None:
    _, rows = table
    expected = list(dict.fromkeys(rows))
    assert made(table).unique().all() == expected
    assert list(made(table).unique()) == expected
    parts = list(made(table).unique().partitions(size))
    assert [row for part in parts for row in part] == expected
    assert all(len(part) == size for part in parts[:-1])
    assert made(table).unique().scalars().all() == list(dict.fromkeys(row[0] for row in rows))
    assert made(table).unique(lambda row: 1).all() == rows[:1]


@given(tables(), st.integers(0, 3))
def test_merging_is_concatenation(
    table: tuple[list[str], list[tuple[Any, ...]]], count: int
) -> None:
    _, rows = table
    others = [made(table) for _ in range(count)]
    assert made(table).merge(*others).all() == rows * (count + 1)
    assert made(table).merge(*others).unique().all() == list(dict.fromkeys(rows))
    assert made(table).splice_vertically(made(table)).all() == rows * 2


@given(tables())
def test_freezing_and_thawing_changes_nothing(
    table: tuple[list[str], list[tuple[Any, ...]]],
) -> None:
    names, rows = table
    frozen = made(table).freeze()
    assert frozen().all() == rows
    assert frozen().freeze()().all() == rows
    assert list(frozen().keys()) == names
    assert pickle.loads(pickle.dumps(frozen))().all() == rows


@given(tables())
def test_one_agrees_with_the_number_of_rows(
    table: tuple[list[str], list[tuple[Any, ...]]],
) -> None:
    from toolkit_core.errors import MultipleResultsFound, NoResultFound

    _, rows = table
    outcome: Any
    try:
        outcome = made(table).one()
    except NoResultFound:
        outcome = 0
    except MultipleResultsFound:
        outcome = len(rows)
    assert outcome == (rows[0] if len(rows) == 1 else len(rows))
    assert made(table).first() == (rows[0] if rows else None)


@given(st.lists(VALUES, max_size=8))
def test_a_source_of_scalars_is_rows_of_one_column(values: list[Any]) -> None:
    def source() -> IteratorResult:
        return IteratorResult(["x"], iter(values), _source_supports_scalars=True)

    assert source().scalars().all() == list(source().scalars()) == values
    assert source().all() == list(source()) == [(value,) for value in values]
    assert source().freeze()().scalars().all() == values
