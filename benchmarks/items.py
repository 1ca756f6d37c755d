"""The table that the select workloads share: six plain columns."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

CREATE = """
create table item (
    id integer primary key, name text not null, city text not null,
    age integer not null, score float not null, note text
)
"""
COLUMNS = ("id", "name", "city", "age", "score", "note")


def item_rows(count: int) -> Iterator[tuple[int, str, str, int, float, str | None]]:
    """Rows with keys from 1 on; every third note is NULL."""
    for key in range(1, count + 1):
        note = None if key % 3 == 0 else f"note of {key}"
        yield key, f"name {key}", f"city {key % 100}", key % 90, key / 2, note


def write_items(data: Path, count: int) -> None:
    """Create the file with so many rows."""
    with closing(sqlite3.connect(data)) as connection, connection:
        connection.execute(CREATE)
        connection.executemany("insert into item values (?, ?, ?, ?, ?, ?)", item_rows(count))
