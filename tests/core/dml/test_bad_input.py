"""What becomes of values that no database wants, and of rows that do not fit together."""

from __future__ import annotations

from typing import Any

import pytest

from toolkit import Connection, exc
from toolkit_core.expression.delete import delete
from toolkit_core.expression.insert import insert
from toolkit_core.expression.select import select
from toolkit_core.expression.update import update
from toolkit_core.schema import Column, MetaData, Table
from toolkit_core.types import BigInteger, Double, Integer, LargeBinary, String

measured = Table(
    "measured",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("word", String(50)),
    Column("number", BigInteger),
    Column("size", Double),
    Column("data", LargeBinary),
)


@pytest.fixture(autouse=True)
def _created(connection: Connection) -> None:
    measured.create(connection)


def stored(connection: Connection, name: str, value: Any) -> Any:
    result = connection.execute(insert(measured), {name: value})
    key = result.inserted_primary_key
    assert key is not None
    return connection.execute(select(measured.c[name]).where(measured.c.id == key.id)).scalar_one()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("word", ""),
        ("word", "\U0001f40d e\u0301"),
        ("number", 2**63 - 1),
        ("number", -(2**63)),
        ("size", 2.5e-300),
        ("data", b"\0\xff"),
        ("data", b""),
    ],
)
def test_what_goes_in_comes_back_everywhere(connection: Connection, name: str, value: Any) -> None:
    assert stored(connection, name, value) == value


@pytest.mark.backend("sqlite")
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("word", "a\0b"),
        ("word", "\0"),
        ("size", float("inf")),
        ("size", float("-inf")),
        ("size", 5e-324),
    ],
)
def test_what_goes_into_sqlite_comes_back(connection: Connection, name: str, value: Any) -> None:
    assert stored(connection, name, value) == value


@pytest.mark.backend("sqlite")
@pytest.mark.parametrize("many", [False, True])
@pytest.mark.parametrize(
    ("name", "value", "error"),
    [
        ("number", 2**63, OverflowError),
        ("number", -(2**63) - 1, OverflowError),
        ("word", "a\ud800", UnicodeEncodeError),
        # A ProgrammingError since Python 3.11.
        ("word", object(), (exc.ProgrammingError, exc.InterfaceError)),
    ],
)
def test_what_sqlite_cannot_keep_is_an_error_and_nothing_is_written(
    connection: Connection, name: str, value: Any, error: Any, many: bool
) -> None:
    given: Any = {name: value}
    with pytest.raises(error):
        connection.execute(insert(measured), [given, given] if many else given)
    assert connection.execute(select(measured)).all() == []


@pytest.mark.backend("sqlite")
def test_nan_is_warned_of_since_sqlite_keeps_null_for_it(connection: Connection) -> None:
    with pytest.warns(exc.SAWarning, match="(?i)nan"):
        assert stored(connection, "size", float("nan")) is None


def test_one_row_from_data_must_be_like_another(connection: Connection) -> None:
    with pytest.raises(exc.ArgumentError, match="row 1 has no word"):
        update(measured).from_rows([{"id": 1, "word": "a"}, {"id": 2}])
    with pytest.raises(exc.ArgumentError, match="row 1 has number, too"):
        update(measured).from_rows([{"id": 1}, {"id": 2, "number": 3}])
    with pytest.raises(exc.ArgumentError, match="Rows 0 and 2 are both for id=1"):
        update(measured).from_rows([{"id": 1}, {"id": 2}, {"id": 1}])
    with pytest.raises(exc.ArgumentError, match="finds rows by id, which they do not have"):
        update(measured).from_rows([{"word": "a"}])
    with pytest.raises(exc.CompileError, match="Unconsumed column names: wrod") as caught:
        update(measured).from_rows([{"id": 1, "wrod": "a"}])
    assert "did you mean 'word'?" in str(caught.value)
    with pytest.raises(exc.ArgumentError, match="at least one row"):
        delete(measured).from_rows([])
    with pytest.raises(exc.ArgumentError, match="row 0 is 5"):
        delete(measured).from_rows([5], by=["id"])  # type: ignore[list-item]
    with pytest.raises(exc.ArgumentError, match="in row 0 'word' is SQL"):
        update(measured).from_rows(_with_sql())
    with pytest.raises(exc.InvalidRequestError, match="goes by no rows"):
        _ = update(measured).given
    with pytest.raises(exc.InvalidRequestError, match="was called already"):
        update(measured).from_rows([{"id": 1}]).from_rows([{"id": 1}])


