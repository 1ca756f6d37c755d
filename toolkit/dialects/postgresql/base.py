"""The Inspector of PostgreSQL.

>>> PGInspector.get_enums.__name__
'get_enums'
"""

from toolkit_postgresql.inspector.public import PGInspector

__all__ = ["PGInspector"]
