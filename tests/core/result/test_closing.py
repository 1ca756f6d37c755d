"""R09, R10: what a result is when it has been read, and when it was closed."""

from __future__ import annotations

import gc
import logging
import sqlite3
from collections.abc import Callable
from typing import Any, NoReturn

import pytest

from toolkit_core.engine.cursor_result import CursorResult
from toolkit_core.engine.row_shape import Shapes
from toolkit_core.errors import (
    NoResultFound,
    OperationalError,
    ResourceClosedError,
    dbapi_error,
)

CLOSED = r"This result object is closed\."
NO_ROWS = r"This result object does not return rows\. It has been closed automatically\."

FETCHES: dict[str, Callable[[Any], Any]] = {
    "all": lambda r: r.all(),
    "fetchall": lambda r: r.fetchall(),
    "fetchone": lambda r: r.fetchone(),
    "fetchmany": lambda r: r.fetchmany(2),
    "first": lambda r: r.first(),
    "one": lambda r: r.one(),
    "one_or_none": lambda r: r.one_or_none(),
    "scalar": lambda r: r.scalar(),
    "scalar_one": lambda r: r.scalar_one(),
    "scalars": lambda r: r.scalars().all(),
    "mappings": lambda r: r.mappings().all(),
    "columns": lambda r: r.columns(0).all(),
    "list": list,
    "next": next,
    "partitions": lambda r: list(r.partitions(2)),
    "unique": lambda r: r.unique().all(),
    "freeze": lambda r: r.freeze(),
}

EXHAUSTING: dict[str, Callable[[Any], Any]] = {
    "all": lambda r: r.all(),
    "list": list,
    "partitions": lambda r: list(r.partitions(2)),
    "scalars": lambda r: r.scalars().all(),
    "mappings": lambda r: list(r.mappings()),
    "unique": lambda r: r.unique().all(),
    "unique iteration": lambda r: list(r.unique()),
    "fetchmany": lambda r: [r.fetchmany(5), r.fetchmany(5)],
    "fetchone": lambda r: [r.fetchone() for _ in range(6)],
}

CLOSING: dict[str, Callable[[Any], Any]] = {
    "close": lambda r: r.close(),
    "with": lambda r: r.__enter__().__exit__(None, None, None),
    "first": lambda r: r.first(),
    "scalar": lambda r: r.scalar(),
    "scalars().first": lambda r: r.scalars().first(),
    "mappings().close": lambda r: r.mappings().close(),
    "with scalars": lambda r: r.scalars().__enter__().__exit__(None, None, None),
}


@pytest.mark.parametrize("how", EXHAUSTING)
def test_reading_to_the_end_releases_the_cursor_and_leaves_the_result_empty(
    watched: Any, how: str
) -> None:
    cursor: Any = watched(["id", "name"], [(n, "x") for n in range(5)])
    result: CursorResult = CursorResult(None, cursor, Shapes())
    assert id(result.cursor) == id(cursor)
    EXHAUSTING[how](result)
    assert cursor.closes == 1
    assert result.cursor is None
    assert result.closed is False
    assert result._soft_closed
    assert result.returns_rows
    assert result.all() == result.fetchall() == result.fetchmany(2) == list(result) == []
    assert result.fetchone() is result.first() is result.one_or_none() is result.scalar() is None
    assert list(result.partitions(2)) == result.scalars().all() == []
    assert list(result.keys()) == ["id", "name"]
    assert result.freeze()().all() == []
    assert cursor.closes == 1


@pytest.mark.parametrize("how", CLOSING)
def test_after_closing_every_fetch_is_refused(watched: Any, how: str) -> None:
    cursor: Any = watched(["id", "name"], [(n, "x") for n in range(5)])
    result: CursorResult = CursorResult(None, cursor, Shapes())
    view = result.scalars()
    CLOSING[how](result)
    assert cursor.closes == 1
    assert result.closed
    assert view.closed
    assert result.cursor is None
    for name, fetch in FETCHES.items():
        with pytest.raises(ResourceClosedError, match=CLOSED):
            pytest.fail(f"{name} gave {fetch(result)}")
    with pytest.raises(ResourceClosedError, match=CLOSED):
        view.all()
    # The last of the fetches above has limited the columns.
    assert list(result.keys()) == ["id"]
    result.close()
    assert cursor.closes == 1


@pytest.mark.parametrize(
    "read", ["one", "one_or_none", "scalar_one", "scalar_one_or_none", "first", "scalar"]
)
@pytest.mark.parametrize("unique", [False, True])
def test_reading_one_row_closes_the_result_also_where_there_is_none(
    ada: Any, nobody: Any, read: str, unique: bool
) -> None:
    results = [ada(), nobody()]
    for result in results:
        if unique:
            result.unique()
        try:
            getattr(result, read)()
        except NoResultFound:
            assert result is results[1]
        assert result.closed
        with pytest.raises(ResourceClosedError, match=CLOSED):
            result.all()


@pytest.mark.parametrize("view", ["scalars", "mappings"])
@pytest.mark.parametrize("read", ["first", "one_or_none"])
def test_a_view_of_no_row_closes_the_result_too(nobody: Any, view: str, read: str) -> None:
    result = nobody()
    assert getattr(getattr(result, view)(), read)() is None
    assert result.closed


