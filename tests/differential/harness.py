"""The door: `Harness.compare(source)` runs a program on both sides and compares.

The program is written for the oracle's import name and finds these functions among its globals:

- `report(name, value)`: say what a step gave; names are unique within a program;
- `attempt(name, function, *arguments, **options)`: report what the function returns or raises;
- `sent()`: the SQL sent to SQLite since the last call, white space normalised (its `len` is the
  number of statements);
- a step called `number of …` reports a count, and ours must be no higher;
- `differs(name, why=…)`: this step differs, and that is meant. It must then differ.

Its first line may name models that it shares with other programs: `# begins with: shop, trees` runs
`programs/models/shop.py` and `trees.py` before it, in the same namespace (`inside/beginning.py`).
"""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path

from tests.differential.comparison import Comparison, compare_reports
from tests.differential.oracle import oracle_python
from tests.differential.side import Report, Side, WorkerDied
from tests.differential.spelling import ORACLE, OURS, ours

PROGRAMS = Path(__file__).parent / "programs"


class Harness:
    """Two persistent workers, one per side."""

    def __init__(self) -> None:
        self.oracle = Side(oracle_python(), ORACLE)
        self.ours = Side(Path(sys.executable), OURS)

    def compare(self, source: str, program: str = "<source>") -> Comparison:
        """Run a program on both sides, in workers that outlive it."""
        return compare_reports(program, self.oracle.run(source), run_ours(self.ours, source))

    def compare_file(self, path: Path) -> Comparison:
        """Run a program from a file; our side is a process of its own, untouched by others."""
        source = path.read_text(encoding="utf-8")
        with closing(Side(Path(sys.executable), OURS)) as fresh:
            return compare_reports(path.stem, self.oracle.run(source), run_ours(fresh, source))

    def close(self) -> None:
        """End both workers."""
        self.oracle.close()
        self.ours.close()


def run_ours(side: Side, source: str) -> Report:
    """Our report; a dead worker is a finding as well, while a dead oracle is a broken harness."""
    try:
        return side.run(ours(source))
    except WorkerDied as death:
        return Report(uncaught={"worker died": str(death).splitlines()[0]}, trace=str(death))
