"""PyMySQL. https://pymysql.readthedocs.io/."""

from __future__ import annotations

from typing import Any

from toolkit_core.dialect import DBAPIConnection, DBAPICursor, ParamStyle, lazy_module
from toolkit_mysql.drivers.protocol import ProtocolDriver
from toolkit_mysql.drivers.streaming import give_up_rest, stream_through

cursors: Any = lazy_module("pymysql.cursors")


class PyMySQL(ProtocolDriver):
    """Glue to ``pymysql``."""

    name = "pymysql"
    module_name = "pymysql"
    requirement = "toolkit[mysql]"
    paramstyle = ParamStyle.PYFORMAT
    other_paramstyles = (ParamStyle.FORMAT,)

    def ping(self, connection: DBAPIConnection) -> bool:
        """Send the protocol's own ping."""
        give_up_rest(connection)
        connection.ping(reconnect=False)  # type: ignore[attr-defined]
        return True

    def close(self, connection: DBAPIConnection) -> None:
        """Close it, unless an error has done so."""
        if connection.open:  # type: ignore[attr-defined]
            connection.close()

    def server_side_cursor(self, connection: DBAPIConnection) -> DBAPICursor:
        """Open a cursor that reads rows as they are asked for."""
        unbuffered, error = cursors.SSCursor, self.module.ProgrammingError
        made: DBAPICursor = stream_through(connection, unbuffered, error)
        return made
