"""The functions that turn values into what a driver takes, and back: asked of types here only."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

Processor = Callable[[Any], Any]


def bind_processor(type_: Any, dialect: Any) -> Processor | None:
    """Return what turns a value of a type into what the driver takes; None: it does itself."""
    ask = getattr(type_, "bind_processor", None)
    found: Processor | None = None if ask is None else ask(dialect)
    return found


def result_processor(type_: Any, dialect: Any, coltype: Any = None) -> Processor | None:
    """Return what turns the driver's value into one of a type; None: it is one already."""
    ask = getattr(type_, "result_processor", None)
    found: Processor | None = None if ask is None else ask(dialect, coltype)
    return found


def processing_gatherer(
    names: Sequence[str], processors: Sequence[Processor | None], *, positional: bool
) -> Callable[[Any], Any]:
    """Return a function that picks named values and processes those that need it.

    >>> take = processing_gatherer(("a", "b"), (None, str), positional=True)
    >>> take({"b": 2, "a": 1})
    (1, '2')
    """
    scope: dict[str, Any] = {}
    parts = []
    for place, (name, processor) in enumerate(zip(names, processors, strict=True)):
        part = f"given[{name!r}]"
        if processor is not None:
            scope[f"p{place}"] = processor
            part = f"p{place}({part})"
        parts.append(part if positional else f"{name!r}: {part}")
    inner = ", ".join(parts)
    body = f"({inner},)" if positional else f"{{{inner}}}"
    source = f"lambda given: {body}"
    made: Callable[[Any], Any] = eval(source, scope)  # noqa: S307 - names are quoted by repr
    return made
