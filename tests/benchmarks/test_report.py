"""The report shows measured against goal, and a reason wherever there is no figure."""

from __future__ import annotations

from typing import Any

from benchmarks.ratios import Cell
from benchmarks.report import Result, as_json, as_markdown

FACTS = {"date": "2026-01-02", "cores": 2, "versions": {"peewee": "1"}}
RESULT = Result(
    "short_text",
    "short select",
    3,
    [
        Cell("raw", 1.0, 1.0, 1.0, 7632.7, 22 * 2**20, 7.5),
        Cell("toolkit", 3.0, 2.9, 3.1, 22_898.0, 30 * 2**20),
        Cell("django", why_not="no pool"),
    ],
)


def test_the_page_shows_ratio_range_goal_and_verdict() -> None:
    line = "| `short_text` short select | 7,632.7 | 3.00 (2.90-3.10) | - (1) | ≤ 2 | over by 1.5x |"
    assert line in as_markdown([RESULT], FACTS).splitlines()


def test_a_missing_figure_has_its_reason_below() -> None:
    assert "1. `short_text`, django: no pool" in as_markdown([RESULT], FACTS).splitlines()


def test_the_page_tells_the_machine_and_the_memory() -> None:
    lines = as_markdown([RESULT], FACTS).splitlines()
    assert "- versions: peewee 1" in lines
    assert "| `short_text` | 22.0, 7.5 gc | 30.0, 0.0 gc | - |" in lines


def test_a_workload_without_a_goal_has_no_verdict() -> None:
    unbudgeted = Result("other", "another", 1, [Cell("toolkit", 1.5, 1.5, 1.5, 1.0)])
    assert as_markdown([unbudgeted], FACTS).count("| - | no goal |") == 1


def test_the_json_carries_all_of_it() -> None:
    report: Any = as_json([RESULT], FACTS)
    (workload,) = report["workloads"]
    assert workload["goal"] == 2.0
    assert [cell["library"] for cell in workload["cells"]] == ["raw", "toolkit", "django"]
