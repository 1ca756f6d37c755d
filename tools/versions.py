"""Our distributions ask for each other in the range that VERSION stands for."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.version import Version

from tools.distributions import Distribution, distributions, is_ours, version
from tools.findings import Finding, report
from tools.tree import ROOT


def expected_range(release: str) -> SpecifierSet:
    """From this minor release up to the next: 0.1.7 asks for >=0.1,<0.2."""
    parsed = Version(release)
    return SpecifierSet(f">={parsed.major}.{parsed.minor},<{parsed.major}.{parsed.minor + 1}")


def check(root: Path = ROOT) -> list[Finding]:
    """Ranges that disagree with VERSION, and distributions that make does not know."""
    return [*wrong_ranges(root), *unknown_to_make(root)]


def wrong_ranges(root: Path) -> Iterator[Finding]:
    """Requirements among us whose range is not the one of VERSION."""
    ours = list(distributions(root))
    names = {distribution.name for distribution in ours}
    wanted = expected_range(version(root))
    for distribution in ours:
        for requirement in between_us(distribution, names):
            if requirement.specifier != wanted:
                place = str(distribution.folder / "pyproject.toml")
                yield Finding(place, f"{requirement} should ask for {wanted}, as VERSION says")


def between_us(distribution: Distribution, ours: set[str]) -> Iterator[Requirement]:
    """What it needs of the others. An extra that names its own distribution needs no range."""
    for requirement in [*distribution.runtime(), *distribution.extras()]:
        if is_ours(requirement, ours) and requirement.name != distribution.name:
            yield requirement


def unknown_to_make(root: Path) -> Iterator[Finding]:
    """Distributions that `make setup` would not install."""
    makefile = (root / "Makefile").read_text(encoding="utf-8")
    line = next(line for line in makefile.splitlines() if line.startswith("DISTRIBUTIONS"))
    listed = line.split(":=")[1].split()
    for distribution in distributions(root):
        if str(distribution.folder) not in listed:
            yield Finding("Makefile", f"DISTRIBUTIONS does not name {distribution.folder}")


if __name__ == "__main__":
    sys.exit(report("versions", check()))
