"""What the packaging tests share: built wheels and a few environments, each made once.

Tests on all workers use the same ones: the first to ask makes it, behind a lock.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from filelock import FileLock

from tests.packaging.workshop import Environment, build, fetch_third_party, run
from tools.distributions import Distribution, distributions, third_party
from tools.tree import ROOT

HERE = Path(__file__).parent
BUILDERS = 2

Make = Callable[[Path], object]
Once = Callable[[str, Make], Path]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give the tests here more time: the first pays for builds and downloads."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.timeout(300))


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Once:
    """Make a folder of this name for the whole run, unless another worker has made it."""
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent

    def made(name: str, make: Make) -> Path:
        folder, done = shared / name, shared / f"{name}.done"
        with FileLock(shared / f"{name}.lock"):
            if not done.exists():
                # What a failed attempt left behind would hide why it failed.
                shutil.rmtree(folder, ignore_errors=True)
                folder.mkdir()
                make(folder)
                done.touch()
        return folder

    return made


@pytest.fixture(scope="session")
def ours() -> list[Distribution]:
    return list(distributions(ROOT))


@pytest.fixture(scope="session")
def wheelhouse(once: Once) -> Path:
    """Everything of other people that an install or an editable build needs."""
    requirements = [*map(str, third_party()), "hatchling", "editables"]
    return once("wheelhouse", lambda folder: fetch_third_party(requirements, folder))


def build_all(ours: list[Distribution], kind: str) -> Make:
    def make(folder: Path) -> None:
        with ThreadPoolExecutor(BUILDERS) as pool:
            list(pool.map(lambda each: build(ROOT / each.folder, folder, kind), ours))

    return make


@pytest.fixture(scope="session")
def wheels(once: Once, ours: list[Distribution]) -> Path:
    """A wheel of each distribution, built from the tree."""
    return once("wheels", build_all(ours, "wheel"))


@pytest.fixture(scope="session")
def sdists(once: Once, ours: list[Distribution]) -> Path:
    """A source distribution of each, built from the tree."""
    return once("sdists", build_all(ours, "sdist"))


@pytest.fixture(scope="session")
def wheels_from_sdists(once: Once, sdists: Path) -> Path:
    """A wheel of each, built from its sdist far away from the tree."""

    def make(target: Path) -> None:
        def rebuild(sdist: Path) -> None:
            # tarfile's safe filter is not in every Python we support; tar is on every machine.
            run("tar", "-xzf", sdist, "-C", target)
            build(target / sdist.name.removesuffix(".tar.gz"), target, "wheel")

        with ThreadPoolExecutor(BUILDERS) as pool:
            list(pool.map(rebuild, sdists.glob("*.tar.gz")))

    return once("wheels-from-sdists", make)


@pytest.fixture(scope="session")
def plain(once: Once, wheels: Path, wheelhouse: Path) -> Environment:
    """What `pip install toolkit` gives: core, ORM and SQLite."""

    def make(folder: Path) -> None:
        Environment.create(folder).install("toolkit", links=[wheels, wheelhouse])

    return Environment(once("plain", make))


@pytest.fixture(scope="session")
def bare(once: Once, wheels: Path, wheelhouse: Path) -> Environment:
    """The kernel and the face without any dialect, as after `pip uninstall toolkit-sqlite`."""

    def make(folder: Path) -> None:
        environment = Environment.create(folder)
        environment.install("toolkit-orm", links=[wheels, wheelhouse])
        environment.install("--no-deps", "toolkit", links=[wheels])

    return Environment(once("bare", make))
