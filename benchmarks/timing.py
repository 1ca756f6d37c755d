"""One timing run: one workload, one library, in this process; a line of JSON on standard output.

python -m benchmarks.timing WORKLOAD LIBRARY DATA
"""

from __future__ import annotations

import gc
import json
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.machine import peak_memory
from benchmarks.workload import CannotRunError, Work, Workload, checksum, load_workload

LEAST_REPETITIONS = 3


@dataclass(frozen=True)
class Timing:
    """What one process measured. `why_not` is set, and the figures are zero, if it could not."""

    workload: str
    library: str
    repetitions: int = 0
    cpu_seconds: float = 0.0
    wall_seconds: float = 0.0
    peak_bytes: int | None = None
    collections: int | None = None
    """Runs of the garbage collector in the timed region."""
    checksum: str = ""
    why_not: str = ""

    @property
    def cpu_per_repetition(self) -> float:
        """CPU seconds of one repetition."""
        return self.cpu_seconds / self.repetitions


def measure(workload: Workload, library: str, data: Path) -> Timing:
    """Warm up, calibrate, then time enough repetitions; the garbage collector stays on."""
    work = workload.start(library, data)
    before = checksum(work())
    is_here = not workload.runs_elsewhere
    repetitions = calibrated(work, workload.cpu_clock, workload.least_seconds)
    runs = collector_runs()
    cpu, wall = timed(work, repetitions, workload.cpu_clock)
    collections = collector_runs() - runs if is_here else None
    peak = peak_memory() if is_here else None
    if not gc.isenabled():
        raise CannotRunError("it left the garbage collector switched off")
    if checksum(work()) != before:
        raise CannotRunError("its result changed from one repetition to the next")
    return Timing(workload.name, library, repetitions, cpu, wall, peak, collections, before)


def collector_runs() -> int:
    """How often the garbage collector has run, over all generations."""
    return sum(generation["collections"] for generation in gc.get_stats())


def timed(work: Work, repetitions: int, cpu_clock: Callable[[], float]) -> tuple[float, float]:
    """CPU and wall seconds of so many repetitions."""
    rounds = range(repetitions)
    wall, cpu = time.perf_counter(), cpu_clock()
    for _ in rounds:
        work()
    return cpu_clock() - cpu, time.perf_counter() - wall


def calibrated(work: Work, cpu_clock: Callable[[], float], least_seconds: float) -> int:
    """How many repetitions make the timed region long enough, by doubling a shorter one."""
    repetitions = 1
    while True:
        seconds, _ = timed(work, repetitions, cpu_clock)
        if seconds >= least_seconds / 3:
            break
        repetitions *= 2
    # A fifth more than needed: the timed region must not fall short when it runs a bit faster.
    return max(LEAST_REPETITIONS, round(1.2 * least_seconds / seconds * repetitions))


def reason(error: BaseException) -> str:
    """Why a library could not run, in one line."""
    first_line = (str(error).strip() or "no message").splitlines()[0]
    return (
        first_line if isinstance(error, CannotRunError) else f"{type(error).__name__}: {first_line}"
    )


def main(arguments: list[str]) -> int:
    """Measure and print."""
    name, library, data = arguments
    workload = load_workload(name)
    try:
        timing = measure(workload, library, Path(data))
    except Exception as error:  # noqa: BLE001 - the report says why a cell is empty
        timing = Timing(name, library, why_not=reason(error))
    print(json.dumps(asdict(timing)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
