"""A database in a file, for sessions of asyncio."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def url(tmp_path: Path) -> str:
    """A database in a file, which may have many connections."""
    return f"sqlite+aiosqlite:///{tmp_path / 'test.db'}"
