"""The catalogue's pages as text: for ``python -m toolkit error CODE`` and for the docs."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping

from toolkit_core.errors.catalogue import AREAS, ENTRIES, Entry

ENTRY_BY_CODE: Mapping[str, Entry] = {entry.code: entry for entry in ENTRIES}


def page(code: str) -> str:
    r"""Return the page of an error's code, as Markdown; ``KeyError`` if there is none.

    >>> print(page("xd3s").partition("\n")[0])
    # An Inspector of an asynchronous engine
    """
    entry = ENTRY_BY_CODE[code.strip().lower()]
    parts = [f"# {entry.title}", f"Code `{entry.code}`. {AREAS[entry.area]}.", entry.text]
    if entry.steps:
        parts.append("What to try:")
        parts.append("\n".join(_bullet(step) for step in entry.steps))
    return "\n\n".join(_wrapped(part) for part in parts) + "\n"


def index() -> str:
    """Return the list of all pages, by area, as Markdown."""
    lines = [
        "# Errors by code",
        "",
        "An error or a warning that names a code is explained here, and by",
        "`python -m toolkit error CODE`.",
    ]
    for area, title in AREAS.items():
        lines += ["", f"## {title}", ""]
        lines += [f"- [`{e.code}`]({e.code}.md): {e.title}" for e in ENTRIES if e.area == area]
    return "\n".join([*lines, ""])


def _bullet(step: str) -> str:
    return textwrap.fill(
        step, 88, initial_indent="- ", subsequent_indent="  ", break_long_words=False
    )


def _wrapped(part: str) -> str:
    """Fill the paragraphs; code and lists stay as they are."""
    kept: list[str] = []
    in_code = False
    for paragraph in part.split("\n\n"):
        untouched = in_code or paragraph.startswith(("```", "#", "- "))
        kept.append(paragraph if untouched else textwrap.fill(paragraph, 88))
        if paragraph.count("```") % 2:
            in_code = not in_code
    return "\n\n".join(kept)
