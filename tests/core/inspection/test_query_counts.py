"""However many tables there are, they are read with the same number of queries."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.containers.backend import Backend
from toolkit_core.engine import Connection, create_engine
from toolkit_core.events import listen, remove
from toolkit_core.inspectable import inspect
from toolkit_core.schema import Column, ForeignKey, Index, MetaData, Table, UniqueConstraint
from toolkit_core.types import Integer, String

KINDS = (
    "columns",
    "pk_constraint",
    "foreign_keys",
    "unique_constraints",
    "check_constraints",
    "indexes",
    "table_options",
)


@pytest.fixture
def connection(backend: Backend) -> Iterator[Connection]:
    """A connection to a database with a chain of twenty tables, which are gone afterwards."""
    engine = create_engine(backend.url)
    metadata = MetaData()
    for number in range(20):
        before = f"counted_{number - 1:02}.id" if number else "counted_00.id"
        table = Table(
            f"counted_{number:02}",
            metadata,
            Column("id", Integer, primary_key=True),
            Column("name", String(20), nullable=False),
            Column("before", Integer, ForeignKey(before, name=f"fk_counted_{number}")),
            UniqueConstraint("name", name=f"uq_counted_{number}"),
        )
        Index(f"ix_counted_{number}", table.c.before, table.c.name)
    with engine.connect() as connection:
        metadata.create_all(connection)
        connection.commit()
        try:
            yield connection
        finally:
            connection.rollback()
            metadata.drop_all(connection)
            connection.commit()
    engine.dispose()


def queries_of(connection: Connection, work: Callable[[], Any]) -> int:
    """How many statements something sends."""
    sent: list[str] = []

    def note(conn: Any, cursor: Any, statement: str, *rest: Any) -> None:
        sent.append(statement)

    listen(connection, "before_cursor_execute", note)
    try:
        work()
    finally:
        remove(connection, "before_cursor_execute", note)
    return len(sent)


def names_of(count: int) -> list[str]:
    return [f"counted_{number:02}" for number in range(count)]


def test_each_question_is_one_query_or_two_for_any_number_of_tables(
    connection: Connection,
) -> None:
    for kind in KINDS:
        counts = set()
        for count in (2, 20):
            inspector = inspect(connection)
            ask = getattr(inspector, f"get_multi_{kind}")
            counts.add(queries_of(connection, lambda: ask(filter_names=names_of(count))))  # noqa: B023 - called at once
        assert len(counts) == 1, (kind, counts)
        # One lists the tables, one answers; columns may need the enums and domains there are.
        assert counts <= {1, 2, 3, 4}, (kind, counts)


def test_tables_are_made_with_a_number_of_queries_that_does_not_grow(
    connection: Connection,
) -> None:
    counts = set()
    for count in (2, 20):
        metadata = MetaData()
        names = names_of(count)
        counts.add(queries_of(connection, lambda: metadata.reflect(connection, only=names)))  # noqa: B023 - called at once
        assert sorted(metadata.tables) == names
    assert len(counts) == 1, counts
    assert counts.pop() <= 12


def test_a_single_table_needs_no_more_than_many(connection: Connection) -> None:
    inspector = inspect(connection)
    assert queries_of(connection, lambda: inspector.get_columns("counted_05")) <= 2
    assert queries_of(connection, lambda: inspector.get_columns("counted_05")) == 0
    assert queries_of(connection, lambda: inspector.get_columns("counted_06")) == 1


def test_what_was_read_for_many_is_not_asked_again_for_one(connection: Connection) -> None:
    inspector = inspect(connection)
    inspector.get_multi_columns()
    assert queries_of(connection, lambda: inspector.get_columns("counted_05")) == 0
