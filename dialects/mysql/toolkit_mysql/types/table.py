"""MySQL's table of types, on top of what types do by themselves, and MariaDB's on top of that."""

from __future__ import annotations

from typing import Any, NoReturn

from toolkit_core.dialect import UnsupportedCompilationError
from toolkit_core.dialect.types import ARRAY, TypeDialect, TypeTable, generic

mysql_types = TypeTable(generic)
mariadb_types = TypeTable(mysql_types)


@mysql_types.bind(ARRAY)
@mysql_types.literal(ARRAY)
def refuse_array(type_: ARRAY[Any], dialect: TypeDialect) -> NoReturn:
    """Refuse arrays, which MySQL has not."""
    raise UnsupportedCompilationError(
        f"The dialect {dialect.name!r} has no arrays, so it can't store {type_!r}",
        hint='JSON does much the same: ARRAY(…).with_variant(JSON(), "mysql", "mariadb")',
    )