def _with_sql() -> list[dict[str, Any]]:
    return [{"id": 1, "word": measured.c.word}]


def test_values_of_rows_are_made_as_their_types_say(connection: Connection) -> None:
    connection.execute(insert(measured), [{"id": 1, "size": 1.0}, {"id": 2, "size": 2.0}])
    hostile = "'); drop table measured; --"
    rows: list[dict[str, Any]] = [
        {"id": 1, "word": hostile, "data": b"\0"},
        {"id": 2, "word": None, "data": b"x"},
    ]
    assert connection.execute(update(measured).from_rows(rows)).rowcount == 2
    found = connection.execute(select(measured.c.word, measured.c.data)).all()
    assert found == [(hostile, b"\0"), (None, b"x")]


@pytest.mark.backend("sqlite", "postgresql")
def test_defaults_of_an_update_are_made_for_each_row(connection: Connection) -> None:
    counted = iter(range(10, 99))
    dated = Table(
        "dated",
        MetaData(),
        Column("id", Integer, primary_key=True),
        Column("word", String(50)),
        Column("change", Integer, onupdate=lambda: next(counted)),
    )
    dated.create(connection)
    connection.execute(insert(dated), [{"id": n} for n in (1, 2, 3)])
    rows = [{"id": n, "word": f"w{n}"} for n in (1, 2)]
    statement = update(dated).from_rows(rows).returning(dated.c.id, dated.c.change)
    assert sorted(connection.execute(statement).all()) == [(1, 10), (2, 11)]
    assert connection.execute(select(dated.c.word).order_by(dated.c.id)).scalars().all() == [
        "w1",
        "w2",
        None,
    ]


def test_a_statement_by_rows_is_kept_for_any_number_of_rows(connection: Connection) -> None:
    connection.execute(insert(measured), [{"id": n, "number": n} for n in range(1, 6)])
    for count in (1, 2, 5):
        rows = [{"id": n, "number": n * count} for n in range(1, count + 1)]
        statement = update(measured).from_rows(rows)
        assert statement.structure() is update(measured).from_rows(rows[:1]).structure()
        assert connection.execute(statement).rowcount == count
    numbers = connection.execute(select(measured.c.number).order_by(measured.c.id)).scalars().all()
    assert numbers == [5, 10, 15, 20, 25]


def failing() -> int:
    raise ValueError("no number today")


def test_a_default_that_fails_names_the_statement(connection: Connection) -> None:
    made = Table(
        "failing_defaults",
        MetaData(),
        Column("id", Integer, primary_key=True),
        Column("n", Integer, default=failing, onupdate=failing),
    )
    made.create(connection)
    connection.commit()
    for statement, parameters in (
        (insert(made), {"id": 1}),
        (insert(made), [{"id": 1}, {"id": 2}]),
        (update(made).values(id=1), None),
    ):
        with pytest.raises(exc.StatementError, match="no number today") as caught:
            connection.execute(statement, parameters)
        assert isinstance(caught.value.orig, ValueError)
        assert "failing_defaults" in str(caught.value.statement)
    assert connection.scalar(select(made.c.n)) is None


def test_one_row_without_values_is_that_of_the_defaults(connection: Connection) -> None:
    made = Table("one_empty_row", MetaData(), Column("id", Integer, primary_key=True))
    made.create(connection)
    connection.execute(insert(made).values([{}]))
    assert connection.scalars(select(made.c.id)).all() == [1]


def test_what_is_no_table_is_not_written_into() -> None:
    people = Table("people", MetaData(), Column("id", Integer, primary_key=True))
    with pytest.raises(exc.ArgumentError, match="subject table"):
        update(select(people).subquery())
    with pytest.raises(exc.ArgumentError, match="subject table"):
        insert(people.lateral())


def test_a_source_stands_for_a_select_of_all_of_it() -> None:
    people = Table("people", MetaData(), Column("id", Integer, primary_key=True))
    others = Table("others", MetaData(), Column("id", Integer, primary_key=True))
    made = " ".join(str(insert(people).from_select(["id"], others)).split())
    assert made == "INSERT INTO people (id) SELECT others.id FROM others"
