"""One failing check fails the house, and the others still speak."""

import pytest

from tools import house
from tools.findings import Finding


def test_a_finding_fails_the_house_and_hides_no_other_check(
    capsys: pytest.CaptureFixture[str],
) -> None:
    checks: dict[str, house.Check] = {
        "first": lambda: [Finding("a.py:3", "is too clever")],
        "second": list,
    }
    assert house.main(checks) == 1
    assert capsys.readouterr().out.splitlines() == [
        "a.py:3: is too clever",
        "first: 1 to mend",
        "second: ok",
    ]


def test_no_finding_no_failure() -> None:
    assert house.main({"only": list}) == 0
