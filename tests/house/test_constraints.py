"""constraints.txt pins all that we ask of others, and names no place to get it."""

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tools.constraints import requirements
from tools.tree import ROOT


def pins() -> list[Requirement]:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    return [Requirement(line) for line in lines if line and not line.startswith("#")]


def test_every_requirement_is_pinned() -> None:
    pinned = {canonicalize_name(pin.name) for pin in pins()}
    asked = {canonicalize_name(Requirement(line).name) for line in requirements()}
    assert asked <= pinned, "run `make constraints`"


def test_a_pin_is_one_version_and_no_address() -> None:
    for pin in pins():
        assert pin.url is None, pin
        assert [specifier.operator for specifier in pin.specifier] == ["=="], pin


def test_a_pin_lies_in_the_range_that_we_ask_for() -> None:
    versions: dict[str, list[str]] = {}
    for pin in pins():
        (specifier,) = pin.specifier
        versions.setdefault(canonicalize_name(pin.name), []).append(specifier.version)
    for line in requirements():
        wanted = Requirement(line)
        for version in versions[canonicalize_name(wanted.name)]:
            assert wanted.specifier.contains(version), f"{wanted} but pinned to {version}"


def test_no_requirement_is_one_of_ours() -> None:
    assert not [line for line in requirements() if line.startswith("toolkit")]
