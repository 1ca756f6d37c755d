"""Python environments of their own, made on demand: pinned, stamped, one maker at a time.

Rivals and oracles are installed here and nowhere else, so that no test of ours can import one
by accident.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

ROOT = Path(__file__).resolve().parent.parent


class EnvironmentFailed(Exception):
    """The environment could not be made; the message ends with pip's own words."""


@dataclass(frozen=True)
class PinnedEnvironment:
    """What to install where: third-party names pinned by a file, then folders of this tree.

    The folders are installed editable and without any index: `toolkit` is another project's
    name on the public one.
    """

    folder: Path
    names: tuple[str, ...]
    constraints: Path
    our_folders: tuple[Path, ...] = ()

    @property
    def python(self) -> Path:
        """The environment's interpreter."""
        if os.name == "nt":  # pragma: no cover
            return self.folder / "Scripts" / "python.exe"
        return self.folder / "bin" / "python"

    @property
    def stamp(self) -> str:
        """What the environment was made from; a change of it makes the environment anew."""
        parts = [
            sys.version,
            # Not sys.executable: work trees that share a .cache have a .venv each.
            sys.base_prefix,
            *self.names,
            self.constraints.read_text(encoding="utf-8"),
            *(str(folder) for folder in self.our_folders),
            *((folder / "pyproject.toml").read_text("utf-8") for folder in self.our_folders),
        ]
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()

    def ensure(self) -> Path:
        """The interpreter of the finished environment, which is made now if need be."""
        if not self._is_ready():
            with locked(ROOT / ".cache" / f"{self.folder.name}.lock"):
                if not self._is_ready():
                    self._make()
        return self.python

    @property
    def _stamp_file(self) -> Path:
        return self.folder / "stamp.txt"

    def _is_ready(self) -> bool:
        return self._stamp_file.is_file() and self._stamp_file.read_text() == self.stamp

    def _make(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        run([sys.executable, "-m", "venv", str(self.folder)])
        self._install(*self.names, "--constraint", str(self.constraints))
        if self.our_folders:
            folders = [part for folder in self.our_folders for part in ("--editable", str(folder))]
            self._install("--no-index", "--no-deps", "--no-build-isolation", *folders)
        self._stamp_file.write_text(self.stamp)

    def _install(self, *arguments: str) -> None:
        pip = [str(self.python), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
        run([*pip, *arguments])


def run(command: Sequence[str]) -> None:
    """Run a command; its failure carries the last lines it wrote."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        last = "\n".join((done.stderr or done.stdout).strip().splitlines()[-8:])
        raise EnvironmentFailed(f"{' '.join(command[1:4])} … ended with {done.returncode}:\n{last}")


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold a lock between processes; the system releases it even when the holder is killed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as file:
        if sys.platform == "win32":
            msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
        else:
            fcntl.flock(file, fcntl.LOCK_EX)
        yield
