"""A cursor that writes every row it hands out to the log, for ``echo="debug"``."""

from __future__ import annotations

from typing import Any

from toolkit_core.engine.log import EngineLog


class LoggedCursor:
    """Stands between a result and its cursor; all but fetching is the cursor's own."""

    def __init__(self, cursor: Any, log: EngineLog, token: str | None) -> None:
        self._cursor = cursor
        self._log = log
        self._token = token
        log.columns([column[0] for column in cursor.description], token)

    def fetchone(self) -> Any:
        """Fetch a row."""
        row = self._cursor.fetchone()
        if row is not None:
            self._log.rows([row], self._token)
        return row

    def fetchmany(self, *size: int) -> Any:
        """Fetch some rows."""
        rows = self._cursor.fetchmany(*size)
        self._log.rows(rows, self._token)
        return rows

    def fetchall(self) -> Any:
        """Fetch the remaining rows."""
        rows = self._cursor.fetchall()
        self._log.rows(rows, self._token)
        return rows

    def __getattr__(self, name: str) -> Any:
        return getattr(self._cursor, name)
