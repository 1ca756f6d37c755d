"""The harness can fail: what differs is reported, named by program, step and both values."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.differential.harness import Harness, run_ours
from tests.differential.side import Side, WorkerDied
from tests.differential.spelling import OURS

pytestmark = pytest.mark.xdist_group("oracle")


@pytest.fixture
def side() -> Iterator[Side]:
    with closing(Side(Path(sys.executable), OURS)) as side:
        yield side


def test_a_differing_result_is_reported_with_both_values(harness: Harness) -> None:
    source = "import sqlalchemy\nreport('its name', sqlalchemy.__name__)\nreport('one', 1)"
    comparison = harness.compare(source, "names")
    assert not comparison.agrees
    assert [difference.step for difference in comparison.differences] == ["its name"]
    assert comparison.text() == (
        "program names: differs\nstep 'its name'\n    oracle: 'sqlalchemy'\n    ours:   'toolkit'"
    )


def test_equal_results_agree(harness: Harness) -> None:
    assert harness.compare("import sqlalchemy\nreport('one', 1)").agrees


def test_a_declared_difference_is_accepted(harness: Harness) -> None:
    source = "differs('name', why='it is the point')\nimport sqlalchemy\n"
    assert harness.compare(source + "report('name', sqlalchemy.__name__)").agrees


def test_a_declared_difference_that_is_none_is_reported(harness: Harness) -> None:
    comparison = harness.compare("differs('one', why='it was once so')\nreport('one', 1)")
    assert comparison.stale == ("one",)
    assert "step 'one' is declared to differ, and does not" in comparison.text()


def test_a_different_error_is_reported(harness: Harness) -> None:
    source = "import sqlalchemy\nraise KeyError if sqlalchemy.__name__[0] == 's' else TypeError"
    (difference,) = harness.compare(source).differences
    assert difference.step == "(uncaught error)"
    assert "KeyError" in difference.oracle
    assert "TypeError" in difference.ours


def test_a_step_only_one_side_reaches_is_reported(harness: Harness) -> None:
    source = "import sqlalchemy\nif sqlalchemy.__name__[0] == 's': report('only there', 1)"
    (difference,) = harness.compare(source).differences
    assert (difference.oracle, difference.ours) == ("1", "<not reported>")


def test_programs_share_a_worker_and_no_names(side: Side) -> None:
    first = side.run("import os\nreport('process', os.getpid())")
    second = side.run(
        "report('process', __import__('os').getpid())\nreport('os', 'os' in globals())"
    )
    assert first.steps["process"] == second.steps["process"]
    assert second.steps["os"] is False


def test_a_program_starts_in_an_empty_directory(side: Side) -> None:
    source = "import os\nreport('files', os.listdir())\nopen('left.db', 'w').close()"
    assert [side.run(source).steps["files"] for _ in range(2)] == [[], []]


def test_what_a_program_prints_does_not_disturb_the_report(side: Side) -> None:
    assert side.run("print('{}')\nreport('one', 1)").steps == {"one": 1}


def test_a_step_reported_twice_is_an_error(side: Side) -> None:
    assert side.run("report('one', 1)\nreport('one', 1)").uncaught["exception"] == "ValueError"


def test_a_dead_worker_is_a_finding_and_the_next_program_runs(side: Side) -> None:
    died = run_ours(side, "import os\nos._exit(3)")
    assert died.uncaught == {"worker died": "the worker ended with 3"}
    assert side.run("report('one', 1)").steps == {"one": 1}


def test_a_program_that_never_ends_is_ended() -> None:
    hasty = Side(Path(sys.executable), OURS, patience=0.5)
    with closing(hasty), pytest.raises(WorkerDied):
        hasty.run("while True: pass")


def test_statements_are_counted_beneath_the_library(side: Side) -> None:
    source = """
import sqlite3
connection = sqlite3.connect(":memory:")
connection.execute("create table t\\n  (a)")
connection.executemany("insert into t values (?)", [(1,), (2,)])
report("sent", sent())
report("sent again", sent())
"""
    statements = ["create table t (a)", "insert into t values (?)"]
    assert side.run(source).steps == {"sent": statements, "sent again": []}


def test_an_attempt_reports_a_result_or_an_error(side: Side) -> None:
    steps = side.run("attempt('fine', int, '11', base=2)\nattempt('wrong', int, 'x')").steps
    assert steps["fine"] == 3
    assert steps["wrong"]["exception"] == "ValueError"
