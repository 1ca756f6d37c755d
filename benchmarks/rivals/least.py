"""No rival but the floor: the least that a language of nodes takes (`least_language`)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from benchmarks import least_language
from benchmarks.language import complex_question
from benchmarks.workload import Work
from benchmarks.workloads.complex_construct import TURNS

__all__ = ["complex_compile", "complex_construct"]


def complex_construct(data: Path) -> Work:
    """The nodes of each statement."""
    library: Any = least_language

    def work() -> int:
        return sum(complex_question(library, library.item, key) is not None for key in TURNS)

    return work


def complex_compile(data: Path) -> Work:
    """The nodes of each statement, and its text."""
    library: Any = least_language

    def work() -> int:
        return sum(bool(complex_question(library, library.item, key).written()) for key in TURNS)

    return work
