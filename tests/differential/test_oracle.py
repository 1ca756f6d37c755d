"""Without an oracle a developer's run skips, and CI fails."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.differential import oracle
from tools.environment import EnvironmentFailed, PinnedEnvironment


@pytest.fixture
def unmakeable(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(self: PinnedEnvironment) -> Path:
        raise EnvironmentFailed(f"no network for {self.names}")

    monkeypatch.setattr(PinnedEnvironment, "ensure", fail)


@pytest.mark.usefixtures("unmakeable")
def test_a_missing_oracle_is_a_reason_to_skip(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(oracle.OracleMissing, match="no network"):
        oracle.oracle_python.__wrapped__()


@pytest.mark.usefixtures("unmakeable")
def test_a_missing_oracle_fails_under_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    with pytest.raises(EnvironmentFailed, match="no network"):
        oracle.oracle_python.__wrapped__()
