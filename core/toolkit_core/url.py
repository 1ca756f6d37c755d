"""The address of a database: ``dialect[+driver]://user:password@host:port/database?key=value``.

A :class:`URL` never shows its password unless it is asked to by name.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Collection, Iterable, Mapping, Sequence

from toolkit_core.errors import MalformedURLError, warn_deprecated
from toolkit_core.immutabledict import EMPTY, immutabledict
from toolkit_core.nearest import nearest
from toolkit_core.percent import (
    query_pairs,
    quote_credential,
    quote_database,
    quote_query,
    unquote,
)
from toolkit_core.plugins import find_dialect
from toolkit_core.records import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, NamedTuple, NoReturn

    from toolkit_core.newer_typing import Self

QueryValue = str | Sequence[str]
Query = immutabledict[str, str | tuple[str, ...]]


if TYPE_CHECKING:

    class _Fields(NamedTuple):
        drivername: str
        username: str | None
        password: Any
        host: str | None
        port: int | None
        database: str | None
        query: Query

else:
    _Fields = namedtuple(  # noqa: PYI024 - NamedTuple compiles the annotations, for 1 ms
        "_Fields", ("drivername", "username", "password", "host", "port", "database", "query")
    )


class URL(_Fields):
    """The parts of an address, immutable; its methods return changed copies.

    ``password`` may be any object whose ``str()`` is the password.

    >>> url = URL.create("postgresql+psycopg", "scott", "t@ger", "localhost", database="test")
    >>> url
    postgresql+psycopg://scott:***@localhost/test
    >>> url.set(port=5433).render_as_string(hide_password=False)
    'postgresql+psycopg://scott:t%40ger@localhost:5433/test'
    """

    __slots__ = ()

    @classmethod
    def create(
        cls,
        drivername: str,
        username: str | None = None,
        password: Any = None,
        host: str | None = None,
        port: int | None = None,
        database: str | None = None,
        query: Mapping[str, QueryValue] = EMPTY,
    ) -> Self:
        """Make a URL of its parts, which are given as they are, without escapes.

        >>> URL.create("sqlite", database="a b.db").database
        'a b.db'
        """
        if drivername is None:
            raise TypeError("drivername must be a string, not None")
        if isinstance(password, (bytes, bytearray)):
            raise TypeError("password must be a string, or an object whose str() is it, not bytes")
        return cls(
            _checked_text("drivername", drivername) or "",
            _checked_text("username", username),
            password,
            _checked_text("host", host),
            _checked_port(port),
            _checked_text("database", database),
            _checked_query(query),
        )

    # -- changed copies -----------------------------------------------------------------

    def set(
        self,
        drivername: str | None = None,
        username: str | None = None,
        password: Any = None,
        host: str | None = None,
        port: int | None = None,
        database: str | None = None,
        query: Mapping[str, QueryValue] | None = None,
    ) -> Self:
        """Return the URL with some parts replaced; ``None`` leaves a part as it is.

        >>> make_url("sqlite:///a.db").set(database="b.db")
        sqlite:///b.db
        """
        parts = (drivername, username, password, host, port, database, query)
        given = {
            name: part for name, part in zip(self._fields, parts, strict=True) if part is not None
        }
        return self._replace(**given)

    def _replace(self, **parts: Any) -> Self:
        """Return the URL with some parts replaced; ``None`` takes a part away."""
        unknown = sorted(parts.keys() - set(self._fields))
        if unknown:
            raise ValueError(f"Got unexpected field names: {unknown}")
        return self.create(**{**self._asdict(), **parts})

    def update_query_string(
        self, query_string: str, append: bool = False, *, keep_blank_values: bool = False
    ) -> Self:
        """Return the URL with the keys of an escaped query string set, or added to.

        >>> make_url("postgresql://h/d?host=a").update_query_string("host=b", append=True)
        postgresql://h/d?host=a&host=b
        """
        pairs = query_pairs(query_string, keep_blank_values=keep_blank_values)
        return self.update_query_pairs(pairs, append=append)

    def update_query_pairs(
        self, key_value_pairs: Iterable[tuple[str, QueryValue]], append: bool = False
    ) -> Self:
        """Return the URL with the keys of some pairs set, or added to.

        >>> make_url("postgresql://h/d").update_query_pairs([("host", "a"), ("host", "b")])
        postgresql://h/d?host=a&host=b
        """
        new = _gathered(key_value_pairs)
        if append:
            new = {
                key: (*_as_tuple(self.query[key]), *_as_tuple(value))
                if key in self.query
                else value
                for key, value in new.items()
            }
        return self._replace(query={**self.query, **new})

    def update_query_dict(
        self, query_parameters: Mapping[str, QueryValue], append: bool = False
    ) -> Self:
        """Return the URL with the keys of a dictionary set, or added to.

        >>> make_url("postgresql://h/d").update_query_dict({"host": ["a", "b"], "x": "1"})
        postgresql://h/d?host=a&host=b&x=1
        """
        return self.update_query_pairs(query_parameters.items(), append=append)

    def difference_update_query(self, names: Iterable[str]) -> Self:
        """Return the URL without these keys of its query.

        >>> make_url("postgresql://h/d?a=1&b=2").difference_update_query(["a"])
        postgresql://h/d?b=2
        """
        gone = {names} if isinstance(names, str) else {*names}
        if gone.isdisjoint(self.query):
            return self
        return self._replace(query={k: v for k, v in self.query.items() if k not in gone})

    # -- reading ------------------------------------------------------------------------

    @property
    def normalized_query(self) -> immutabledict[str, tuple[str, ...]]:
        """The query with each value as a tuple, also where there is but one.

        >>> make_url("postgresql://h/d?a=1").normalized_query
        immutabledict({'a': ('1',)})
        """
        return immutabledict({key: _as_tuple(value) for key, value in self.query.items()})

    def get_backend_name(self) -> str:
        """Return the name of the kind of database.

        >>> make_url("postgresql+asyncpg://h/d").get_backend_name()
        'postgresql'
        """
        return self.drivername.partition("+")[0]

    def get_driver_name(self) -> str:
        """Return the name of the driver: the dialect's own choice where the URL leaves it open.

        >>> make_url("postgresql+asyncpg://h/d").get_driver_name()
        'asyncpg'
        >>> make_url("sqlite://").get_driver_name()
        'pysqlite'
        """
        if "+" in self.drivername:
            return self.drivername.split("+")[1]
        chosen: str = self.get_dialect().driver
        return chosen

    def get_dialect(self, _is_async: bool = False) -> Any:
        """Return the ``Dialect`` that the URL names, without connecting.

        With ``_is_async`` its driver is the one for asyncio, where there are two of a kind.
        A dialect is an object; calling it returns it, as programs do that expect a class.

        >>> dialect = make_url("sqlite://").get_dialect()
        >>> dialect.name, dialect.paramstyle, dialect() is dialect
        ('sqlite', 'qmark', True)
        """
        name, _, driver = self.drivername.partition("+")
        dialect = find_dialect(name, driver or None)
        if _is_async and dialect.glue.async_name is not None:
            return find_dialect(name, dialect.glue.async_name)
        return dialect

    def translate_connect_args(
        self, names: list[str] | None = None, **kw: str | None
    ) -> dict[str, Any]:
        """Return the parts that are set as arguments for a driver; ``kw`` renames some.

        >>> url = make_url("postgresql://scott:tiger@localhost:5432/test")
        >>> url.translate_connect_args(username="user", database="dbname")["dbname"]
        'test'
        """
        own_names = ("host", "database", "username", "password", "port")
        if names is not None:
            warn_deprecated("translate_connect_args(names): give names by keyword", since="1.4")
            kw.update(zip(own_names, names))  # noqa: B905 - fewer names, or more, were never refused
        translated: dict[str, Any] = {}
        for own_name in own_names:
            name = kw.get(own_name, own_name)
            part = getattr(self, own_name)
            if name and part:
                translated[name] = str(part) if own_name == "password" else part
        return translated

    # -- writing ------------------------------------------------------------------------

    def render_as_string(self, hide_password: bool = True) -> str:
        """Return the URL as text, with ``***`` for the password unless it is to be shown.

        >>> make_url("postgresql://scott:tiger@localhost/test").render_as_string()
        'postgresql://scott:***@localhost/test'
        """
        return _rendered(self, hide_password)

    def __str__(self) -> str:
        return _rendered(self, hide_password=True)

    def __repr__(self) -> str:
        # A repr never fails, also where the text has no form in UTF-8.
        return _rendered(self, hide_password=True, errors="backslashreplace")

    def __hash__(self) -> int:
        # A password object need not be hashable; its text may change, so it cannot take part.
        return hash((*self[:2], *self[3:]))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, URL) and tuple.__eq__(self, other)

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: object) -> Self:
        # A password object may hold what cannot be copied: a lock, a session with a vault.
        return self


def make_url(name_or_url: str | URL, *, keep_blank_values: bool = False) -> URL:
    """Read a URL; one that is read already is returned as it is.

    ``keep_blank_values`` keeps keys of the query that have no value, as empty strings.

    >>> url = make_url("postgresql+psycopg://scott:t%40ger@[::1]:5432/test?host=a&host=b")
    >>> url.password, url.host, url.port, url.query["host"]
    ('t@ger', '::1', 5432, ('a', 'b'))
    """
    if isinstance(name_or_url, URL):
        return name_or_url
    if not isinstance(name_or_url, str):
        raise MalformedURLError(_expected_text(name_or_url), hint=_FORM)
    parts = cut_url(name_or_url)
    if parts is None:
        _refuse_unreadable(name_or_url)
    return _read(parts, keep_blank_values)


# -- reading ----------------------------------------------------------------------------

_FORM = "write it as dialect[+driver]://user:password@host:port/database?key=value"
_ESCAPE = (
    "percent-encode what stands in the password and the user's name, with"
    " urllib.parse.quote(password, safe=''), or use URL.create()"
)


class Parts(Record):
    """The parts of a URL as they stand there, escapes and all; None is not there."""

    name: str
    username: str | None
    password: str | None
    ipv6: str | None
    host: str | None
    port: str | None
    database: str | None
    query: str | None


def cut_url(text: str) -> Parts | None:
    """Cut a URL into its parts; None if it does not begin with ``name://``.

    ``tests/core/test_url.py`` has the same as a regular expression, which reads better and
    takes half a millisecond to compile: as long as four modules take to import.
    """
    name, mark, rest = text.partition("://")
    if not mark or not name.replace("+", "_").replace("_", "a").isalnum():
        return None
    username, password, rest = _cut_credentials(rest)
    ipv6, host, rest = _cut_host(rest)
    port = database = query = None
    if rest.startswith(":"):
        end = _first_of("/?", rest)
        port, rest = rest[1:end], rest[end:]
    if rest.startswith("/"):
        end = _first_of("?", rest)
        database, rest = rest[1:end], rest[end:]
    if rest:
        query = rest[1:]
    return Parts(name, username, password, ipv6, host, port, database, query)


def _cut_credentials(rest: str) -> tuple[str | None, str | None, str]:
    """Cut ``user:password@`` off: a password may hold a slash, a user's name may not."""
    end = _first_of(":/", rest)
    if rest.startswith(":", end):
        at = rest.find("@", end)
        if at >= 0:
            return rest[:end], rest[end + 1 : at], rest[at + 1 :]
    at = rest.rfind("@", 0, end)
    if at >= 0:
        return rest[:at], None, rest[at + 1 :]
    return None, None, rest


