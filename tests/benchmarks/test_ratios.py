"""Ratios are paired within rounds, medians over them, and refused for different work."""

from __future__ import annotations

import pytest

from benchmarks.ratios import cell, cells
from benchmarks.timing import Timing


def timing(library: str, cpu: float, *, repetitions: int = 1, checksum: str = "same") -> Timing:
    return Timing("w", library, repetitions, cpu, cpu, 2**20, 8 * repetitions, checksum)


def rounds(raw: list[float], ours: list[float]) -> list[dict[str, Timing]]:
    return [
        {"raw": timing("raw", r), "toolkit": timing("toolkit", o)}
        for r, o in zip(raw, ours, strict=True)
    ]


def test_the_ratio_is_the_median_of_ratios_within_rounds() -> None:
    # The machine slows down tenfold: medians taken first would give 20 / 2 = 10.
    found = cell(rounds([1.0, 2.0, 10.0], [4.0, 20.0, 30.0]), "toolkit")
    assert (found.ratio, found.lowest, found.highest) == (4.0, 3.0, 10.0)


def test_the_raw_program_is_its_own_measure() -> None:
    assert cell(rounds([1.0, 3.0], [1.0, 1.0]), "raw").ratio == 1.0


def test_collector_runs_count_per_repetition() -> None:
    pair = {"raw": timing("raw", 1.0, repetitions=100)}
    assert cell([pair], "raw").collections == 8.0


def test_repetitions_may_differ_between_libraries() -> None:
    pair = {"raw": timing("raw", 1.0, repetitions=100), "toolkit": timing("toolkit", 1.0)}
    assert cell([pair], "toolkit").ratio == pytest.approx(100.0)


def test_a_ratio_of_different_work_is_refused() -> None:
    pair = {"raw": timing("raw", 1.0), "toolkit": timing("toolkit", 1.0, checksum="other")}
    found = cell([pair], "toolkit")
    assert found.ratio is None
    assert found.refused
    assert found.why_not == "refused: its checksum other is not the raw program's same"


def test_different_work_in_one_round_is_enough_to_refuse() -> None:
    odd = {"raw": timing("raw", 1.0), "toolkit": timing("toolkit", 1.0, checksum="other")}
    assert cell([*rounds([1.0], [1.0]), odd], "toolkit").refused


def test_who_cannot_run_says_why_and_has_no_figure() -> None:
    pair = {"raw": timing("raw", 1.0), "django": Timing("w", "django", why_not="no pool")}
    raw, django = cells([pair])
    assert raw.ratio == 1.0
    assert (django.ratio, django.microseconds, django.why_not) == (None, None, "no pool")
    assert not django.refused


def test_without_a_raw_figure_there_is_no_ratio() -> None:
    pair = {"raw": Timing("w", "raw", why_not="broken"), "toolkit": timing("toolkit", 1.0)}
    assert cell([pair], "toolkit").why_not == "no raw figure to compare with"
