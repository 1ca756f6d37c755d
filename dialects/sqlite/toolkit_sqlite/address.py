"""SQLite's URLs: a file, a database in memory, or a URI that SQLite reads itself.

https://www.sqlite.org/uri.html
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Mapping

from toolkit_core.dialect import URL, ArgumentError, lazy_module, warn

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any
    from urllib import parse
else:
    parse = lazy_module("urllib.parse")

_TRUE = ("1", "true", "yes", "on", "y", "t")
_FALSE = ("0", "false", "no", "off", "n", "f")


def _switch(text: str) -> bool:
    word = text.lower()
    if word not in (*_TRUE, *_FALSE):
        raise ValueError(text)
    return word in _TRUE


# Which arguments of ``sqlite3.connect`` may stand in a URL, and how to read them.
_CONVERTED: Mapping[str, Callable[[str], Any]] = {
    "timeout": float,
    "isolation_level": str,
    "detect_types": int,
    "check_same_thread": _switch,
    "cached_statements": int,
    # The standard library has it since Python 3.12.
    **({"autocommit": _switch} if hasattr(sqlite3, "LEGACY_TRANSACTION_CONTROL") else {}),
}


def connect_arguments(url: URL) -> tuple[str, dict[str, Any]]:
    """Return the file name and the other arguments of ``sqlite3.connect``.

    >>> from toolkit import make_url
    >>> connect_arguments(make_url("sqlite:///file:a.db?mode=ro&timeout=3&uri=true"))
    ('file:a.db?mode=ro', {'timeout': 3.0, 'uri': True})
    """
    _refuse_host(url)
    query = {key: _single(key, value) for key, value in url.query.items()}
    known = {key: _converted(key, query.pop(key)) for key in _CONVERTED if key in query}
    if _is_uri(url):
        query.pop("uri")
        return _uri(url, query), {**known, "uri": True}
    query.pop("uri", None)
    if query:
        names = ", ".join(repr(name) for name in query)
        warn(
            f"Query string argument(s) {names} are not accepted by the pysqlite driver and are "
            "being ignored; SQLite URI arguments require that 'uri=true' also be present in the "
            "URL.",
            code="squa",
        )
    database = url.database or ":memory:"
    if database != ":memory:":
        database = os.path.abspath(database)  # noqa: PTH100 - resolve() follows links
    return database, known


def is_named_memory(url: URL) -> bool:
    """Tell whether the database is in memory under a name, by ``mode=memory`` in a URI."""
    return _is_uri(url) and url.query.get("mode") == "memory"


def is_private_memory(url: URL) -> bool:
    """Tell whether the database is in memory and belongs to one connection alone."""
    database = url.database or ":memory:"
    if _is_uri(url) and database.startswith("file::memory:"):
        return url.query.get("cache") != "shared"
    return database == ":memory:"


def _is_uri(url: URL) -> bool:
    value = url.query.get("uri")
    return value is not None and _converted("uri", _single("uri", value), _switch)


def _uri(url: URL, query: Mapping[str, str]) -> str:
    database = url.database or ("file:" if query else ":memory:")
    if not query:
        return database
    if not database.startswith("file:"):
        raise ArgumentError(
            f"Invalid SQLite URI in the URL: {url!r}",
            hint=f"SQLite reads arguments only after 'file:': sqlite:///file:{database}?...",
        )
    # As SQLite decodes them: https://www.sqlite.org/uri.html#the_uri_query_string
    pairs = (f"{parse.quote(key)}={parse.quote(value)}" for key, value in sorted(query.items()))
    return database + ("&" if "?" in database else "?") + "&".join(pairs)


def _refuse_host(url: URL) -> None:
    if not (url.username or url.host or url.password or url.port):
        return
    path = "/".join(part for part in (url.host, url.database) if part) or "app.db"
    raise ArgumentError(
        f"Invalid SQLite URL: {url!r}\n"
        "Valid SQLite URL forms are:\n"
        " sqlite:///:memory: (or, sqlite://)\n"
        " sqlite:///relative/path/to/file.db\n"
        " sqlite:////absolute/path/to/file.db",
        hint=f"three slashes before a relative path: sqlite:///{path}",
    )


def _single(key: str, value: Any) -> str:
    if isinstance(value, str):
        return value
    raise ArgumentError(f"The argument {key!r} stands more than once in the SQLite URL")


def _converted(key: str, text: str, read: Callable[[str], Any] | None = None) -> Any:
    try:
        return (read or _CONVERTED[key])(text)
    except ValueError:
        wanted = {"timeout": "a number of seconds", "detect_types": "a whole number"}
        wanted["cached_statements"] = wanted["detect_types"]
        expected = wanted.get(key, "true or false")
        raise ArgumentError(
            f"The argument {key!r} in the SQLite URL must be {expected}, not {text!r}"
        ) from None
