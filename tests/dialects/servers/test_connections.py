"""What a driver's glue promises of connections, the same on every server."""

from __future__ import annotations

import pytest

from tests.containers.backend import Backend
from toolkit import Engine, NullPool, create_engine, exc, text
from toolkit_mysql.compiler import mysql_on_mariadb

pytestmark = pytest.mark.backend("postgresql", "mysql", "mariadb")


def test_the_server_is_known(engine: Engine, backend: Backend) -> None:
    with engine.connect() as connection:
        version = connection.dialect.server_version_info
        assert version is not None
        assert ".".join(map(str, version)).startswith(backend.version.rstrip("abcdef"))
        schema = connection.dialect.default_schema_name
        expected = "public" if backend.dialect == "postgresql" else engine.url.database
        assert schema == expected


def test_percent_signs_are_what_they_are(engine: Engine) -> None:
    with engine.connect() as connection:
        assert connection.execute(text("select '100%'")).scalar() == "100%"
        row = connection.execute(text("select '5%d', :x, 7 % 4"), {"x": "%s"}).one()
        assert tuple(row) == ("5%d", "%s", 3)
        assert connection.exec_driver_sql("select 7 %% 4, %s", ("%",)).one() == (3, "%")


def test_a_value_may_be_any_text(engine: Engine) -> None:
    values = ["", "'", '"', "\\", "%", ":x", "\N{GRINNING FACE}", "a\nb\tc", "--", "/*"]
    with engine.connect() as connection:
        for value in values:
            query = text("select coalesce(:v, '')")
            assert connection.execute(query, {"v": value}).scalar() == value


def test_rows_are_counted_when_they_are_found(engine: Engine) -> None:
    with engine.begin() as connection:
        assert connection.execute(text("update thing set y = y")).rowcount == 3
        assert connection.execute(text("delete from thing where id > 1")).rowcount == 2


@pytest.mark.parametrize("level", ["READ COMMITTED", "REPEATABLE READ", "SERIALIZABLE"])
def test_an_isolation_level_is_set_told_and_given_back(engine: Engine, level: str) -> None:
    with engine.connect() as connection:
        default = connection.get_isolation_level()
        assert default == connection.default_isolation_level
    with engine.connect().execution_options(isolation_level=level) as connection:
        assert connection.get_isolation_level() == level
        assert not connection.in_transaction()
    with engine.connect() as connection:
        assert connection.get_isolation_level() == default


def test_an_engine_may_have_an_isolation_level(backend: Backend) -> None:
    engine = create_engine(backend.url, isolation_level="SERIALIZABLE")
    with engine.connect() as connection:
        assert connection.get_isolation_level() == "SERIALIZABLE"
    with engine.connect().execution_options(isolation_level="READ COMMITTED") as connection:
        assert connection.get_isolation_level() == "READ COMMITTED"
    with engine.connect() as connection:
        assert connection.get_isolation_level() == "SERIALIZABLE"
    engine.dispose()


def test_autocommit_commits_each_statement_and_is_given_back(engine: Engine) -> None:
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("update thing set y = 10 where id = 1"))
        connection.rollback()
        connection.execute(text("update thing set y = 20 where id = 2"))
    with engine.connect() as connection:
        connection.execute(text("update thing set y = 30 where id = 3"))
        connection.rollback()
        found = connection.execute(text("select y from thing order by id")).scalars().all()
    assert found == [10, 20, 3]


def test_savepoints_undo_what_is_in_them(engine: Engine) -> None:
    with engine.begin() as connection:
        with pytest.raises(exc.IntegrityError), connection.begin_nested():
            connection.execute(text("insert into thing values (1, 1, 1)"))
        with connection.begin_nested():
            connection.execute(text("insert into thing values (4, 4, 4)"))
    with engine.connect() as connection:
        assert connection.execute(text("select count(*) from thing")).scalar() == 4


def test_a_ping_leaves_no_transaction_open(backend: Backend) -> None:
    engine = create_engine(backend.url, pool_pre_ping=True, pool_size=1)
    engine.connect().close()
    with engine.connect() as connection:
        # Setting this inside of a transaction is an error.
        connection.execution_options(isolation_level="SERIALIZABLE")
        assert connection.execute(text("select 1")).scalar() == 1
    engine.dispose()


# -- two phases -----------------------------------------------------------------------------


def _ids(engine: Engine) -> list[int]:
    with engine.connect() as connection:
        return list(connection.execute(text("select id from thing order by id")).scalars())


def test_two_phases_commit_and_roll_back(engine: Engine) -> None:
    with engine.connect() as connection:
        with connection.begin_twophase() as transaction:
            connection.execute(text("insert into thing values (4, 4, 4)"))
            transaction.prepare()
        with connection.begin_twophase():
            connection.execute(text("insert into thing values (5, 5, 5)"))
        for prepared in (True, False):
            transaction = connection.begin_twophase()
            connection.execute(text("insert into thing values (6, 6, 6)"))
            if prepared:
                transaction.prepare()
            transaction.rollback()
    assert _ids(engine) == [1, 2, 3, 4, 5]


