"""Entry points seen without importlib_metadata are those that it sees; in doubt, it is asked."""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import importlib_metadata
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit_core.plugins import entry_points as module
from toolkit_core.plugins.entry_points import claims_seen, entry_points, is_claimed

GROUP = "toolkit.tried"
Seen = set[tuple[str, str, str, str]]


class Laid(NamedTuple):
    """A distribution to lay on the path."""

    place: int
    name: str
    version: str
    ending: str
    text: str | None
    metadata: str | None


def lay(root: Path, laid: Laid) -> None:
    info = root / str(laid.place) / f"{laid.name}-{laid.version}.{laid.ending}"
    info.mkdir(parents=True, exist_ok=True)
    if laid.text is not None:
        (info / "entry_points.txt").write_text(laid.text, encoding="utf-8")
    if laid.metadata is not None:
        header = f"Metadata-Version: 2.1\nName: {laid.name}\nVersion: {laid.version}\n\nA text.\n"
        (info / laid.metadata).write_text(header, encoding="utf-8")


def by_authority(name: str) -> Seen:
    found = importlib_metadata.entry_points(group=GROUP, name=name)
    return {(point.name, point.value, point.dist.name, point.dist.version) for point in found}


def by_ourselves(name: str) -> Seen | None:
    found = claims_seen(GROUP, name)
    if found is None:
        return None
    return {(claim.name, claim.value, claim.dist.name, claim.dist.version) for claim in found}


LINES = st.sampled_from(
    [
        f"[{GROUP}]",
        f"[ {GROUP} ]",
        "[toolkit.tried.more]",
        "[console_scripts]",
        "",
        "# one = commented:out",
        "one = acme.plugin:plugin",
        "  one=acme.other:deep.plugin  ",
        "two = acme:plugin",
        "two = acme",
        "one = acme:plugin [extra]",
        "ünï = acme:plügin",
    ]
)
NAMES = st.sampled_from(["acme", "Acme", "acme_one", "Acme.One", "acme__one", "other"])
LAID = st.builds(
    Laid,
    place=st.integers(0, 2),
    name=NAMES,
    version=st.sampled_from(["1.0", "2.0.post1"]),
    ending=st.sampled_from(["dist-info", "egg-info", "DIST-INFO"]),
    text=st.none() | st.lists(LINES, max_size=8).map("\n".join),
    metadata=st.sampled_from(["METADATA", "PKG-INFO", None]),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(LAID, max_size=5), st.sampled_from(["one", "two", "ünï", "none"]))
def test_what_is_seen_is_what_importlib_metadata_sees(all_laid: list[Laid], name: str) -> None:
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        root = Path(folder)
        for laid in all_laid:
            lay(root, laid)
        patch.setattr(sys, "path", [*(str(root / str(place)) for place in range(3)), *sys.path])
        seen = by_ourselves(name)
        if seen is not None and all(laid.metadata for laid in all_laid):
            assert seen == by_authority(name)
        elif seen is not None:
            # A distribution without metadata has no name that could be compared.
            points = importlib_metadata.entry_points(group=GROUP, name=name)
            assert {claim[:2] for claim in seen} == {(point.name, point.value) for point in points}


SOUND = f"[console_scripts]\nacme = acme:main\n\n[{GROUP}]\n# ours\none = acme.plugin:plugin\n"
ONE = ("one", "acme.plugin:plugin", "acme", "1.0")


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two places on the path, the first with a distribution that claims "one"."""
    places = [str(tmp_path / "0"), str(tmp_path / "1")]
    for place in places:
        Path(place).mkdir()
    lay(tmp_path, Laid(0, "acme", "1.0", "dist-info", SOUND, "METADATA"))
    monkeypatch.setattr(sys, "path", [*places, *sys.path])
    importlib.invalidate_caches()
    return tmp_path


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What importlib_metadata is asked for."""
    asked: list[Any] = []

    class Authority:
        @staticmethod
        def entry_points(**chosen: Any) -> Any:
            asked.append(chosen)
            return importlib_metadata.entry_points(**chosen)

    monkeypatch.setattr(module, "importlib_metadata", Authority)
    return asked


def test_a_single_claim_is_found_without_the_authority(root: Path, asked: list[Any]) -> None:
    (claim,) = entry_points(GROUP, "one")
    assert claim.dist is not None
    assert (claim.name, claim.value, claim.dist.name, claim.dist.version) == ONE
    assert is_claimed(GROUP, "one")
    assert asked == []


