"""An environment is made once, from pins, and never asks an index for our own names."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tools import environment
from tools.environment import EnvironmentFailed, PinnedEnvironment, run


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch) -> list[Sequence[str]]:
    """The commands that would run; a `venv` only makes its folder."""
    ran: list[Sequence[str]] = []

    def pretend(command: Sequence[str]) -> None:
        ran.append(command)
        if command[1:3] == ["-m", "venv"]:
            Path(command[3]).mkdir()

    monkeypatch.setattr(environment, "run", pretend)
    return ran


@pytest.fixture
def pinned(tmp_path: Path) -> PinnedEnvironment:
    constraints = tmp_path / "constraints.txt"
    constraints.write_text("rival==1\n")
    ours = tmp_path / "ours"
    ours.mkdir()
    (ours / "pyproject.toml").write_text("")
    return PinnedEnvironment(tmp_path / "env", ("rival",), constraints, (ours,))


def test_our_folders_are_installed_without_any_index(
    pinned: PinnedEnvironment, commands: list[Sequence[str]]
) -> None:
    pinned.ensure()
    _, rivals, ours = commands
    assert "rival" in rivals
    assert {"--no-index", "--no-deps", "--no-build-isolation"} <= set(ours)
    assert "--no-index" not in rivals
    assert not [part for part in rivals if "ours" in part]


def test_a_finished_environment_is_not_made_again(
    pinned: PinnedEnvironment, commands: list[Sequence[str]]
) -> None:
    assert pinned.ensure() == pinned.ensure()
    assert len(commands) == 3


def test_new_pins_make_it_anew(pinned: PinnedEnvironment, commands: list[Sequence[str]]) -> None:
    pinned.ensure()
    pinned.constraints.write_text("rival==2\n")
    pinned.ensure()
    assert len(commands) == 6


def test_a_failed_command_tells_its_last_words() -> None:
    program = "import sys; sys.exit('no matching distribution')"
    with pytest.raises(EnvironmentFailed, match="no matching distribution"):
        run([sys.executable, "-c", program])
