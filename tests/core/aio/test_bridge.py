"""Blocking code runs within a task, and what it waits for is awaited there."""

from __future__ import annotations

import asyncio
import contextvars
import gc
import inspect
import threading
import traceback
import weakref
from typing import Any

import pytest
from greenlet import GreenletExit

from tests.core.aio.test_without_greenlet import run
from tests.core.aio.tools import asynchronous
from toolkit.exc import AwaitRequired, MissingGreenlet, SAWarning
from toolkit.util import await_only, greenlet_spawn
from toolkit_core.aio.bridge import in_bridge, spawn_to_the_end
from toolkit_core.aio.reused_greenlet import Bridge
from toolkit_core.errors import warn


async def later(value: Any) -> Any:
    await asyncio.sleep(0)
    return value


@asynchronous
async def test_blocking_code_gets_what_it_has_awaited() -> None:
    def add(first: int, *, second: int) -> int:
        return int(await_only(later(first))) + int(await_only(later(second)))

    assert await greenlet_spawn(add, 1, second=2) == 3


@asynchronous
async def test_an_error_of_what_is_awaited_is_raised_in_the_blocking_code() -> None:
    async def fail() -> None:
        raise LookupError("there")

    def tries() -> str:
        try:
            await_only(fail())
        except LookupError as error:
            return f"caught {error}"
        return "nothing"

    assert await greenlet_spawn(tries) == "caught there"


@asynchronous
async def test_an_error_of_the_blocking_code_is_raised_where_it_is_awaited() -> None:
    def fail() -> None:
        await_only(later(1))
        raise LookupError("here")

    with pytest.raises(LookupError, match="here"):
        await greenlet_spawn(fail)


@asynchronous
async def test_the_bridge_may_be_crossed_within_what_is_awaited() -> None:
    def inner() -> int:
        return int(await_only(later(5)))

    def outer() -> int:
        return 2 * await_only(greenlet_spawn(inner))

    assert await greenlet_spawn(outer) == 10


@asynchronous
async def test_tasks_go_on_while_blocking_code_waits() -> None:
    order: list[str] = []

    def wait(name: str) -> None:
        for _ in range(2):
            order.append(name)
            await_only(asyncio.sleep(0))

    await asyncio.gather(greenlet_spawn(wait, "one"), greenlet_spawn(wait, "two"))
    assert order == ["one", "two", "one", "two"]


@asynchronous
async def test_context_variables_are_the_task_s_in_both_directions() -> None:
    name: contextvars.ContextVar[str] = contextvars.ContextVar("name")
    name.set("outside")

    def within() -> str:
        seen = name.get()
        name.set("within")
        return seen

    assert await greenlet_spawn(within) == "outside"
    assert name.get() == "within"


def test_outside_of_the_bridge_nothing_is_awaited_and_the_error_says_what_was_wanted() -> None:
    coroutine = later(1)
    with pytest.raises(MissingGreenlet, match="wanted for: select 1") as caught:
        await_only(coroutine, "select 1")
    assert caught.value.code == "xd2s"
    assert "run_sync" in str(caught.value)
    assert inspect.getcoroutinestate(coroutine) == "CORO_CLOSED", "so it gives no warning"
    assert not in_bridge()


@asynchronous
async def test_in_a_task_without_the_bridge_the_awaited_is_named() -> None:
    with pytest.raises(MissingGreenlet, match="wanted for: later"):
        await_only(later(1))


@asynchronous
async def test_who_requires_an_await_is_told_that_there_was_none() -> None:
    with pytest.raises(AwaitRequired) as caught:
        await greenlet_spawn(lambda: 1, _require_await=True)
    assert caught.value.code == "xd1r"


@asynchronous
async def test_a_cancelled_task_raises_in_the_blocking_code_which_may_still_await() -> None:
    seen: list[str] = []

    def work() -> None:
        try:
            await_only(asyncio.sleep(60))
        except asyncio.CancelledError:
            seen.append(await_only(later("cleaned up")))
            raise

    task = asyncio.ensure_future(greenlet_spawn(work))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert seen == ["cleaned up"]


def test_blocking_code_of_a_task_that_is_destroyed_is_ended_at_once() -> None:
    seen: list[str] = []

    def work() -> None:
        try:
            await_only(asyncio.sleep(60))
        finally:
            try:
                await_only(later(1))
            except MissingGreenlet:
                seen.append("refused")

    coroutine = greenlet_spawn(work)
    loop = asyncio.new_event_loop()
    task = loop.create_task(coroutine)
    loop.run_until_complete(asyncio.sleep(0))
    task._log_destroy_pending = False  # type: ignore[attr-defined]
    loop.close()
    coroutine.close()
    del task, coroutine
    gc.collect()
    assert seen == ["refused"]


@asynchronous
async def test_what_must_come_to_its_end_goes_on_when_its_task_is_cancelled() -> None:
    seen: list[str] = []

    def work() -> None:
        await_only(asyncio.sleep(0.01))
        seen.append("first")
        await_only(asyncio.sleep(0.01))
        seen.append("second")

    task = asyncio.ensure_future(spawn_to_the_end(work))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert seen == []
    await asyncio.sleep(0.1)
    assert seen == ["first", "second"]


