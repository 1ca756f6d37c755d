"""Public names of the ORM and their parameters, beside the oracle's; differences have reasons."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from tests.differential.harness import Harness
from tests.differential.spelling import ORACLE, OURS, ours
from tests.orm.face.calls import gaps
from tests.orm.face.differences import ABSENT, OTHERWISE

PROGRAMS = Path(__file__).with_name("programs")
pytestmark = pytest.mark.xdist_group("oracle")

Answers = dict[str, Any]


@pytest.fixture(scope="module")
def answers(harness: Harness) -> tuple[Answers, Answers]:
    """What is there, and what is here of that, by "place name"."""
    samples, asking = [
        (PROGRAMS / f"{name}.py").read_text("utf-8") for name in ("samples", "asking")
    ]
    there = harness.oracle.run(samples + asking)
    assert there.uncaught is None
    asked: dict[str, list[str]] = {}
    for step in there.steps:
        place, _, name = step.partition(" ")
        is_module = place.startswith(("orm", "ext"))
        asked.setdefault(f"{ORACLE}.{place}" if is_module else place, []).append(name)
    told = f"ASKED = {list(asked.items())!r}\n"
    here = harness.ours.run(ours(samples + told + asking))
    assert here.uncaught is None, here.trace
    return there.steps, {step.replace(f"{OURS}.", "", 1): told for step, told in here.steps.items()}


def absent(answers: tuple[Answers, Answers]) -> list[str]:
    """The names that are there and not here."""
    there, here = answers
    return [name for name in there if here[name] == "missing"]


def otherwise(answers: tuple[Answers, Answers]) -> dict[str, object]:
    """What is called otherwise, and what cannot be said."""
    there, here = answers
    found: dict[str, object] = {}
    for name, how in there.items():
        if isinstance(how, list) and here[name] != "missing":
            said = gaps(how, here[name]) if isinstance(here[name], list) else "is not called"
            if said:
                found[name] = said
    return found


def fits(name: str, patterns: Iterable[str]) -> bool:
    return any(re.fullmatch(pattern, name) for pattern in patterns)


def test_most_of_the_names_are_there(answers: tuple[Answers, Answers]) -> None:
    there, _ = answers
    assert len(there) > 900
    assert len([name for name in absent(answers) if name.startswith("orm ")]) < 40


def test_each_name_is_there_or_has_a_reason(answers: tuple[Answers, Answers]) -> None:
    assert [name for name in absent(answers) if not fits(name, ABSENT)] == []


def test_each_is_called_alike_or_has_a_reason(answers: tuple[Answers, Answers]) -> None:
    found = otherwise(answers)
    assert {name: said for name, said in found.items() if not fits(name, OTHERWISE)} == {}


@pytest.mark.parametrize("pattern", ABSENT)
def test_a_name_that_is_there_needs_no_reason(
    pattern: str, answers: tuple[Answers, Answers]
) -> None:
    assert [name for name in absent(answers) if re.fullmatch(pattern, name)], "remove the reason"


@pytest.mark.parametrize("pattern", OTHERWISE)
def test_what_is_called_alike_needs_no_reason(
    pattern: str, answers: tuple[Answers, Answers]
) -> None:
    assert [name for name in otherwise(answers) if re.fullmatch(pattern, name)], "remove the reason"
