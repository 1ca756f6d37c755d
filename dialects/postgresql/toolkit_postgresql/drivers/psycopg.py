"""psycopg, the third of its name."""

from __future__ import annotations

from toolkit_core.dialect import DBAPIConnection
from toolkit_postgresql.drivers.libpq import LibpqDriver


class Psycopg(LibpqDriver):
    """Glue to ``psycopg``."""

    name = "psycopg"
    module_name = "psycopg"
    requirement = "toolkit[postgresql-psycopg]"

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
        """Have psycopg begin transactions with the level."""
        autocommit = level == "AUTOCOMMIT"
        connection.autocommit = autocommit  # type: ignore[attr-defined]
        levels = self.module.IsolationLevel
        value = None if autocommit else levels[level.replace(" ", "_")]
        connection.isolation_level = value  # type: ignore[attr-defined]

    def detect_autocommit(self, connection: DBAPIConnection) -> bool:
        """Tell whether each statement is its own transaction."""
        on: bool = connection.autocommit  # type: ignore[attr-defined]
        return on
