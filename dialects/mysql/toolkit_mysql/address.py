"""MySQL's URLs: what ``connect`` of its drivers takes, and what of it is no text.

https://pymysql.readthedocs.io/en/latest/modules/connections.html
https://mysqlclient.readthedocs.io/user_guide.html#functions-and-attributes
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from toolkit_core.dialect import URL, ArgumentError

_SWITCHES = {
    "1": True,
    "true": True,
    "yes": True,
    "on": True,
    "y": True,
    "t": True,
    "0": False,
    "false": False,
    "no": False,
    "off": False,
    "n": False,
    "f": False,
}


def _switch(text: str) -> bool:
    return _SWITCHES[text.lower()]


# What is no text; anything else is passed on as it stands.
_CONVERTED: Mapping[str, Callable[[str], Any]] = {
    "binary_prefix": _switch,
    "client_flag": int,
    "compress": _switch,
    "connect_timeout": int,
    "local_infile": _switch,
    "read_timeout": int,
    "use_unicode": _switch,
    "write_timeout": int,
}
# What drivers want in a dictionary of its own.
_SSL: Mapping[str, Callable[[str], Any]] = {
    "ssl_ca": str,
    "ssl_capath": str,
    "ssl_cert": str,
    "ssl_check_hostname": _switch,
    "ssl_cipher": str,
    "ssl_key": str,
}


def connect_arguments(url: URL, names: Mapping[str, str]) -> dict[str, Any]:
    """Return what ``connect`` is called with, under the names that the driver has for it.

    >>> from toolkit import make_url
    >>> url = make_url("mysql://me@db/app?charset=utf8mb4&ssl_ca=ca.pem&connect_timeout=5")
    >>> connect_arguments(url, {"username": "user"})
    ... # doctest: +NORMALIZE_WHITESPACE
    {'host': 'db', 'database': 'app', 'user': 'me', 'charset': 'utf8mb4', 'connect_timeout': 5,
     'ssl': {'ca': 'ca.pem'}}
    """
    plain = ("host", "database", "username", "password", "port")
    given: dict[str, Any] = {
        names.get(name, name): getattr(url, name) for name in plain if getattr(url, name)
    }
    ssl: dict[str, Any] = {}
    for key, value in url.query.items():
        text = _single(key, value)
        if key in _SSL:
            ssl[key[len("ssl_") :]] = _converted(key, text, _SSL[key])
        else:
            given[key] = _converted(key, text, _CONVERTED.get(key, str))
    if ssl:
        given["ssl"] = ssl
    return given


def _converted(key: str, text: str, read: Callable[[str], Any]) -> Any:
    try:
        return read(text)
    except (KeyError, ValueError):
        expected = "a whole number" if read is int else "true or false"
        raise ArgumentError(
            f"The argument {key!r} in the MySQL URL must be {expected}, not {text!r}"
        ) from None


def _single(key: str, value: Any) -> str:
    if isinstance(value, str):
        return value
    raise ArgumentError(f"The argument {key!r} stands more than once in the MySQL URL")
