"""The bridge: the one place where blocking code and a task of asyncio meet.

``await greenlet_spawn(function, …)`` runs plain, blocking code in a greenlet of its own.  Deep in
it, where a driver has something to await, ``await_only(awaitable)`` hands that out to the task,
which awaits it and comes back with what it gave.  So all that is above is written once, for
programs with asyncio and without.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from types import FrameType
from typing import Any, TypeVar

from toolkit_core.aio.reused_greenlet import Bridge, current_greenlet, give_back, taken
from toolkit_core.errors import AwaitRequired, MissingGreenlet
from toolkit_core.errors.frames import STACK_GOES_ON
from toolkit_core.pool.holders import shortened

T = TypeVar("T")

# What goes on after its task was cancelled: asyncio itself refers to tasks but weakly.
_left_behind: set[asyncio.Task[None]] = set()


def in_bridge() -> bool:
    """Tell whether ``await_only`` may be called here."""
    return current_greenlet().__class__ is Bridge


def await_only(awaitable: Awaitable[T], what: str | None = None) -> T:
    """Have something awaited by the task that runs this code by ``greenlet_spawn``.

    ``what`` names what is being done, for the error if there is no such task.
    """
    current = current_greenlet()
    if current.__class__ is not Bridge:
        name = what or getattr(awaitable, "__qualname__", None)
        _discard(awaitable)
        raise missing_greenlet(name)
    given: T = current.parent.switch(awaitable)  # type: ignore[union-attr]
    return given


def require_bridge(what: str) -> None:
    """Refuse to begin with something that would then have to be awaited."""
    if current_greenlet().__class__ is not Bridge:
        raise missing_greenlet(what)


def missing_greenlet(what: str | None = None) -> MissingGreenlet:
    """Say that something is to be awaited where that cannot be done."""
    return MissingGreenlet(
        "greenlet_spawn has not been called; can't call await_() here. "
        "Was IO attempted in an unexpected place?"
        + (f"  It was wanted for: {shortened(what)}" if what else ""),
        hint="await it on the AsyncConnection, or call what needs it by run_sync()",
    )


async def greenlet_spawn(
    fn: Callable[..., T], *args: Any, _require_await: bool = False, **kwargs: Any
) -> T:
    """Run blocking code, awaiting whatever it hands out by ``await_only``."""
    bridge = taken()
    asked: Any = bridge.switch(fn, args, kwargs)
    if not bridge.ended:
        return await _crossed(bridge, asked)  # type: ignore[no-any-return]
    given = _outcome(bridge)
    if _require_await:
        raise AwaitRequired(
            "The current operation required an async execution but none was detected. This will "
            "usually happen when using a non compatible DBAPI driver. Please ensure that an "
            "async DBAPI is used."
        )
    return given  # type: ignore[no-any-return]


async def spawn_to_the_end(fn: Callable[..., Any], *args: Any) -> None:
    """Run blocking code that is to be finished even if this task is cancelled meanwhile.

    The task learns of its cancellation at once; what is left goes on in a task of its own.  As
    long as there is nothing to await, no task is made.
    """
    bridge = taken()
    asked: Any = bridge.switch(fn, args, {})
    while not bridge.ended:
        future = asyncio.ensure_future(asked)
        try:
            answer = await asyncio.shield(future)
        except asyncio.CancelledError as cancelled:
            if not future.cancelled():
                _leave_behind(bridge, future)
                raise
            asked = _thrown(bridge, cancelled)
        except GeneratorExit as closed:
            _burn(bridge, closed)
            raise
        except BaseException as error:  # noqa: BLE001 - the code that asked shall see it
            asked = _thrown(bridge, error)
        else:
            asked = _answered(bridge, answer)
    _outcome(bridge)


async def _crossed(bridge: Bridge, asked: Any) -> Any:
    """Answer what the bridge asks for until its code has come to its end; return what that gave."""
    while not bridge.ended:
        try:
            answer = await asked
        except GeneratorExit as closed:
            _burn(bridge, closed)
            raise
        except BaseException as error:  # noqa: BLE001 - the code that asked shall see it
            asked = _thrown(bridge, error)
        else:
            asked = _answered(bridge, answer)
    return _outcome(bridge)


def _answered(bridge: Bridge, answer: Any) -> Any:
    # Where the task goes on now is where it hands out what it asks for next.
    bridge.parent = current_greenlet()
    return bridge.switch(answer)


def _thrown(bridge: Bridge, error: BaseException) -> Any:
    bridge.parent = current_greenlet()
    return bridge.throw(error)


def _outcome(bridge: Bridge) -> Any:
    """Return what the code gave, or raise its error, and have the bridge do something else."""
    given, failure = bridge.given, bridge.failure
    give_back(bridge)
    if failure is None:
        return given
    context = failure.__context__
    try:
        raise failure
    finally:
        # What it was raised in is told already; what is being handled here is another thing.
        failure.__context__ = context
        del failure, context


def _burn(bridge: Bridge, closed: BaseException) -> None:
    """End code that nobody will answer any more; what it wants for cleaning up is refused."""
    asked = _thrown(bridge, closed)
    while not bridge.ended:
        _discard(asked)
        asked = _thrown(bridge, missing_greenlet("cleaning up after a task that was destroyed"))
    _outcome(bridge)


def _leave_behind(bridge: Bridge, future: asyncio.Future[Any]) -> None:
    task = asyncio.ensure_future(_finish(bridge, future))
    _left_behind.add(task)
    task.add_done_callback(_left_behind.discard)


async def _finish(bridge: Bridge, future: asyncio.Future[Any]) -> None:
    try:
        await _crossed(bridge, future)
    except Exception:
        # Whoever might catch it has been cancelled.
        logging.getLogger("toolkit.aio").exception("what a cancelled task has left behind failed")


def _discard(awaitable: Any) -> None:
    """Let go of what is never awaited, without a warning that it never was."""
    close = getattr(awaitable, "close", None)
    if close is not None:
        close()


def _frame_beyond() -> FrameType | None:
    """Return where the stack goes on, behind the greenlet that the code runs in."""
    parent = current_greenlet().parent
    return None if parent is None else parent.gr_frame


STACK_GOES_ON.append(_frame_beyond)
