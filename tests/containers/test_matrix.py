"""The matrix itself: every server answers through every driver, as claimed."""

from __future__ import annotations

import pytest

from tests.containers import drivers
from tests.containers.backend import Backend


def test_select_one(backend: Backend) -> None:
    connection = backend.connect()
    assert drivers.query(connection, "select 1") == 1
    connection.close()
