"""PostgreSQL.

>>> dialect().name
'postgresql'
"""

from toolkit.dialects.postgresql import psycopg, psycopg2
from toolkit.dialects.postgresql.psycopg2 import dialect

__all__ = ["dialect", "psycopg", "psycopg2"]
