"""psycopg, the third of its name. https://www.psycopg.org/psycopg3/docs/."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from typing import Any

from toolkit_core.dialect import URL, ArgumentError, DBAPIConnection, DBAPICursor, lazy_module
from toolkit_postgresql.drivers.libpq import IDLE, LibpqDriver
from toolkit_postgresql.drivers.named_cursor import psycopg_class

json_types: Any = lazy_module("psycopg.types.json")
string_types: Any = lazy_module("psycopg.types.string")

# Names of cursors; a session must not have two of the same.
_NUMBERS = count(1)


class Psycopg(LibpqDriver):
    """Glue to ``psycopg``."""

    name = "psycopg"
    module_name = "psycopg"
    requirement = "toolkit[postgresql-psycopg]"
    async_name = "psycopg_async"
    casts_path = "toolkit_postgresql.compiler:around_sent"

    def connect_arguments(self, url: URL) -> tuple[Sequence[Any], dict[str, Any]]:
        """Return libpq's keywords, and psycopg's own as what they are."""
        args, kwargs = super().connect_arguments(url)
        threshold = kwargs.get("prepare_threshold")
        if threshold is not None:
            kwargs["prepare_threshold"] = _number_or_none(threshold)
        return args, kwargs

    def connect(self, args: Sequence[Any], kwargs: Mapping[str, Any]) -> DBAPIConnection:
        """Open a connection, in the encoding asked for."""
        encoding = self.options["client_encoding"]
        if encoding is not None:
            kwargs = {"client_encoding": encoding, **kwargs}
        return super().connect(args, kwargs)

    def prepare(self, connection: DBAPIConnection) -> None:
        """Have cursors that may be forgotten, json and addresses read as the engine was told to."""
        session: Any = connection
        if session.server_cursor_factory is self.module.ServerCursor:
            session.server_cursor_factory = psycopg_class()
        if self.options["native_inet_types"] is False:
            for name in ("inet", "cidr"):
                session.adapters.register_loader(name, string_types.TextLoader)
        read = self.options["json_deserializer"]
        if read is not None:
            json_types.set_json_loads(lambda data: read(_text(data)), connection)

    def set_isolation(self, connection: DBAPIConnection, level: str) -> None:
        """Have psycopg begin transactions with the level."""
        session: Any = connection
        self._leave_transaction(connection)
        session.autocommit = level == "AUTOCOMMIT"
        if level != "AUTOCOMMIT":
            session.isolation_level = self.module.IsolationLevel[level.replace(" ", "_")]

    def set_connection_option(self, connection: DBAPIConnection, name: str, value: Any) -> None:
        """Have psycopg begin transactions so; None is the server's default."""
        self._leave_transaction(connection)
        attribute = {"postgresql_readonly": "read_only", "postgresql_deferrable": "deferrable"}
        setattr(connection, attribute[name], None if value is None else bool(value))

    def _leave_transaction(self, connection: DBAPIConnection) -> None:
        if self.status(connection) != IDLE:
            connection.rollback()

    def send_plainly(self, cursor: Any, sql: str) -> None:
        """Send it unprepared."""
        cursor.execute(sql, prepare=False)

    def is_in_twophase(self, connection: Any) -> bool:
        """Tell whether the connection has a two-phase transaction of its own."""
        return connection._tpc is not None

    def load_rows(
        self, cursor: Any, target: str, columns: Sequence[str], rows: Iterator[tuple[Any, ...]]
    ) -> bool:
        """COPY, whose rows psycopg writes itself."""
        with cursor.copy(f"COPY {target} ({', '.join(columns)}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        return True

    def server_side_cursor(self, connection: DBAPIConnection) -> DBAPICursor:
        """Open a named cursor, which outlives its transaction where there is none."""
        made: DBAPICursor = connection.cursor(
            f"tk_{next(_NUMBERS):x}", withhold=self.detect_autocommit(connection)
        )
        return made


def _text(data: Any) -> str:
    return data if isinstance(data, str) else bytes(data).decode()


def _number_or_none(text: str) -> int | None:
    if text.lower() == "none":
        return None
    if not text.isdigit():
        raise ArgumentError(
            f"The argument 'prepare_threshold' in the PostgreSQL URL must be a whole number, "
            f"not {text!r}",
            hint="or 'none', which prepares nothing",
        )
    return int(text)
