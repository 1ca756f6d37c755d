"""Types by the names that MySQL and MariaDB write.

https://dev.mysql.com/doc/refman/9.0/en/data-types.html
"""

from __future__ import annotations

import re
from typing import Any

import toolkit_mysql.types as own
from toolkit_core.dialect import warn
from toolkit_core.dialect.standard_types import (
    BINARY,
    BLOB,
    DATE,
    NULLTYPE,
    UUID,
    VARBINARY,
    TypeEngine,
)

_WHOLE = ("tinyint", "smallint", "mediumint", "int", "integer", "bigint")
_FIXED = ("decimal", "numeric")
_FLOATING = ("float", "double", "real")
_TEXTS = ("char", "varchar", "tinytext", "text", "mediumtext", "longtext")
_TIMES = ("datetime", "timestamp", "time")
_PLAIN: dict[str, type[TypeEngine[Any]]] = {
    "binary": BINARY,
    "blob": BLOB,
    "date": DATE,
    "uuid": UUID,
    "varbinary": VARBINARY,
}
_FORM = re.compile(r"(?P<name>\w+)(?:\((?P<inside>.*)\))?(?P<behind>[^)]*)", re.DOTALL)
_WORD = re.compile(r"'((?:[^']|'')*)'")


def counts(declared: str) -> bool:
    """Tell whether a column of a type can count up.

    >>> counts("int(11) unsigned"), counts("point")
    (True, False)
    """
    return declared.partition("(")[0].partition(" ")[0] in _WHOLE


def type_named(
    declared: str, charset: str | None, collation: str | None, column: str
) -> TypeEngine[Any]:
    """Return the type of a column; one that nobody knows is none, which is warned about."""
    form = _FORM.match(declared)
    name, inside, behind = form.groups("") if form else ("", "", "")
    words = {"charset": charset, "collation": collation}
    words = {word: said for word, said in words.items() if said is not None}
    if name in ("enum", "set"):
        labels = [one.replace("''", "'") for one in _WORD.findall(inside)]
        found = _made(name, *labels, **words)
    else:
        numbers = [int(one) for one in inside.split(",") if one.strip().isdigit()]
        found = _of_numbers(name, numbers, behind) or _of_text(name, numbers, words)
    if found is None:
        warn(f"Did not recognize type '{name}' of column '{column}'")
        return NULLTYPE
    return found


def _of_numbers(name: str, numbers: list[int], behind: str) -> TypeEngine[Any] | None:
    flags: dict[str, Any] = {word: True for word in ("unsigned", "zerofill") if word in behind}
    if name in _WHOLE:
        if numbers:
            flags["display_width"] = numbers[0]
        return _made("integer" if name == "int" else name, **flags)
    if name in _FIXED or name in _FLOATING:
        return _made(name, *numbers, **flags)
    if name in _TIMES:
        return _made(name, **({"fsp": numbers[0]} if numbers else {}))
    if name in _PLAIN:
        return _PLAIN[name](*numbers)
    return None


def _of_text(name: str, numbers: list[int], words: dict[str, Any]) -> TypeEngine[Any] | None:
    if name in _TEXTS:
        return _made(name, *numbers, **words)
    if name == "year":
        return _made(name, **({"display_width": numbers[0]} if numbers else {}))
    if name in ("bit", "json", "tinyblob", "mediumblob", "longblob", "inet4", "inet6"):
        return _made(name, *numbers)
    return None


def _made(name: str, *given: Any, **words: Any) -> TypeEngine[Any] | None:
    made = getattr(own, name.upper(), None)
    return None if made is None else made(*given, **words)
