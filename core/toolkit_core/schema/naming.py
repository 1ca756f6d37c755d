"""Naming conventions: names of constraints and indexes made from what they are about.

The tokens of a convention are looked up when one is used, each once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from toolkit_core.errors import InvalidRequestError
from toolkit_core.schema.names import conv

DEFAULT_CONVENTION: Mapping[Any, Any] = {"ix": "ix_%(column_0_label)s"}

# What a kind is called in a convention, by the name that visitors know it by.
_SHORT = {
    "foreign_key_constraint": "fk",
    "primary_key_constraint": "pk",
    "unique_constraint": "uq",
    "table_or_column_check_constraint": "ck",
    "index": "ix",
}

_COLUMN_TOKEN = re.compile(r"(referred_)?column_(\d+)(_?N)?(?:_(.+))?")


def apply_convention(item: Any, table: Any) -> None:
    """Give an item the name that its table's convention makes for it, if any."""
    if item.name is None and getattr(item, "_type_bound", False):
        # Where the type is native the constraint is never written, and needs no name.
        return
    name = convention_name(item, table)
    if name is not None:
        item.name = name


def convention_name(item: Any, table: Any) -> conv | None:
    """Return the name that a convention makes for an item; None if it has nothing to say."""
    convention = table.metadata.naming_convention
    if convention is DEFAULT_CONVENTION and item.visit_name != "index":
        # It speaks of indexes only.
        return None
    given = item.name
    if isinstance(given, conv):
        return None
    template = template_for(convention, item)
    if template is None or (given is not None and "constraint_name" not in template):
        return None
    tokens = Tokens(item, table, convention)
    return conv(template % tokens)


def template_for(convention: Mapping[Any, Any], item: Any) -> str | None:
    """Return the convention for a kind of item: by its class, a parent's, or two letters."""
    for parent in type(item).__mro__:
        if parent in convention:
            found: str = convention[parent]
            return found
    short = _SHORT.get(item.visit_name)
    return None if short is None else convention.get(short)


class Tokens(Mapping[str, str]):
    """What stands behind the tokens of a convention, for one item."""

    def __init__(self, item: Any, table: Any, convention: Mapping[Any, Any]) -> None:
        self._item = item
        self._table = table
        self._convention = convention

    def __getitem__(self, token: str) -> str:
        own = self._convention.get(token)
        if own is not None:
            made: str = own(self._item, self._table)
            return made
        found = _PLAIN.get(token)
        if found is not None:
            return found(self._item, self._table)
        match = _COLUMN_TOKEN.fullmatch(token)
        if match is None:
            raise KeyError(token)
        referred, position, several, what = match.groups()
        read = _COLUMN_PARTS.get(what or "")
        if read is None or (referred and what == "label"):
            raise KeyError(token)
        columns = _referred(self._item) if referred else _constrained(self._item)
        if several is None:
            return read(_one(columns, int(position), token, self._item))
        return several[:-1].join(read(column) for column in columns)

    def __iter__(self) -> Any:
        return iter(_PLAIN)

    def __len__(self) -> int:
        return len(_PLAIN)


def _one(columns: list[Any], position: int, token: str, item: Any) -> Any:
    if position >= len(columns):
        raise InvalidRequestError(
            f"The naming convention's token %({token})s asks for a column that "
            f"{type(item).__name__} on table {str(item._table)!r} does not have"
        )
    return columns[position]


def _constrained(item: Any) -> list[Any]:
    return list(item.columns)


class _Referred:
    """A column that is referred to by name, and need not exist yet."""

    def __init__(self, target: Any) -> None:
        self.name = self.key = target.column_name


def _referred(item: Any) -> list[Any]:
    if not hasattr(item, "elements"):
        return []
    return [_Referred(element.target_tokens) for element in item.elements]


def _constraint_name(item: Any, table: Any) -> str:
    if item.name is None:
        raise InvalidRequestError(
            "Naming convention including %(constraint_name)s token requires that constraint is "
            "explicitly named."
        )
    return str(item.name)


def _referred_table(item: Any, table: Any) -> str:
    return str(item.elements[0].target_tokens.table_name)


def _label(column: Any) -> str:
    table = column.table
    schema = f"{table.schema.replace('.', '_')}_" if table.schema else ""
    return f"{schema}{table.name}_{column.name}"


_PLAIN: Mapping[str, Callable[[Any, Any], str]] = {
    "table_name": lambda item, table: str(table.name),
    "constraint_name": _constraint_name,
    "referred_table_name": _referred_table,
}

_COLUMN_PARTS: Mapping[str, Callable[[Any], str]] = {
    "name": lambda column: str(column.name),
    "key": lambda column: str(column.key),
    "label": _label,
}
