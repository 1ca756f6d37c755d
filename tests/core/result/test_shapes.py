"""What is worked out once per statement: names, classes of rows, code that makes them."""

from __future__ import annotations

import gc
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from toolkit_core.engine.cursor_result import CursorResult
from toolkit_core.engine.result import Result
from toolkit_core.engine.row_shape import RowShape, Shapes


def test_a_statement_executed_again_has_the_same_class_of_rows(query: Any) -> None:
    shapes = Shapes()
    assert type(query(shapes=shapes).first()) is type(query(shapes=shapes).first())


def test_statements_with_the_same_names_share_the_class(query: Any) -> None:
    assert type(query().first()) is type(query("select 5 as id, 6 as name").first())


def test_a_table_that_changes_changes_the_rows(database: Any) -> None:
    shapes = Shapes()

    def sent(sql: str) -> Any:
        cursor = database.cursor()
        cursor.execute(sql)
        return cursor

    def read() -> Any:
        cursor = sent("select * from people")
        return CursorResult(None, cursor, shapes).first()

    assert read()._fields == ("id", "name")
    sent("alter table people add column age integer")
    assert read()._fields == ("id", "name", "age")
    assert read().age is None
    sent("alter table people rename column name to title")
    assert read().title == "ada"
    assert not hasattr(read(), "name")


def test_descriptions_that_do_not_compare_are_told_by_names(watched: Any) -> None:
    class Column:
        def __init__(self, name: str) -> None:
            self.name = name

        def __getitem__(self, position: int) -> str:
            return self.name

    shapes = Shapes()
    kinds = set()
    for names in (["a"], ["b"], ["a"]):
        cursor = watched(names, [(1,)])
        cursor.description = [Column(name) for name in names]
        row: Any = CursorResult(None, cursor, shapes).first()
        assert row._fields == tuple(names)
        kinds.add(type(row))
    assert len(kinds) == 2


def test_a_statement_may_make_shapes_of_its_own(watched: Any) -> None:
    made: list[tuple[str, ...]] = []

    def make(names: tuple[str, ...], description: Any) -> RowShape:
        made.append(names)
        return RowShape(names, processors=[str] * len(names))

    shapes = Shapes(make)
    for _ in range(3):
        result: CursorResult = CursorResult(None, watched(["a", "b"], [(1, 2)]), shapes)
        assert result.all() == [("1", "2")]
    assert made == [("a", "b")]


def test_old_shapes_are_forgotten(watched: Any) -> None:
    shapes = Shapes()
    for n in range(100):
        CursorResult(None, watched([f"c{n}"], [(1,)]), shapes).all()
    assert len(shapes._by_names or ()) <= Shapes.LIMIT


def test_a_fixed_shape_is_not_looked_up(query: Any) -> None:
    shape = RowShape(["ident", "title"])
    assert query(shapes=shape).first().title == "ada"
    assert list(query(shapes=shape).keys()) == ["ident", "title"]


def test_threads_may_share_a_statement(watched: Any) -> None:
    shapes = Shapes()

    def work(n: int) -> bool:
        names = ["a", "b"] if n % 2 else ["c"]
        row: Any = CursorResult(None, watched(names, [(1, 2)[: len(names)]]), shapes).first()
        return bool(row._fields == tuple(names))

    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(work, range(2000)))


# -- processing values ----------------------------------------------------------------------------


def exclaim(value: Any) -> Any:
    return None if value is None else f"{value}!"


READS: dict[str, Any] = {
    "all": lambda r: r.all(),
    "first": lambda r: [r.first()],
    "iterate": list,
    "scalars": lambda r: [(i, n) for n, i in [(r.scalars("name").all()[0], 1)]],
    "mappings": lambda r: [tuple(m.values()) for m in r.mappings()],
    "columns": lambda r: [(i, n) for n, i in r.columns("name", "id").all()],
    "unique": lambda r: r.unique().all(),
    "one": lambda r: [r.one()],
    "fetchmany": lambda r: r.fetchmany(3),
}


@pytest.mark.parametrize("read", READS)
def test_values_are_processed_however_they_are_read(query: Any, read: str) -> None:
    shape = RowShape(["id", "name"], processors=[None, exclaim])
    sql = "select id, name from people where id = 1"
    assert READS[read](query(sql, shapes=shape)) == [(1, "ada!")]


def test_single_values_are_processed(query: Any) -> None:
    shape = RowShape(["name", "none"], processors=[exclaim, exclaim])
    sql = "select 'ada', null"
    assert query(sql, shapes=shape).scalar() == "ada!"
    assert query(sql, shapes=shape).scalar_one() == "ada!"
    assert query(sql, shapes=shape).scalars().one() == "ada!"
    assert query(sql, shapes=shape).scalars("none").one() is None
    assert query(sql, shapes=shape).unique().scalar_one() == "ada!"


def test_processors_are_called_for_their_column_only(query: Any) -> None:
    seen: list[Any] = []

    def note(value: Any) -> Any:
        seen.append(value)
        return value

    shape = RowShape(["id", "name"], processors=[note, None])
    query(shapes=shape).scalars("name").all()
    assert seen == []
    query(shapes=shape).columns("name").all()
    assert seen == []
    query(shapes=shape).all()
    assert seen == [1, 2, 3, 4, 5]


def test_very_wide_rows(query: Any) -> None:
    names = [f"c{n}" for n in range(600)]
    sql = "select " + ", ".join(map(str, range(600)))
    plain = query(sql, shapes=RowShape(names)).one()
    processed = query(sql, shapes=RowShape(names, processors=[str] * 600)).one()
    assert plain.c599 == 599
    assert processed == tuple(map(str, range(600)))


# -- memory ---------------------------------------------------------------------------------------


def test_rows_are_as_small_as_tuples_and_results_have_no_dictionary(query: Any) -> None:
    import sys

    row = query().first()
    assert sys.getsizeof(row) == sys.getsizeof(tuple(row))
    assert not hasattr(query(), "__dict__")
    assert not hasattr(query().scalars(), "__dict__")
    assert not hasattr(query().mappings(), "__dict__")
    assert not hasattr(row._mapping, "__dict__")


def test_shapes_that_nobody_has_are_collected() -> None:
    import weakref

    shape = RowShape(["id"], keys=[(object(),)])
    row = shape.row((1,))
    alive = weakref.ref(shape)
    del shape
    gc.collect()
    assert alive() is not None
    del row
    gc.collect()
    assert alive() is None


def test_results_are_abstract_until_they_have_a_source() -> None:
    assert not hasattr(Result, "rowcount")
