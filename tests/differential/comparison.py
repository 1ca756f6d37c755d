"""Compares two reports of one program, and says in words where they part."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import ndiff
from pprint import pformat
from typing import Any

from tests.differential.side import Report

UNCAUGHT = "(uncaught error)"
NOT_REPORTED = "<not reported>"


@dataclass(frozen=True)
class Difference:
    """A step whose values are not the same on both sides."""

    step: str
    oracle: str
    ours: str

    def text(self) -> str:
        """Both values, line by line where they are long."""
        if "\n" not in self.oracle + self.ours:
            return f"step {self.step!r}\n    oracle: {self.oracle}\n    ours:   {self.ours}"
        lines = ndiff(self.oracle.splitlines(), self.ours.splitlines())
        body = "\n".join(f"    {line}" for line in lines if not line.startswith("?"))
        return f"step {self.step!r} (- oracle, + ours)\n{body}"


@dataclass(frozen=True)
class Comparison:
    """The outcome of a program on both sides."""

    program: str
    oracle: Report
    ours: Report
    differences: tuple[Difference, ...] = ()
    stale: tuple[str, ...] = ()
    """Steps declared to differ that differ no longer."""

    @property
    def agrees(self) -> bool:
        """Whether both sides said the same, but for what is declared to differ."""
        return not self.differences and not self.stale

    def text(self) -> str:
        """What to tell a person: the program, each step, both values, our trace."""
        parts = [difference.text() for difference in self.differences]
        parts += [f"step {step!r} is declared to differ, and does not" for step in self.stale]
        if self.ours.trace and not self.agrees:
            parts.append(f"our trace:\n{self.ours.trace}")
        return "\n".join(
            [f"program {self.program}: {'agrees' if self.agrees else 'differs'}", *parts]
        )


def compare_reports(program: str, oracle: Report, ours: Report) -> Comparison:
    """Find every step that differs and is not declared to, and every declaration gone stale."""
    declared = oracle.differs | ours.differs
    steps = [*dict.fromkeys([*oracle.steps, *ours.steps])]
    found = {step: difference_of(step, oracle.steps, ours.steps) for step in steps}
    found[UNCAUGHT] = difference_of(
        UNCAUGHT, {UNCAUGHT: oracle.uncaught}, {UNCAUGHT: ours.uncaught}
    )
    differences = [gap for step, gap in found.items() if gap and step not in declared]
    stale = [step for step in declared if found.get(step) is None]
    return Comparison(program, oracle, ours, tuple(differences), tuple(stale))


def difference_of(step: str, oracle: dict[str, Any], ours: dict[str, Any]) -> Difference | None:
    """The difference in one step, if there is any; 1, 1.0 and True are three values."""
    both = (oracle[step], ours[step]) if step in oracle and step in ours else None
    if both is not None and (is_narrower(*both) or is_fewer(step, *both)):
        return None
    texts = [readable(side[step]) if step in side else NOT_REPORTED for side in (oracle, ours)]
    return None if texts[0] == texts[1] else Difference(step, *texts)


def is_narrower(oracle: object, ours: object) -> bool:
    """Whether ours is an exception that every handler of the oracle's catches, and more besides.

    A port must go on working, so a narrower class keeps the promise; all else must be the same.
    """
    if not isinstance(oracle, dict) or not isinstance(ours, dict):
        return False
    if "exception" not in oracle or "exception" not in ours:
        return False
    caught = [{*side["caught as"], side["exception"]} for side in (oracle, ours)]
    rest = [
        {"code": None, **{k: v for k, v in side.items() if k not in ("caught as", "exception")}}
        for side in (oracle, ours)
    ]
    return caught[0] <= caught[1] and rest[0] == rest[1]


def is_fewer(step: str, oracle: object, ours: object) -> bool:
    """Whether a step called "number of …" counts no more on our side: the one may do less."""
    if not isinstance(oracle, int) or not isinstance(ours, int):
        return False
    return step.startswith("number of ") and ours <= oracle


def readable(value: object) -> str:
    """A value as Python writes it, on as many lines as it needs."""
    return pformat(value, width=88, compact=True)
