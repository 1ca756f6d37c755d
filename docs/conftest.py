"""The pages' examples run in a folder of their own, and what they register is forgotten."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from toolkit.dialects import plugins, registry


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.chdir(tmp_path)
    kept = [(one, dict(one.loaded), dict(one.by_hand)) for one in (registry, plugins)]
    yield
    for one, loaded, by_hand in kept:
        one.loaded, one.by_hand = loaded, by_hand
    sys.modules.pop("my_drivers", None)
