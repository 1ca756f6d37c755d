"""mysqlclient, whose module is called MySQLdb."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from toolkit_core.dialect import ParamStyle
from toolkit_mysql.drivers.protocol import ProtocolDriver


class MySQLClient(ProtocolDriver):
    """Glue to ``MySQLdb``."""

    name = "mysqldb"
    module_name = "MySQLdb"
    requirement = "mysqlclient"
    paramstyle = ParamStyle.FORMAT
    other_paramstyles = (ParamStyle.PYFORMAT,)
    argument_names: ClassVar[Mapping[str, str]] = {"username": "user", "database": "database"}
