"""Rounds interleave, and a process that fails becomes a reason."""

from __future__ import annotations

from subprocess import CompletedProcess

from benchmarks.rounds import read_timing, run_rounds
from benchmarks.timing import Timing


def test_every_round_runs_each_library_once_in_turn() -> None:
    asked: list[str] = []

    def runner(workload: str, library: str) -> Timing:
        asked.append(library)
        return Timing(workload, library, 1, float(len(asked)), 1.0, None, None, "same")

    results = run_rounds("w", ["raw", "toolkit"], 3, runner)
    assert asked == ["raw", "toolkit"] * 3
    assert [result["toolkit"].cpu_seconds for result in results] == [2.0, 4.0, 6.0]


def test_who_could_not_run_is_not_asked_again() -> None:
    asked: list[str] = []

    def runner(workload: str, library: str) -> Timing:
        asked.append(library)
        return Timing(workload, library, why_not="not installed")

    run_rounds("w", ["raw"], 3, runner)
    assert asked == ["raw"]


def test_a_process_that_fails_gives_its_last_words() -> None:
    done = CompletedProcess([], 1, "", "Traceback …\nSystemError: gone\n")
    assert read_timing("w", "raw", done).why_not == "ended with 1: SystemError: gone"
