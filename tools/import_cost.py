"""Who costs what when a program is imported: ``python -m tools.import_cost [program]``.

Each module's own time in milliseconds, the least of several runs of ``-X importtime``; what the
interpreter imports anyway is left out.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
from collections import Counter

PROGRAM = "import toolkit; toolkit.create_engine('sqlite://')"
LINE = re.compile(r"import time:\s+(\d+) \|\s+\d+ \|\s*(\S+)$", re.MULTILINE)


def main() -> None:
    """Print the costliest modules, and the costliest top-level packages."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program", nargs="?", default=PROGRAM)
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--lines", type=int, default=30)
    chosen = parser.parse_args()
    costs = least(chosen.program, chosen.runs)
    packages: Counter[str] = Counter()
    for module, cost in costs.items():
        packages[module.partition(".")[0]] += cost
    print(f"{sum(costs.values()) / 1000:.1f} ms in {len(costs)} modules: {chosen.program}")
    for title, table in (("packages", packages), ("modules", costs)):
        print(f"\n{title}")
        for name, cost in table.most_common(chosen.lines):
            print(f"{cost / 1000:7.2f}  {name}")


def least(program: str, runs: int) -> Counter[str]:
    """The least own time of each module, in microseconds."""
    usual = own_times("pass")
    costs = own_times(program)
    for _ in range(runs):
        for module, cost in own_times(program).items():
            costs[module] = min(costs[module], cost)
    return Counter({module: cost for module, cost in costs.items() if module not in usual})


def own_times(program: str) -> Counter[str]:
    """The own time of each module in one fresh interpreter, which may keep its byte code."""
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    ran = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", program],
        capture_output=True,
        text=True,
        check=True,
        env=environment,
    )
    return Counter({module: int(cost) for cost, module in LINE.findall(ran.stderr)})


if __name__ == "__main__":
    main()
