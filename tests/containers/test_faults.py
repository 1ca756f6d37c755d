"""A server of one's own can be hurt without hurting anybody else's test."""

from __future__ import annotations

import pytest

from tests.containers import drivers, launch
from tests.containers.backend import Backend


@pytest.mark.backend("postgresql-18-psycopg2", "mariadb-11.8-pymysql")
def test_own_server_can_be_killed_and_comes_back_with_its_data(own_backend: Backend) -> None:
    connection = own_backend.connect()
    cursor = connection.cursor()
    cursor.execute("create table kept (number integer not null)")
    cursor.execute("insert into kept values (5)")
    connection.commit()
    with own_backend.server.container() as container:
        container.kill()
        with pytest.raises(Exception, match=r"(?i)closed|lost|gone"):
            cursor.execute("select 1")
        container.start()
        connection = launch.connect_patiently(own_backend.driver, own_backend.address)
    assert drivers.query(connection, "select number from kept") == 5
    connection.close()


@pytest.mark.backend("postgresql-18-psycopg")
def test_own_server_can_be_cut_off_and_joined_again(own_backend: Backend) -> None:
    connection = own_backend.connect()
    with own_backend.server.cut_off():
        with pytest.raises(Exception, match="closed"):
            drivers.query(connection, "select 1")
        with pytest.raises(Exception, match="refused"):
            own_backend.connect()
    connection = launch.connect_patiently(own_backend.driver, own_backend.address)
    assert drivers.query(connection, "select 1") == 1
    connection.close()


@pytest.mark.backend("mysql-9-pymysql")
def test_own_server_can_be_paused(own_backend: Backend) -> None:
    connection = own_backend.connect()
    with own_backend.server.container() as container:
        container.pause()
        connection._read_timeout = 0.2
        with pytest.raises(Exception, match="timed out"):
            drivers.query(connection, "select 1")
        container.unpause()
    connection = own_backend.connect()
    assert drivers.query(connection, "select 1") == 1
    connection.close()
