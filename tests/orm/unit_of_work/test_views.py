"""Classes mapped to views: triggers write what a flush writes into them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.containers.backend import Backend
from toolkit import (
    Column,
    Engine,
    Integer,
    MetaData,
    Select,
    String,
    Table,
    create_engine,
    exc,
    func,
    select,
    text,
)
from toolkit.orm import Session, registry
from toolkit.schema import CreateView

pytestmark = pytest.mark.backend("postgresql-18-psycopg2", "postgresql-18-psycopg")

TRIGGER = """
create or replace function write_grouped() returns trigger language plpgsql as $$
begin
    update grouped_rows set name = new.name where id = old.id;
    return new;
end $$
"""
DROPPED = (
    "view if exists grouped_view",
    "table if exists grouped_rows",
    "function if exists write_grouped()",
)


@pytest.fixture
def engine(backend: Backend) -> Iterator[Engine]:
    engine = create_engine(backend.url)
    with engine.begin() as connection:
        for what in DROPPED:
            connection.execute(text(f"drop {what} cascade"))
        connection.execute(text("create table grouped_rows (id int primary key, name varchar(9))"))
        connection.execute(
            text("insert into grouped_rows select n, 'old' from generate_series(1, 20) n")
        )
        # Its rows are made of several, as the server sees it: none of them can be locked.
        connection.execute(
            text("create view grouped_view as select id, name from grouped_rows group by id")
        )
        connection.execute(text(TRIGGER))
        connection.execute(
            text(
                "create trigger written instead of update on grouped_view for each row "
                "execute function write_grouped()"
            )
        )
    yield engine
    with engine.begin() as connection:
        for what in DROPPED:
            connection.execute(text(f"drop {what} cascade"))
    engine.dispose()


def mapped(table: Any, **options: Any) -> Any:
    """Return a class that is mapped to what may be a view."""
    cls = type("Seen", (), {})
    registry().map_imperatively(cls, table, **options)
    return cls


def columns() -> list[Column[Any]]:
    return [Column("id", Integer, primary_key=True), Column("name", String(9))]


def rename_all(engine: Engine, cls: Any) -> int:
    with Session(engine) as session:
        for one in session.scalars(select(cls).order_by(cls.id)):
            one.name = "new"
        session.commit()
        changed: Select[Any] = select(func.count()).where(text("name = 'new'"))
        return int(session.scalar(changed.select_from(text("grouped_rows"))) or 0)


def test_rows_of_a_view_that_is_known_as_one_are_written_one_by_one(engine: Engine) -> None:
    rows = Table("grouped_rows", MetaData(), *columns())
    view = CreateView(select(rows).group_by(rows.c.id), "grouped_view").table
    assert rename_all(engine, mapped(view, primary_key=[view.c.id])) == 20


def test_rows_of_a_view_that_looks_like_a_table_are_refused_with_the_cure(engine: Engine) -> None:
    with pytest.raises(exc.NotSupportedError, match="FOR NO KEY UPDATE") as caught:
        rename_all(engine, mapped(Table("grouped_view", MetaData(), *columns())))
    assert "batch" in str(caught.value.hint)


def test_without_batches_they_are_written_one_by_one(engine: Engine) -> None:
    cls = mapped(Table("grouped_view", MetaData(), *columns()), batch=False)
    assert rename_all(engine, cls) == 20
