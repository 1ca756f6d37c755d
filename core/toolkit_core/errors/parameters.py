"""Bound parameters as text for logs and errors: never too long, and hidden on demand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

HIDDEN = "[SQL parameters hidden due to hide_parameters=True]"
LONGEST_VALUE = 300
LONGEST_LIST = 100
SETS_SHOWN = 10


def parameters_text(parameters: Any, *, ismulti: bool | None = False, hide: bool = False) -> str:
    """Return one line that shows the parameters of a statement.

    ``ismulti`` is None where it is not known whether they are one set or many.

    >>> parameters_text({"name": "x" * 400}) < "{'name': '" + "x" * 200
    True
    >>> parameters_text([(n,) for n in range(12)], ismulti=True)
    '[(0,), (1,), (2,), (3,), (4,), (5,), (6,), (7,)  ... displaying 10 of 12 total bound \
parameter sets ...  (10,), (11,)]'
    >>> parameters_text((1,), hide=True)
    '[SQL parameters hidden due to hide_parameters=True]'
    """
    if hide:
        return HIDDEN
    if ismulti is None:
        return value_text(parameters)
    if ismulti and isinstance(parameters, (list, tuple)):
        return _many(parameters)
    return one_set_text(parameters)


def one_set_text(parameters: Any) -> str:
    """Show one set of parameters, be it positional or by name."""
    if isinstance(parameters, Mapping):
        return _mapping(parameters)
    if isinstance(parameters, tuple):
        inner = _items(parameters)
        return f"({inner},)" if len(parameters) == 1 else f"({inner})"
    if isinstance(parameters, list):
        return f"[{_items(parameters)}]"
    return value_text(parameters)


def value_text(value: Any) -> str:
    """Show one value; the middle of a long one is left out and counted."""
    text = repr(value)
    length = len(text)
    if length <= LONGEST_VALUE:
        return text
    half = LONGEST_VALUE // 2
    return f"{text[:half]} ... ({length - 2 * half} characters truncated) ... {text[-half:]}"


def _mapping(parameters: Mapping[Any, Any]) -> str:
    pairs = list(parameters.items())
    shown = [f"{key!r}: {value_text(value)}" for key, value in _edges(pairs)]
    return "{" + _joined(shown, len(pairs)) + "}"


def _items(values: Sequence[Any]) -> str:
    return _joined([value_text(value) for value in _edges(values)], len(values))


def _edges(values: Sequence[Any]) -> Sequence[Any]:
    half = LONGEST_LIST // 2
    if len(values) <= LONGEST_LIST:
        return values
    return [*values[:half], *values[-half:]]


def _joined(shown: list[str], total: int) -> str:
    if total <= LONGEST_LIST:
        return ", ".join(shown)
    half = LONGEST_LIST // 2
    left_out = f" ... {total - LONGEST_LIST} parameters truncated ... "
    return ", ".join(shown[:half]) + left_out + ", ".join(shown[half:])


def _many(sets: Sequence[Any]) -> str:
    opening, closing = ("(", ")") if isinstance(sets, tuple) else ("[", "]")
    total = len(sets)
    if total <= SETS_SHOWN:
        inner = ", ".join(one_set_text(one) for one in sets)
    else:
        first = ", ".join(one_set_text(one) for one in sets[: SETS_SHOWN - 2])
        last = ", ".join(one_set_text(one) for one in sets[-2:])
        note = f"displaying {SETS_SHOWN} of {total} total bound parameter sets"
        inner = f"{first}  ... {note} ...  {last}"
    return f"{opening}{inner}{closing}"
