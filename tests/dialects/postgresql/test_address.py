"""PostgreSQL's URLs, as libpq gets them."""

from __future__ import annotations

from typing import Any

import pytest

from toolkit import exc, make_url
from toolkit_postgresql.address import connect_arguments

READ: dict[str, dict[str, Any]] = {
    "postgresql://u:p%40@h:5/db?sslmode=require": {
        "host": "h",
        "port": 5,
        "user": "u",
        "password": "p@",
        "dbname": "db",
        "sslmode": "require",
    },
    "postgresql://u@/db?host=/var/run": {"user": "u", "dbname": "db", "host": "/var/run"},
    "postgresql:///db?host=a:1&host=b:2": {"dbname": "db", "host": "a,b", "port": "1,2"},
    "postgresql:///db?host=a:1&host=b": {"dbname": "db", "host": "a,b", "port": "1,"},
    "postgresql:///db?host=a&host=b": {"dbname": "db", "host": "a,b"},
    "postgresql:///db?host=a,b&port=1,2": {"dbname": "db", "host": "a,b", "port": "1,2"},
    "postgresql://h:4/db?host=a:5": {"dbname": "db", "host": "a", "port": "5"},
    "postgresql:///?service=mine": {"service": "mine"},
    "postgresql:///db?host=a&host=b&target_session_attrs=read-write": {
        "dbname": "db",
        "host": "a,b",
        "target_session_attrs": "read-write",
    },
}


@pytest.mark.parametrize("url", READ)
def test_a_url_is_read_into_the_keywords_of_libpq(url: str) -> None:
    assert connect_arguments(make_url(url)) == ([], READ[url])


def test_a_url_without_anything_leaves_all_to_the_environment() -> None:
    assert connect_arguments(make_url("postgresql://")) == ([""], {})


REFUSED = {
    "postgresql:///db?host=a&port=1&host=b&port=2": "Can't mix 'multihost' formats",
    "postgresql:///db?host=a:1&host=b&port=4": "Can't mix 'multihost' formats",
    "postgresql:///db?host=a,b&port=5": "number of hosts and ports don't match",
    "postgresql:///db?sslmode=require&sslmode=prefer": "'sslmode' stands more than once",
}


@pytest.mark.parametrize("url", REFUSED)
def test_what_nobody_can_read_is_refused(url: str) -> None:
    with pytest.raises(exc.ArgumentError, match=REFUSED[url]):
        connect_arguments(make_url(url))
