"""What is no value of a column, and was given as one: refused before anything is sent."""

from __future__ import annotations

from typing import Any, NoReturn

from toolkit_core.errors import ArgumentError
from toolkit_core.expression import operators as op
from toolkit_core.types import Boolean, Date, DateTime, Integer, Numeric, String, Time, Uuid

# Classes of values that are several, and types of columns that have one in each row.
_SEVERAL = (list, tuple, set, frozenset)
_SINGLE = (Boolean, Date, DateTime, Integer, Numeric, String, Time, Uuid)
_COMPARING = frozenset((op.eq, op.ne, op.lt, op.le, op.gt, op.ge))


def refuse_mapped(found: Any) -> None:
    """Refuse an object of a mapped class, or such a class, where a value is wanted."""
    cls = found if isinstance(found, type) else type(found)
    if getattr(cls, "__entity__", None) is None:
        return
    name = cls.__name__
    hint = "a relationship is compared with an object; a column with a value, such as its key"
    if cls is found:
        hint = f"a column of it: {name}.… instead of {name}"
    raise ArgumentError(
        f"SQL expression element or literal value expected, got {found!r}", hint=hint
    )


def refuse_several(found: Any, like: Any, operator: Any) -> None:
    """Refuse several values where a column that has one in each row is compared."""
    if (
        isinstance(found, _SEVERAL)
        and isinstance(like.type, _SINGLE)
        and (operator is None or operator in _COMPARING)
    ):
        _refuse_several(found, like)


def _refuse_several(found: Any, like: Any) -> NoReturn:
    shown = str(like) if getattr(like, "is_attribute", False) else (like.name or "the expression")
    raise ArgumentError(
        f"{shown} has one value in each row, and is compared with a {type(found).__name__}: "
        f"{found!r}",
        hint=f"{shown}.in_({list(found)!r}) asks for any of them",
    )


def not_a_condition(found: Any) -> ArgumentError:
    """Return the refusal of what is no condition, with how what it is becomes one."""
    hint = None
    if isinstance(found, _SEVERAL):
        hint = "several conditions are several arguments: where(*conditions)"
    elif getattr(found, "__entity__", None) is not None:
        hint = "compare a column of it: Class.id == object.id"
    return ArgumentError(
        f"SQL expression for WHERE/HAVING role expected, got {found!r}.", hint=hint
    )
