"""What the packaging tests share: built wheels and a few environments, made once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.packaging.workshop import Environment, build, fetch_third_party, run
from tools.distributions import Distribution, distributions, third_party
from tools.tree import ROOT

HERE = Path(__file__).parent
BUILDERS = 2


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One worker takes all packaging tests, since they share what is costly to make."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("packaging"))
            # The first test pays for the fixtures: builds and downloads.
            item.add_marker(pytest.mark.timeout(300))


@pytest.fixture(scope="session")
def ours() -> list[Distribution]:
    return list(distributions(ROOT))


@pytest.fixture(scope="session")
def wheelhouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Everything of other people that an install or an editable build needs."""
    requirements = [str(requirement) for requirement in third_party()]
    tools = ["hatchling", "editables"]
    return fetch_third_party([*requirements, *tools], tmp_path_factory.mktemp("wheelhouse"))


@pytest.fixture(scope="session")
def wheels(tmp_path_factory: pytest.TempPathFactory, ours: list[Distribution]) -> Path:
    """A wheel of each distribution, built from the tree."""
    target = tmp_path_factory.mktemp("wheels")
    with ThreadPoolExecutor(BUILDERS) as pool:
        list(pool.map(lambda d: build(ROOT / d.folder, target, "wheel"), ours))
    return target


@pytest.fixture(scope="session")
def sdists(tmp_path_factory: pytest.TempPathFactory, ours: list[Distribution]) -> Path:
    """A source distribution of each, built from the tree."""
    target = tmp_path_factory.mktemp("sdists")
    with ThreadPoolExecutor(BUILDERS) as pool:
        list(pool.map(lambda d: build(ROOT / d.folder, target, "sdist"), ours))
    return target


@pytest.fixture(scope="session")
def wheels_from_sdists(tmp_path_factory: pytest.TempPathFactory, sdists: Path) -> Path:
    """A wheel of each, built from its sdist far away from the tree."""
    target = tmp_path_factory.mktemp("wheels-from-sdists")
    unpacked = tmp_path_factory.mktemp("unpacked")

    def rebuild(sdist: Path) -> None:
        # tarfile's safe filter is not in every Python we support; tar is on every machine.
        run("tar", "-xzf", sdist, "-C", unpacked)
        build(unpacked / sdist.name.removesuffix(".tar.gz"), target, "wheel")

    with ThreadPoolExecutor(BUILDERS) as pool:
        list(pool.map(rebuild, sdists.glob("*.tar.gz")))
    return target


@pytest.fixture(scope="session")
def plain(tmp_path_factory: pytest.TempPathFactory, wheels: Path, wheelhouse: Path) -> Environment:
    """What `pip install toolkit` gives: core, ORM and SQLite."""
    environment = Environment.create(tmp_path_factory.mktemp("plain"))
    environment.install("toolkit", links=[wheels, wheelhouse])
    return environment


@pytest.fixture(scope="session")
def bare(tmp_path_factory: pytest.TempPathFactory, wheels: Path, wheelhouse: Path) -> Environment:
    """The kernel and the face without any dialect, as after `pip uninstall toolkit-sqlite`."""
    environment = Environment.create(tmp_path_factory.mktemp("bare"))
    environment.install("toolkit-orm", links=[wheels, wheelhouse])
    environment.install("--no-deps", "toolkit", links=[wheels])
    return environment
