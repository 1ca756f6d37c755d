"""The matrix itself: every server answers through every driver, as claimed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.containers import drivers
from tests.containers.backend import Backend


@pytest.fixture
def connection(backend: Backend) -> Iterator[Any]:
    connection = backend.connect()
    yield connection
    connection.close()


@pytest.fixture
def table(backend: Backend, connection: Any) -> Iterator[str]:
    """A table, committed; dropped afterwards by a connection that nothing can have spoilt."""
    run(connection, "create table matrix_row (number integer not null)")
    connection.commit()
    yield "matrix_row"
    connection.rollback()
    run(connection, "drop table matrix_row")
    connection.commit()


def run(connection: Any, statement: str) -> None:
    cursor = connection.cursor()
    cursor.execute(statement)
    cursor.close()


def test_the_server_answers(connection: Any) -> None:
    assert drivers.query(connection, "select 1") == 1


def test_the_server_is_the_version_that_the_test_name_claims(
    backend: Backend, connection: Any
) -> None:
    claimed = backend.server.definition.version.split(".")
    actual = drivers.server_version(backend.dialect, connection)
    assert actual == backend.version
    assert claimed in ([""], actual.split(".")[: len(claimed)])


def test_rollback_leaves_nothing(connection: Any, table: str) -> None:
    run(connection, f"insert into {table} values (1)")
    connection.commit()
    run(connection, f"insert into {table} values (2)")
    connection.rollback()
    assert drivers.query(connection, f"select sum(number) from {table}") == 1


def test_another_connection_sees_what_was_committed(
    backend: Backend, connection: Any, table: str
) -> None:
    run(connection, f"insert into {table} values (7)")
    connection.commit()
    other = backend.connect()
    assert drivers.query(other, f"select number from {table}") == 7
    other.close()


def test_the_database_is_this_workers_own(
    backend: Backend, connection: Any, worker_id: str
) -> None:
    # Without xdist its fixture says "master".
    worker = worker_id.replace("master", "main")
    if backend.dialect == "sqlite":
        name = drivers.query(connection, "select file from pragma_database_list")
        assert name.endswith(f"{worker}.sqlite")
        return
    function = "current_database()" if backend.dialect == "postgresql" else "database()"
    name = drivers.query(connection, f"select {function}")
    assert name.startswith("toolkit_")
    assert name.endswith(f"_{worker}")


def test_the_url_names_dialect_and_driver(backend: Backend) -> None:
    url_name = drivers.DRIVERS[backend.driver].url_name
    assert backend.url.startswith(f"{backend.dialect}+{url_name}://")
    assert backend.url.endswith(backend.address.database)


def test_text_beyond_the_basic_plane_survives(connection: Any) -> None:
    assert drivers.query(connection, "select '\N{PARTY POPPER} ß 漢'") == "\N{PARTY POPPER} ß 漢"


@pytest.fixture
def our_own(backend: Backend, connection: Any) -> Any:
    """A connection to a server that we have configured."""
    if not backend.server.has_container:
        pytest.skip("a server given by URL is configured by whoever runs it")
    return connection


@pytest.mark.backend("postgresql")
def test_postgresql_can_prepare_transactions(our_own: Any) -> None:
    assert int(drivers.query(our_own, "show max_prepared_transactions")) > 0


@pytest.mark.backend("mysql", "mariadb")
def test_load_data_local_is_allowed(our_own: Any) -> None:
    assert drivers.query(our_own, "select @@local_infile") == 1
