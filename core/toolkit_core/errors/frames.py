"""Whose line it is: the user's own frame, above all of ours."""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

# What finds the frame that a stack goes on with where it seems to end: greenlets have stacks of
# their own.
STACK_GOES_ON: list[Callable[[], FrameType | None]] = []

_OURS = "toolkit"


def frame_above(frame: FrameType) -> FrameType | None:
    """Return the frame that has called one."""
    return frame.f_back or next(filter(None, (beyond() for beyond in STACK_GOES_ON)), None)


def user_frame() -> FrameType | None:
    """Return the innermost frame that is not toolkit's own code."""
    frame: FrameType | None = sys._getframe(1)
    while frame is not None:
        name: str = frame.f_globals.get("__name__", "")
        package = name.partition(".")[0]
        if package != _OURS and not package.startswith(f"{_OURS}_"):
            return frame
        frame = frame_above(frame)
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
