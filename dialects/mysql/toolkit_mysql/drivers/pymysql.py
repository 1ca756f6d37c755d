"""PyMySQL."""

from __future__ import annotations

from toolkit_core.dialect import ParamStyle
from toolkit_mysql.drivers.protocol import ProtocolDriver


class PyMySQL(ProtocolDriver):
    """Glue to ``pymysql``."""

    name = "pymysql"
    module_name = "pymysql"
    requirement = "toolkit[mysql]"
    paramstyle = ParamStyle.PYFORMAT
    other_paramstyles = (ParamStyle.FORMAT,)
