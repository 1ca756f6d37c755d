"""Which files are ours: everything git tracks or would track."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def tracked(root: Path = ROOT, *, suffixes: tuple[str, ...] = ()) -> Iterator[Path]:
    """Every file of the tree, new ones included, ignored ones not; paths start at the root."""
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=root,
        check=True,
        capture_output=True,
        text=True,
    )
    for name in sorted(set(listing.stdout.split("\0")) - {""}):
        path = Path(name)
        # A deleted file stays listed until the deletion is committed.
        if (root / path).is_file() and (not suffixes or path.suffix in suffixes):
            yield path


def readable(root: Path, path: Path) -> str | None:
    """The text of a file, or None if it is not text."""
    try:
        return (root / path).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None
