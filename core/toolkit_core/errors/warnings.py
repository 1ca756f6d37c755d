"""Warnings, and the two functions that emit them at the user's own line."""

from __future__ import annotations

import os
import sys
import warnings
from types import FrameType

from toolkit_core.errors.described import HasDescriptionCode


class _Described(HasDescriptionCode, Warning):
    def __str__(self) -> str:
        return "\n".join([Warning.__str__(self), *self._reference("warning")])


class SAWarning(_Described, RuntimeWarning):
    """Something runs, but is probably not what was meant."""


class SADeprecationWarning(_Described, DeprecationWarning):
    """A use that will stop working: the message names the version and the replacement."""

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


_OURS = "toolkit"


def user_frame() -> FrameType | None:
    """Return the innermost frame that is not toolkit's own code."""
    frame: FrameType | None = sys._getframe(1)
    while frame is not None:
        name: str = frame.f_globals.get("__name__", "")
        package = name.partition(".")[0]
        if package != _OURS and not package.startswith(f"{_OURS}_"):
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


def warn(message: str, category: type[_Described] = SAWarning, code: str | None = None) -> None:
    """Warn at the line of the user's code that led here; ``code`` names a page of errors."""
    level = 2
    frame: FrameType | None = sys._getframe(1)
    stop = user_frame()
    while frame is not None and frame is not stop:
        level += 1
        frame = frame.f_back
    warnings.warn(category(message, code=code), stacklevel=level)


def warn_deprecated(message: str, since: str) -> None:
    """Warn of a use that is deprecated since a version."""
    warn(f"{message} (deprecated since: {since})", SADeprecationWarning)
