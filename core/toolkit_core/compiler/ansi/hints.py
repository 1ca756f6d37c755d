"""Writing words of the user's own: prefixes, suffixes and hints."""

from __future__ import annotations

from typing import Any

from toolkit_core.compiler.ansi.source_names import source_name
from toolkit_core.compiler.ansi.table import ansi
from toolkit_core.compiler.writer import Writer
from toolkit_core.expression.prefixes import Phrase, SourceHint
from toolkit_core.lower.hinted_source import HintedSource


def write_phrases(w: Writer, phrases: tuple[Phrase, ...]) -> None:
    """Write those words that are for this dialect, each with a space behind."""
    for phrase in phrases:
        if phrase.is_for(w.rules.name):
            w.write(phrase)
            w.text(" ")


def write_statement_hints(w: Writer, hints: tuple[Phrase, ...]) -> None:
    """Write the hints for the statement as a whole, each with a space before."""
    for hint in hints:
        if hint.is_for(w.rules.name):
            w.text(" ")
            w.write(hint)


def write_source(w: Writer, source: Any) -> None:
    """Write something that is read from, and the hints for it."""
    hints = w.frames[-1].hints if w.frames else ()
    # Of several for one source the last one counts.
    for hint in reversed(hints):
        if hint.source is source and hint.is_for(w.rules.name):
            w.write(HintedSource(source, hint))
            return
    w.write(source)


@ansi(HintedSource)
def write_hinted(w: Writer, hinted: HintedSource) -> None:
    """Write the source, and the hint behind it."""
    w.write(hinted.source)
    text = (hinted.hint.text or "").replace("%(name)s", source_name(w, hinted.source))
    w.write(hinted.hint.but(text=text))


@ansi(Phrase)
def write_phrase(w: Writer, phrase: Phrase) -> None:
    """Write words as they are."""
    if phrase.element is not None:
        w.write(phrase.element)
    else:
        w.text(phrase.text or "")


@ansi(SourceHint)
def write_source_hint(w: Writer, hint: SourceHint) -> None:
    """Write what no standard spells: legible, but not to be sent."""
    w.text(f" [{hint.text}]")


def write_extensions(
    w: Writer, clauses: tuple[Any, ...], *, before: str = "", after: str = ""
) -> None:
    """Write clauses of users' own."""
    for clause in clauses:
        w.text(before)
        w.write(clause)
        w.text(after)
