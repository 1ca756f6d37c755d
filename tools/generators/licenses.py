"""A copy of LICENSE in each distribution: a wheel may only hold what lies in its folder."""

from __future__ import annotations

from pathlib import Path

from tools.distributions import folders


def render(root: Path) -> dict[Path, str]:
    """The licence, once per distribution folder."""
    text = (root / "LICENSE").read_text(encoding="utf-8")
    return {folder / "LICENSE": text for folder in folders(root) if folder != Path()}
