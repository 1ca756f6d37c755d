"""Plugins are found by name, one at a time, and a bad one harms nobody else."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from toolkit_core import plugins
from toolkit_core.errors import NoSuchModuleError
from toolkit_core.plugins.entry_points import entry_points
from toolkit_core.plugins.installed import installed
from toolkit_core.plugins.registry import Registry

Install = Callable[..., None]

GOOD = """
from toolkit_core.plugins import hookimpl

class Plugin:
    toolkit_api = "1"

    @hookimpl
    def toolkit_dialect(self, name, driver, options):
        return f"{name} with {driver}" if driver != "none" else None

plugin = Plugin()
"""


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    """Lay a distribution with one entry point on the path."""
    monkeypatch.syspath_prepend(tmp_path)

    def lay(
        distribution: str,
        name: str,
        module: str,
        source: str = GOOD,
        group: str = "toolkit.dialects",
    ) -> None:
        info = tmp_path / f"{distribution.replace(chr(45), chr(95))}-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(
            f"Metadata-Version: 2.1\nName: {distribution}\nVersion: 1.0\n"
        )
        (info / "entry_points.txt").write_text(f"[{group}]\n{name} = {module}:plugin\n")
        (tmp_path / f"{module}.py").write_text(source)
        importlib.invalidate_caches()

    return lay


@pytest.fixture
def registry() -> Registry:
    return Registry("toolkit.dialects")


def test_a_dialect_of_a_third_party_is_found_by_its_name(install: Install) -> None:
    install("acme-toolkit", "acmedb", "acme_good")
    assert plugins.find_dialect("acmedb", "fast", {}) == "acmedb with fast"


def test_an_entry_point_may_claim_one_driver_only(install: Install) -> None:
    install("acme-one", "onedb.turbo", "acme_turbo")
    assert plugins.find_dialect("onedb", "turbo", {}) == "onedb with turbo"
    with pytest.raises(NoSuchModuleError, match=r"Can't load plugin: toolkit\.dialects:onedb"):
        plugins.find_dialect("onedb", "slow", {})


def test_only_the_plugin_that_is_asked_for_is_imported(
    install: Install, registry: Registry
) -> None:
    install("acme-a", "adb", "acme_a")
    install("acme-b", "bdb", "acme_b", "raise RuntimeError('must not be imported')")
    registry.load("adb")
    assert "acme_a" in sys.modules
    assert "acme_b" not in sys.modules


def test_a_broken_plugin_is_told_of_by_name_and_stops_no_other(
    install: Install, registry: Registry
) -> None:
    install("acme-broken", "broken", "acme_broken", "import no_such_thing_at_all")
    install("acme-sound", "sound", "acme_sound")
    with pytest.raises(NoSuchModuleError, match=r"acme-broken 1\.0.*no_such_thing_at_all"):
        registry.load("broken")
    assert registry.load("sound").toolkit_api == "1"


def test_two_claims_to_a_name_are_refused_with_both(install: Install, registry: Registry) -> None:
    install("acme-one", "twice", "acme_first")
    install("acme-two", "twice", "acme_second")
    with pytest.raises(NoSuchModuleError) as caught:
        registry.load("twice")
    assert "acme-one 1.0" in str(caught.value)
    assert "acme-two 1.0" in str(caught.value)
    assert "acme_first" not in sys.modules


def test_a_plugin_of_another_api_version_is_refused_in_one_line(
    install: Install, registry: Registry
) -> None:
    install("acme-old", "olddb", "acme_old", GOOD.replace('"1"', '"0"'))
    with pytest.raises(NoSuchModuleError) as caught:
        registry.load("olddb")
    message = caught.value.args[0]
    assert "\n" not in message
    assert "acme-old 1.0" in message
    assert "'0'" in message


def test_a_driver_that_the_dialect_does_not_have_is_refused(install: Install) -> None:
    install("acme-driver", "driverdb", "acme_driver")
    with pytest.raises(NoSuchModuleError, match=r"toolkit\.dialects:driverdb\.none"):
        plugins.find_dialect("driverdb", "none", {})


@pytest.mark.parametrize(
    ("name", "command"),
    [
        ("postgresql", 'pip install "toolkit[postgresql]"'),
        ("mysql", 'pip install "toolkit[mysql]"'),
        ("mariadb", 'pip install "toolkit[mariadb]"'),
        ("oracle", 'pip install "toolkit[oracle]"'),
        ("sqlite", 'pip install "toolkit-sqlite"'),
    ],
)
def test_a_dialect_of_ours_that_is_absent_names_what_to_install(
    name: str, command: str, monkeypatch: pytest.MonkeyPatch, registry: Registry
) -> None:
    monkeypatch.setattr("toolkit_core.plugins.registry.entry_points", lambda *_: ())
    with pytest.raises(NoSuchModuleError) as caught:
        registry.load(name)
    assert f"Can't load plugin: toolkit.dialects:{name}\nTry: {command}" in str(caught.value)


def test_a_misspelt_dialect_names_the_nearest(registry: Registry) -> None:
    with pytest.raises(NoSuchModuleError, match="Try: 'sqlite'"):
        registry.load("sqlit")


def test_a_program_may_register_a_dialect_without_an_entry_point(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, registry: Registry
) -> None:
    (tmp_path / "acme_by_hand.py").write_text(GOOD)
    monkeypatch.syspath_prepend(tmp_path)
    registry.register("byhand", "acme_by_hand", "plugin")
    assert registry.load("byhand").toolkit_api == "1"


def test_installed_lists_sound_and_broken_alike(install: Install) -> None:
    install("acme-listed", "listed", "acme_listed")
    install("acme-ruined", "ruined", "acme_ruined", "1/0")
    found = {plugin.name: plugin for plugin in installed()}
    assert found["listed"].problem is None
    assert found["listed"].origin == "acme-listed 1.0"
    assert "ZeroDivisionError" in str(found["ruined"].problem)
    assert found["sqlite"].drivers["pysqlite"].present is True


def test_the_names_are_looked_up_without_importing(install: Install) -> None:
    install("acme-named", "named", "acme_named", "raise RuntimeError")
    assert "named" in {point.name for point in entry_points("toolkit.dialects")}