@asynchronous
async def test_what_must_come_to_its_end_sees_the_errors_of_what_it_awaits() -> None:
    async def fail() -> None:
        raise LookupError("there")

    with pytest.raises(LookupError, match="there"):
        await spawn_to_the_end(lambda: await_only(fail()))


@asynchronous
async def test_what_is_left_behind_and_fails_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    def work() -> None:
        await_only(asyncio.sleep(0.01))
        raise LookupError("nobody is there to catch this")

    task = asyncio.ensure_future(spawn_to_the_end(work))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await asyncio.sleep(0.05)
    assert "nobody is there to catch this" in caplog.text


def test_what_is_left_behind_when_the_loop_ends_is_cancelled() -> None:
    seen: list[str] = []

    def work() -> None:
        try:
            await_only(asyncio.sleep(60))
        except asyncio.CancelledError:
            seen.append("cancelled")
            raise

    async def main() -> None:
        task = asyncio.ensure_future(spawn_to_the_end(work))
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(main())
    assert seen == ["cancelled"]


@asynchronous
async def test_a_warning_is_of_the_line_that_awaits() -> None:
    here = inspect.currentframe()
    assert here is not None
    with pytest.warns(SAWarning, match="of the line") as warned:
        await greenlet_spawn(warn, "of the line")
    assert (warned[0].filename, warned[0].lineno) == (__file__, here.f_lineno - 1)


# -- a bridge does one thing after another ------------------------------------------------------


def greenlets() -> int:
    gc.collect()
    return sum(isinstance(one, Bridge) for one in gc.get_objects())


@asynchronous
async def test_a_bridge_is_used_again_and_holds_nothing_meanwhile() -> None:
    class Held:
        pass

    def work(held: Held) -> list[Held]:
        await_only(later(held))
        return [held]

    def fail(held: Held) -> None:
        raise LookupError(held)

    given = Held()
    gone = weakref.ref(given)
    await greenlet_spawn(work, given)
    before = greenlets()
    for _ in range(100):
        await greenlet_spawn(work, given)
        with pytest.raises(LookupError):
            await greenlet_spawn(fail, given)
    assert greenlets() == before
    del given
    gc.collect()
    assert gone() is None


@asynchronous
async def test_as_many_bridges_as_tasks_and_not_more_than_some_are_kept() -> None:
    await asyncio.gather(*[greenlet_spawn(await_only, later(n)) for n in range(500)])
    assert greenlets() <= 100


@asynchronous
async def test_an_error_tells_where_it_was_raised_and_nothing_of_the_bridge_s_own_loop() -> None:
    def fails() -> None:
        try:
            next(iter(()))
        except StopIteration:
            raise LookupError("second")  # noqa: B904 - the context is what this is about

    try:
        int("x")
    except ValueError:
        with pytest.raises(LookupError) as caught:
            await greenlet_spawn(fails)
    assert isinstance(caught.value.__context__, StopIteration)
    names = [frame.name for frame in traceback.extract_tb(caught.value.__traceback__)]
    assert names[-1] == "fails"
    assert [name for name in names if "one_after_another" in name] == []


@asynchronous
async def test_code_that_steps_a_task_by_hand_gets_what_it_hands_out() -> None:
    """As nested event loops do: what is asked for goes to who steps, not to who began."""

    def inner() -> Any:
        return [await_only(later(1)), await_only(later(2))]

    coroutine = greenlet_spawn(inner)

    def begins() -> Any:
        return coroutine.send(None)

    assert await greenlet_spawn(begins) is None  # what `sleep(0)` gives to its event loop
    # The bridge that has begun it does something else by now.
    assert await greenlet_spawn(lambda: 5) == 5
    assert coroutine.send(None) is None
    with pytest.raises(StopIteration) as ended:
        coroutine.send(None)
    assert ended.value.value == [1, 2]


def test_threads_have_bridges_of_their_own_which_end_with_them() -> None:
    async def main() -> int:
        return sum(await asyncio.gather(*[greenlet_spawn(await_only, later(n)) for n in range(20)]))

    found: list[int] = []
    before = greenlets()
    for _ in range(20):
        thread = threading.Thread(target=lambda: found.append(asyncio.run(main())))
        thread.start()
        thread.join()
    assert found == [190] * 20
    assert greenlets() - before < 40, "those of the threads that have ended are gone"


def test_a_process_that_was_forked_off_has_bridges_of_its_own() -> None:
    program = """
import asyncio, os
from toolkit.util import await_only, greenlet_spawn
async def main():
    def work():
        return await_only(asyncio.sleep(0, 5))
    return await asyncio.gather(*[greenlet_spawn(work) for _ in range(20)])
assert asyncio.run(main()) == [5] * 20
child = os.fork()
assert asyncio.run(main()) == [5] * 20
if child:
    print(os.waitpid(child, 0)[1])
"""
    assert run(program) == "0"


@asynchronous
async def test_a_greenlet_that_is_made_to_exit_is_not_used_again() -> None:
    def exits() -> None:
        raise GreenletExit

    for _ in range(3):
        await greenlet_spawn(exits)
        assert await greenlet_spawn(lambda: 5) == 5
