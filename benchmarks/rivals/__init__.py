"""The ORMs that are measured beside ours: a file each, a function for each workload it runs.

A function has the workload's name and is told where the data is, so that the same program runs on
SQLite (`orm_load`) and on PostgreSQL (`pg_orm_load`).  What a library has no way of its own for is
not written.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

RIVALS = ("peewee", "pony", "django")


def rival_starter(library: str, workload: str) -> Callable[[Any], Any] | None:
    """The program of a library for a workload, wherever the data is; None if there is none."""
    if library not in RIVALS:
        return None
    module = import_module(f"benchmarks.rivals.{library}")
    found: Callable[[Any], Any] | None = getattr(module, workload.removeprefix("pg_"), None)
    return found
