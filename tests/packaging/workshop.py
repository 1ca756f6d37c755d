"""Clean environments, and wheels put into them without asking an index for our names.

The name `toolkit` belongs to somebody else on the public index. So third-party wheels are
fetched first, by their own names, and everything is then installed with --no-index.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tools.tree import ROOT

CONSTRAINTS = ROOT / "constraints.txt"


def run(*command: str | Path, env: dict[str, str] | None = None, cwd: Path | None = None) -> str:
    """Run a command and return its output; show all of it if it fails."""
    done = subprocess.run(
        [str(word) for word in command],
        check=False,
        capture_output=True,
        text=True,
        env=env,
        cwd=cwd,
        stdin=subprocess.DEVNULL,
    )
    if done.returncode:
        raise AssertionError(f"{command} failed:\n{done.stdout}\n{done.stderr}")
    return done.stdout


def without_indexes() -> dict[str, str]:
    """An environment in which pip knows no index, no link and no configuration."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("PIP_")}
    # A source tree on the path would hide a package that failed to install.
    kept.pop("PYTHONPATH", None)
    return kept | {"PIP_CONFIG_FILE": os.devnull, "PIP_DISABLE_PIP_VERSION_CHECK": "1"}


@dataclass(frozen=True)
class Environment:
    """A virtual environment with nothing in it but what a test installs."""

    folder: Path

    @classmethod
    def create(cls, folder: Path) -> Environment:
        """Make it without pip, which installs from outside and is quicker so."""
        run(sys.executable, "-m", "venv", "--without-pip", folder)
        return cls(folder)

    @property
    def python(self) -> Path:
        """Its interpreter."""
        return self.folder / "bin" / "python"

    def install(self, *arguments: str | Path, links: Sequence[Path]) -> None:
        """Install from these folders of wheels and from nowhere else."""
        sources = [word for link in links for word in ("--find-links", str(link))]
        pip = [sys.executable, "-m", "pip", "--python", str(self.python), "install", "--quiet"]
        run(*pip, "--no-index", *sources, *arguments, env=without_indexes())

    def execute(self, program: str) -> str:
        """Run a program away from the source tree; its output, or its failure."""
        return run(self.python, "-W", "error", "-c", program, env=without_indexes(), cwd=Path("/"))


def fetch_third_party(requirements: Sequence[str], folder: Path) -> Path:
    """Download wheels of other people's packages from this machine's index."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--only-binary", ":all:"]
    run(*command, "--constraint", CONSTRAINTS, "--dest", folder, *requirements)
    return folder


def build(source: Path, target: Path, kind: str) -> None:
    """Build one distribution; kind is `wheel` or `sdist`."""
    run(sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", target, cwd=source)
