"""R05: results that are kept, joined, or made of other things than a cursor."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from typing import Any

import pytest

from toolkit_core.engine.result import (
    ChunkedIteratorResult,
    IteratorResult,
    MergedResult,
    null_result,
    result_tuple,
)
from toolkit_core.engine.row_shape import RowShape
from toolkit_core.errors import InvalidRequestError, NoResultFound, ResourceClosedError

PEOPLE = [(1, "ada"), (2, "bob"), (3, "ada"), (4, "cyd"), (5, "bob")]


# -- freezing -----------------------------------------------------------------------------------


def test_a_frozen_result_gives_the_rows_any_number_of_times(query: Any) -> None:
    result = query()
    frozen = result.freeze()
    assert result.all() == []
    assert not result.closed
    for _ in range(2):
        assert frozen().all() == PEOPLE
        assert frozen().scalars("name").first() == "ada"
        assert frozen().mappings().first() == {"id": 1, "name": "ada"}
        assert frozen().first().name == "ada"
        assert list(frozen().keys()) == ["id", "name"]
    assert frozen.data == PEOPLE


def test_freezing_keeps_filters(query: Any) -> None:
    assert query().columns("name").unique().freeze()().all() == [("ada",), ("bob",), ("cyd",)]
    assert query().yield_per(2).freeze()().all() == PEOPLE


def test_a_frozen_result_may_get_other_rows(query: Any) -> None:
    frozen = query().freeze()
    other = frozen.with_new_rows([(9, "zoe")])
    assert other().one().name == "zoe"
    assert frozen().all() == PEOPLE


def test_a_frozen_result_is_pickled(query: Any) -> None:
    again = pickle.loads(pickle.dumps(query().freeze()))
    assert again().all() == PEOPLE
    assert again().first().name == "ada"


def test_values_are_processed_once(query: Any) -> None:
    shape = RowShape(["id", "name"], processors=[None, lambda name: name + "!"])
    frozen = query(shapes=shape).freeze()
    assert frozen().first() == (1, "ada!")
    merged = query(shapes=shape).merge(query(shapes=shape))
    assert merged.first() == (1, "ada!")


def test_a_source_of_scalars_is_frozen_as_such() -> None:
    frozen: Any = IteratorResult(["n"], iter([1, None]), _source_supports_scalars=True).freeze()
    assert frozen.data == [1, None]
    assert frozen().scalars().all() == [1, None]
    assert frozen().all() == [(1,), (None,)]
    assert frozen.with_new_rows([(5,)])().scalars().all() == [5]


# -- merging ------------------------------------------------------------------------------------


def test_merged_results_follow_each_other(query: Any) -> None:
    first, second, third = query(), query(), query()
    merged = first.merge(second, third)
    assert isinstance(merged, MergedResult)
    assert merged.fetchone() == (1, "ada")
    assert merged.fetchmany(5) == [*PEOPLE[1:], PEOPLE[0]]
    assert merged.scalars().all() == [2, 3, 4, 5, 1, 2, 3, 4, 5]
    assert list(merged.keys()) == ["id", "name"]
    assert not first.closed
    assert merged.all() == []


def test_merging_keeps_the_filter_for_the_whole(query: Any) -> None:
    assert query().merge(query()).unique().all() == PEOPLE
    assert query().unique().merge(query()).all() == PEOPLE


def test_closing_a_merged_result_closes_its_parts(query: Any) -> None:
    parts = [query(), query()]
    merged = parts[0].merge(parts[1])
    merged.close()
    assert all(part.closed for part in parts)
    assert merged.closed
    with pytest.raises(ResourceClosedError, match="This result object is closed"):
        merged.all()


def test_counts_are_added_up(query: Any) -> None:
    # New names each time: MySQL counts the rows that change.
    first, *others = (query(f"update people set name = '{text}'") for text in "xyz")
    merged = first.merge(*others)
    assert merged.rowcount == 15
    with pytest.raises(ResourceClosedError, match="does not return rows"):
        merged.all()


# -- other sources ------------------------------------------------------------------------------


def numbers(count: int = 7) -> IteratorResult:
    return IteratorResult(["n", "s"], iter([(n, str(n)) for n in range(count)]))


def test_an_iterator_is_a_result() -> None:
    assert numbers(2).all() == [(0, "0"), (1, "1")]
    assert numbers().first() == (0, "0")
    assert numbers().scalars("s").fetchmany(2) == ["0", "1"]
    assert numbers(2).fetchmany() == [(0, "0"), (1, "1")]
    assert [len(part) for part in numbers(5).yield_per(2).partitions()] == [2, 2, 1]
    assert [len(part) for part in numbers(5).partitions()] == [5]
    assert list(map(dict, numbers(2).columns("s").mappings())) == [{"s": "0"}, {"s": "1"}]
    assert list(numbers(2)) == [(0, "0"), (1, "1")]
    with pytest.raises(KeyError):
        numbers().columns("z")


def test_an_iterator_is_closed() -> None:
    result = numbers()
    result.close()
    assert result.closed
    with pytest.raises(ResourceClosedError):
        result.fetchone()


def test_what_an_iterator_reads_from_ends_with_it(query: Any) -> None:
    raw = query()
    result: IteratorResult = IteratorResult(["n"], iter([(1,)]), raw=raw)
    result.all()
    assert raw.cursor is None
    assert not raw.closed
    raw = query()
    IteratorResult(["n"], iter([(1,)]), raw=raw).close()
    assert raw.closed


def test_a_source_of_scalars_may_give_none() -> None:
    def source() -> IteratorResult:
        return IteratorResult(["n"], iter([None, 1, None]), _source_supports_scalars=True)

    assert source().scalars().all() == list(source().scalars()) == [None, 1, None]
    assert source().all() == [(None,), (1,), (None,)]
    assert list(source()) == [(None,), (1,), (None,)]
    assert source().first() == (None,)
    assert source().scalar() is None
    result = source()
    assert [result.fetchone() for _ in range(4)] == [(None,), (1,), (None,), None]
    assert [m["n"] for m in source().mappings()] == [None, 1, None]


def test_chunks_are_asked_for_in_the_size_that_is_wanted() -> None:
    asked: list[int | None] = []

    def chunks(size: int | None) -> Iterator[list[tuple[int]]]:
        asked.append(size)
        rows = [(n,) for n in range(7)]
        step = size or 3
        return (rows[start : start + step] for start in range(0, 7, step))

    def result(**options: Any) -> ChunkedIteratorResult:
        asked.clear()
        return ChunkedIteratorResult(["n"], chunks, **options)

    assert result().scalars().all() == list(range(7))
    assert asked == [None]
    assert result().yield_per(2).scalars().fetchmany() == [0, 1]
    assert asked == [None, 2]
    assert result(dynamic_yield_per=True).scalars().fetchmany(4) == [0, 1, 2, 3]
    assert asked == [None, 4]
    assert result(dynamic_yield_per=True).scalars().all() == list(range(7))
    assert asked == [None]


def test_nothing_is_a_result_too() -> None:
    assert null_result().all() == []
    assert null_result().first() is None
    assert list(null_result().keys()) == []
    with pytest.raises(NoResultFound):
        null_result().one()


def test_rows_are_made_by_names() -> None:
    make = result_tuple(["x", "y"])
    assert make((1, 2)).y == 2
    key = object()
    assert result_tuple(["x"], [(key,)])([5])._mapping[key] == 5


# -- splicing -----------------------------------------------------------------------------------


def test_rows_are_put_side_by_side(query: Any) -> None:
    upper = RowShape(["id", "name"], processors=[None, str.upper], keys=[("a",), ("b",)])
    spliced = query().splice_horizontally(query(shapes=upper).columns("name"))
    assert spliced.all()[0] == (1, "ada", "ADA")
    spliced = query(shapes=upper).splice_horizontally(query())
    row = spliced.first()
    assert row == (1, "ADA", 1, "ada")
    assert row._mapping["b"] == "ADA"
    assert spliced.context is None
    with pytest.raises(InvalidRequestError, match="of 5 and of 1 rows"):
        query().splice_horizontally(query("select 1"))


def test_rows_are_put_below_each_other(query: Any) -> None:
    first, second = query(), query()
    spliced = first.splice_vertically(second)
    assert spliced.all() == [*PEOPLE, *PEOPLE]
    assert first.all() == second.all() == []
    assert spliced.returns_rows
