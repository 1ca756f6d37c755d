"""Whoever silences a checker says which rule and why, on the same line."""

from __future__ import annotations

import re
import sys
import tokenize
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

from tools.findings import Finding, report
from tools.tree import ROOT, readable, tracked

SILENCE = re.compile(r"#\s*(?:ruff: )?(?:noqa|type: ignore|pyright: ignore|mypy: )")
# A rule's name, then at least two words of reason.
ARGUED = re.compile(
    r"(?:noqa: [A-Z]+\d+(?:, ?[A-Z]+\d+)*|ignore\[[\w, -]+\])[ #,:-]+\w[\w'`]*[ -]+\w"
)


def check(root: Path = ROOT) -> list[Finding]:
    """Silences without a rule or a reason."""
    return [
        Finding(f"{path}:{line}", "silences a checker without saying which rule and why")
        for path in tracked(root, suffixes=(".py",))
        for line in unargued(readable(root, path) or "")
    ]


def unargued(source: str) -> Iterator[int]:
    """Lines of such comments; text inside strings does not count."""
    for token in tokenize.generate_tokens(StringIO(source).readline):
        silences = token.type == tokenize.COMMENT and SILENCE.search(token.string)
        if silences and not ARGUED.search(token.string):
            yield token.start[0]


if __name__ == "__main__":
    sys.exit(report("silences", check()))
