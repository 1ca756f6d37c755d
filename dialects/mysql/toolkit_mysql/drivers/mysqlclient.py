"""mysqlclient, whose module is called MySQLdb. https://mysqlclient.readthedocs.io/."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from toolkit_core.dialect import URL, DBAPIConnection, DBAPICursor, ParamStyle, lazy_module
from toolkit_mysql.drivers.protocol import ProtocolDriver
from toolkit_mysql.drivers.streaming import give_up_rest, stream_through

cursors: Any = lazy_module("MySQLdb.cursors")


class MySQLClient(ProtocolDriver):
    """Glue to ``MySQLdb``."""

    name = "mysqldb"
    module_name = "MySQLdb"
    requirement = "mysqlclient"
    paramstyle = ParamStyle.FORMAT
    other_paramstyles = (ParamStyle.PYFORMAT,)

    def connect_arguments(self, url: URL) -> tuple[Sequence[Any], dict[str, Any]]:
        """Return what is in the URL; the C library's own character set may be an old one.

        Bytes are told from text, as PyMySQL does it: as text of the connection's character set
        a server refuses those that are none, where no column says that they are not.
        """
        args, given = super().connect_arguments(url)
        given.setdefault("binary_prefix", True)
        if not given.keys() & {"charset", "read_default_file"}:
            given["charset"] = "utf8mb4"
        return args, given

    def ping(self, connection: DBAPIConnection) -> bool:
        """Send the protocol's own ping."""
        give_up_rest(connection)
        connection.ping()  # type: ignore[attr-defined]
        return True

    def server_side_cursor(self, connection: DBAPIConnection) -> DBAPICursor:
        """Open a cursor that reads rows as they are asked for."""
        unbuffered, error = cursors.SSCursor, self.module.ProgrammingError
        made: DBAPICursor = stream_through(connection, unbuffered, error)
        return made
