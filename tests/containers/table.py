"""The closing table: what ran on which server, and why what did not run did not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

HEADINGS = ("dialect", "driver", "server", "passed", "failed", "skipped", "why skipped")
NO_SERVER = "-"
# A skip that says only that it is one.
EMPTY_REASONS = {"", "Skipped", "unconditional skip"}


@dataclass
class Tally:
    """What became of the tests of one backend."""

    passed: int = 0
    failed: int = 0
    skips: Counter[str] = field(default_factory=Counter)

    @property
    def skipped(self) -> int:
        """How many were skipped or failed as expected."""
        return sum(self.skips.values())


@dataclass(frozen=True)
class Row:
    """One line."""

    dialect: str
    driver: str
    server: str
    tally: Tally


def reason_of(longrepr: object) -> str:
    """The reason in a report of a skip, which is (file, line, reason).

    >>> reason_of(("test_x.py", 3, "Skipped: no engine"))
    'no engine'
    """
    words = str(longrepr[2]) if isinstance(longrepr, tuple) and len(longrepr) == 3 else ""
    return words.removeprefix("Skipped:").strip()


def is_explained(reason: str) -> bool:
    """Whether a skip says anything."""
    return reason not in EMPTY_REASONS


def lines(rows: Sequence[Row]) -> Iterable[str]:
    """The table as text, one column as wide as it must be."""
    cells = [HEADINGS]
    for row in rows:
        first, *others = reasons(row.tally) or [""]
        counts = (str(row.tally.passed), str(row.tally.failed), str(row.tally.skipped))
        cells.append((row.dialect, row.driver, row.server, *counts, first))
        cells += [("",) * 6 + (other,) for other in others]
    widths = [max(len(line[column]) for line in cells) for column in range(6)]
    for line in cells:
        left = "  ".join(cell.ljust(width) for cell, width in zip(line[:6], widths, strict=True))
        yield f"{left}  {line[6]}".rstrip()


def reasons(tally: Tally) -> list[str]:
    """Every reason, the frequent first."""
    return [f"{count} × {reason}" for reason, count in tally.skips.most_common()]
