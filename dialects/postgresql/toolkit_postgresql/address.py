"""PostgreSQL's URLs: what is in them is libpq's to understand, and hosts may be several.

https://www.postgresql.org/docs/current/libpq-connect.html
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from toolkit_core.dialect import URL, ArgumentError

_PAIR = re.compile(r"([a-zA-Z0-9_\-\.]*)(?::(\d*))?")


def connect_arguments(url: URL) -> tuple[Sequence[Any], dict[str, Any]]:
    """Return what a connect function that takes libpq's keywords is called with.

    >>> from toolkit import make_url
    >>> connect_arguments(make_url("postgresql://me@/app?host=one:5432&host=two:5433"))
    ([], {'dbname': 'app', 'user': 'me', 'host': 'one,two', 'port': '5432,5433'})
    """
    plain = {
        "host": url.host,
        "dbname": url.database,
        "user": url.username,
        "password": url.password,
        "port": url.port,
    }
    given: dict[str, Any] = {key: value for key, value in plain.items() if value}
    query = dict(url.query)
    hosts, ports = _listed(query.pop("host", ())), _listed(query.pop("port", ()))
    given.update({key: _single(key, value) for key, value in query.items()})
    if hosts:
        given.update(_several(hosts, ports))
    elif ports:
        given["port"] = ",".join(ports)
    # Without anything, libpq looks at the environment; some drivers want to be told so.
    return ([], given) if given else ([""], {})


def _listed(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


def _several(hosts: list[str], ports: list[str]) -> dict[str, str]:
    """Read ``host=a:1&host=b:2``, or libpq's own ``host=a,b&port=1,2``."""
    if ports:
        if len(hosts) > 1 or len(ports) > 1:
            raise ArgumentError(
                "Can't mix 'multihost' formats together; use "
                '"host=h1,h2,h3&port=p1,p2,p3" or "host=h1:p1&host=h2:p2&host=h3:p3" separately'
            )
        count, ports_given = hosts[0].count(",") + 1, ports[0].count(",") + 1
        if ports_given not in (1, count) or (ports_given == 1 and count > 1):
            raise ArgumentError(
                "number of hosts and ports don't match",
                hint=f"{count} hosts want {count} ports, separated by commas; one may be empty",
            )
        return {"host": hosts[0], "port": ports[0]}
    pairs = [_pair(one) for one in hosts]
    known = {"host": ",".join([host for host, _ in pairs])}
    # A port that is not told is libpq's default; there must be as many as hosts.
    if any(port for _, port in pairs):
        known["port"] = ",".join([port for _, port in pairs])
    return known


def _pair(text: str) -> tuple[str, str]:
    found = _PAIR.fullmatch(text)
    # Anything else, such as the folder of a socket, is a host as it stands.
    return (found[1], found[2] or "") if found else (text, "")


def _single(key: str, value: Any) -> str:
    if isinstance(value, str):
        return value
    raise ArgumentError(f"The argument {key!r} stands more than once in the PostgreSQL URL")
