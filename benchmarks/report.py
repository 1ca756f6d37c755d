"""The report: measured against the goal, as Markdown for people and JSON for programs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass

from benchmarks.budget import goal_of
from benchmarks.ratios import Cell

OURS = "toolkit"
EXPLANATION = """CPU time relative to the raw DBAPI program: the median of paired ratios over
interleaved fresh processes (lowest-highest)."""
MEMORY_EXPLANATION = """Peak memory of the process in MiB, and runs of the garbage collector per
repetition; one that is spared here falls to the user's own code."""


@dataclass(frozen=True)
class Result:
    """One workload, measured."""

    name: str
    title: str
    rounds: int
    cells: Sequence[Cell]

    def cell(self, library: str) -> Cell | None:
        """The cell of a library, if it was asked."""
        return next((cell for cell in self.cells if cell.library == library), None)


def as_json(results: Iterable[Result], facts: Mapping[str, object]) -> dict[str, object]:
    """The report as plain data."""
    return {
        "facts": dict(facts),
        "workloads": [
            {
                "name": result.name,
                "title": result.title,
                "rounds": result.rounds,
                "goal": goal_of(result.name),
                "cells": [asdict(cell) for cell in result.cells],
            }
            for result in results
        ],
    }


def as_markdown(results: Sequence[Result], facts: Mapping[str, object]) -> str:
    """The report as a page: facts, table, notes on every cell without a figure, memory."""
    libraries = list(dict.fromkeys(cell.library for result in results for cell in result.cells))
    notes: list[str] = []
    head = ["workload", "raw µs", *(name for name in libraries if name != "raw"), "goal", "verdict"]
    lines = [table_line(head), table_line(["---"] * len(head))]
    lines += [table_line(ratio_line(result, libraries, notes)) for result in results]
    memory_head = ["workload", *libraries]
    memory = [table_line(memory_head), table_line(["---"] * len(memory_head))]
    memory += [table_line(memory_line(result, libraries)) for result in results]
    parts = [
        "# Benchmarks",
        fact_lines(facts),
        EXPLANATION,
        "\n".join(lines),
        "\n".join(f"{number}. {note}" for number, note in enumerate(notes, 1)),
        MEMORY_EXPLANATION,
        "\n".join(memory),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def ratio_line(result: Result, libraries: Sequence[str], notes: list[str]) -> list[str]:
    """A workload's line of the table; reasons for missing figures go to the notes."""
    raw = result.cell("raw")
    cost = raw.microseconds if raw else None
    goal = goal_of(result.name)
    return [
        f"`{result.name}` {result.title}",
        "-" if cost is None else f"{cost:,.1f}",
        *(ratio_text(result, name, notes) for name in libraries if name != "raw"),
        "-" if goal is None else f"≤ {goal:g}",
        verdict(result.cell(OURS), goal),
    ]


def ratio_text(result: Result, library: str, notes: list[str]) -> str:
    """A cell's text: the ratio and its range, or the number of the note that says why not."""
    cell = result.cell(library)
    if cell is None:
        return "not asked"
    if cell.ratio is None:
        notes.append(f"`{result.name}`, {library}: {cell.why_not}")
        return f"- ({len(notes)})"
    return f"{cell.ratio:.2f} ({cell.lowest:.2f}-{cell.highest:.2f})"


def verdict(ours: Cell | None, goal: float | None) -> str:
    """Whether toolkit keeps the goal.

    >>> verdict(Cell("toolkit", ratio=1.9), 2.0), verdict(Cell("toolkit", ratio=3.0), 2.0)
    ('kept', 'over by 1.5x')
    """
    if ours is None or ours.ratio is None:
        return "not measured"
    if goal is None:
        return "no goal"
    return "kept" if ours.ratio <= goal else f"over by {ours.ratio / goal:.1f}x"


def memory_line(result: Result, libraries: Sequence[str]) -> list[str]:
    """A workload's line of the memory table."""
    return [f"`{result.name}`", *(memory_text(result.cell(name)) for name in libraries)]


def memory_text(cell: Cell | None) -> str:
    """Memory and garbage collections of one library.

    >>> memory_text(Cell("raw", peak_bytes=2**20, collections=0.5)), memory_text(None)
    ('1.0, 0.5 gc', '-')
    """
    if cell is None or cell.peak_bytes is None:
        return "-"
    return f"{cell.peak_bytes / 2**20:.1f}, {cell.collections or 0:.1f} gc"


def fact_lines(facts: Mapping[str, object]) -> str:
    """The facts as a list; nested ones on one line."""
    return "\n".join(f"- {name}: {fact_text(value)}" for name, value in facts.items())


def fact_text(value: object) -> str:
    """One fact as text.

    >>> fact_text({"peewee": "4.5.3"}), fact_text([])
    ('peewee 4.5.3', 'none')
    """
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {text}" for name, text in value.items())
    if isinstance(value, list):
        return ", ".join(str(item) for item in value) or "none"
    return str(value)


def table_line(texts: Iterable[str]) -> str:
    """A line of a Markdown table."""
    return f"| {' | '.join(text.replace('|', chr(92) + '|') for text in texts)} |"
