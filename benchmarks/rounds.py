"""Interleaved fresh processes: every round runs each library once, so drift hits all alike."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from benchmarks.timing import Timing
from tools.environment import ROOT

PATIENCE_SECONDS = 600.0

Runner = Callable[[str, str], Timing]


def interleaved(libraries: Sequence[str], rounds: int) -> Iterator[tuple[int, str]]:
    """Round and library, in the order of running.

    >>> [library for _, library in interleaved(["A", "B"], 2)]
    ['A', 'B', 'A', 'B']
    """
    return ((number, library) for number in range(rounds) for library in libraries)


def run_rounds(
    workload: str, libraries: Sequence[str], rounds: int, runner: Runner
) -> list[dict[str, Timing]]:
    """Each round's timings by library. Who could not run in the first round is not asked again."""
    results: list[dict[str, Timing]] = [{} for _ in range(rounds)]
    for number, library in interleaved(libraries, rounds):
        first = results[0].get(library)
        refused = first is not None and first.why_not
        results[number][library] = first if first and refused else runner(workload, library)
    return results


def fresh_process(python: Path, data: Path) -> Runner:
    """A runner that times in a new process of that interpreter, with that shared file."""

    def run(workload: str, library: str) -> Timing:
        command = [str(python), "-m", "benchmarks.timing", workload, library, str(data)]
        try:
            done = subprocess.run(
                command,
                cwd=ROOT,
                env=quiet_environment(),
                capture_output=True,
                text=True,
                timeout=PATIENCE_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return Timing(workload, library, why_not=f"took over {PATIENCE_SECONDS:.0f} s")
        return read_timing(workload, library, done)

    return run


def read_timing(workload: str, library: str, done: subprocess.CompletedProcess[str]) -> Timing:
    """The timing that a process printed, or why there is none."""
    if done.returncode:
        last = (done.stderr.strip() or "silent").splitlines()[-1]
        return Timing(workload, library, why_not=f"ended with {done.returncode}: {last}")
    return Timing(**json.loads(done.stdout.splitlines()[-1]))


def quiet_environment() -> dict[str, str]:
    """The caller's environment without what would let its Python settings into a measurement."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
