"""Rows of values, as MySQL reads them, and MariaDB.

https://dev.mysql.com/doc/refman/9.0/en/values.html
https://mariadb.com/docs/server/reference/sql-structure/sql-language-structure/table-value-constructors
"""

from __future__ import annotations

from toolkit_core.compiler.expression_nodes import operators
from toolkit_core.compiler.select_nodes import NamedRows, ValuesRow
from toolkit_core.compiler.writer import Writer
from toolkit_mysql.compiler.table import mariadb, mysql


@mysql(ValuesRow)
def write_row(w: Writer, row: ValuesRow) -> None:
    """Write one row with the word that it needs."""
    w.text("ROW")
    write_bare_row(w, row)


@mariadb(ValuesRow)
def write_bare_row(w: Writer, row: ValuesRow) -> None:
    """Write one row of values."""
    w.text("(")
    w.operands(row.elements, operators.LISTED)
    w.text(")")


@mariadb(NamedRows)
def write_named_rows(w: Writer, rows: NamedRows) -> None:
    """Write a SELECT for each row: VALUES would call its columns by the values of the first."""
    literal = w.literal
    if rows.values.literal_binds:
        w.literal = True
    w.text("(")
    for number, row in enumerate(rows.values.rows):
        w.text(" UNION ALL SELECT " if number else "SELECT ")
        for position, (name, one) in enumerate(zip(rows.columns, row.elements, strict=True)):
            if position:
                w.text(", ")
            w.operand(one, operators.LISTED)
            if not number:
                w.safe(f" AS {w.style.quoted(name)}")
    w.text(")")
    w.literal = literal
    if rows.name is not None:
        w.text(" AS ")
        w.name(rows.name)