def test_what_was_left_prepared_is_found_and_ended_by_another(engine: Engine) -> None:
    names = {"commit": f"{engine.url.database}_c", "rollback": f"{engine.url.database}_r"}
    for number, name in enumerate(names.values(), start=7):
        with engine.connect() as connection:
            transaction = connection.begin_twophase(name)
            connection.execute(text("insert into thing values (:n, :n, :n)"), {"n": number})
            transaction.prepare()
            connection.invalidate()
    with engine.connect() as connection:
        assert set(names.values()) <= set(connection.recover_twophase())
        connection.commit_prepared(names["commit"])
        connection.rollback_prepared(names["rollback"])
        assert not set(names.values()) & set(connection.recover_twophase())
    assert _ids(engine) == [1, 2, 3, 7]


def test_what_is_not_prepared_cannot_be_committed(engine: Engine) -> None:
    with engine.connect() as connection:
        with pytest.raises(exc.DBAPIError):
            connection.commit_prepared("no such transaction")
        connection.rollback()
        connection.execute(text("select 1"))
        with pytest.raises(exc.InvalidRequestError, match="inside of another"):
            connection.commit_prepared("no such transaction")


# -- PostgreSQL alone -------------------------------------------------------------------------


@pytest.mark.backend("postgresql")
def test_a_transaction_may_only_read_and_be_deferred(engine: Engine) -> None:
    shown = text(
        "select current_setting('transaction_read_only'), "
        "current_setting('transaction_deferrable'), current_setting('transaction_isolation')"
    )
    options = {"postgresql_readonly": True, "postgresql_deferrable": True}
    with engine.connect().execution_options(isolation_level="SERIALIZABLE", **options) as one:
        assert tuple(one.execute(shown).one()) == ("on", "on", "serializable")
        with pytest.raises(exc.InvalidRequestError, match="postgresql_readonly may not be altered"):
            one.execution_options(postgresql_readonly=False)
        with pytest.raises(exc.DBAPIError, match="read-only transaction"):
            one.execute(text("delete from thing"))
    with engine.connect() as one:
        assert tuple(one.execute(shown).one()) == ("off", "off", "read committed")
    with engine.execution_options(postgresql_readonly=True).connect() as one:
        assert one.execute(shown).one()[0] == "on"


@pytest.mark.backend("postgresql")
def test_json_and_uuid_are_read_without_a_type(backend: Backend) -> None:
    query = text("select '{\"a\": [1]}'::json, '[2]'::jsonb")
    engine = create_engine(backend.url, poolclass=NullPool)
    with engine.connect() as connection:
        assert tuple(connection.execute(query).one()) == ({"a": [1]}, [2])
        made = connection.execute(text("select gen_random_uuid()")).scalar()
        assert type(made).__name__ == "UUID"
    engine = create_engine(backend.url, poolclass=NullPool, json_deserializer=lambda s: ("read", s))
    with engine.connect() as connection:
        assert tuple(connection.execute(query).one()) == (("read", '{"a": [1]}'), ("read", "[2]"))


# -- MySQL and MariaDB ------------------------------------------------------------------------


@pytest.mark.backend("mariadb")
def test_mysql_finds_out_that_it_speaks_to_mariadb(backend: Backend) -> None:
    engine = create_engine(backend.url.replace("mariadb", "mysql", 1), poolclass=NullPool)
    assert not engine.dialect.is_mariadb  # type: ignore[attr-defined]
    with engine.connect() as connection:
        dialect = connection.dialect
        assert dialect.name == "mysql"
        assert dialect.is_mariadb  # type: ignore[attr-defined]
        # MariaDB's rules, under the name that hints for MySQL are given by.
        assert dialect.rules is mysql_on_mariadb
        assert dialect.capabilities.returning


@pytest.mark.backend("mysql")
def test_mariadb_refuses_mysql(backend: Backend) -> None:
    engine = create_engine(backend.url.replace("mysql", "mariadb", 1), poolclass=NullPool)
    with pytest.raises(exc.InvalidRequestError, match="is not a MariaDB variant"):
        engine.connect()


@pytest.mark.backend("mysql", "mariadb")
def test_quotes_and_backslashes_follow_the_servers_mode(backend: Backend) -> None:
    url = backend.url
    plain = create_engine(url, poolclass=NullPool)
    mode = "set @@session.sql_mode = 'ANSI_QUOTES,NO_BACKSLASH_ESCAPES'"
    strict = create_engine(url, poolclass=NullPool, connect_args={"init_command": mode})
    with plain.connect() as connection:
        assert connection.dialect.style.quoted("A b") == "`A b`"
        assert connection.dialect.style.backslash_escapes
    with strict.connect() as connection:
        assert connection.dialect.style.quoted("A b") == '"A b"'
        assert not connection.dialect.style.backslash_escapes
