"""The harness can fail: what differs is reported, named by program, step and both values."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.differential.harness import PROGRAMS, Harness, run_ours
from tests.differential.inside.beginning import MODELS, UnknownModel, model, named
from tests.differential.side import Side, WorkerDied
from tests.differential.spelling import ORACLE, OURS

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


def test_a_program_has_the_names_of_the_model_it_begins_with(harness: Harness) -> None:
    source = "# begins with: people\nreport('table', Person.__tablename__)"
    comparison = harness.compare(source)
    assert comparison.agrees
    assert comparison.oracle.steps == comparison.ours.steps == {"table": "person"}


def test_a_model_may_use_what_its_program_says_and_the_other_way_round(side: Side) -> None:
    source = "# begins with: people, trees\nreport('same', tree.__globals__ is globals())"
    assert side.run(source + "\nreport('both', 'Person' in tree.__globals__)").steps == {
        "same": True,
        "both": True,
    }


def test_a_model_is_run_anew_for_each_program(side: Side) -> None:
    source = "# begins with: people\nsay('one', hasattr(Person, 'left'))\nPerson.left = 1"
    assert [side.run(source).steps for _ in range(2)] == [{"1 one": False}] * 2


def test_an_error_in_a_model_shows_its_own_line(side: Side) -> None:
    trace = side.run("# begins with: trees\n\nshow('one', None)").trace
    assert "begins with trees>" in trace
    assert "    s.expunge_all()" in trace
    assert ">\", line 3, in <module>\n    show('one', None)" in trace


def test_a_model_that_is_not_there_is_named(side: Side) -> None:
    report = side.run("# begins with: poeple\nreport('one', 1)")
    assert report.steps == {}
    assert "no model is called 'poeple'; did you mean 'people'?" in report.trace


def test_a_name_like_no_model_is_answered_with_all_of_them(tmp_path: Path) -> None:
    (tmp_path / "shop.py").touch()
    with pytest.raises(UnknownModel, match="no model is called 'x'; there are: shop"):
        model("x", OURS, tmp_path)


def test_a_model_is_written_for_the_side_that_runs_it(tmp_path: Path) -> None:
    (tmp_path / "shop.py").write_text("import sqlalchemy", encoding="utf-8")
    sources = [model("shop", package, tmp_path) for package in (ORACLE, OURS)]
    assert sources == ["import sqlalchemy", "import toolkit"]


def test_only_the_first_line_names_models() -> None:
    assert named('"""Words."""\n# begins with: shop') == []


def test_each_model_is_there_for_two_programs_or_more() -> None:
    uses = [name for path in PROGRAMS.glob("*.py") for name in named(path.read_text("utf-8"))]
    models = {path.stem for path in MODELS.glob("*.py")}
    assert {name for name in uses if uses.count(name) > 1} == models
