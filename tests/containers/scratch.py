"""Folders outside the tree: one per machine for locks, one per run for what the run knows."""

from __future__ import annotations

import getpass
import tempfile
from pathlib import Path


def machine_folder() -> Path:
    """Shared by every run of this user: the locks under which images are built."""
    folder = Path(tempfile.gettempdir()) / f"toolkit-tests-{getpass.getuser()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def run_folder() -> Path:
    """A new folder for one test run."""
    return Path(tempfile.mkdtemp(prefix="run-", dir=machine_folder()))
