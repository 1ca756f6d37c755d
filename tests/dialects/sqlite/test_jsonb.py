"""JSON in SQLite's binary form: from 3.45 on SQLite has the functions that this needs."""

from __future__ import annotations

import sqlite3
from typing import Any

import pytest

from toolkit import Column, MetaData, Table, create_engine, insert, select, update
from toolkit.dialects import sqlite
from toolkit.exc import OperationalError
from toolkit.schema import CreateTable

NOTES = Table("notes", MetaData(), Column("data", sqlite.JSONB))

CASES: dict[str, tuple[Any, str]] = {
    "table": (CreateTable(NOTES), "CREATE TABLE notes ( data JSONB )"),
    "read": (select(NOTES.c.data), "SELECT json(notes.data) AS data FROM notes"),
    "look into": (
        select(NOTES.c.data["a"]),
        "SELECT json(JSON_QUOTE(JSON_EXTRACT(notes.data, ?))) AS anon_1 FROM notes",
    ),
    "insert": (insert(NOTES).values(data={}), "INSERT INTO notes (data) VALUES (jsonb(?))"),
    "update": (update(NOTES).values(data=[1]), "UPDATE notes SET data=jsonb(?)"),
}


@pytest.mark.parametrize("name", CASES)
def test_sqlite_makes_the_binary_form_and_text_of_it(name: str) -> None:
    statement, expected = CASES[name]
    assert " ".join(str(statement.compile(dialect=sqlite.dialect())).split()) == expected


def test_what_goes_in_comes_back_where_sqlite_has_it() -> None:
    value = {"a": [1, 2.5, None, True], "ö": "x"}
    with create_engine("sqlite://").connect() as connection:
        connection.execute(CreateTable(NOTES))
        if sqlite3.sqlite_version_info < (3, 45):
            with pytest.raises(OperationalError, match="no such function: jsonb"):
                connection.execute(insert(NOTES).values(data=value))
            return
        connection.execute(insert(NOTES).values(data=value))
        assert connection.scalar(select(NOTES.c.data)) == value
        assert connection.scalar(select(NOTES.c.data["a"])) == value["a"]
