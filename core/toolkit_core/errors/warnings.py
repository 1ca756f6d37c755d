"""Warnings, and the two functions that emit them at the user's own line."""

from __future__ import annotations

import warnings

from toolkit_core.errors.described import HasDescriptionCode
from toolkit_core.errors.frames import user_frame


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


def warn(message: str, category: type[_Described] = SAWarning, code: str | None = None) -> None:
    """Warn at the line of the user's code that led here; ``code`` names a page of errors."""
    frame = user_frame()
    made = category(message, code=code)
    if frame is None:
        warnings.warn(made, stacklevel=2)
        return
    # By name and line: the frame may be on another stack than this one, as under asyncio.
    within = frame.f_globals
    warnings.warn_explicit(
        made,
        category,
        frame.f_code.co_filename,
        frame.f_lineno,
        module=within.get("__name__") or "<unknown>",
        registry=within.setdefault("__warningregistry__", {}),
    )


def warn_deprecated(message: str, since: str) -> None:
    """Warn of a use that is deprecated since a version."""
    warn(f"{message} (deprecated since: {since})", SADeprecationWarning)
