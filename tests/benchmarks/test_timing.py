"""A timing run repeats enough, checks its work, and says why it cannot; no real clock here."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest

from benchmarks.timing import calibrated, measure, reason, timed
from benchmarks.workload import LEAST_SECONDS, CannotRunError, Work, Workload

NOWHERE = Path("nowhere")


class Clock:
    """CPU time that only work moves forward."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now

    def work(self, seconds: float) -> Work:
        def work() -> str:
            self.now += seconds
            return "done"

        return work


def workload(clock: Clock, work: Work) -> Workload:
    return Workload("w", "title", None, {"raw": lambda _data: work}, clock, runs_elsewhere=False)


@pytest.mark.parametrize("seconds", [0.000_1, 0.01, 0.09, 0.2, 5.0])
def test_the_timed_region_is_long_enough(seconds: float) -> None:
    clock = Clock()
    work = clock.work(seconds)
    cpu, _ = timed(work, calibrated(work, clock, LEAST_SECONDS), clock)
    assert cpu >= LEAST_SECONDS


def test_a_measurement_knows_its_repetitions() -> None:
    clock = Clock()
    timing = measure(workload(clock, clock.work(0.01)), "raw", NOWHERE)
    assert timing.cpu_seconds == pytest.approx(timing.repetitions * 0.01)
    assert timing.cpu_per_repetition == pytest.approx(0.01)


def test_work_whose_result_changes_is_refused() -> None:
    clock = Clock()
    ticking = clock.work(0.1)

    def work() -> float:
        ticking()
        return clock.now

    with pytest.raises(CannotRunError, match="changed"):
        measure(workload(clock, work), "raw", NOWHERE)


def test_work_that_leaves_the_collector_off_is_refused() -> None:
    clock = Clock()
    ticking = clock.work(0.1)

    def work() -> object:
        gc.disable()
        return ticking()

    try:
        with pytest.raises(CannotRunError, match="switched off"):
            measure(workload(clock, work), "raw", NOWHERE)
    finally:
        gc.enable()


def test_a_library_without_a_function_cannot_run() -> None:
    with pytest.raises(CannotRunError, match="not written"):
        measure(workload(Clock(), int), "django", NOWHERE)


def test_a_reason_is_one_line() -> None:
    assert reason(ValueError("first\nsecond")) == "ValueError: first"
    assert reason(CannotRunError("no pool")) == "no pool"
