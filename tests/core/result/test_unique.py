"""R04: filtering duplicates."""

from __future__ import annotations

from typing import Any

import pytest

from toolkit_core.engine.result import IteratorResult
from toolkit_core.engine.row_shape import RowShape
from toolkit_core.errors import MultipleResultsFound

NAMES = ["ada", "bob", "cyd"]


def test_equal_rows_are_given_once(query: Any) -> None:
    assert len(query().unique().all()) == 5
    assert query().columns("name").unique().all() == [(name,) for name in NAMES]
    result = query()
    assert result.unique() is result


def test_a_strategy_says_what_is_equal(query: Any) -> None:
    assert query().unique(lambda row: row.name).all() == [(1, "ada"), (2, "bob"), (4, "cyd")]
    assert query().unique(lambda row: 1).all() == [(1, "ada")]
    assert query().unique().unique(lambda row: 1).all() == [(1, "ada")]


def test_views_are_filtered_by_what_they_show(query: Any) -> None:
    assert query().scalars("name").unique().all() == NAMES
    assert query().unique().scalars("name").all() == NAMES
    assert query().columns("name").mappings().unique().all() == [{"name": n} for n in NAMES]
    assert list(query().scalars("name").unique()) == NAMES


def test_strategies_of_views_are_given_rows(query: Any) -> None:
    assert query().scalars("name").unique(lambda row: row[0]).all() == NAMES
    assert len(query().mappings().unique(lambda row: row.name).all()) == 3


def test_as_many_as_asked_for_are_found(query: Any) -> None:
    assert query().scalars("name").unique().fetchmany(2) == ["ada", "bob"]
    assert query().scalars("name").unique().fetchmany(4) == NAMES
    assert list(query().scalars("name").unique().partitions(2)) == [["ada", "bob"], ["cyd"]]
    assert query().columns("name").unique().fetchone() == ("ada",)


def test_what_was_seen_is_remembered_between_fetches(query: Any) -> None:
    result = query().columns("name").unique()
    assert [result.fetchone(), result.fetchone(), result.fetchone()] == [(n,) for n in NAMES]
    assert result.fetchone() is None


def test_the_only_row_may_stand_there_several_times(query: Any) -> None:
    sql = "select name from people where name = 'ada'"
    assert query(sql).unique().one() == ("ada",)
    assert query(sql).unique().scalar_one() == "ada"
    assert query(sql).unique().scalar_one_or_none() == "ada"
    assert query(sql).unique().one_or_none() == ("ada",)
    assert query(sql).scalars().unique().one() == "ada"
    assert query(sql).unique().scalar() == "ada"
    assert query(sql).unique().first() == ("ada",)
    with pytest.raises(MultipleResultsFound):
        query(sql).one()
    with pytest.raises(MultipleResultsFound):
        query("select name from people").unique().one()


def test_what_cannot_be_hashed_needs_a_strategy() -> None:
    rows = [([1],), ([1],)]
    with pytest.raises(TypeError, match="unhashable"):
        IteratorResult(["tags"], iter(rows)).unique().all()
    assert IteratorResult(["tags"], iter(rows)).unique(repr).all() == [([1],)]


def test_a_shape_says_how_its_columns_are_compared() -> None:
    shape = RowShape(["tags", "n"], unique_keys=[repr, None])
    rows = [([1], 1), ([1], 1), ([1], 2)]
    assert IteratorResult(shape, iter(rows)).unique().all() == [([1], 1), ([1], 2)]
    assert IteratorResult(shape, iter(rows)).unique().scalars().all() == [[1]]
    assert IteratorResult(shape, iter(rows)).columns("tags").unique().all() == [([1],)]


def test_where_the_source_gives_scalars_strategies_are_given_scalars() -> None:
    def numbers() -> IteratorResult:
        return IteratorResult(["n"], iter([1, 2, 3, 4]), _source_supports_scalars=True)

    assert numbers().scalars().unique(lambda n: n % 2).all() == [1, 2]
    assert numbers().unique(lambda row: row.n % 2).all() == [(1,), (2,)]
