"""A contributor's install by uv: the workspace resolves our names to our folders."""

import shutil
import sys
from pathlib import Path

import pytest

from tests.packaging import probe
from tests.packaging.conftest import Once
from tests.packaging.workshop import Environment, run
from tools.index_settings import uv_environment
from tools.tree import ROOT, tracked


def sync_a_copy(copy: Path) -> None:
    """Copy the tree and `uv sync` there: uv writes its lock beside the root pyproject."""
    for path in tracked():
        (copy / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / path, copy / path)
    environment = uv_environment()
    # uv must make the .venv of the copy, whichever environment runs this test.
    environment.pop("VIRTUAL_ENV", None)
    uv = [sys.executable, "-m", "uv", "sync", "--quiet", "--no-dev"]
    run(*uv, "--python", sys.executable, "--no-python-downloads", env=environment, cwd=copy)


@pytest.fixture(scope="module")
def synced(once: Once) -> Environment:
    return Environment(once("uv-tree", sync_a_copy) / ".venv")


def test_uv_sync_selects_one_from_sqlite(synced: Environment) -> None:
    assert synced.execute(probe.WORKS).strip() == "1"


def test_uv_sync_takes_our_packages_from_the_tree(synced: Environment) -> None:
    (file,) = synced.execute(probe.IMPORTS.format(packages=["toolkit"])).splitlines()
    assert Path(file).is_relative_to(synced.folder.parent)


def test_the_lock_of_uv_is_ignored_by_git() -> None:
    # A lock names the index of the machine that wrote it.
    assert run("git", "check-ignore", "uv.lock", cwd=ROOT).strip() == "uv.lock"
