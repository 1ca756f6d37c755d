"""What a child process finds lying about of its parent's: it must not speak for it (P10)."""

import gc
import os
import threading
from typing import Any

import pytest

from tests.core.pool.test_fork import in_child
from tests.core.pool.tools import InThread, WatchedDriver, connect
from toolkit_core.pool import QueuePool

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")


def test_the_collector_may_run_at_any_moment_of_the_childs_first_steps() -> None:
    driver = WatchedDriver()
    pool = QueuePool(connect, driver=driver)
    thresholds = gc.get_threshold()
    sent: dict[int, list[str]] = {}
    gc.collect()
    gc.disable()
    try:
        for allocations in range(5, 100, 5):
            lost: list[Any] = [pool.connect()]
            lost.append(lost)
            del lost
            driver.sent.clear()
            gc.set_threshold(gc.get_count()[0] + allocations)
            gc.enable()
            said = in_child(lambda: driver.sent)
            gc.disable()
            gc.set_threshold(*thresholds)
            if said and not driver.sent:
                sent[allocations] = said
            gc.collect()
    finally:
        gc.set_threshold(*thresholds)
        gc.enable()
    assert sent == {}


def test_what_another_thread_keeps_for_itself_is_not_given_back_by_the_child() -> None:
    """As a session in a registry per thread: the child forgets its parent's threads."""
    driver = WatchedDriver()
    pool = QueuePool(connect, driver=driver)
    local = threading.local()
    ready, done = threading.Event(), threading.Event()

    def hold() -> None:
        local.proxied = pool.connect()
        ready.set()
        done.wait(10)
        local.proxied.close()

    thread = InThread(hold)
    ready.wait(10)
    driver.sent.clear()
    said = in_child(lambda: driver.sent)
    done.set()
    thread.result()
    assert said == []
