"""SQLite.

>>> dialect().name
'sqlite'
"""

from toolkit.dialects.sqlite import pysqlite
from toolkit.dialects.sqlite.pysqlite import dialect

__all__ = ["dialect", "pysqlite"]