def _cut_host(rest: str) -> tuple[str | None, str | None, str]:
    """Cut the host off: an address of IPv6 in brackets, or what has no colon in it."""
    if rest.startswith("["):
        close = rest.find("]")
        inner, after = rest[1:close], rest[close + 1 :]
        if close > 1 and _first_of("/?[", inner) == len(inner) and after[:1] in ("", *":/?"):
            return inner, None, after
    end = _first_of("/:?", rest)
    return None, rest[:end], rest[end:]


def _first_of(marks: str, text: str) -> int:
    """Return where the first of some characters stands; the end if there is none."""
    return min([at for mark in marks if (at := text.find(mark)) >= 0], default=len(text))


def _read(parts: Parts, keep_blank_values: bool) -> URL:
    host = parts.host or ""
    # Only the parts before the slash are asked: a database may have any name.
    if "@" in host or "@" in (parts.port or ""):
        _refuse("there is an unescaped '@' in the password", _ESCAPE)
    if "[" in host or "]" in host:
        _refuse("the host's brackets do not match", "write an IPv6 address as [::1]")
    pairs = query_pairs(parts.query or "", keep_blank_values=keep_blank_values)
    return URL(
        parts.name,
        _unquoted(parts.username),
        _unquoted(parts.password),
        parts.ipv6 or host or None,
        _read_port(parts.port, has_credentials=parts.username is not None),
        _unquoted(parts.database),
        immutabledict(_gathered(pairs)),
    )


