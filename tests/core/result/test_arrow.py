"""R13: results as Arrow data."""

from __future__ import annotations

import sys
from typing import Any

import pytest

from toolkit_core.errors import ArgumentError, InvalidRequestError

IDS = [1, 2, 3, 4, 5]
NAMES = ["ada", "bob", "ada", "cyd", "bob"]


@pytest.fixture
def pyarrow() -> Any:
    return pytest.importorskip("pyarrow", reason="pyarrow is optional")


def test_a_result_becomes_a_table(query: Any, pyarrow: Any) -> None:
    result = query()
    table = result.arrow()
    assert isinstance(table, pyarrow.Table)
    assert hasattr(table, "__arrow_c_stream__")
    assert table.to_pydict() == {"id": IDS, "name": NAMES}
    assert [str(kind) for kind in table.schema.types] == ["int64", "string"]
    assert result.cursor is None


def test_nulls_and_no_rows(query: Any, pyarrow: Any) -> None:
    sql = "select null as a, 1.5 as b union all select 2, null"
    assert query(sql).arrow().to_pydict() == {"a": [None, 2], "b": [1.5, None]}
    empty = query("select id, name from people where 1 = 0").arrow()
    assert empty.num_rows == 0
    assert empty.column_names == ["id", "name"]


def test_filters_count(query: Any, pyarrow: Any) -> None:
    assert query().columns("name").unique().arrow().to_pydict() == {"name": ["ada", "bob", "cyd"]}


def test_two_columns_of_one_name_stay_two(query: Any, pyarrow: Any) -> None:
    table = query("select 1 as id, 2 as id").arrow()
    assert table.column_names == ["id", "id"]
    assert [column.to_pylist() for column in table.columns] == [[1], [2]]


def test_a_schema_says_the_types(query: Any, pyarrow: Any) -> None:
    schema = {"name": pyarrow.large_string(), "id": pyarrow.int16()}
    table = query().arrow(schema=schema)
    assert [str(kind) for kind in table.schema.types] == ["int16", "large_string"]
    with pytest.raises(ArgumentError, match="the result the columns"):
        query().arrow(schema={"id": pyarrow.int16()})


@pytest.mark.backend("sqlite")
def test_values_of_several_types_are_refused_by_column(query: Any, pyarrow: Any) -> None:
    with pytest.raises(InvalidRequestError, match="values of column 'x' do not fit one Arrow type"):
        query("select 1 as x union all select 'a'").arrow()
    with pytest.raises(InvalidRequestError, match="'x' do not fit the Arrow type int8"):
        query("select 1000 as x").arrow(schema={"x": pyarrow.int8()})


def test_batches_are_fetched_as_they_are_read(watched: Any, pyarrow: Any) -> None:
    from toolkit_core.engine.cursor_result import CursorResult
    from toolkit_core.engine.row_shape import Shapes

    cursor = watched(["n"], [(n,) for n in range(25)])
    reader = CursorResult(None, cursor, Shapes()).arrow_batches(10)
    assert isinstance(reader, pyarrow.RecordBatchReader)
    assert hasattr(reader, "__arrow_c_stream__")
    assert cursor.given == 10
    assert [batch.num_rows for batch in reader] == [10, 10, 5]
    assert cursor.closes == 1


def test_batches_of_nothing(query: Any, pyarrow: Any) -> None:
    table = query("select id from people where 1 = 0").arrow_batches().read_all()
    assert table.num_rows == 0
    assert table.column_names == ["id"]
    with pytest.raises(ArgumentError, match="at least 1"):
        query().arrow_batches(0)


@pytest.mark.backend("sqlite")
def test_later_batches_must_fit_the_first(query: Any, pyarrow: Any) -> None:
    sql = "select 1 as x union all select 'a'"
    with pytest.raises(InvalidRequestError, match="say the types"):
        list(query(sql).arrow_batches(1))


@pytest.mark.backend("sqlite")
def test_nanoarrow_will_do(query: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    nanoarrow = pytest.importorskip("nanoarrow", reason="nanoarrow is optional")
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    stream = query("select id, name, id * 1.5 as f, null as n from people").arrow()
    assert hasattr(stream, "__arrow_c_stream__")
    array = nanoarrow.Array(stream)
    assert array.schema.fields[1].name == "name"
    assert array.to_pylist()[0] == {"id": 1, "name": "ada", "f": 1.5, "n": None}
    with pytest.raises(InvalidRequestError, match="pip install pyarrow"):
        query().arrow_batches()
    with pytest.raises(InvalidRequestError, match="no type for the values of column 'x'"):
        query("select 1 as x union all select 'a'").arrow()


def test_without_a_library_it_says_what_to_install(
    query: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.setitem(sys.modules, "nanoarrow", None)
    with pytest.raises(InvalidRequestError, match="pip install pyarrow"):
        query().arrow()


def test_nothing_is_imported_before_it_is_asked_for() -> None:
    import subprocess

    program = (
        "import sys, toolkit_core.engine.cursor_result;"
        "print({'pyarrow', 'nanoarrow', 'numpy'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout.strip() == b"set()"
