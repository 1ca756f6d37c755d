"""What several rooms' tests need: plugins of distributions that are laid on the path."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from toolkit_core.plugins import dialects, plugins


class Shelf:
    """Distributions laid on the path, as an installer would."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.laid = 0

    def lay(
        self,
        source: str,
        *,
        name: str,
        distribution: str = "acme",
        group: str = "toolkit.plugins",
        target: str = "plugin",
    ) -> str:
        """Lay a distribution with one module and one entry point; return the module's name."""
        self.laid += 1
        module = f"laid_{distribution.replace('-', '_')}_{self.laid}"
        info = self.folder / f"{distribution.replace('-', '_')}_{self.laid}-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(
            f"Metadata-Version: 2.1\nName: {distribution}\nVersion: 1.0\n"
        )
        (info / "entry_points.txt").write_text(f"[{group}]\n{name} = {module}:{target}\n")
        (self.folder / f"{module}.py").write_text(source)
        importlib.invalidate_caches()
        return module


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shelf]:
    """A folder on the path; what is laid and loaded is forgotten after the test."""
    monkeypatch.syspath_prepend(tmp_path)
    before = set(sys.modules)
    kept = [
        (registry, dict(registry.loaded), dict(registry.by_hand))
        for registry in (dialects, plugins)
    ]
    yield Shelf(tmp_path)
    for registry, loaded, by_hand in kept:
        registry.loaded, registry.by_hand = loaded, by_hand
    for name in set(sys.modules) - before:
        if name.startswith("laid_"):
            del sys.modules[name]
