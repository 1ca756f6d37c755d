"""The words of an SQL statement as SQLite keeps it: enough to find constraints in it.

https://sqlite.org/lang_createtable.html
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple


class Token(NamedTuple):
    """A word, a name in quotes, a literal or a sign, with its place in the SQL."""

    text: str
    start: int
    end: int

    @property
    def word(self) -> str:
        """The word in capitals, nothing if it is in quotes."""
        return self.text.upper() if self.text[0].isalpha() or self.text[0] == "_" else ""

    @property
    def name(self) -> str:
        """The name that it is, without its quotes."""
        opening = self.text[0]
        if opening in "\"'`":
            return self.text[1:-1].replace(opening * 2, opening)
        return self.text[1:-1] if opening == "[" else self.text


@cache
def _pattern() -> re.Pattern[str]:
    quoted = "|".join(rf"{q}(?:[^{q}]|{q}{q})*{q}" for q in ("'", '"', "`"))
    return re.compile(
        rf"(?P<skip>\s+|--[^\n]*|/\*.*?\*/)|{quoted}|\[[^]]*\]|[^\W\d][\w$]*|[\d.]+\w*|.", re.DOTALL
    )


def tokens_of(sql: str) -> list[Token]:
    """Return the tokens of a statement, comments and blanks left out.

    >>> [token.text for token in tokens_of("a > 'x' -- why")]
    ['a', '>', "'x'"]
    """
    return [
        Token(found[0], *found.span())
        for found in _pattern().finditer(sql)
        if found.lastindex is None
    ]


def split_at_commas(tokens: list[Token]) -> list[list[Token]]:
    """Return what stands between the commas that are in no parentheses.

    >>> [len(part) for part in split_at_commas(tokens_of("a, b (c, d)"))]
    [1, 6]
    """
    parts: list[list[Token]] = [[]]
    depth = 0
    for token in tokens:
        depth += (token.text == "(") - (token.text == ")")
        if token.text == "," and not depth:
            parts.append([])
        else:
            parts[-1].append(token)
    return [part for part in parts if part]


def closing(tokens: list[Token], opening: int) -> int:
    """Return the position of the parenthesis that closes another.

    >>> closing(tokens_of("((a))"), 0)
    4
    """
    depth = 0
    for position in range(opening, len(tokens)):
        depth += (tokens[position].text == "(") - (tokens[position].text == ")")
        if not depth:
            return position
    return len(tokens) - 1
