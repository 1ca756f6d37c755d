"""T14: rows that are fetched ahead in portions."""

from __future__ import annotations

from typing import Any

import pytest

from toolkit_core.engine.cursor_result import CursorResult
from toolkit_core.engine.fetch import Buffer
from toolkit_core.engine.row_shape import Shapes

ROWS = [(n,) for n in range(4000)]


@pytest.fixture
def cursor(watched: Any) -> Any:
    return watched(["n"], ROWS)


def streamed(cursor: Any, **options: Any) -> CursorResult:
    return CursorResult(None, cursor, Shapes(), source=Buffer(cursor, **options))


def test_a_growing_buffer_begins_small_and_stops_at_its_limit(cursor: Any) -> None:
    result = streamed(cursor)
    assert [row.n for row in result] == list(range(4000))
    assert cursor.fetches[:7] == [5, 25, 125, 625, 1000, 1000, 1000]
    assert cursor.closes == 1


def test_the_first_row_of_a_stream_costs_five(cursor: Any) -> None:
    assert streamed(cursor).first() == (0,)
    assert cursor.fetches == [5]
    assert cursor.closes == 1


def test_a_buffer_may_have_a_lower_limit(cursor: Any) -> None:
    list(streamed(cursor, limit=50))
    assert max(cursor.fetches) == 50


def test_yield_per_fetches_so_many_at_a_time(cursor: Any) -> None:
    result: CursorResult = CursorResult(None, cursor, Shapes())
    assert result.yield_per(1500) is result
    assert len(list(result)) == 4000
    assert set(cursor.fetches) == {1500}


def test_yield_per_sets_the_size_of_partitions_and_fetchmany(cursor: Any) -> None:
    result: CursorResult = CursorResult(None, cursor, Shapes()).yield_per(1500)
    assert len(result.fetchmany()) == 1500
    assert [len(part) for part in result.partitions()] == [1500, 1000]


def test_views_pass_yield_per_on(cursor: Any) -> None:
    result: CursorResult = CursorResult(None, cursor, Shapes())
    assert next(iter(result.scalars().yield_per(100))) == 0
    assert cursor.fetches == [100]


def test_yield_per_in_the_midst_of_a_stream_loses_nothing(cursor: Any) -> None:
    result = streamed(cursor)
    assert result.fetchone() == (0,)
    result.yield_per(100)
    assert result.fetchmany(7) == ROWS[1:8]
    assert result.all() == ROWS[8:]


def test_everything_may_be_mixed(cursor: Any) -> None:
    result = streamed(cursor)
    got = [result.fetchone(), *result.fetchmany(3), result.fetchone(), *result.fetchmany(100)]
    got += result.all()
    assert got == ROWS


def test_closing_a_stream_closes_the_cursor_and_forgets_what_was_ahead(cursor: Any) -> None:
    result = streamed(cursor)
    result.fetchone()
    result.close()
    assert cursor.closes == 1
    with pytest.raises(Exception, match="is closed"):
        result.fetchone()


def test_a_buffer_refilled_by_fetchall(cursor: Any) -> None:
    buffer = Buffer(cursor)
    assert buffer.fetchone() == (0,)
    assert buffer.fetchall() == ROWS[1:]
    assert buffer.fetchone() is None
    assert buffer.fetchmany() == []
