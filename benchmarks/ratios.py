"""From timings to ratios: paired within a round, medians over rounds, equal work only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from benchmarks.timing import Timing
from benchmarks.workload import BASELINE

Rounds = Sequence[dict[str, Timing]]


@dataclass(frozen=True)
class Cell:
    """One library's result in one workload: figures, or why there are none."""

    library: str
    ratio: float | None = None
    lowest: float | None = None
    highest: float | None = None
    microseconds: float | None = None
    """CPU time of one repetition, median over rounds."""
    peak_bytes: int | None = None
    collections: float | None = None
    """Runs of the garbage collector per repetition, median over rounds."""
    why_not: str = ""
    refused: bool = False
    """Whether the library ran, but did other work than the raw program."""


def cells(rounds: Rounds) -> list[Cell]:
    """A cell per library, in the order they ran."""
    return [cell(rounds, library) for library in rounds[0]]


def cell(rounds: Rounds, library: str) -> Cell:
    """The cell of one library; a ratio of different work is refused."""
    own = [timings[library] for timings in rounds]
    raw = [timings[BASELINE] for timings in rounds if BASELINE in timings]
    why_not = next((timing.why_not for timing in own if timing.why_not), "")
    if why_not:
        return Cell(library, why_not=why_not)
    if len(raw) < len(own) or any(timing.why_not for timing in raw):
        return Cell(library, why_not="no raw figure to compare with")
    if {timing.checksum for timing in own} != {timing.checksum for timing in raw}:
        return Cell(library, why_not=unequal(own[0], raw[0]), refused=True)
    return measured_cell(library, own, raw)


def measured_cell(library: str, own: Sequence[Timing], raw: Sequence[Timing]) -> Cell:
    """The figures of a library that did the same work as the raw program in every round."""
    ratios = paired_ratios(own, raw)
    peaks = [timing.peak_bytes for timing in own if timing.peak_bytes is not None]
    runs = [t.collections / t.repetitions for t in own if t.collections is not None]
    return Cell(
        library,
        ratio=median(ratios),
        lowest=min(ratios),
        highest=max(ratios),
        microseconds=median(timing.cpu_per_repetition for timing in own) * 1e6,
        peak_bytes=round(median(peaks)) if peaks else None,
        collections=median(runs) if runs else None,
    )


def paired_ratios(own: Sequence[Timing], raw: Sequence[Timing]) -> list[float]:
    """CPU time per repetition against the raw program's of the same round."""
    return [
        ours.cpu_per_repetition / theirs.cpu_per_repetition
        for ours, theirs in zip(own, raw, strict=True)
    ]


def unequal(own: Timing, raw: Timing) -> str:
    """The words of a refusal."""
    return f"refused: its checksum {own.checksum} is not the raw program's {raw.checksum}"
