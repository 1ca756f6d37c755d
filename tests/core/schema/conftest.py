from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

spec = importlib.util.spec_from_file_location("executor", Path(__file__).parent / "executor.py")
assert spec is not None
assert spec.loader is not None
_module: Any = importlib.util.module_from_spec(spec)
spec.loader.exec_module(_module)


@pytest.fixture
def executor() -> Iterator[Any]:
    made = _module.Executor()
    yield made
    made.raw.close()


@pytest.fixture
def make_executor() -> Iterator[Any]:
    made: list[Any] = []

    def make(**options: Any) -> Any:
        made.append(_module.Executor(options))
        return made[-1]

    yield make
    for one in made:
        one.raw.close()


@pytest.fixture
def written() -> Any:
    """Write an element for SQLite."""
    return _module.written
