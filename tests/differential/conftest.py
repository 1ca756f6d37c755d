"""The harness as a fixture; it needs the oracle, which CI must be able to install."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.differential.harness import Harness
from tests.differential.oracle import OracleMissing

collect_ignore = ["programs"]
"""Programs are run by workers; pytest must not look for doctests in them."""


@pytest.fixture(scope="session")
def harness() -> Iterator[Harness]:
    """Both workers, for all comparisons of this test process."""
    try:
        harness = Harness()
    except OracleMissing as missing:
        pytest.skip(f"the oracle cannot be installed here: {missing}")
    yield harness
    harness.close()
