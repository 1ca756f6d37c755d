"""A base of its own for each test."""

from __future__ import annotations

from typing import Any

import pytest

from toolkit.orm import DeclarativeBase


@pytest.fixture
def base() -> Any:
    class Base(DeclarativeBase):
        pass

    return Base
