"""psycopg2."""

from __future__ import annotations

from toolkit_core.dialect import DBAPIConnection
from toolkit_postgresql.drivers.libpq import LibpqDriver


class Psycopg2(LibpqDriver):
    """Glue to ``psycopg2``."""

    name = "psycopg2"
    module_name = "psycopg2"
    requirement = "toolkit[postgresql]"

    def get_isolation(self, connection: DBAPIConnection) -> str:
        """Ask the server."""
        cursor = connection.cursor()
        try:
            cursor.execute("SHOW TRANSACTION ISOLATION LEVEL")
            level: str = cursor.fetchone()[0].upper()
            return level
        finally:
            cursor.close()

    def set_isolation(self, connection: DBAPIConnection, level: str) -> None:
        """Have psycopg2 begin transactions with the level."""
        autocommit = level == "AUTOCOMMIT"
        connection.set_session(  # type: ignore[attr-defined]
            isolation_level=None if autocommit else level, autocommit=autocommit
        )

    def detect_autocommit(self, connection: DBAPIConnection) -> bool:
        """Tell whether each statement is its own transaction."""
        on: bool = connection.autocommit  # type: ignore[attr-defined]
        return on
