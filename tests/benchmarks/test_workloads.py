"""Every workload's file offers what the runner expects, and the doctests of the runner hold."""

from __future__ import annotations

import doctest
from importlib import import_module
from inspect import isfunction
from pathlib import Path

import pytest

from benchmarks.budget import ON_POSTGRESQL, goal_of
from benchmarks.rivals import RIVALS, rival_starter
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


@pytest.mark.parametrize("library", RIVALS)
def test_a_rival_has_programs_of_workloads_there_are(library: str) -> None:
    module = import_module(f"benchmarks.rivals.{library}")
    written = {
        name
        for name, found in vars(module).items()
        if isfunction(found) and found.__module__ == module.__name__
    }
    assert len(written & set(workload_names())) > 10
    # What is none is what the programs share.
    assert written - set(workload_names()) <= {"models", "entities", "in_session"}


def test_a_rival_runs_the_same_program_on_a_server() -> None:
    assert rival_starter("peewee", "pg_orm_load") is rival_starter("peewee", "orm_load")
    assert rival_starter("peewee", "pg_short_select") is None
    assert rival_starter("toolkit", "orm_load") is None


def test_the_orms_rows_have_a_goal_on_postgresql() -> None:
    names = {name for name in workload_names() if name.startswith("pg_")}
    assert {f"pg_{row}" for row in ON_POSTGRESQL.split()} <= names
    assert goal_of("pg_orm_load") == goal_of("orm_load") == 2.0
