"""PostgreSQL's CREATE TABLE, views and comments.

https://www.postgresql.org/docs/current/sql-createtable.html
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from toolkit_core.compiler.ansi.ddl import write_table_parts, write_view_parts
from toolkit_core.compiler.ansi.ddl_sequences import write_sequence_parts
from toolkit_core.compiler.writer import Writer
from toolkit_core.dialect.schema import (
    CreateSequence,
    CreateTable,
    CreateView,
    Table,
    TakesDialectOptions,
    options_for,
)
from toolkit_postgresql.compiler.table import postgresql

# What PostgreSQL reads of ``postgresql_…`` arguments, with their defaults.
_ARGUMENTS: dict[type[TakesDialectOptions], dict[str, Any]] = {
    Table: {
        "ignore_search_path": False,
        "tablespace": None,
        "partition_by": None,
        "with_oids": None,
        "with": None,
        "on_commit": None,
        "inherits": None,
        "using": None,
    },
    CreateView: {"with": None},
}
for _class, _arguments in _ARGUMENTS.items():
    for _name, _default in _arguments.items():
        _class.argument_for("postgresql", _name, _default)


@postgresql(CreateTable)
def write_table(w: Writer, create: CreateTable) -> None:
    """Add what PostgreSQL says behind the parentheses."""
    write_table_parts(w, create, suffix="".join(_behind(w, create.element)))


def _behind(w: Writer, table: Table) -> list[str]:
    options = options_for(table, "postgresql")
    parts = []
    inherits = options.get("inherits")
    if inherits is not None:
        names = (inherits,) if isinstance(inherits, str) else inherits
        parts.append(f"INHERITS ({', '.join([w.style.quoted(name) for name in names])})")
    if options.get("partition_by") is not None:
        parts.append(f"PARTITION BY {options['partition_by']}")
    if options.get("using") is not None:
        parts.append(f"USING {options['using']}")
    if options.get("with") is not None:
        parts.append(storage(options["with"]))
    if options.get("with_oids") is not None:
        parts.append("WITH OIDS" if options["with_oids"] else "WITHOUT OIDS")
    if options.get("on_commit") is not None:
        parts.append(f"ON COMMIT {options['on_commit'].replace('_', ' ').upper()}")
    if options.get("tablespace") is not None:
        parts.append(f"TABLESPACE {w.style.quoted(options['tablespace'])}")
    return [f"\n {part}" for part in parts]


def storage(given: Mapping[str, Any]) -> str:
    """Return the parameters of how something is stored.

    >>> storage({"fillfactor": 50, "fastupdate": True})
    'WITH (fillfactor = 50, fastupdate = true)'
    """
    return f"WITH ({', '.join([f'{name} = {_word(value)}' for name, value in given.items()])})"


def _word(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


@postgresql(CreateView)
def write_view(w: Writer, create: CreateView) -> None:
    """Write CREATE VIEW, with the parameters of how it is stored."""
    given = options_for(create, "postgresql").get("with")
    write_view_parts(w, create, behind_name="" if given is None else f" {storage(given)}")


@postgresql(CreateSequence)
def write_sequence(w: Writer, create: CreateSequence) -> None:
    """Write CREATE SEQUENCE, with the type of its numbers behind the name.

    https://www.postgresql.org/docs/current/sql-createsequence.html
    """
    kind = create.element.data_type
    write_sequence_parts(w, create, kind=kind)
