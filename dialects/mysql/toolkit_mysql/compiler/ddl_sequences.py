"""Sequences, which MariaDB has and MySQL has not.

https://mariadb.com/docs/server/reference/sql-structure/sequences/create-sequence
"""

from __future__ import annotations

from toolkit_core.compiler.ansi.ddl_columns import counting_sql
from toolkit_core.compiler.ansi.ddl_sequences import write_drop_sequence
from toolkit_core.compiler.writer import Writer
from toolkit_core.dialect.schema import CreateSequence, DropSequence, refused
from toolkit_mysql.compiler.table import mariadb, mysql

mysql(CreateSequence, DropSequence)(
    refused("MySQL", "integer primary keys count by themselves, with AUTO_INCREMENT", "sequences")
)
mariadb(DropSequence)(write_drop_sequence)


@mariadb(CreateSequence)
def write_create_sequence(w: Writer, create: CreateSequence) -> None:
    """Write CREATE SEQUENCE; NOCYCLE is one word."""
    sequence = create.element
    w.text("CREATE SEQUENCE IF NOT EXISTS " if create.if_not_exists else "CREATE SEQUENCE ")
    w.qualified(sequence.name, sequence.schema)
    options = counting_sql(sequence).replace("NO CYCLE", "NOCYCLE")
    if options:
        w.text(f" {options}")
