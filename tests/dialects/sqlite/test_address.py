"""SQLite's URLs: which file or memory, which arguments, which pool.

What SQLAlchemy 2.1.9 was observed to do, but that a wrong use is told of.
"""

from __future__ import annotations

import sys
import warnings
from pathlib import Path
from typing import Any

import pytest

from toolkit import (
    URL,
    NullPool,
    Pool,
    QueuePool,
    SingletonThreadPool,
    create_engine,
    exc,
    make_url,
    text,
)


def arguments(url: str | URL) -> tuple[list[Any], dict[str, Any]]:
    parsed = make_url(url)
    args, kwargs = parsed.get_dialect().glue.connect_arguments(parsed)
    return list(args), kwargs


HERE = str(Path.cwd())


@pytest.mark.parametrize(
    ("url", "filename", "pool"),
    [
        ("sqlite://", ":memory:", SingletonThreadPool),
        ("sqlite:///:memory:", ":memory:", SingletonThreadPool),
        ("sqlite:///", ":memory:", SingletonThreadPool),
        ("sqlite:///a.db", f"{HERE}/a.db", QueuePool),
        ("sqlite:///sub/a.db", f"{HERE}/sub/a.db", QueuePool),
        ("sqlite:////tmp/a.db", "/tmp/a.db", QueuePool),
        ("sqlite+pysqlite:////tmp/a%20b.db", "/tmp/a b.db", QueuePool),
        ("sqlite:///file:a.db", f"{HERE}/file:a.db", QueuePool),
        ("sqlite:///file:a.db?uri=true", "file:a.db", QueuePool),
        ("sqlite:///file:a.db?mode=ro&nolock=1&uri=true", "file:a.db?mode=ro&nolock=1", QueuePool),
        ("sqlite:///file::memory:?uri=true", "file::memory:", SingletonThreadPool),
        (
            "sqlite:///file::memory:?cache=shared&uri=true",
            "file::memory:?cache=shared",
            QueuePool,
        ),
        ("sqlite:///:memory:?uri=true", ":memory:", SingletonThreadPool),
        ("sqlite:///file:a.db?uri=false", f"{HERE}/file:a.db", QueuePool),
    ],
)
def test_what_a_url_names_and_the_pool_that_suits_it(
    url: str, filename: str, pool: type[Pool]
) -> None:
    args, kwargs = arguments(url)
    assert args == [filename]
    assert ("uri" in kwargs) == ("uri=true" in url)
    assert kwargs["check_same_thread"] is (pool is SingletonThreadPool)
    assert type(create_engine(url).pool) is pool


def test_arguments_of_the_driver_stand_in_the_query() -> None:
    url = (
        "sqlite:///file:a.db?check_same_thread=true&timeout=10&mode=ro&nolock=1&uri=true"
        "&detect_types=1&cached_statements=9&isolation_level=IMMEDIATE"
    )
    args, kwargs = arguments(url)
    assert args == ["file:a.db?mode=ro&nolock=1"]
    assert kwargs == {
        "check_same_thread": True,
        "timeout": 10.0,
        "detect_types": 1,
        "cached_statements": 9,
        "isolation_level": "IMMEDIATE",
        "uri": True,
    }


def test_values_for_sqlite_are_escaped_as_it_reads_them() -> None:
    url = URL.create("sqlite", database="file:a.db", query={"uri": "true", "vfs": "a&b=c d"})
    assert arguments(url)[0] == ["file:a.db?vfs=a%26b%3Dc%20d"]


def test_a_uri_may_bring_its_own_query() -> None:
    url = URL.create(
        "sqlite", database="file:m?mode=memory", query={"uri": "true", "cache": "shared"}
    )
    assert arguments(url)[0] == ["file:m?mode=memory&cache=shared"]


