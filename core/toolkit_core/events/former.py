"""Listeners written for an older version: called with the arguments they expect."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

from toolkit_core.errors import SADeprecationWarning, warn
from toolkit_core.events.families import Events, Listener
from toolkit_core.lazy_module import lazy_module

if TYPE_CHECKING:
    import inspect
else:
    inspect = lazy_module("inspect")

# What was there once and is now always the same.
_CONSTANTS = {"branch": False}


def as_it_was(family: type[Events], event: str, fn: Listener) -> Listener:
    """Return what calls the listener with as many arguments as it takes.

    A listener that takes exactly those that the event had before is called with them, and
    its author is warned.
    """
    if event not in family.formerly:
        return fn
    version, former = family.formerly[event]
    present = family.argument_names(event)
    if _arity(fn) != len(former):
        return fn
    warn(
        f'The argument signature for the "{family.__name__}.{event}" event listener has changed '
        f"as of version {version}, and conversion for the old argument signature will be removed "
        f'in a future release.  The new signature is "def {event}({", ".join(present)})"',
        SADeprecationWarning,
    )

    @functools.wraps(fn)
    def call(*values: Any) -> Any:
        known = {**_CONSTANTS, **dict(zip(present, values, strict=True))}
        return fn(*(known[name] for name in former))

    return call


def _arity(fn: Listener) -> int | None:
    """Return how many arguments a function takes by position; None: any number, or unknown."""
    try:
        parameters = inspect.signature(fn).parameters.values()
    except (TypeError, ValueError):  # a builtin that does not say
        return None
    if any(parameter.kind is parameter.VAR_POSITIONAL for parameter in parameters):
        return None
    by_position = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    return sum(
        parameter.kind in by_position and parameter.default is parameter.empty
        for parameter in parameters
    )
