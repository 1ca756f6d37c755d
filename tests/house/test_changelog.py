"""A fragment that towncrier would overlook is found here."""

import re

from tools.tree import ROOT

KINDS = "feature|change|deprecation|fix|doc"


def test_every_fragment_has_an_issue_and_a_kind() -> None:
    names = {path.name for path in (ROOT / "changelog.d").iterdir()} - {"README.md"}
    wrong = [n for n in names if not re.fullmatch(rf"(\d+|\+[\w-]+)\.({KINDS})\.md", n)]
    assert wrong == []


def test_the_readme_names_the_kinds_that_towncrier_knows() -> None:
    config = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    known = re.findall(r'\[\[tool\.towncrier\.type\]\]\ndirectory = "(\w+)"', config)
    assert known == KINDS.split("|")
    readme = (ROOT / "changelog.d" / "README.md").read_text(encoding="utf-8")
    assert all(f"`{kind}`" in readme for kind in known)
