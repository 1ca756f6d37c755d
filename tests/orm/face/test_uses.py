"""Each public name of the ORM acts as it does in the oracle: programs that use them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.differential.harness import Harness

PROGRAMS = sorted(Path(__file__).with_name("programs").glob("uses_*.py"))
pytestmark = pytest.mark.xdist_group("oracle")


@pytest.mark.parametrize("path", PROGRAMS, ids=lambda path: path.stem)
def test_it_acts_as_documented(path: Path, harness: Harness) -> None:
    comparison = harness.compare_file(path)
    assert comparison.oracle.steps
    assert comparison.oracle.uncaught is None
    assert comparison.agrees, comparison.text()
