"""Warnings, and the two functions that emit them at the user's own line."""

from __future__ import annotations

import os
import sys
import warnings
from types import FrameType


class SAWarning(RuntimeWarning):
    """Something runs, but is probably not what was meant."""

    code: str | None = None


class SADeprecationWarning(DeprecationWarning):
    """A use that will stop working: the message names the version and the replacement."""

    code: str | None = None
    deprecated_since: str | None = None


class Base20DeprecationWarning(SADeprecationWarning):
    """A use that belongs to the API before 2.0."""


class LegacyAPIWarning(Base20DeprecationWarning):
    """A use that still works and that new code should not begin with."""


class MovedIn20Warning(Base20DeprecationWarning):
    """A name that has moved elsewhere."""


class SAPendingDeprecationWarning(PendingDeprecationWarning):
    """A use that will be deprecated later."""

    deprecated_since: str | None = None


_OURS = ("toolkit", "toolkit_core", "toolkit_orm")


def user_frame() -> FrameType | None:
    """Return the innermost frame that is not toolkit's own code."""
    frame: FrameType | None = sys._getframe(1)
    while frame is not None:
        name: str = frame.f_globals.get("__name__", "")
        if name.partition(".")[0] not in _OURS:
            return frame
        frame = frame.f_back
    return None


def user_line() -> str:
    """Return ``file:line`` of the innermost frame that is not toolkit's own code.

    >>> user_line().rpartition(":")[2].isdigit()
    True
    """
    frame = user_frame()
    if frame is None:
        return "<unknown>"
    return f"{os.path.relpath(frame.f_code.co_filename)}:{frame.f_lineno}"


def warn(message: str, category: type[Warning] = SAWarning) -> None:
    """Warn at the line of the user's code that led here."""
    level = 2
    frame: FrameType | None = sys._getframe(1)
    stop = user_frame()
    while frame is not None and frame is not stop:
        level += 1
        frame = frame.f_back
    warnings.warn(message, category, stacklevel=level)


def warn_deprecated(message: str, since: str) -> None:
    """Warn of a use that is deprecated since a version."""
    warn(f"{message} (deprecated since: {since})", SADeprecationWarning)
