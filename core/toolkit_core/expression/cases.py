"""CASE."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from toolkit_core.errors import ArgumentError
from toolkit_core.expression.coerce import condition, expression
from toolkit_core.expression.column_element import ColumnElement
from toolkit_core.expression.node import child, children, declared, derived
from toolkit_core.types import NULLTYPE, TypeEngine

T = TypeVar("T")


@declared
class Case(ColumnElement[T]):
    """``CASE WHEN ... THEN ... ELSE ... END``; ``whens`` are conditions and results in turn."""

    visit_name = "case"

    value: ColumnElement[Any] | None = child(default=None)
    whens: tuple[ColumnElement[Any], ...] = children(default=())
    else_: ColumnElement[Any] | None = child(default=None)
    type: TypeEngine[Any] = derived(default=NULLTYPE)


def case(*whens: Any, value: Any = None, else_: Any = None) -> Case[Any]:
    """Return the first result whose condition holds, or whose value is the one given.

    >>> from toolkit_core.expression.elements import column
    >>> str(case((column("x") > 5, "high"), else_="low"))
    'CASE WHEN (x > :x_1) THEN :param_1 ELSE :param_2 END'
    >>> str(case({1: "one", 2: "two"}, value=column("x")))
    'CASE x WHEN :param_1 THEN :param_2 WHEN :param_3 THEN :param_4 END'
    """
    parts: list[ColumnElement[Any]] = []
    for when, result in _pairs(whens):
        parts.append(condition(when) if when is True or when is False else expression(when))
        parts.append(expression(result))
    otherwise = None if else_ is None else expression(else_)
    # The last result that has a type decides; what is left for all others, where none has one.
    type_: TypeEngine[Any] = NULLTYPE
    for result in reversed(parts[1::2]):
        type_ = result.type
        if type_ is not NULLTYPE:
            break
    else:
        type_ = NULLTYPE if otherwise is None else otherwise.type
    return Case(None if value is None else expression(value), tuple(parts), otherwise, type_)


def _pairs(whens: tuple[Any, ...]) -> list[tuple[Any, Any]]:
    if len(whens) == 1 and isinstance(whens[0], Mapping):
        return list(whens[0].items())
    for one in whens:
        if not isinstance(one, tuple) or len(one) != 2:
            raise ArgumentError(
                f"case() takes pairs of a condition and a result, not {one!r}",
                hint='case((t.c.x > 5, "high"), else_="low"), or case({...}, value=t.c.x)',
            )
    return list(whens)
