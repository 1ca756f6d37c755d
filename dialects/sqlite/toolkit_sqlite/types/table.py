"""SQLite's table of types, on top of what types do by themselves."""

from __future__ import annotations

from typing import Any, NoReturn

from toolkit_core.dialect import UnsupportedCompilationError
from toolkit_core.dialect.types import ARRAY, LargeBinary, TypeDialect, TypeTable, generic

sqlite_types = TypeTable(generic)


@sqlite_types.bind(ARRAY)
@sqlite_types.literal(ARRAY)
def refuse_array(type_: ARRAY[Any], dialect: TypeDialect) -> NoReturn:
    """Refuse arrays, which SQLite has not."""
    raise UnsupportedCompilationError(
        f"SQLite has no arrays, so it can't store {type_!r}",
        hint='JSON does much the same: ARRAY(…).with_variant(JSON(), "sqlite")',
    )


@sqlite_types.result(LargeBinary)
def read_bytes(type_: LargeBinary, dialect: TypeDialect, coltype: Any) -> None:
    """Do nothing: the driver gives bytes."""