def test_a_result_read_to_its_end_is_not_closed_by_looking_for_one_more(query: Any) -> None:
    result = query()
    result.all()
    assert result.first() is result.one_or_none() is result.scalar_one_or_none() is None
    assert not result.closed


def test_several_rows_where_one_was_wanted_close_the_result(query: Any) -> None:
    result = query()
    with pytest.raises(Exception, match="Multiple rows"):
        result.one()
    assert result.closed


def test_keys_are_known_even_if_no_row_was_read(query: Any) -> None:
    result = query()
    result.close()
    assert list(result.keys()) == ["id", "name"]


def test_closing_during_iteration_is_noticed(query: Any) -> None:
    result = query()
    rows = iter(result)
    next(rows)
    result.close()
    with pytest.raises(ResourceClosedError, match=CLOSED):
        next(rows)


def test_a_statement_without_rows_has_closed_its_cursor(query: Any) -> None:
    result = query("delete from people")
    assert not result.returns_rows
    assert not result.closed
    assert result.cursor is None
    assert result.rowcount == 5
    for name, fetch in {**FETCHES, "keys": lambda r: r.keys(), "iter": iter}.items():
        with pytest.raises(ResourceClosedError, match=NO_ROWS):
            pytest.fail(f"{name} gave {fetch(result)}")
    result.close()
    assert result._is_closed()
    assert result.rowcount == 5
    with pytest.raises(ResourceClosedError, match=NO_ROWS):
        result.all()


def test_a_result_is_a_context_manager(query: Any) -> None:
    with query() as result:
        assert result.fetchone() == (1, "ada")
    assert result.closed
    with pytest.raises(ZeroDivisionError), query() as result:
        _ = 1 / 0
    assert result.closed


# -- telling whoever wants to know --------------------------------------------------------------


@pytest.mark.parametrize("how", [*EXHAUSTING, *CLOSING])
def test_on_close_is_called_once(watched: Any, how: str) -> None:
    calls: list[str] = []
    cursor = watched(["id", "name"], [(n, "x") for n in range(5)])
    result: CursorResult = CursorResult(
        None, cursor, Shapes(), on_close=lambda: calls.append("closed")
    )
    assert calls == []
    {**CLOSING, **EXHAUSTING}[how](result)
    assert calls == ["closed"]
    result.close()
    del result
    gc.collect()
    assert calls == ["closed"]


def test_on_close_is_called_when_an_unread_result_is_forgotten(query: Any) -> None:
    calls: list[str] = []
    result = query(on_close=lambda: calls.append("closed"))
    view = result.scalars()
    del result
    gc.collect()
    assert calls == []
    del view
    gc.collect()
    assert calls == ["closed"]


def test_on_close_may_be_set_later(query: Any) -> None:
    calls: list[str] = []
    result = query()
    result.on_close = lambda: calls.append("closed")
    assert calls == []
    result.all()
    assert calls == ["closed"]
    done = query()
    done.all()
    done.on_close = lambda: calls.append("at once")
    assert calls == ["closed", "at once"]


def test_on_close_is_called_for_a_statement_without_rows(query: Any) -> None:
    calls: list[str] = []
    query("delete from people", on_close=lambda: calls.append("closed"))
    assert calls == ["closed"]


# -- errors while fetching ------------------------------------------------------------------------


class Owner:
    """Deals with errors as an engine does: wraps them."""

    def __init__(self) -> None:
        self.met: list[tuple[BaseException, Any, Any]] = []

    def _fetch_failed(self, error: BaseException, cursor: Any, context: Any) -> NoReturn:
        self.met.append((error, cursor, context))
        raise dbapi_error(error, "select …") from error


@pytest.mark.parametrize("how", FETCHES)
def test_an_error_while_fetching_is_the_engines(watched: Any, how: str) -> None:
    owner, context = Owner(), object()
    cursor = watched(["id", "name"], [(1, "a"), (2, "b")], fail_at=0)
    result: CursorResult = CursorResult(owner, cursor, Shapes(), context=context)
    with pytest.raises(OperationalError, match="connection lost"):
        FETCHES[how](result)
    assert [(type(error), c, x) for error, c, x in owner.met] == [
        (sqlite3.OperationalError, cursor, context)
    ]


def test_a_closed_result_is_not_the_engines_business(watched: Any) -> None:
    owner = Owner()
    result: CursorResult = CursorResult(owner, watched(["id"], [(1,)]), Shapes())
    result.close()
    with pytest.raises(ResourceClosedError):
        result.all()
    assert owner.met == []


def test_a_users_error_in_the_loop_is_not_an_error_of_fetching(watched: Any) -> None:
    owner = Owner()
    result: CursorResult = CursorResult(owner, watched(["id"], [(1,)]), Shapes())
    rows: Any = iter(result)
    next(rows)
    with pytest.raises(ZeroDivisionError):
        rows.throw(ZeroDivisionError())
    assert owner.met == []


def test_a_cursor_that_does_not_close_is_logged(
    watched: Any, caplog: pytest.LogCaptureFixture
) -> None:
    cursor = watched(["id"], [(1,)])

    def broken() -> None:
        raise sqlite3.OperationalError("gone")

    cursor.close = broken
    with caplog.at_level(logging.ERROR, "toolkit.engine.result"):
        assert CursorResult(None, cursor, Shapes()).all() == [(1,)]
    assert "closing a cursor failed" in caplog.text
