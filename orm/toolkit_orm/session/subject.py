"""What a statement is about: the mapped classes in it."""

from __future__ import annotations

from typing import Any

from toolkit_core.expression.from_list import sources_in
from toolkit_core.expression.from_statement import FromStatement
from toolkit_core.expression.node import Node
from toolkit_orm.errors import UnmappedClassError
from toolkit_orm.mapping.mapper import Mapper


def subject_of(statement: Any) -> Mapper | None:
    """Return the mapper of the first mapped class that a statement selects or writes."""
    found = mappers_of(statement)
    return found[0] if found else None


def mappers_of(statement: Any) -> list[Mapper]:
    """Return the mappers of the classes that a statement selects or writes, in order."""
    if not isinstance(statement, Node):
        return []
    if getattr(statement, "is_dml", False):
        return _of([getattr(statement, "table", None)])
    if isinstance(statement, FromStatement):
        return _of(sources_in(statement.entities))
    columns = getattr(statement, "raw_columns", None)
    if columns is None:
        return []
    # Unless it selects classes, or columns of theirs, it may still read from some.
    return _of(sources_in(columns)) or _of(getattr(statement, "said_froms", ()))


def _of(sources: Any) -> list[Mapper]:
    found = [getattr(source, "mapper", None) for source in sources]
    return list(dict.fromkeys([one for one in found if isinstance(one, Mapper)]))


def mapper_of(given: Any) -> Mapper:
    """Return the mapper of what was given as a mapped class, or as its mapper."""
    found = getattr(given, "__mapper__", given)
    if not isinstance(found, Mapper):
        raise UnmappedClassError(given)
    return found
