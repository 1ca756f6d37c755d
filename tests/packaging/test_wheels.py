"""What is published: wheels and source distributions."""

import zipfile
from email.message import Message
from email.parser import Parser
from pathlib import Path

import pytest

from tests.packaging import probe
from tests.packaging.workshop import Environment
from tools.distributions import Distribution, distributions, version
from tools.tree import ROOT

each_distribution = pytest.mark.parametrize(
    "distribution", list(distributions()), ids=lambda distribution: distribution.name
)


def wheel_of(distribution: Distribution, wheels: Path) -> zipfile.ZipFile:
    (path,) = wheels.glob(f"{distribution.package}-[0-9]*.whl")
    return zipfile.ZipFile(path)


def metadata(wheel: zipfile.ZipFile) -> Message:
    (name,) = (name for name in wheel.namelist() if name.endswith(".dist-info/METADATA"))
    return Parser().parsestr(wheel.read(name).decode())


def test_the_wheels_of_all_distributions_install_together(
    tmp_path: Path, ours: list[Distribution], wheels: Path, wheelhouse: Path
) -> None:
    environment = Environment.create(tmp_path / "all")
    names = [distribution.name for distribution in ours]
    environment.install(*names, links=[wheels, wheelhouse])
    packages = [distribution.package for distribution in ours]
    files = environment.execute(probe.IMPORTS.format(packages=packages)).splitlines()
    assert len(files) == len(ours)
    assert all(file.startswith(str(environment.folder)) for file in files)


def test_a_plain_install_selects_one_from_sqlite(plain: Environment) -> None:
    assert plain.execute(probe.WORKS).strip() == "1"


@each_distribution
def test_a_wheel_tells_type_checkers_that_it_is_typed(
    distribution: Distribution, wheels: Path
) -> None:
    assert f"{distribution.package}/py.typed" in wheel_of(distribution, wheels).namelist()


@each_distribution
def test_a_wheel_carries_the_license(distribution: Distribution, wheels: Path) -> None:
    wheel = wheel_of(distribution, wheels)
    (name,) = (name for name in wheel.namelist() if name.endswith(".dist-info/licenses/LICENSE"))
    assert wheel.read(name) == (ROOT / "LICENSE").read_bytes()
    assert metadata(wheel)["License-Expression"] == "MIT"


@each_distribution
def test_a_wheel_holds_its_package_and_nothing_else(
    distribution: Distribution, wheels: Path
) -> None:
    tops = {name.split("/")[0] for name in wheel_of(distribution, wheels).namelist()}
    assert tops == {distribution.package, f"{distribution.package}-{version()}.dist-info"}


@each_distribution
def test_a_wheel_built_from_the_sdist_is_the_wheel_built_from_the_tree(
    distribution: Distribution, wheels: Path, wheels_from_sdists: Path
) -> None:
    from_tree = wheel_of(distribution, wheels)
    from_sdist = wheel_of(distribution, wheels_from_sdists)
    assert metadata(from_sdist)["Version"] == version()
    assert sorted(from_sdist.namelist()) == sorted(from_tree.namelist())
    assert metadata(from_sdist).as_string() == metadata(from_tree).as_string()
