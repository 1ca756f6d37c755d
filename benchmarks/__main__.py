"""The command line: `python -m benchmarks [--workload …] [--library …] [--rounds N]`."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import datetime, timezone
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.environment import BENCH
from benchmarks.ratios import cells
from benchmarks.report import Result, as_json, as_markdown
from benchmarks.rounds import fresh_process, quiet_environment, run_rounds
from benchmarks.timing import Timing
from benchmarks.workload import BASELINE, LIBRARIES, load_workload, workload_names
from tools.environment import ROOT

RESULTS = ROOT / "benchmarks" / "results"


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--workload", action="append", choices=workload_names(), help="repeatable")
    parser.add_argument("--library", action="append", choices=LIBRARIES, help="repeatable")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--name", default="latest", help="of the files in benchmarks/results")
    return parser.parse_args(arguments)


def asked_libraries(chosen: Sequence[str] | None) -> list[str]:
    """The libraries to run; the baseline always comes along, and first."""
    return [name for name in LIBRARIES if not chosen or name in chosen or name == BASELINE]


def measure(name: str, libraries: Sequence[str], rounds: int, python: Path) -> Result:
    """Prepare a workload's data once and run all rounds on it."""
    workload = load_workload(name)
    with TemporaryDirectory(prefix="toolkit-bench-") as folder, ExitStack() as cleared:
        data = Path(folder) / "data.sqlite3"
        if workload.prepare is not None:
            workload.prepare(data)
        cleared.callback(workload.clear or (lambda: None))
        run = fresh_process(python, data)

        def announced(asked: str, library: str) -> Timing:
            print(f"{asked}: {library}", file=sys.stderr)
            return run(asked, library)

        return Result(
            name, workload.title, rounds, cells(run_rounds(name, libraries, rounds, announced))
        )


def machine_facts(python: Path) -> dict[str, object]:
    """The facts, told by the measured interpreter itself."""
    command = [str(python), "-m", "benchmarks.machine"]
    told = subprocess.run(
        command, cwd=ROOT, env=quiet_environment(), capture_output=True, text=True, check=True
    )
    today = datetime.now(timezone.utc).date().isoformat()
    return {"date": today, **json.loads(told.stdout)}


def main(arguments: Sequence[str]) -> int:
    """Measure, write both reports, print one; a refused ratio makes the run fail."""
    options = parse(arguments)
    python = BENCH.ensure()
    facts = machine_facts(python)
    if not facts["sqlalchemy_compiled"]:
        print("SQLAlchemy's compiled extensions are not active here.", file=sys.stderr)
        return 1
    libraries = asked_libraries(options.library)
    names = options.workload or workload_names()
    results = [measure(name, libraries, options.rounds, python) for name in names]
    write(options.name, results, facts)
    return int(any(cell.refused for result in results for cell in result.cells))


def write(name: str, results: Sequence[Result], facts: dict[str, object]) -> None:
    """Write the reports and show the readable one."""
    RESULTS.mkdir(exist_ok=True)
    page = as_markdown(results, facts)
    data = json.dumps(as_json(results, facts), indent=2)
    (RESULTS / f"{name}.md").write_text(page, encoding="utf-8")
    (RESULTS / f"{name}.json").write_text(data + "\n", encoding="utf-8")
    print(page)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
