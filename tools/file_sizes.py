"""Files stay small enough to read: a look from 600 lines, never 1,000."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from tools.findings import Finding, report
from tools.generated import is_generated
from tools.tree import ROOT, readable, tracked

WARN = 600
FAIL = 1000


def long_files(root: Path) -> Iterator[tuple[Path, int]]:
    """Written Python files of 600 lines and more. Generated files are exempt, and say so."""
    for path in tracked(root, suffixes=(".py",)):
        text = readable(root, path) or ""
        lines = text.count("\n")
        if lines >= WARN and not is_generated(text):
            yield path, lines


def check(root: Path = ROOT) -> list[Finding]:
    """The files that are too long; those that are getting long are only mentioned."""
    findings = []
    for path, lines in long_files(root):
        if lines >= FAIL:
            findings.append(Finding(str(path), f"{lines} lines; split it by subject"))
        else:
            print(f"{path}: {lines} lines; is there a second subject in it? ({FAIL} fails)")
    return findings


if __name__ == "__main__":
    sys.exit(report("file sizes", check()))