@pytest.mark.parametrize("query", ["mode=ro", "mode=memory", "cache=shared", "nonsense=1"])
def test_what_is_ignored_without_uri_is_warned_of(query: str) -> None:
    with pytest.warns(exc.SAWarning, match=f"'{query.partition('=')[0]}' are not acc") as caught:
        engine = create_engine(f"sqlite:///a.db?{query}")
    assert "'uri=true'" in str(caught[0].message)
    assert "toolkit error squa" in str(caught[0].message)
    assert caught[0].filename == __file__
    assert type(engine.pool) is QueuePool, "it is a file, whatever was ignored"


def test_named_memory_shares_one_database_among_connections() -> None:
    url = "sqlite:///file:shared_by_test?mode=memory&cache=shared&uri=true"
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        engine = create_engine(url, poolclass=QueuePool, connect_args={"check_same_thread": False})
    with engine.connect() as one, engine.connect() as two:
        one.execute(text("create table t (x integer)"))
        one.execute(text("insert into t values (7)"))
        one.commit()
        assert two.execute(text("select x from t")).scalar() == 7
    engine.dispose()


def test_the_pool_of_named_memory_is_to_be_chosen() -> None:
    url = "sqlite:///file:m?mode=memory&uri=true"
    with pytest.warns(exc.SADeprecationWarning, match="'mode=memory'.*poolclass") as caught:
        engine = create_engine(url)
    assert caught[0].filename == __file__
    assert type(engine.pool) is SingletonThreadPool
    assert type(create_engine(url, poolclass=NullPool).pool) is NullPool


@pytest.mark.parametrize(
    ("url", "right"),
    [
        ("sqlite://file.db", "sqlite:///file.db"),
        ("sqlite://data/file.db", "sqlite:///data/file.db"),
        ("sqlite://user:secret@host/file.db", "sqlite:///host/file.db"),
    ],
)
def test_two_slashes_are_refused_with_the_right_spelling(url: str, right: str) -> None:
    with pytest.raises(exc.ArgumentError, match="Invalid SQLite URL: ") as caught:
        create_engine(url)
    message = str(caught.value)
    assert f"Try: three slashes before a relative path: {right}" in message
    assert " sqlite:////absolute/path/to/file.db" in message
    assert "secret" not in message


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("timeout=soon", "'timeout' in the SQLite URL must be a number of seconds, not 'soon'"),
        ("check_same_thread=perhaps", "'check_same_thread' .* must be true or false"),
        ("detect_types=all", "'detect_types' .* must be a whole number"),
        ("uri=maybe", "'uri' .* must be true or false"),
        ("timeout=1&timeout=2", "'timeout' stands more than once"),
        ("mode=ro&uri=true", "only after 'file:': sqlite:///file:a.db"),
    ],
)
def test_arguments_that_mean_nothing_are_refused(query: str, message: str) -> None:
    with pytest.raises(exc.ArgumentError, match=message):
        create_engine(f"sqlite:///a.db?{query}")


@pytest.mark.skipif(sys.version_info < (3, 12), reason="the standard library's own limit")
def test_autocommit_may_stand_in_the_url(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path}/x.db?autocommit=false")
    with engine.connect() as connection:
        assert connection.connection.dbapi_connection.autocommit is False
    engine.dispose()


def test_a_read_only_uri_cannot_be_written(tmp_path: Path) -> None:
    create_engine(f"sqlite:///{tmp_path}/x.db").execute("create table t (x integer)")
    engine = create_engine(f"sqlite:///file:{tmp_path}/x.db?mode=ro&uri=true")
    with engine.connect() as connection:
        assert connection.execute(text("select count(*) from t")).scalar() == 0
        with pytest.raises(exc.OperationalError, match="readonly"):
            connection.execute(text("insert into t values (1)"))
    engine.dispose()


def test_memory_is_each_threads_own() -> None:
    import threading

    engine = create_engine("sqlite://")
    engine.execute("create table t (x integer)")
    seen: list[int] = []

    def look() -> None:
        with engine.connect() as connection:
            seen.append(connection.execute(text("select count(*) from sqlite_master")).scalar_one())

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    look()
    assert seen == [0, 1]
    engine.dispose()
