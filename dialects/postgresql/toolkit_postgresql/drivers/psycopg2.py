"""psycopg2. https://www.psycopg.org/docs/."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from typing import Any, ClassVar

from toolkit_core.dialect import ArgumentError, DBAPIConnection, DBAPICursor, lazy_module
from toolkit_postgresql.drivers.copying import CopyText
from toolkit_postgresql.drivers.libpq import IDLE, LibpqDriver
from toolkit_postgresql.drivers.named_cursor import psycopg2_class

extensions: Any = lazy_module("psycopg2.extensions")
extras: Any = lazy_module("psycopg2.extras")

# An INSERT of many rows is one statement in both; the second batches all else, too.
_MODES = ("values_only", "values_plus_batch")

# Names of cursors; a session must not have two of the same.
_NUMBERS = count(1)


class Psycopg2(LibpqDriver):
    """Glue to ``psycopg2``."""

    name = "psycopg2"
    module_name = "psycopg2"
    requirement = "toolkit[postgresql]"
    # Its executemany sends one row after the other, and waits for each.
    batches_inserts = True
    engine_options: ClassVar = {
        **LibpqDriver.engine_options,
        "executemany_mode": "values_only",
        "executemany_batch_page_size": 100,
        "use_native_uuid": True,
    }

    def __init__(self, module: Any = None, options: Mapping[str, Any] | None = None) -> None:
        super().__init__(module, options)
        mode = self.options["executemany_mode"]
        if mode not in _MODES:
            raise ArgumentError(
                f"Invalid value {mode!r} for executemany_mode", hint="one of " + ", ".join(_MODES)
            )

    def prepare(self, connection: DBAPIConnection) -> None:
        """Have uuid and json arrive as Python's own, and text in the encoding asked for."""
        if self.options["use_native_uuid"]:
            extras.register_uuid(None, connection)
        read = self.options["json_deserializer"]
        if read is not None:
            extras.register_default_json(connection, loads=read)
            extras.register_default_jsonb(connection, loads=read)
        if self.options["client_encoding"] is not None:
            connection.set_client_encoding(self.options["client_encoding"])  # type: ignore[attr-defined]

    def status(self, connection: Any) -> int:
        """Return the status; it has no round trip."""
        return int(connection.get_transaction_status())

    def set_isolation(self, connection: DBAPIConnection, level: str) -> None:
        """Have psycopg2 begin transactions with the level."""
        session: Any = connection
        self._leave_transaction(connection)
        if level == "AUTOCOMMIT":
            session.autocommit = True
        else:
            session.set_session(isolation_level=level, autocommit=False)

    def set_connection_option(self, connection: DBAPIConnection, name: str, value: Any) -> None:
        """Have psycopg2 begin transactions so; None is the server's default."""
        self._leave_transaction(connection)
        attribute = name.removeprefix("postgresql_")
        setattr(connection, attribute, None if value is None else bool(value))

    def _leave_transaction(self, connection: DBAPIConnection) -> None:
        if self.status(connection) != IDLE:
            connection.rollback()

    def is_in_twophase(self, connection: Any) -> bool:
        """Tell whether the connection has a two-phase transaction of its own."""
        # It is in a transaction that is prepared; the module has a name for it alone.
        return bool(connection.status == extensions.STATUS_PREPARED)

    def server_side_cursor(self, connection: DBAPIConnection) -> DBAPICursor:
        """Open a named cursor, which outlives its transaction where there is none."""
        made: DBAPICursor = connection.cursor(
            f"tk_{next(_NUMBERS):x}",
            cursor_factory=psycopg2_class(),
            withhold=self.detect_autocommit(connection),
        )
        return made

    def executemany(self, cursor: DBAPICursor, sql: str, values: Sequence[Any]) -> None:
        """Send sets of values one by one, or, if so asked for, many statements at a time."""
        if self.options["executemany_mode"] == "values_plus_batch":
            extras.execute_batch(cursor, sql, values, self.options["executemany_batch_page_size"])
        else:
            super().executemany(cursor, sql, values)

    def load_rows(
        self, cursor: Any, target: str, columns: Sequence[str], rows: Iterator[tuple[Any, ...]]
    ) -> bool:
        """COPY."""
        copied = CopyText(rows)
        try:
            cursor.copy_expert(f"COPY {target} ({', '.join(columns)}) FROM STDIN", copied)
        except self.module.Error as error:
            if copied.error is not None:
                raise copied.error from error
            raise
        return True

    def sqlstate(self, error: BaseException) -> str | None:
        """Return what psycopg2 calls ``pgcode``."""
        code: str | None = getattr(error, "pgcode", None)
        return code
