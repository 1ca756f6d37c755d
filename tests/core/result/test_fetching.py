"""R01, R02, R03: every way of fetching."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from toolkit_core.engine.cursor_result import CursorResult
from toolkit_core.engine.result_filters import FilterResult, TupleResult
from toolkit_core.errors import (
    MultipleResultsFound,
    NoResultFound,
    NoSuchColumnError,
    SADeprecationWarning,
)

PEOPLE = [(1, "ada"), (2, "bob"), (3, "ada"), (4, "cyd"), (5, "bob")]
NAMES = ["ada", "bob", "ada", "cyd", "bob"]

SEVERAL = "Multiple rows were found when exactly one was required"
SEVERAL_OR_NONE = "Multiple rows were found when one or none was required"
NONE = "No row was found when one was required"


def test_all_rows(query: Any) -> None:
    rows = query().all()
    assert rows == PEOPLE
    assert isinstance(rows, list)
    assert [row.name for row in rows] == NAMES
    assert query().fetchall() == PEOPLE
    assert list(query()) == PEOPLE


def test_the_first_row(query: Any, nobody: Any) -> None:
    assert query().first() == (1, "ada")
    assert nobody().first() is None


def test_the_only_row(query: Any, nobody: Any, ada: Any) -> None:
    assert ada().one() == ada().one_or_none() == (1, "ada")
    assert nobody().one_or_none() is None
    with pytest.raises(NoResultFound, match=NONE):
        nobody().one()
    with pytest.raises(MultipleResultsFound, match=SEVERAL):
        query().one()
    with pytest.raises(MultipleResultsFound, match=SEVERAL_OR_NONE):
        query().one_or_none()


def test_scalars_of_single_rows(query: Any, nobody: Any, ada: Any) -> None:
    assert query().scalar() == 1
    assert nobody().scalar() is None
    assert ada().scalar_one() == ada().scalar_one_or_none() == 1
    assert nobody().scalar_one_or_none() is None
    with pytest.raises(NoResultFound, match=NONE):
        nobody().scalar_one()
    with pytest.raises(MultipleResultsFound, match=SEVERAL):
        query().scalar_one()
    with pytest.raises(MultipleResultsFound, match=SEVERAL_OR_NONE):
        query().scalar_one_or_none()


def test_null_is_a_value_and_not_the_end(query: Any) -> None:
    assert query("select null").scalar_one() is None
    assert query("select null").scalars().all() == [None]
    assert query("select null").scalars().one() is None
    assert query("select null union all select 1").scalars().fetchmany(1) == [None]
    assert list(query("select null union all select 1").scalars()) == [None, 1]


def test_one_after_the_other(query: Any) -> None:
    result = query()
    assert result.fetchone() == (1, "ada")
    assert next(result) == (2, "bob")
    assert result.fetchmany(2) == [(3, "ada"), (4, "cyd")]
    assert result.fetchone() == (5, "bob")
    assert result.fetchone() is None
    assert result.fetchmany(3) == []
    with pytest.raises(StopIteration):
        next(result)


def test_iteration_may_stop_and_go_on(query: Any) -> None:
    result = query()
    for row in result:
        if row.id == 2:
            break
    assert [row.id for row in result] == [3, 4, 5]


def test_columns_by_number_and_name(query: Any) -> None:
    assert query().columns("name", 0).first() == ("ada", 1)
    assert query().columns("name").all() == [(name,) for name in NAMES]
    assert query().columns(-1).first() == ("ada",)
    assert list(query().columns("name", "id").keys()) == ["name", "id"]
    assert query().columns("name", "id").columns(1).all() == [(1,), (2,), (3,), (4,), (5,)]
    assert query().columns(0, 0).first() == (1, 1)
    assert query().columns(1, 0).first().id == 1
    result = query()
    assert result.columns(0) is result


def test_columns_that_are_not_there(query: Any) -> None:
    for view in ("columns", "scalars"):
        with pytest.raises(NoSuchColumnError, match="'nope'"):
            getattr(query(), view)("nope")
        with pytest.raises(IndexError):
            getattr(query(), view)(9)


def test_scalars(query: Any) -> None:
    assert query().scalars().all() == [1, 2, 3, 4, 5]
    assert query().scalars(1).all() == query().scalars("name").all() == NAMES
    assert query().scalars(-1).first() == "ada"
    assert query().columns("name").scalars().all() == NAMES
    assert list(query().scalars()) == [1, 2, 3, 4, 5]
    assert next(query().scalars("name")) == "ada"
    with pytest.raises(MultipleResultsFound):
        query().scalars().one()
    assert not hasattr(query().scalars(), "fetchone")
    assert not hasattr(query().scalars(), "keys")


def test_mappings(query: Any, ada: Any) -> None:
    assert query().mappings().all() == [{"id": i, "name": name} for i, name in PEOPLE]
    assert ada().mappings().one()["name"] == "ada"
    assert query().mappings().fetchone() == {"id": 1, "name": "ada"}
    assert query().mappings().columns("name").first() == {"name": "ada"}
    assert list(query().mappings().keys()) == ["id", "name"]
    assert list(query().mappings().columns("name").keys()) == ["name"]
    assert [m["id"] for m in query().mappings()] == [1, 2, 3, 4, 5]
    assert not hasattr(query().mappings(), "scalars")


def test_views_and_result_share_the_rows(query: Any) -> None:
    result = query()
    assert result.fetchone() == (1, "ada")
    assert result.scalars().fetchmany(1) == [2]
    assert result.mappings().fetchone() == {"id": 3, "name": "ada"}
    assert result.fetchone() == (4, "cyd")
    assert result.scalars("name").all() == ["bob"]
    assert result.all() == []


def test_tuples_are_the_result_itself(query: Any) -> None:
    result = query()
    with pytest.warns(SADeprecationWarning, match=r"Result.tuples\(\) method is deprecated"):
        assert result.tuples() is result
    with pytest.warns(SADeprecationWarning, match=r"Result.t method is deprecated"):
        assert result.t is result
    assert TupleResult.__mro__[1] is FilterResult


def test_keys(query: Any) -> None:
    keys = query().keys()
    assert list(keys) == ["id", "name"]
    assert "id" in keys
    assert "nope" not in keys


def test_fetchmany_without_a_size_is_the_cursors_or_yield_pers(query: Any) -> None:
    assert query().fetchmany() == PEOPLE[:1]
    assert query().yield_per(2).fetchmany() == PEOPLE[:2]


def test_partitions(query: Any) -> None:
    assert list(query().partitions(2)) == [PEOPLE[:2], PEOPLE[2:4], PEOPLE[4:]]
    assert list(query().partitions(5)) == [PEOPLE]
    assert list(query().yield_per(3).partitions()) == [PEOPLE[:3], PEOPLE[3:]]
    assert list(query().scalars().partitions(4)) == [[1, 2, 3, 4], [5]]
    assert [len(part) for part in query().mappings().partitions(4)] == [4, 1]


@pytest.mark.parametrize("count", [0, 1, 499, 500, 501, 1000, 1001])
@pytest.mark.parametrize("read", ["all", "scalars", "mappings", "list", "columns"])
def test_reading_in_chunks_loses_nothing(watched: Any, count: int, read: str) -> None:
    raw = [(n, str(n)) for n in range(count)]
    result: CursorResult = CursorResult(None, watched(["n", "s"], raw), _shapes())
    readers: dict[str, Callable[[CursorResult], Any]] = {
        "all": lambda r: r.all(),
        "scalars": lambda r: list(zip(r.scalars().all(), map(str, range(count)), strict=True)),
        "mappings": lambda r: [(m["n"], m["s"]) for m in r.mappings().all()],
        "list": list,
        "columns": lambda r: [(n, s) for s, n in r.columns("s", "n").all()],
    }
    assert readers[read](result) == raw


def _shapes() -> Any:
    from toolkit_core.engine.row_shape import Shapes

    return Shapes()


def test_collecting_garbage_is_left_as_it_was(watched: Any) -> None:
    import gc

    rows = [(n,) for n in range(1200)]
    for enabled in (True, False):
        if not enabled:
            gc.disable()
        try:
            CursorResult(None, watched(["n"], rows), _shapes()).all()
            assert gc.isenabled() is enabled
        finally:
            gc.enable()
