"""``python -m tests.containers prepare``."""

from __future__ import annotations

import sys

from tests.containers.prepare import prepare


def main(arguments: list[str]) -> int:
    """Run the one verb there is."""
    if arguments != ["prepare"]:
        sys.stderr.write("usage: python -m tests.containers prepare\n")
        return 2
    problems = prepare()
    for problem in problems:
        sys.stderr.write(f"containers: {problem}\n")
    return 1 if problems else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
