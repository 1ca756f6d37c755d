"""Versions of rows that are given as dictionaries: each has the one that was read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from toolkit_core.errors import InvalidRequestError
from toolkit_orm.mapping.mapper import Mapper
from toolkit_orm.unit_of_work.written import Written, WrittenTable


def check_version(mapper: Mapper, facts: Written, row: Mapping[str, Any]) -> None:
    """Refuse a row without the version that it is found by."""
    if facts.version is not None and facts.version not in row:
        raise InvalidRequestError(
            f"No version supplied for {mapper.class_.__name__}.{facts.version}; rows with a "
            "version are updated by their key and the version that was read",
            hint=f"put {facts.version!r} into the dictionaries",
        )


def former_version(facts: Written, table: WrittenTable, row: Mapping[str, Any]) -> dict[str, Any]:
    """Return the parameter for the version that a row is found by; nothing where there is none."""
    return {} if table.version is None else {table.version_was: row[str(facts.version)]}


def next_version(
    mapper: Mapper, facts: Written, table: WrittenTable, row: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the attribute of the version with its next value; nothing where we do not count."""
    generator = mapper.version_id_generator
    if table.version is None or generator is False:
        return {}
    name = str(facts.version)
    return {name: generator(row[name])}
