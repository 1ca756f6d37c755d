"""What a house check has to say, and the exit code that goes with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One place that breaks a rule, and the rule in the reader's words."""

    place: str
    message: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


def report(check: str, findings: Sequence[Finding]) -> int:
    """Print the findings, or one calm line if there are none."""
    for finding in findings:
        print(finding)
    print(f"{check}: {f'{len(findings)} to mend' if findings else 'ok'}")
    return 1 if findings else 0