def _read_port(port: str | None, *, has_credentials: bool) -> int | None:
    if port is None:
        return None
    # Python refuses to read thousands of digits, with an error of its own.
    if port.isascii() and port.isdigit() and len(port) < 100:
        return int(port)
    if not port:
        hint = "leave the colon after the host away, or put the port's number behind it"
    elif "," in port:
        hint = "name several hosts in the query: ?host=a:5432&host=b:5432"
    elif ":" in port:
        hint = f"write an IPv6 address as [::1]; else {_ESCAPE}"
    elif has_credentials:
        hint = f"write it in digits; if it belongs to the password, {_ESCAPE}"
    else:
        hint = "write it in digits; if it is the password, '@host' is missing behind it"
    return _refuse("the port is not a number", hint)


def _unquoted(part: str | None) -> str | None:
    return None if part is None else unquote(part)


def _refuse_unreadable(text: str) -> NoReturn:
    """Say why there is no ``name://``.  The text is not shown: it may hold a password."""
    if not text.strip():
        _refuse("it is empty", "set the variable or the key that it is read from")
    if text[0].isspace() or text[0] in "\"'":
        _refuse("it begins with a blank or a quotation mark", "take away what surrounds it")
    if text.startswith("jdbc:"):
        _refuse("it is one for Java", "take 'jdbc:' away, and put user and password before '@'")
    if "://" not in text:
        hint = f"{_FORM}; a file is sqlite:///relative.db or sqlite:////absolute.db"
        _refuse("there is no '://' after the name of the dialect", hint)
    _refuse("the name before '://' has other characters than letters, digits, '_', '+'", _FORM)


