"""A silenced checker needs a rule's name and a reason."""

import pytest

from tools import silences

NOQA = "no" + "qa"


@pytest.mark.parametrize(
    "comment",
    [
        f"# {NOQA}",
        f"# {NOQA}: S608",
        f"# {NOQA}: S608 ok",
        "# type: " + "ignore",
        "# type: " + "ignore[arg-type]",
        "# pyright: " + "ignore[reportPrivateUsage]",
        "# mypy: " + "ignore-errors",
        f"# ruff: {NOQA}",
    ],
)
def test_a_bare_silence_is_found(comment: str) -> None:
    assert list(silences.unargued(f"x = 1\ny = 2  {comment}\n")) == [2]


@pytest.mark.parametrize(
    "comment",
    [
        f"# {NOQA}: PLC0415 - an optional driver",
        "# type: " + "ignore[arg-type]  # the stub is wrong here",
        "# an ordinary comment that speaks of types",
    ],
)
def test_an_argued_silence_is_accepted(comment: str) -> None:
    assert list(silences.unargued(f"y = 2  {comment}\n")) == []


def test_a_string_is_not_a_silence() -> None:
    assert list(silences.unargued(f'y = "# {NOQA}"\n')) == []
