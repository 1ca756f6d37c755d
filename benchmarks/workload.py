"""What a workload is: one file in `benchmarks/workloads/`, one function per library.

Such a file has

- a docstring, whose first line is the workload's title;
- `prepare(data)`, which writes the SQLite file that all libraries share (optional);
- `clear()`, which drops what `prepare` has made elsewhere than in that file (optional);
- a function per library, named after it, unless `benchmarks/rivals/<library>.py` has one that is
  named after the workload. It receives the path of that file, connects and gets
  ready outside the timed region, and returns the work: a function without parameters that does
  *one repetition* (a batch, where one operation is too short for the clock);
- `SERVER`, where the data is on a server (optional);
- `LEAST_SECONDS`, the least CPU time of the timed region, where the usual 0.3 s vary too much
  (optional);
- `cpu_clock()` where the work happens in other processes than the one that times it (optional).

What the work returns is digested to a checksum outside the timed region, and a ratio is given only
for libraries whose checksums are equal.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

from benchmarks.rivals import rival_starter

LIBRARIES = ("raw", "toolkit", "sqlalchemy", "peewee", "pony", "django", "least")
BASELINE = "raw"
LEAST_SECONDS = 0.3

Work = Callable[[], object]


class CannotRunError(Exception):
    """A library cannot run a workload; the message says why, and becomes its cell."""


@dataclass(frozen=True)
class Workload:
    """A workload's file, loaded."""

    name: str
    title: str
    prepare: Callable[[Path], None] | None
    starters: dict[str, Callable[[Path], Work]]
    cpu_clock: Callable[[], float]
    runs_elsewhere: bool
    """Whether the work is done by other processes, whose memory this one cannot tell."""
    least_seconds: float = LEAST_SECONDS
    clear: Callable[[], None] | None = None
    server: Any = None
    """Where the data is, if not in the file."""

    def start(self, library: str, data: Path) -> Work:
        """Let a library get ready and return its work."""
        starter = self.starters.get(library)
        if starter is not None:
            return starter(data)
        by_rival = rival_starter(library, self.name)
        if by_rival is None:
            raise CannotRunError("not written")
        work: Work = by_rival(self.server or data)
        return work


def workload_names() -> list[str]:
    """The names of all workloads there are."""
    package = import_module("benchmarks.workloads")
    return sorted(module.name for module in iter_modules(package.__path__))


def load_workload(name: str) -> Workload:
    """Load a workload by its file's name."""
    module = import_module(f"benchmarks.workloads.{name}")
    found = vars(module)
    return Workload(
        name=name,
        title=(module.__doc__ or name).strip().splitlines()[0].rstrip("."),
        prepare=found.get("prepare"),
        starters={library: found[library] for library in LIBRARIES if library in found},
        cpu_clock=found.get("cpu_clock", time.process_time),
        runs_elsewhere="cpu_clock" in found,
        least_seconds=found.get("LEAST_SECONDS", LEAST_SECONDS),
        clear=found.get("clear"),
        server=found.get("SERVER"),
    )


def checksum(result: object) -> str:
    """A digest by which two libraries' results are compared: rows count as tuples.

    >>> checksum([(1, "a")]) == checksum([(1, "a")])
    True
    >>> checksum([(1, "a")]) == checksum([(1, "b")])
    False
    """
    if isinstance(result, list):
        result = [tuple(row) if is_row(row) else row for row in result]
    return hashlib.sha256(repr(result).encode()).hexdigest()[:16]


def is_row(value: object) -> bool:
    """Whether a value is a row, by whatever class the library gives its rows."""
    return isinstance(value, Sequence) and not isinstance(value, str)
