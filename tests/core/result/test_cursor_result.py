"""R08: what a result tells of its statement."""

from __future__ import annotations

from typing import Any

import pytest

from toolkit_core.engine.cursor_result import CursorResult
from toolkit_core.engine.execution_facts import ExecutionFacts
from toolkit_core.engine.row_shape import RowShape, Shapes
from toolkit_core.errors import InvalidRequestError

NOT_INSERT = r"Statement is not an insert\(\) expression construct\."
NOT_UPDATE = r"Statement is not an update\(\) expression construct\."
NEITHER = r"Statement is not an insert\(\) or update\(\) expression construct\."
NOT_COMPILED = r"Statement is not a compiled expression construct\."

ASKS: dict[str, Any] = {
    "inserted_primary_key": lambda r: r.inserted_primary_key,
    "inserted_primary_key_rows": lambda r: r.inserted_primary_key_rows,
    "last_inserted_params": lambda r: r.last_inserted_params(),
    "last_updated_params": lambda r: r.last_updated_params(),
    "prefetch_cols": lambda r: r.prefetch_cols(),
    "postfetch_cols": lambda r: r.postfetch_cols(),
}


@pytest.fixture
def done(database: Any) -> Any:
    """A result of an INSERT, of which these facts are known."""

    def make(**facts: Any) -> CursorResult:
        context = ExecutionFacts()
        for name, value in facts.items():
            setattr(context, name, value)
        cursor = database.cursor()
        cursor.execute("insert into people values (6, 'eve')")
        return CursorResult(None, cursor, Shapes(), context=context)

    return make


@pytest.mark.parametrize(
    ("ask", "text"),
    [
        ("inserted_primary_key", NOT_INSERT),
        ("inserted_primary_key_rows", NOT_INSERT),
        ("last_inserted_params", NOT_INSERT),
        ("last_updated_params", NOT_UPDATE),
        ("prefetch_cols", NEITHER),
        ("postfetch_cols", NEITHER),
    ],
)
def test_of_textual_sql_only_the_driver_knows(query: Any, ask: str, text: str) -> None:
    for result in (query(), query("insert into people values (6, 'eve')")):
        with pytest.raises(InvalidRequestError, match=text):
            ASKS[ask](result)
        assert result.returned_defaults is result.returned_defaults_rows is None
        assert result.is_insert is False
        assert result.lastrow_has_defaults() is False
        assert result.supports_sane_rowcount() is True
        assert result.supports_sane_multi_rowcount() is True


@pytest.mark.parametrize("ask", ASKS)
def test_sql_for_the_driver_was_not_compiled(done: Any, ask: str) -> None:
    with pytest.raises(InvalidRequestError, match=NOT_COMPILED):
        ASKS[ask](done(is_driver_sql=True))


@pytest.mark.backend("sqlite")
def test_counts_and_row_ids_come_from_the_cursor(query: Any) -> None:
    assert query("update people set name = 'x' where id < 4").rowcount == 3
    assert query().rowcount == -1
    inserted = query("insert into people (name) values ('eve')")
    assert inserted.rowcount == 1
    assert inserted.lastrowid == 6
    result = query()
    result.all()
    assert result.rowcount == -1


def test_what_the_engine_noted_goes_before_what_the_cursor_says(done: Any) -> None:
    assert done(rowcount=7, lastrowid=99).rowcount == 7


def test_a_row_id_that_the_engine_noted_is_told(done: Any) -> None:
    assert done(lastrowid=99).lastrowid == 99


def test_an_insert_tells_its_key_and_values(done: Any) -> None:
    key = RowShape(["id"]).row((6,))
    result = done(
        is_insert=True,
        inserted_primary_key_rows=[key],
        compiled_parameters=[{"name": "eve"}],
        prefetch_cols=["a"],
        postfetch_cols=["b"],
        returned_defaults_rows=[("x",)],
        lastrow_has_defaults=True,
    )
    assert result.is_insert
    assert result.inserted_primary_key == (6,)
    assert result.inserted_primary_key.id == 6
    assert result.inserted_primary_key_rows == [(6,)]
    assert result.last_inserted_params() == {"name": "eve"}
    assert result.returned_defaults == ("x",)
    assert result.returned_defaults_rows == [("x",)]
    assert result.prefetch_cols() == ["a"]
    assert result.postfetch_cols() == ["b"]
    assert result.lastrow_has_defaults()
    with pytest.raises(InvalidRequestError, match=NOT_UPDATE):
        result.last_updated_params()


def test_many_rows_have_no_single_key(done: Any) -> None:
    result = done(
        is_insert=True,
        executemany=True,
        inserted_primary_key_rows=[(6,), (7,)],
        compiled_parameters=[{"name": "eve"}, {"name": "fay"}],
    )
    with pytest.raises(InvalidRequestError, match=r"please use \.inserted_primary_key_rows"):
        _ = result.inserted_primary_key
    with pytest.raises(InvalidRequestError, match=r"please use \.returned_defaults_rows"):
        _ = result.returned_defaults
    assert result.inserted_primary_key_rows == [(6,), (7,)]
    assert result.last_inserted_params() == [{"name": "eve"}, {"name": "fay"}]


def test_with_returning_the_keys_are_in_the_rows(done: Any) -> None:
    result = done(is_insert=True, is_returning=True)
    for ask in ("inserted_primary_key", "inserted_primary_key_rows"):
        with pytest.raises(InvalidRequestError, match="when returning\\(\\) is used"):
            ASKS[ask](result)


def test_an_update_tells_its_values(done: Any) -> None:
    result = done(is_update=True, compiled_parameters=[{"name": "eve"}])
    assert result.last_updated_params() == {"name": "eve"}
    assert result.prefetch_cols() == result.postfetch_cols() == ()
    with pytest.raises(InvalidRequestError, match=NOT_INSERT):
        result.last_inserted_params()
