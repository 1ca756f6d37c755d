"""asyncpg. https://magicstack.github.io/asyncpg/current/."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import ModuleType
from typing import Any, ClassVar

from toolkit_core.aio.driver import AsyncDriver
from toolkit_core.dialect import URL, ArgumentError, DBAPIConnection, DBAPICursor, ParamStyle
from toolkit_postgresql.drivers.asyncpg_adapted import (
    AsyncpgConnection,
    FetchedCursor,
    StreamingCursor,
)
from toolkit_postgresql.drivers.asyncpg_errors import as_dbapi, translated
from toolkit_postgresql.drivers.libpq import LibpqDriver

# Types that asyncpg would read as objects of its own.
_AS_TEXT = ("bit", "varbit")
# Arguments of ``asyncpg.connect`` that may stand in a URL, and are no strings.
_NUMBERS = {
    "timeout": float,
    "command_timeout": float,
    "statement_cache_size": int,
    "max_cached_statement_lifetime": int,
    "max_cacheable_statement_size": int,
    "prepared_statement_cache_size": int,
}


class Asyncpg(AsyncDriver, LibpqDriver):
    """Glue to ``asyncpg``, which speaks to the server without libpq.

    Each statement is prepared, and kept: ``prepared_statement_cache_size`` says how many of them,
    in the URL or in ``connect_args``; ``prepared_statement_name_func`` there names them.
    """

    name = "asyncpg"
    module_name = "asyncpg"
    requirement = "toolkit[postgresql-asyncpg]"
    paramstyle = ParamStyle.NUMERIC_DOLLAR
    other_paramstyles: ClassVar[tuple[ParamStyle, ...]] = ()
    # asyncpg has no such thing: https://github.com/MagicStack/asyncpg/issues/5
    two_phase = False
    # Its executemany prepares the statement once, and waits once for all rows.
    batches_changes = False
    casts_path = "toolkit_postgresql.compiler:around_prepared"
    engine_options: ClassVar[Mapping[str, Any]] = {
        "json_deserializer": None,
        "native_inet_types": None,
    }

    def __init__(
        self, module: ModuleType | None = None, options: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(None if module is None else as_dbapi(module), options)
        self._schema = [0]

    @classmethod
    def load(cls) -> ModuleType:
        """Import asyncpg, and show it as PEP 249 wants it."""
        made: ModuleType = as_dbapi(super().load())
        return made

    # -- connecting ---------------------------------------------------------------------

    def connect_arguments(self, url: URL) -> tuple[Sequence[Any], dict[str, Any]]:
        """Return the URL for asyncpg to read, and its own arguments as what they are."""
        query = dict(url.query)
        kwargs: dict[str, Any] = {}
        for name, read in _NUMBERS.items():
            if name in query:
                kwargs[name] = _number(name, query.pop(name), read)
        plain = url.set(drivername="postgresql", query=query)
        return [plain.render_as_string(hide_password=False)], kwargs

    def connect(self, args: Sequence[Any], kwargs: Mapping[str, Any]) -> DBAPIConnection:
        """Open a connection."""
        options = dict(kwargs)
        kept = options.pop("prepared_statement_cache_size", 100)
        name_statement = options.pop("prepared_statement_name_func", None)
        try:
            made: Any = super().connect(args, options)
        except Exception as error:
            seen = translated(error)
            if seen is error:
                raise
            raise seen from error
        made.most_prepared = kept
        made.name_statement = name_statement
        # Cancelling takes a connection of its own.
        made.another = lambda: self.open(*args, **options)
        connection: DBAPIConnection = made
        return connection

    async def open(self, *args: Any, **kwargs: Any) -> Any:
        """Open a connection of asyncpg's."""
        return await self.module.asyncpg.connect(*args, **kwargs)

    def adapt(self, driver_connection: Any) -> AsyncpgConnection:
        """Make it look as PEP 249 says."""
        return AsyncpgConnection(driver_connection, self._schema)

    def cut_off(self, driver_connection: Any) -> None:
        """Close it without a word to the server."""
        driver_connection.terminate()

    def prepare(self, connection: Any) -> None:
        """Have json read, and text where asyncpg has classes or bytes of its own."""
        read = self.options["json_deserializer"] or json.loads
        codecs: dict[str, tuple[Any, Any]] = dict.fromkeys(_AS_TEXT, (_same, _same))
        codecs |= {"json": (_same, read), "jsonb": (_same, read), "uuid": (str, uuid.UUID)}
        if self.options["native_inet_types"] is False:
            codecs |= {"inet": (_same, _same), "cidr": (_same, _same)}

        async def set_codecs() -> None:
            for name, (encoder, decoder) in codecs.items():
                await connection.driver_connection.set_type_codec(
                    name, schema="pg_catalog", encoder=encoder, decoder=decoder, format="text"
                )

        connection.run("setting up a connection", set_codecs)

    # -- one connection's life ----------------------------------------------------------

    def status(self, connection: Any) -> int:
        """Return the status of the transaction, as libpq numbers it."""
        status: int = connection.status
        return status

    def ping(self, connection: Any) -> bool:
        """Ask for a sign of life, outside of a transaction and unprepared."""
        connection.run("SELECT 1", connection.driver_connection.execute, "SELECT 1")
        return True

    def set_isolation(self, connection: Any, level: str) -> None:
        """Have transactions begin with the level."""
        connection.rollback()
        connection.autocommit = level == "AUTOCOMMIT"
        if level != "AUTOCOMMIT":
            connection.isolation_level = level.replace(" ", "_").lower()

    def set_connection_option(self, connection: Any, name: str, value: Any) -> None:
        """Have transactions begin so."""
        connection.rollback()
        setattr(connection, _OPTIONS[name], bool(value))

    def before_savepoint(self, connection: Any) -> None:
        """Begin: asyncpg would not."""
        connection.run("BEGIN", connection.begin)

    def cancel(self, connection: Any) -> None:
        """Ask the server, by a connection of its own, to stop the statement."""

        async def stop() -> None:
            other = await connection.another()
            try:
                pid = connection.driver_connection.get_server_pid()
                await other.execute(f"SELECT pg_catalog.pg_cancel_backend({int(pid)})")
            finally:
                other.terminate()

        connection.run("cancelling a statement", stop)

    # -- statements ---------------------------------------------------------------------

    def server_side_cursor(self, connection: Any) -> DBAPICursor:
        """Open a cursor that fetches as it goes; without a transaction there is none."""
        made: Any = FetchedCursor if connection.autocommit else StreamingCursor
        cursor: DBAPICursor = made(connection)
        return cursor

    @contextmanager
    def time_limit(self, connection: Any, seconds: float, sql: str) -> Iterator[None]:
        """Set ``statement_timeout`` for a while, and then what it was before."""
        with super().time_limit(Percent(connection), seconds, sql):
            yield

    # -- what is there ------------------------------------------------------------------

    def has_tables(self, connection: Any, names: Sequence[str], schema: str | None) -> set[str]:
        """Return those of many names that tables or views have."""
        return super().has_tables(Percent(connection), names, schema)

    def has_index(self, connection: Any, table: str, name: str, schema: str | None) -> bool:
        """Tell whether a table has an index of that name."""
        return super().has_index(Percent(connection), table, name, schema)

    def has_sequence(self, connection: Any, name: str, schema: str | None) -> bool:
        """Tell whether there is a sequence of that name."""
        return super().has_sequence(Percent(connection), name, schema)

    def has_type(self, connection: Any, name: str, schema: str | None) -> bool:
        """Tell whether there is a type of that name."""
        return super().has_type(Percent(connection), name, schema)


_OPTIONS = {"postgresql_readonly": "read_only", "postgresql_deferrable": "deferrable"}


class Percent:
    """A connection whose cursors understand the placeholders of libpq's drivers."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def cursor(self) -> Any:
        """Open a cursor."""
        return PercentCursor(self._connection)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)


class PercentCursor(FetchedCursor):
    """A cursor for statements of ours that are the same for all drivers."""

    __slots__ = ()

    def execute(self, sql: str, parameters: Sequence[Any] = ()) -> None:
        """Execute, with numbers in place of each ``%s``."""
        pieces = sql.split("%s")
        numbered = "".join(f"{piece}${n}" for n, piece in enumerate(pieces[:-1], 1)) + pieces[-1]
        super().execute(numbered, parameters)


def _same(text: Any) -> Any:
    return text


def _number(name: str, text: Any, read: Callable[[str], Any]) -> Any:
    try:
        return read(text)
    except (TypeError, ValueError):
        raise ArgumentError(
            f"The argument {name!r} in the PostgreSQL URL must be a number, not {text!r}"
        ) from None
