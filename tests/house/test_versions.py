"""Ranges between our distributions follow VERSION."""

import pytest

from tests.house.conftest import Plant
from tools import versions

CORE = '[project]\nname = "toolkit-core"\n'
FACE = '[project]\nname = "toolkit"\ndependencies = ["toolkit-core{range}", "pluggy>=1"]\n'
MAKEFILE = "DISTRIBUTIONS := core .\n"


def tree(range_: str, version: str = "0.3.2\n", makefile: str = MAKEFILE) -> dict[str, str]:
    return {
        "VERSION": version,
        "Makefile": makefile,
        "core/pyproject.toml": CORE,
        "pyproject.toml": FACE.format(range=range_),
    }


def test_the_range_of_this_minor_release_is_right(plant: Plant) -> None:
    assert versions.check(plant(tree(">=0.3,<0.4"))) == []


@pytest.mark.parametrize("range_", ["", ">=0.3", ">=0.2,<0.3", "==0.3.2"])
def test_any_other_range_is_found(plant: Plant, range_: str) -> None:
    (finding,) = versions.check(plant(tree(range_)))
    assert finding.place == "pyproject.toml"
    assert "toolkit-core" in finding.message


def test_a_range_forgotten_when_the_version_moved_is_found(plant: Plant) -> None:
    assert versions.check(plant(tree(">=0.3,<0.4", version="1.0.0\n")))


def test_a_range_inside_an_extra_is_found(plant: Plant) -> None:
    files = tree(">=0.3,<0.4")
    files["pyproject.toml"] += '[project.optional-dependencies]\nx = ["toolkit-core[y]"]\n'
    (finding,) = versions.check(plant(files))
    assert "toolkit-core[y]" in finding.message


def test_a_distribution_that_make_forgets_is_found(plant: Plant) -> None:
    (finding,) = versions.check(plant(tree(">=0.3,<0.4", makefile="DISTRIBUTIONS := .\n")))
    assert finding.place == "Makefile"
