"""construct 100,000 objects by keyword.

The raw program constructs objects of a plain class.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from benchmarks.mapped_item import MappedItem, PlainItem
from benchmarks.workload import Work

OBJECTS = 100_000


def raw(data: Path) -> Work:
    """A plain class."""
    del data
    return constructing(PlainItem)


def toolkit(data: Path) -> Work:
    """Ours."""
    return constructing(MappedItem("toolkit", data).cls)


def sqlalchemy(data: Path) -> Work:
    """The same program under the other import name."""
    return constructing(MappedItem("sqlalchemy", data).cls)


def constructing(cls: Any) -> Work:
    """The loop."""

    def work() -> int:
        made = [cls(name="n", city="c", age=number, score=1.5) for number in range(OBJECTS)]
        return len(made)

    return work
