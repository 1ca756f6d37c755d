"""How PostgreSQL writes what it writes differently; the same file names as the standard's rules."""

from toolkit_postgresql.compiler import (
    ddl,
    ddl_columns,
    ddl_constraints,
    ddl_indexes,
    ddl_types,
    delete,
    elements,
    functions,
    given_rows,
    insert,
    operators,
    predicates,
    select,
    update,
    upsert,
)
from toolkit_postgresql.compiler.casts import around_prepared, around_sent, around_written
from toolkit_postgresql.compiler.table import postgresql
from toolkit_postgresql.compiler.types import postgresql_type_rules

__all__ = [
    "around_prepared",
    "around_sent",
    "around_written",
    "ddl",
    "ddl_columns",
    "ddl_constraints",
    "ddl_indexes",
    "ddl_types",
    "delete",
    "elements",
    "functions",
    "given_rows",
    "insert",
    "operators",
    "postgresql",
    "postgresql_type_rules",
    "predicates",
    "select",
    "update",
    "upsert",
]