def test_that_there_is_no_claim_is_certain_before_it_is_an_error(
    root: Path, asked: list[Any]
) -> None:
    assert not is_claimed(GROUP, "none")
    assert asked == []
    assert list(entry_points(GROUP, "none")) == []
    assert len(asked) == 1


def test_two_claims_are_left_to_the_authority(root: Path, asked: list[Any]) -> None:
    lay(root, Laid(1, "other", "1.0", "dist-info", SOUND, "METADATA"))
    assert len(list(entry_points(GROUP, "one"))) == 2
    assert len(asked) == 1


def test_all_names_are_listed_by_the_authority(root: Path, asked: list[Any]) -> None:
    assert {claim.name for claim in entry_points(GROUP)} == {"one"}
    assert asked == [{"group": GROUP}]


def test_the_same_place_twice_on_the_path_is_one(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "path", [str(root / "0"), *sys.path])
    assert by_ourselves("one") == {ONE}


def test_a_place_that_is_not_there_is_passed_over(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "path", [str(root / "gone"), *sys.path])
    assert by_ourselves("one") == {ONE}


def test_an_editable_install_is_found_where_its_dist_info_is() -> None:
    found = claims_seen("toolkit.dialects", "sqlite")
    assert found is not None
    assert [(claim.value, claim.dist.name) for claim in found] == [
        ("toolkit_sqlite.plugin:plugin", "toolkit-sqlite")
    ]


DOUBTFUL = {
    "the same distribution twice": Laid(1, "Acme", "2.0", "dist-info", SOUND, "METADATA"),
    "a leftover of an update": Laid(0, "acme", "0.9", "dist-info", SOUND, "METADATA"),
    "extras": Laid(1, "odd", "1", "dist-info", f"[{GROUP}]\na = b:c [d]\n", "METADATA"),
    "no equals sign": Laid(1, "odd", "1", "dist-info", f"[{GROUP}]\na : b:c\n", "METADATA"),
    "two equals signs": Laid(1, "odd", "1", "dist-info", f"[{GROUP}]\na = b:c = 3\n", "METADATA"),
    "a name in capitals": Laid(1, "odd", "1", "DIST-INFO", None, "METADATA"),
}


@pytest.mark.parametrize("laid", DOUBTFUL.values(), ids=DOUBTFUL.keys())
def test_of_a_doubtful_distribution_nothing_is_concluded(laid: Laid, root: Path) -> None:
    assert by_ourselves("one") == {ONE}
    lay(root, laid)
    assert claims_seen(GROUP, "one") is None


@pytest.mark.parametrize("what", ["no UTF-8", "a folder"])
def test_of_odd_entry_points_nothing_is_concluded(what: str, root: Path) -> None:
    file = root / "1/odd-1.dist-info/entry_points.txt"
    file.parent.mkdir()
    if what == "a folder":
        file.mkdir()
    else:
        file.write_bytes(f"[{GROUP}]\n\xe9".encode("latin-1"))
    assert claims_seen(GROUP, "one") is None


@pytest.mark.parametrize("name", ["more.zip", "old.egg"])
def test_of_archives_and_eggs_nothing_is_concluded(
    name: str, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if name == "old.egg":
        (root / name).mkdir()
    else:
        with zipfile.ZipFile(root / name, "w") as archive:
            archive.writestr("zipped-1.0.dist-info/entry_points.txt", SOUND)
    monkeypatch.setattr(sys, "path", [*sys.path, str(root / name)])
    assert claims_seen(GROUP, "one") is None


def test_beside_another_finder_of_distributions_nothing_is_concluded(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "meta_path", [*sys.meta_path, Finder()])
    assert claims_seen(GROUP, "one") is None


class Finder:
    """A finder that knows distributions."""

    @staticmethod
    def find_spec(*args: Any) -> None:
        return None

    @staticmethod
    def find_distributions(*args: Any) -> Any:
        return ()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads all")
def test_what_cannot_be_read_is_left_to_the_authority(root: Path) -> None:
    (root / "0/acme-1.0.dist-info/entry_points.txt").chmod(0)
    assert claims_seen(GROUP, "one") is None


def test_finders_that_bring_no_distributions_of_their_own_are_no_doubt() -> None:
    program = (
        "from toolkit_core.plugins.entry_points import claims_seen;"
        "assert claims_seen('toolkit.dialects', 'sqlite');"
        "import importlib.metadata;"
        "assert claims_seen('toolkit.dialects', 'sqlite');"
        "import importlib_metadata;"
        "assert claims_seen('toolkit.dialects', 'sqlite')"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
