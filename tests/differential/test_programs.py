"""Every program in `programs/` must mean the same under both libraries."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.differential.comparison import compare_reports
from tests.differential.harness import PROGRAMS, Harness

EVERY_PROGRAM = pytest.mark.parametrize(
    "path", sorted(PROGRAMS.glob("*.py")), ids=lambda path: path.stem
)
pytestmark = pytest.mark.xdist_group("oracle")


@EVERY_PROGRAM
def test_program_means_the_same_under_both_libraries(path: Path, harness: Harness) -> None:
    comparison = harness.compare_file(path)
    # A program that says nothing, or that the oracle cannot finish, would agree too easily.
    assert comparison.oracle.steps, "the program reports nothing"
    assert comparison.oracle.uncaught is None, comparison.oracle.trace
    assert comparison.agrees, comparison.text()


@EVERY_PROGRAM
def test_program_says_the_same_twice(path: Path, harness: Harness) -> None:
    source = path.read_text(encoding="utf-8")
    twice = compare_reports(path.stem, harness.oracle.run(source), harness.oracle.run(source))
    assert not twice.differences, twice.text()
