"""The distributions of this workspace, read from their pyproject files."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tools.tree import ROOT

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib


@dataclass(frozen=True)
class Distribution:
    """One installable folder."""

    folder: Path
    project: dict[str, Any]
    groups: dict[str, list[Any]]

    @property
    def name(self) -> str:
        """The name it is installed by."""
        return str(self.project["name"])

    @property
    def package(self) -> str:
        """The name it is imported by."""
        return self.name.replace("-", "_")

    def runtime(self) -> list[Requirement]:
        """What a plain install needs."""
        return [Requirement(line) for line in self.project.get("dependencies", [])]

    def extras(self) -> list[Requirement]:
        """What its extras add."""
        lines = self.project.get("optional-dependencies", {}).values()
        return [Requirement(line) for extra in lines for line in extra]

    def development(self) -> list[Requirement]:
        """What its dependency groups name, inclusions aside."""
        groups = self.groups.values()
        return [Requirement(line) for group in groups for line in group if isinstance(line, str)]


def folders(root: Path = ROOT) -> list[Path]:
    """Where the distributions lie, relative to the root; the face comes last."""
    found = [*root.glob("*/pyproject.toml"), *root.glob("dialects/*/pyproject.toml")]
    return [*sorted(path.parent.relative_to(root) for path in found), Path()]


def distributions(root: Path = ROOT) -> Iterator[Distribution]:
    """Every distribution of the workspace."""
    for folder in folders(root):
        text = (root / folder / "pyproject.toml").read_text(encoding="utf-8")
        recipe = tomllib.loads(text)
        yield Distribution(folder, recipe["project"], recipe.get("dependency-groups", {}))


def is_ours(requirement: Requirement, ours: set[str]) -> bool:
    """Whether a requirement names one of our own distributions."""
    return canonicalize_name(requirement.name) in ours


def third_party(root: Path = ROOT) -> list[Requirement]:
    """What a plain install of everything needs from others."""
    all_ours = list(distributions(root))
    names = {d.name for d in all_ours}
    return [r for d in all_ours for r in d.runtime() if not is_ours(r, names)]


def version(root: Path = ROOT) -> str:
    """The one version that all distributions share."""
    return (root / "VERSION").read_text(encoding="utf-8").strip()
