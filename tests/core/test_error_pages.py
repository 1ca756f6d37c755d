"""The catalogue of error pages: every code has a page, and the docs have them all."""

import re
from pathlib import Path
from typing import Any

import pytest

from toolkit_core import errors
from toolkit_core.errors.catalogue import AREAS, ENTRIES
from toolkit_core.errors.pages import ENTRY_BY_CODE, index, page
from tools.generated import check
from tools.generators.error_pages import render

ROOT = Path(__file__).resolve().parents[2]
CODE = re.compile(r"""\bcode\s*(?::[^=\n]+)?=\s*["']([a-z0-9]{4,5})["']""")


def codes_in_the_source() -> dict[str, str]:
    """Return each code that the source gives to an error, and a file that does so."""
    return {
        code: str(file.relative_to(ROOT))
        for room in ("core", "orm", "dialects", "migrations", "toolkit")
        for file in sorted((ROOT / room).rglob("*.py"))
        for code in CODE.findall(file.read_text(encoding="utf-8"))
    }


def test_every_code_in_the_source_has_a_page() -> None:
    found = codes_in_the_source()

    assert {"dbapi", "gkpj", "l7de", "xd2s"} <= set(found)
    assert {code: file for code, file in found.items() if code not in ENTRY_BY_CODE} == {}


def test_every_class_with_a_code_has_a_page() -> None:
    for name in errors.__all__:
        code = getattr(getattr(errors, name), "code", None)
        assert code is None or page(code)


def test_a_code_has_one_page() -> None:
    assert len(ENTRY_BY_CODE) == len(ENTRIES)
    assert {entry.area for entry in ENTRIES} == set(AREAS)


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.code)
def test_a_page_says_what_happened_and_what_to_try(entry: Any) -> None:
    text = page(entry.code)

    assert text.startswith(f"# {entry.title}\n\nCode `{entry.code}`. ")
    assert entry.text.endswith((".", "```"))
    assert all(step.endswith((".", "`")) for step in entry.steps)
    assert entry.steps or entry.area in {"orm", "legacy"}
    assert text.count("```") % 2 == 0
    assert max(len(line) for line in text.splitlines()) <= 100


def test_a_code_is_found_however_it_is_typed() -> None:
    assert page(" GKPJ ") == page("gkpj")
    with pytest.raises(KeyError):
        page("none")


def test_the_index_links_to_every_page() -> None:
    assert all(f"]({entry.code}.md): {entry.title}\n" in index() for entry in ENTRIES)


def test_the_docs_are_up_to_date() -> None:
    assert check(ROOT, [render]) == []


def test_no_page_is_left_of_an_error_that_is_gone() -> None:
    present = {path.relative_to(ROOT) for path in (ROOT / "docs" / "errors").glob("*.md")}
    assert present == set(render(ROOT))
