"""The code of the five documents, as their readers copy it: `snippets/<document>.md`.

Each piece has a name of its own; white space at line ends is gone, all else is as it stands there.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).with_name("snippets")
_PIECE = re.compile(r"^## (\w+)\n\n```(\w+)\n(.*?)^```", re.DOTALL | re.MULTILINE)
_CALL = re.compile(r"^<< (\d+) (\w+)$", re.MULTILINE)


@cache
def pieces(document: str) -> dict[str, str]:
    """The code of a document, by name."""
    found = _PIECE.findall((FOLDER / f"{document}.md").read_text("utf-8"))
    return {name: code for name, _, code in found}


def every_piece() -> set[tuple[str, str]]:
    """The document and the name of all that there is."""
    documents = sorted(path.stem for path in FOLDER.glob("*.md"))
    return {(document, name) for document in documents for name in pieces(document)}


def called_in(text: str) -> set[tuple[str, str]]:
    """The pieces that a text asks for by lines such as `<< 001 core`."""
    return set(_CALL.findall(text))


def filled_in(text: str) -> str:
    """The text with the pieces that it asks for."""
    return _CALL.sub(lambda call: mended(pieces(call[1])[call[2]]), text).lstrip()


def mended(code: str) -> str:
    r"""A piece that can be parsed: in one document, two statements have ended up on one line.

    >>> mended("user = User() session.add(user)")
    'user = User()\nsession.add(user)'
    """
    return re.sub(r"\) session\.add\(", ")\nsession.add(", code)
