"""No registry and no path of one machine may enter the tree."""

import pytest

from tests.house.conftest import Plant
from tools import no_hosts

# Put together here, so that the check does not find its own tests.
PYPI = "pypi" + ".org"
NPM = "registry." + "npmjs.org"
HOME = "/ho" + "me/ada/toolkit"
ROOT_HOME = "/ro" + "ot/project"


@pytest.mark.parametrize(
    "line",
    [
        f"see https://{PYPI}/project/x",
        f'"resolved": "https://{NPM}/x.tgz"',
        "index-url" + " = https://mirror.example/simple",
        "--find-links" + " file:///srv/wheels",
        f"cd {HOME}",
        f'path = "{ROOT_HOME}"',
    ],
)
def test_a_line_tied_to_one_place_is_found(plant: Plant, line: str) -> None:
    (finding,) = no_hosts.check(plant({"notes.md": f"fine\n{line}\n"}))
    assert finding.place == "notes.md:2"


@pytest.mark.parametrize(
    "line",
    [
        "create_engine('sqlite:////var/lib/app.db')",
        "https://www.postgresql.org/docs/current/",
        "the artwork/ folder and homework/ada",
        "pip install docker.io",
        "index-url comes from pip's own configuration",
        f"# {HOME} is in the manual's text  no-hosts: ok quoted",
    ],
)
def test_an_ordinary_line_is_left_alone(plant: Plant, line: str) -> None:
    assert no_hosts.check(plant({"notes.md": f"{line}\n"})) == []


def test_a_file_that_is_not_text_is_left_alone(plant: Plant) -> None:
    root = plant({})
    (root / "picture.png").write_bytes(b"\x89PNG\xff\xfe" + HOME.encode())
    assert no_hosts.check(root) == []
