"""Listeners written for an older version: called with the arguments they expect."""

from __future__ import annotations

import functools
from typing import Any

from toolkit_core.errors import SADeprecationWarning, warn
from toolkit_core.events.families import Events, Listener
from toolkit_core.late_annotations import signature_of

# What was there once and is now always the same.
_CONSTANTS = {"branch": False}


def as_it_was(family: type[Events], event: str, fn: Listener) -> Listener:
    """Return what calls the listener with as many arguments as it takes.

    A listener that takes only as many as the event had before is called with those, and its
    author is warned.
    """
    if event not in family.formerly:
        return fn
    version, former = family.formerly[event]
    present = family.argument_names(event)
    if not _takes(fn, len(former)) or _takes(fn, len(present)):
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


def _takes(fn: Listener, count: int) -> bool:
    """Tell whether a function can be called with so many arguments by position."""
    try:
        signature_of(fn).bind(*range(count))
    except TypeError:
        return False
    except ValueError:  # a builtin that does not say
        return True
    return True
