"""Write constraints.txt: one version per package that fits every Python we support.

uv resolves for all Pythons and systems at once; versions that differ between them get a marker,
which pip understands. Names and versions only: addresses stay in the machine's configuration.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tools.distributions import distributions, is_ours
from tools.index_settings import uv_environment
from tools.tree import ROOT

HEADER = """\
# The versions this tree is tested with; names and versions only, never an address.
# Refresh: make constraints
"""
PYTHON_FLOOR = "3.10"
# Built from source, with headers that most machines lack, so a resolver cannot look into it.
BY_HAND = {"mysqlclient": "2.3.1"}


def requirements(root: Path = ROOT) -> list[str]:
    """All that we ask of others: to run, for extras, to develop."""
    ours = list(distributions(root))
    names = {distribution.name for distribution in ours}
    asked = [r for d in ours for r in [*d.runtime(), *d.extras(), *d.development()]]
    return sorted(
        {str(r) for r in asked if not is_ours(r, names) and r.name not in BY_HAND},
        key=str.casefold,
    )


def resolve(wanted: list[str]) -> str:
    """The pins, by uv. The present pins do not matter: the newest that fit are taken."""
    command = [sys.executable, "-m", "uv", "pip", "compile", "--universal", "--no-header"]
    command += ["--no-annotate", "--quiet", "--python-version", PYTHON_FLOOR, "-"]
    done = subprocess.run(
        command,
        input="\n".join(wanted),
        env=uv_environment(),
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return done.stdout


def main(root: Path = ROOT) -> None:
    """Resolve and write."""
    pins = resolve(requirements(root)).splitlines()
    pins += [f"{name}=={version}" for name, version in BY_HAND.items()]
    text = HEADER + "\n".join(sorted(pins, key=str.casefold)) + "\n"
    (root / "constraints.txt").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
