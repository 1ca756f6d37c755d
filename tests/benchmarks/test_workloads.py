"""Every workload's file offers what the runner expects, and the doctests of the runner hold."""

from __future__ import annotations

import doctest
from importlib import import_module
from pathlib import Path

import pytest

from benchmarks.workload import LIBRARIES, checksum, load_workload, workload_names


@pytest.mark.parametrize("name", workload_names())
def test_a_workload_has_a_title_and_functions_of_libraries_there_are(name: str) -> None:
    workload = load_workload(name)
    assert workload.title != name
    # Peewee and Django are told to be "not written" where they are.
    assert {"raw", "toolkit", "sqlalchemy"} <= set(workload.starters) <= set(LIBRARIES)


def test_the_raw_program_repeats_its_result(tmp_path: Path) -> None:
    workload = load_workload("pool_checkout")
    assert workload.prepare is not None
    workload.prepare(tmp_path / "data")
    work = workload.start("raw", tmp_path / "data")
    assert work() == work() == 1_000


def test_rows_count_as_tuples_in_a_checksum() -> None:
    class Row(tuple[object, ...]):
        __slots__ = ()

        def __repr__(self) -> str:
            return "a row of another library"

    assert checksum([Row((1, "a"))]) == checksum([(1, "a")])


@pytest.mark.parametrize("name", ["report", "rounds", "workload"])
def test_examples_hold(name: str) -> None:
    results = doctest.testmod(import_module(f"benchmarks.{name}"))
    assert results.attempted
    assert not results.failed