def _refuse(reason: str, hint: str) -> NoReturn:
    raise MalformedURLError(f"Could not parse the given URL: {reason}", hint=hint)


def _expected_text(given: object) -> str:
    # The type alone: bytes, a dictionary of settings … may hold the password.
    shown = "None" if given is None else f"an object of type {type(given).__name__!r}"
    return f"Expected string or URL object, got {shown}"


# -- checks -----------------------------------------------------------------------------


def _checked_text(name: str, part: str | None) -> str | None:
    if part is not None and not isinstance(part, str):
        raise TypeError(f"{name} must be a string, not {type(part).__name__}")
    return part


def _checked_port(port: Any) -> int | None:
    if port is None:
        return None
    try:
        return int(port)
    except TypeError:
        raise TypeError(f"port must be a number, not {type(port).__name__}") from None
    except ValueError:
        raise MalformedURLError("port must be a number", hint="give an int, or None") from None


def _checked_query(query: Any) -> Query:
    pairs = query.items() if isinstance(query, Mapping) else query or ()
    return immutabledict({_checked_key(key): _checked_value(value) for key, value in pairs})


def _checked_key(key: Any) -> str:
    if not isinstance(key, str):
        raise TypeError(f"Query dictionary keys must be strings, not {type(key).__name__}")
    return key


