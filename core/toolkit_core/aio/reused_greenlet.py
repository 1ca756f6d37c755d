"""The greenlets that blocking code runs in: each does one thing after another.

To make one costs five times what else a crossing of the bridge costs.
"""

from __future__ import annotations

import os
from threading import get_ident, main_thread
from typing import Any

from toolkit_core.errors import MissingDriverError

try:
    from greenlet import GreenletExit, getcurrent, greenlet
except ModuleNotFoundError as error:
    raise MissingDriverError(
        "The asyncio part of toolkit needs the library 'greenlet', which is not installed",
        hint='pip install "toolkit[asyncio]"',
    ) from error

# Which greenlet this code runs in.
current_greenlet = getcurrent
_MOST_IDLE = 64


class Bridge(greenlet):
    """A greenlet that may hand out what is to be awaited."""

    __slots__ = ("ended", "failure", "given")

    def __init__(self) -> None:
        super().__init__(_do_one_after_another)
        # Whether what it was to do has come to its end: by an error, or with what that gave.
        self.ended = False
        self.failure: BaseException | None = None
        self.given: Any = None
        self.switch()  # to where it waits for something to do


def _do_one_after_another() -> None:
    """Do what a bridge is given to do, and then hold nothing: neither that nor the bridge itself.

    A greenlet that its own stack refers to would never go, nor would what it was begun with.
    """
    parent: Any = getcurrent().parent
    while True:
        fn, args, kwargs = parent.switch()
        given = failure = None
        try:
            given = fn(*args, **kwargs)
        except GreenletExit:
            _end(None, None)
            raise
        except BaseException as error:  # noqa: BLE001 - it is raised where it is awaited
            failure = error
        parent = _end(given, failure)
        del fn, args, kwargs, given, failure


def _end(given: Any, failure: BaseException | None) -> Any:
    """Note how it has ended what the present bridge was to do; return who is to be told."""
    bridge: Any = getcurrent()
    bridge.ended = True
    bridge.given = given
    if failure is not None:
        trace = failure.__traceback__
        # Without the frame of the bridge, which will soon be about something else.
        bridge.failure = failure.with_traceback(None if trace is None else trace.tb_next)
    return bridge.parent


class _Idle:
    """The bridges of the main thread that have nothing to do.

    Those of another thread would outlive it: a greenlet cannot be ended when its thread is gone.
    """

    __slots__ = ("bridges", "thread")

    def __init__(self) -> None:
        self.bridges: list[Bridge] = []
        self.thread = main_thread().ident

    def forget(self) -> None:
        """Begin anew: in a process that was forked off, the thread that forked is the main one."""
        self.bridges.clear()
        self.thread = get_ident()


_idle = _Idle()
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_idle.forget)


def taken() -> Bridge:
    """Return a bridge that has nothing to do: ``switch(fn, args, kwargs)`` has it begin."""
    bridges = _idle.bridges
    bridge = bridges.pop() if bridges and get_ident() == _idle.thread else Bridge()
    here = getcurrent()
    bridge.parent = here
    # The same context variables, not a copy: what is set within is seen outside.
    bridge.gr_context = here.gr_context
    bridge.ended = False
    return bridge


def give_back(bridge: Bridge) -> None:
    """Have a bridge that has ended what it did do something else, later."""
    bridge.given = bridge.failure = bridge.gr_context = None
    bridges = _idle.bridges
    if len(bridges) < _MOST_IDLE and get_ident() == _idle.thread and not bridge.dead:
        bridges.append(bridge)
