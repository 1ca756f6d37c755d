"""MySQL's URLs, as the drivers get them."""

from __future__ import annotations

from typing import Any

import pytest

from toolkit import exc, make_url
from toolkit_mysql.address import connect_arguments
from toolkit_mysql.errors import classify

READ: dict[str, dict[str, Any]] = {
    "mysql://u:p@h:3/db": {
        "host": "h",
        "port": 3,
        "user": "u",
        "password": "p",
        "database": "db",
    },
    "mysql://h/db?charset=utf8&unix_socket=/a&local_infile=1&read_timeout=3": {
        "host": "h",
        "database": "db",
        "charset": "utf8",
        "unix_socket": "/a",
        "local_infile": True,
        "read_timeout": 3,
    },
    "mysql://h/db?ssl_ca=ca.pem&ssl_key=k&ssl_check_hostname=false": {
        "host": "h",
        "database": "db",
        "ssl": {"ca": "ca.pem", "key": "k", "check_hostname": False},
    },
}


@pytest.mark.parametrize("url", READ)
def test_a_url_is_read_into_what_connect_takes(url: str) -> None:
    assert connect_arguments(make_url(url), {"username": "user"}) == READ[url]


REFUSED = {
    "mysql://h/db?connect_timeout=soon": "must be a whole number",
    "mysql://h/db?local_infile=maybe": "must be true or false",
    "mysql://h/db?charset=a&charset=b": "stands more than once",
}


@pytest.mark.parametrize("url", REFUSED)
def test_what_nobody_can_read_is_refused(url: str) -> None:
    with pytest.raises(exc.ArgumentError, match=REFUSED[url]):
        connect_arguments(make_url(url), {})


@pytest.mark.parametrize("code", [1053, 1927, 2006, 2013, 2055, 3169, 4031])
def test_these_numbers_are_those_of_a_lost_connection(code: int) -> None:
    assert classify(Exception(code, "gone")).disconnect


def test_mariadbs_checks_of_a_column_tell_the_column() -> None:
    error = Exception(4025, "CONSTRAINT `t.price` failed for `db`.`t`")
    facts = classify(error)
    assert (facts.table, facts.columns, facts.constraint) == ("t", ("price",), None)
