"""What a dialect's rules need of the schema, to be written differently."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from toolkit_core.errors import UnsupportedCompilationError
from toolkit_core.schema import (
    AddConstraint,
    CheckConstraint,
    Column,
    Computed,
    CreateColumn,
    CreateIndex,
    CreateSchema,
    CreateSequence,
    CreateTable,
    CreateTableAs,
    CreateView,
    DefaultClause,
    DropColumnComment,
    DropConstraint,
    DropConstraintComment,
    DropIndex,
    DropSchema,
    DropSequence,
    DropTable,
    DropTableComment,
    DropView,
    ForeignKeyConstraint,
    Identity,
    Index,
    PrimaryKeyConstraint,
    SetColumnComment,
    SetConstraintComment,
    SetTableComment,
    Table,
    UniqueConstraint,
)
from toolkit_core.schema.constraint import ColumnCollectionConstraint, Constraint
from toolkit_core.schema.create import create_type, drop_type
from toolkit_core.schema.dialect_options import TakesDialectOptions, check_options, options_for
from toolkit_core.schema.named_types import CreateNamedType, DropNamedType
from toolkit_core.schema.sql_text import as_sql


def refused(dialect: str, hint: str, what: str | None = None) -> Callable[[Any, Any], None]:
    """Return a rule that refuses to write a node, by name and before anything is sent."""

    def refuse(w: Any, node: Any) -> None:
        raise UnsupportedCompilationError(
            f"{dialect} does not have {what or type(node).__name__}", hint=hint
        )

    return refuse


__all__ = [
    "AddConstraint",
    "CheckConstraint",
    "Column",
    "ColumnCollectionConstraint",
    "Computed",
    "Constraint",
    "CreateColumn",
    "CreateIndex",
    "CreateNamedType",
    "CreateSchema",
    "CreateSequence",
    "CreateTable",
    "CreateTableAs",
    "CreateView",
    "DefaultClause",
    "DropColumnComment",
    "DropConstraint",
    "DropConstraintComment",
    "DropIndex",
    "DropNamedType",
    "DropSchema",
    "DropSequence",
    "DropTable",
    "DropTableComment",
    "DropView",
    "ForeignKeyConstraint",
    "Identity",
    "Index",
    "PrimaryKeyConstraint",
    "SetColumnComment",
    "SetConstraintComment",
    "SetTableComment",
    "Table",
    "TakesDialectOptions",
    "UniqueConstraint",
    "as_sql",
    "check_options",
    "create_type",
    "drop_type",
    "options_for",
    "refused",
]
