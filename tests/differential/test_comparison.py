"""Reports are compared strictly, and told readably."""

from __future__ import annotations

from typing import Any

import pytest

from tests.differential.comparison import Comparison, compare_reports
from tests.differential.side import Report


def compared(oracle: Any, ours: Any) -> Comparison:
    return compare_reports("p", Report(steps={"s": oracle}), Report(steps={"s": ours}))


@pytest.mark.parametrize(("oracle", "ours"), [(1, 1.0), (1, True), ("1", 1), (None, False)])
def test_values_that_are_equal_but_not_the_same_differ(oracle: Any, ours: Any) -> None:
    assert not compared(oracle, ours).agrees


def test_long_values_are_told_line_by_line() -> None:
    rows = [{"name": f"number {n}"} for n in range(9)]
    text = compared(rows, [*rows[:-1], {"name": "other"}]).text()
    assert "step 's' (- oracle, + ours)" in text
    assert "-  {'name': 'number 8'}]" in text
    assert "+  {'name': 'other'}]" in text


def test_our_trace_is_shown_when_we_differ() -> None:
    comparison = compare_reports("p", Report(), Report(uncaught={}, trace="Traceback …"))
    assert "our trace:\nTraceback …" in comparison.text()


def raised(name: str, *caught: str, **more: Any) -> dict[str, Any]:
    return {"exception": name, "caught as": list(caught), "args": ["str"], **more}


def test_a_narrower_exception_keeps_the_promise() -> None:
    theirs = raised("ArgumentError", "SQLAlchemyError", "ArgumentError", code=None)
    ours = raised("URLError", "SQLAlchemyError", "ArgumentError", "ValueError", code=None)
    assert compared(theirs, ours).agrees
    assert not compared(ours, theirs).agrees


@pytest.mark.parametrize(
    "ours", [raised("E", "Base", code="abcd"), raised("Other", "Base"), {"value": "E"}, None]
)
def test_an_exception_with_another_code_or_kind_differs(ours: Any) -> None:
    assert not compared(raised("E", "Base", code=None), ours).agrees


def counted(step: str, oracle: Any, ours: Any) -> Comparison:
    return compare_reports("p", Report(steps={step: oracle}), Report(steps={step: ours}))


def test_a_number_of_something_may_be_lower_on_our_side_and_not_higher() -> None:
    assert counted("number of statements", 3, 2).agrees
    assert counted("number of statements", 3, 3).agrees
    assert not counted("number of statements", 3, 4).agrees


def test_other_steps_with_numbers_must_be_the_same() -> None:
    assert not counted("statements", 3, 2).agrees
    assert not counted("number of statements", 3, None).agrees
