"""A contributor's install: pip on the source tree."""

from pathlib import Path

import pytest

from tests.packaging import probe
from tests.packaging.conftest import Once
from tests.packaging.workshop import Environment
from tools.distributions import Distribution, third_party
from tools.tree import ROOT


@pytest.fixture(scope="module")
def editable(once: Once, ours: list[Distribution], wheelhouse: Path) -> Environment:
    def make(folder: Path) -> None:
        environment = Environment.create(folder)
        needed = [str(requirement) for requirement in third_party()]
        environment.install("hatchling", "editables", *needed, links=[wheelhouse])
        folders = [word for each in ours for word in ("--editable", str(ROOT / each.folder))]
        environment.install("--no-build-isolation", *folders, links=[wheelhouse])

    return Environment(once("editable", make))


def test_an_editable_install_imports_every_package_from_the_source_tree(
    editable: Environment, ours: list[Distribution]
) -> None:
    packages = [distribution.package for distribution in ours]
    files = editable.execute(probe.IMPORTS.format(packages=packages)).splitlines()
    expected = [str(ROOT / each.folder / each.package / "__init__.py") for each in ours]
    assert files == expected


def test_an_editable_install_selects_one_from_sqlite(editable: Environment) -> None:
    assert editable.execute(probe.WORKS).strip() == "1"
