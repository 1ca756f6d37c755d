"""Which type a plain Python value suggests."""

from __future__ import annotations

from typing import Any

from toolkit_core.types.boolean import Boolean
from toolkit_core.types.number import Integer
from toolkit_core.types.string import String
from toolkit_core.types.type_engine import NULLTYPE, TypeEngine

PLAIN: dict[type[Any], TypeEngine[Any]] = {
    bool: Boolean(),
    int: Integer(),
    str: String(),
    type(None): NULLTYPE,
}


def type_of_value(value: Any) -> TypeEngine[Any]:
    """Return the type that a value suggests.

    >>> type_of_value("x"), type_of_value(object())
    (String(), NullType())
    """
    found = PLAIN.get(value.__class__)
    if found is not None:
        return found
    for parent in type(value).__mro__:
        if parent in PLAIN:
            return PLAIN[parent]
    return NULLTYPE