def _checked_value(value: Any) -> str | tuple[str, ...]:
    if isinstance(value, str):
        return value
    if isinstance(value, Sequence) and all(isinstance(one, str) for one in value):
        return tuple(value)
    raise TypeError(
        "Query dictionary values must be strings or sequences of strings; "
        "what is neither goes to the driver as create_engine(connect_args={...})"
    )


def _as_tuple(value: QueryValue) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _gathered(
    pairs: Iterable[tuple[str, QueryValue]],
) -> dict[str, str | tuple[str, ...]]:
    """Put the values of a key that comes more than once into one tuple."""
    gathered: dict[str, str | tuple[str, ...]] = {}
    for key, given in pairs:
        value = _checked_value(given)
        before = gathered.get(_checked_key(key))
        gathered[key] = value if before is None else (*_as_tuple(before), *_as_tuple(value))
    return gathered


# -- writing ----------------------------------------------------------------------------


def _rendered(url: URL, hide_password: bool, errors: str = "strict") -> str:
    try:
        return "".join(_pieces(url, hide_password, errors))
    except UnicodeEncodeError:
        # Without the cause: that exception would carry the password along.
        raise MalformedURLError(
            "The URL holds half of a surrogate pair, which a URL cannot express",
            hint="decode the text it came from as UTF-8",
        ) from None


def _pieces(url: URL, hide_password: bool, errors: str) -> Iterable[str]:
    yield f"{url.drivername}://"
    if url.username is not None:
        yield quote_credential(url.username, errors)
        if url.password is not None:
            shown = "***" if hide_password else quote_credential(str(url.password), errors)
            yield f":{shown}"
        yield "@"
    if url.host is not None:
        yield f"[{url.host}]" if ":" in url.host else url.host
    if url.port is not None:
        yield f":{url.port}"
    if url.database is not None:
        yield f"/{quote_database(url.database, errors)}"
    if url.query:
        pairs = [(key, one) for key in sorted(url.query) for one in _as_tuple(url.query[key])]
        yield "?" + "&".join(
            f"{quote_query(key, errors)}={quote_query(one, errors)}" for key, one in pairs
        )


# -- names that do not exist ------------------------------------------------------------

_BACKENDS = {
    "pg": "postgresql",
    "pgsql": "postgresql",
    "postgre": "postgresql",
    "postgres": "postgresql",
    "psql": "postgresql",
    "sqlite3": "sqlite",
    "mysql2": "mysql",
    "maria": "mariadb",
    "oracledb": "oracle",
    "cx_oracle": "oracle+cx_oracle",
    "asyncpg": "postgresql+asyncpg",
    "pg8000": "postgresql+pg8000",
    "psycopg": "postgresql+psycopg",
    "psycopg2": "postgresql+psycopg2",
    "psycopg3": "postgresql+psycopg",
    "aiomysql": "mysql+aiomysql",
    "asyncmy": "mysql+asyncmy",
    "mysqlclient": "mysql+mysqldb",
    "mysqldb": "mysql+mysqldb",
    "pymysql": "mysql+pymysql",
    "aiosqlite": "sqlite+aiosqlite",
    "pysqlite": "sqlite+pysqlite",
}
_DRIVERS = {
    "psycopg3": "psycopg",
    "mysqlclient": "mysqldb",
    "sqlite3": "pysqlite",
    "mariadb": "mariadbconnector",
}


def spelling_hint(name: str, known: Collection[str] = ()) -> str | None:
    """Return what to try for the name of a dialect, with or without driver, that is unknown.

    >>> spelling_hint("postgres+asyncpg")
    "write 'postgresql+asyncpg://' instead of 'postgres+asyncpg://'"
    >>> spelling_hint("sqlit", known=["mysql", "sqlite"])
    "write 'sqlite://' instead of 'sqlit://'"
    """
    backend, _, driver = name.lower().partition("+")
    backend = _BACKENDS.get(backend, backend)
    driver = _DRIVERS.get(driver, driver)
    right = f"{backend}+{driver}" if driver and "+" not in backend else backend
    if right == name or (known and right not in known):
        right = nearest(right, known) or ("" if known else right)
    if not right or right == name:
        return None
    return f"write '{right}://' instead of '{name}://'"
