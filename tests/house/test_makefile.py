"""`make setup` runs again when a recipe changed, and only then."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tools.distributions import folders
from tools.tree import ROOT

STAMP = ".venv/.setup-done"
PYPROJECTS = [folder / "pyproject.toml" for folder in folders()]
RECIPES = [Path("VERSION"), Path("constraints.txt"), *PYPROJECTS]
LONG_AGO, AGO, NOW = 1_000_000, 2_000_000, 3_000_000


@pytest.fixture
def tree_after_setup(tmp_path: Path) -> Path:
    """The recipes as `make setup` left them: older than the stamp."""
    shutil.copyfile(ROOT / "Makefile", tmp_path / "Makefile")
    for recipe in RECIPES:
        (tmp_path / recipe).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / recipe).touch()
        os.utime(tmp_path / recipe, (LONG_AGO, LONG_AGO))
    (tmp_path / STAMP).parent.mkdir()
    (tmp_path / STAMP).touch()
    os.utime(tmp_path / STAMP, (AGO, AGO))
    return tmp_path


def wants_setup(root: Path) -> bool:
    question = ["make", "--question", "--directory", str(root), STAMP]
    # The make that runs these tests must not pass its own flags on.
    environment = {key: value for key, value in os.environ.items() if not key.startswith("MAKE")}
    return subprocess.run(question, env=environment, check=False).returncode == 1


def test_nothing_changed_nothing_to_do(tree_after_setup: Path) -> None:
    assert not wants_setup(tree_after_setup)


@pytest.mark.parametrize("recipe", RECIPES, ids=str)
def test_a_changed_recipe_asks_for_setup(tree_after_setup: Path, recipe: Path) -> None:
    os.utime(tree_after_setup / recipe, (NOW, NOW))
    assert wants_setup(tree_after_setup)


def test_another_changed_file_does_not(tree_after_setup: Path) -> None:
    (tree_after_setup / "README.md").touch()
    assert not wants_setup(tree_after_setup)
