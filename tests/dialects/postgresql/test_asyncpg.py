"""asyncpg: what it sees is what psycopg sees, and its errors are those of PEP 249."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from tests.containers.backend import Backend
from toolkit import URL, Connection, exc, inspect, make_url, text
from toolkit.dialects.postgresql.asyncpg import dialect
from toolkit.exc import DBAPIError, OperationalError
from toolkit.ext.asyncio import create_async_engine

pytestmark = pytest.mark.backend("postgresql-18-psycopg")

SCHEMA = """
create schema seen
create table seen.parent (id integer generated always as identity primary key, name varchar(20)
    collate "C" not null unique, kind text check (kind <> ''))
create type seen.mood as enum ('sad', 'happy')
create domain seen.small as integer check (value < 10)
create table seen.child (a integer, b numeric(10, 2) default 5, m seen.mood, s seen.small,
    t timestamp with time zone, j jsonb, parent integer references seen.parent (id)
    on delete cascade, primary key (a, b), x integer[] , y bit(3))
create index child_t on seen.child using btree (t desc nulls last) include (j) where a > 5
comment on table seen.child is 'a child'
create view seen.both as select a, name from seen.child join seen.parent on parent = id
create materialized view seen.kept as select 1 as one
create sequence seen.numbers start 5
"""
QUESTIONS = (
    "columns",
    "pk_constraint",
    "foreign_keys",
    "unique_constraints",
    "check_constraints",
    "indexes",
    "table_comment",
)


def everything(connection: Connection) -> dict[str, Any]:
    """All that an inspector tells of the schema."""
    found = inspect(connection)
    told: dict[str, Any] = {
        name: str(sorted(getattr(found, f"get_multi_{name}")(schema="seen").items(), key=str))
        for name in QUESTIONS
    }
    told["tables"] = sorted(found.get_table_names("seen"))
    told["views"] = sorted(found.get_view_names("seen"))
    told["materialized"] = found.get_materialized_view_names("seen")
    told["sequences"] = found.get_sequence_names("seen")
    told["has"] = [found.has_table("child", "seen"), found.has_table("nobody", "seen")]
    told["has index"] = found.has_index("child", "child_t", "seen")
    told["has sequence"] = found.has_sequence("numbers", "seen")
    return told


def address(backend: Backend, driver: str) -> URL:
    return make_url(backend.url).set(drivername=f"postgresql+{driver}")


async def seen_by(backend: Backend, driver: str) -> dict[str, Any]:
    engine = create_async_engine(address(backend, driver))
    try:
        async with engine.connect() as connection:
            for statement in SCHEMA.replace("\n    ", " ").strip().splitlines():
                await connection.execute(text(statement))
            return await connection.run_sync(everything)
    finally:
        await engine.dispose()


def test_an_inspector_tells_the_same_through_each_driver(backend: Backend) -> None:
    by_asyncpg = asyncio.run(seen_by(backend, "asyncpg"))
    assert by_asyncpg == asyncio.run(seen_by(backend, "psycopg"))
    assert by_asyncpg["tables"] == ["child", "parent"]
    assert by_asyncpg["has"] == [True, False]


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("select 1 / 0", "DataError"),
        ("select nope", "ProgrammingError"),
        ("insert into pg_class (oid) values (null)", "IntegrityError"),
        ("select 1::integer = 'x'::text", "ProgrammingError"),
        ("do $$ begin raise unique_violation; end $$", "IntegrityError"),
        ("do $$ begin raise serialization_failure; end $$", "OperationalError"),
        ("do $$ begin raise feature_not_supported; end $$", "NotSupportedError"),
        ("do $$ begin raise 'mine'; end $$", "ProgrammingError"),
    ],
)
def test_errors_are_of_the_classes_that_psycopg_s_are(
    statement: str, expected: str, backend: Backend
) -> None:
    async def raised(driver: str) -> tuple[type, Any, bool]:
        engine = create_async_engine(address(backend, driver))
        try:
            async with engine.connect() as connection:
                with pytest.raises(DBAPIError) as caught:
                    await connection.execute(text(statement))
                assert caught.value.orig is not None
                error: Any = caught.value
                assert isinstance(error, getattr(exc, expected))
                return type(error), error.orig.sqlstate, error.retryable
        finally:
            await engine.dispose()

    assert asyncio.run(raised("asyncpg")) == asyncio.run(raised("psycopg"))


def test_a_refused_password_is_an_operational_error(backend: Backend) -> None:
    async def main() -> None:
        wrong = address(backend, "asyncpg").set(password="wrong")
        engine = create_async_engine(wrong)
        with pytest.raises(OperationalError) as caught:
            _ = await engine.connect()
        assert "wrong" not in str(caught.value).replace("went wrong", "")

    asyncio.run(main())


def test_a_function_names_the_statements_that_are_prepared(backend: Backend) -> None:
    names: list[str] = []

    def name() -> str:
        names.append(f"mine_{len(names)}")
        return names[-1]

    async def main() -> Any:
        engine = create_async_engine(
            address(backend, "asyncpg"),
            connect_args={"prepared_statement_name_func": name, "statement_cache_size": 0},
        )
        async with engine.connect() as connection:
            found = await connection.scalars(text("select name from pg_prepared_statements"))
            told = found.all()
        await engine.dispose()
        return told

    assert set(asyncio.run(main())) <= set(names)
    assert names


@pytest.mark.backend("sqlite")
def test_the_dialect_compiles_without_a_connection(backend: Backend) -> None:
    statement = text("select :a").bindparams(a=5)
    assert str(statement.compile(dialect=dialect())) == "select $1::INTEGER"
