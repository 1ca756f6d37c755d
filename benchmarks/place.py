"""Where the data of a workload is: a SQLite file, or a server."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

from benchmarks.servers import BenchServer

Place = Path | BenchServer


def engine_on(package: str, place: Place) -> Any:
    """The engine of a library that has ours and SQLAlchemy's API."""
    if isinstance(place, BenchServer):
        return place.engine(package)
    return import_module(package).create_engine(f"sqlite:///{place}")
