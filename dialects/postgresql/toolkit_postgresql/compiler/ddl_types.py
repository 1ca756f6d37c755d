"""CREATE TYPE and CREATE DOMAIN.

https://www.postgresql.org/docs/current/sql-createtype.html
https://www.postgresql.org/docs/current/sql-createdomain.html
"""

from __future__ import annotations

from typing import Any

from toolkit_core.compiler.ansi.inline import quoted_string, write_inline
from toolkit_core.compiler.writer import Writer
from toolkit_core.dialect import CompileError, quoted_name
from toolkit_core.dialect.schema import CreateNamedType, DropNamedType
from toolkit_postgresql.compiler.table import postgresql
from toolkit_postgresql.types import DOMAIN


def write_type_name(w: Writer, type_: Any) -> None:
    """Write the name of a type behind that of its schema."""
    if type_.name is None:
        raise CompileError("a type that is created needs a name", hint="give it name=")
    name = type_.name if type_.quote is None else quoted_name(type_.name, type_.quote)
    w.qualified(name, type_.schema)


@postgresql(CreateNamedType)
def write_create(w: Writer, create: CreateNamedType) -> None:
    """Write CREATE TYPE, or CREATE DOMAIN."""
    type_ = create.element
    if isinstance(type_, DOMAIN):
        _write_domain(w, type_)
        return
    w.text("CREATE TYPE ")
    write_type_name(w, type_)
    w.safe(f" AS ENUM ({', '.join([quoted_string(word) for word in type_.enums])})")


def _write_domain(w: Writer, domain: DOMAIN) -> None:
    w.text("CREATE DOMAIN ")
    write_type_name(w, domain)
    w.text(" AS ")
    w.type(domain.data_type)
    if domain.collation is not None:
        w.text(" COLLATE ")
        w.qualified(domain.collation, domain.collation_schema)
    if domain.default is not None:
        w.text(" DEFAULT ")
        if isinstance(domain.default, str):
            w.safe(quoted_string(domain.default))
        else:
            write_inline(w, domain.default)
    if domain.constraint_name is not None:
        w.text(" CONSTRAINT ")
        w.name(domain.constraint_name)
    if domain.not_null:
        w.text(" NOT NULL")
    if domain.check is not None:
        w.text(" CHECK (")
        write_inline(w, domain.check)
        w.text(")")


@postgresql(DropNamedType)
def write_drop(w: Writer, drop: DropNamedType) -> None:
    """Write DROP TYPE, or DROP DOMAIN."""
    w.text("DROP DOMAIN " if isinstance(drop.element, DOMAIN) else "DROP TYPE ")
    write_type_name(w, drop.element)
