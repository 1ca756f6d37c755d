"""What only the CREATE TABLE statement tells: names of constraints, conditions, expressions.

https://sqlite.org/lang_createtable.html
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from types import MappingProxyType
from typing import Any, NamedTuple

from toolkit_sqlite.inspector.tokens import Token, closing, split_at_commas, tokens_of

_NONE: Mapping[str, Any] = MappingProxyType({})


class Written(NamedTuple):
    """A constraint as it was written."""

    # ``PRIMARY``, ``UNIQUE``, ``CHECK``, ``FOREIGN`` or ``GENERATED``.
    kind: str
    name: str | None = None
    columns: tuple[str, ...] = ()
    # The condition of a CHECK, the expression of a computed column.
    sql: str = ""
    options: Mapping[str, Any] = _NONE


# What begins a constraint; before it stands the type of a column.
_BEGINNINGS = frozenset(
    ("CONSTRAINT", "PRIMARY", "NOT", "NULL", "UNIQUE", "CHECK", "FOREIGN", "REFERENCES", "AS")
) | {"GENERATED", "DEFAULT", "COLLATE"}


class Statement:
    """A statement as SQLite keeps it, read once, and only if somebody asks."""

    def __init__(self, sql: str | None) -> None:
        self.sql = sql

    @cached_property
    def constraints(self) -> list[Written]:
        """The constraints, in their order."""
        return constraints_of(self.sql)


def constraints_of(sql: str | None) -> list[Written]:
    """Return the constraints of a CREATE TABLE statement, in its order.

    >>> constraints_of("CREATE TABLE t (a INT CONSTRAINT ck CHECK (a > 1), PRIMARY KEY (a))")
    ... # doctest: +NORMALIZE_WHITESPACE
    [Written(kind='CHECK', name='ck', columns=('a',), sql='a > 1', options=mappingproxy({})),
     Written(kind='PRIMARY', name=None, columns=('a',), sql='', options=mappingproxy({}))]
    """
    if not sql:
        return []
    tokens = tokens_of(sql)
    opening = next((at for at, token in enumerate(tokens) if token.text == "("), None)
    if opening is None or any(token.word == "VIRTUAL" for token in tokens[:opening]):
        return []
    found: list[Written] = []
    for part in split_at_commas(tokens[opening + 1 : closing(tokens, opening)]):
        of_table = part[0].word in ("CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN")
        column = None if of_table else part[0].name
        found += Constraints(sql, part, 0 if of_table else 1, column).read()
    return found


class Constraints:
    """Reads the constraints of one column, or one constraint of the table."""

    def __init__(self, sql: str, tokens: list[Token], start: int, column: str | None) -> None:
        self.sql = sql
        self.tokens = tokens
        self.at = start
        self.column = column
        self.name: str | None = None

    def read(self) -> list[Written]:
        """Return what is found."""
        found: list[Written] = []
        if self.column is not None:
            self._skip_type()
        while self.at < len(self.tokens):
            word = self._next().word
            if word == "CONSTRAINT":
                self.name = self._next().name
                continue
            one = self._one(word)
            if one is not None:
                found.append(one)
            if word in _BEGINNINGS:
                self.name = None
        return found

    def _one(self, word: str) -> Written | None:
        own: tuple[str, ...] = () if self.column is None else (self.column,)
        if word in ("PRIMARY", "UNIQUE"):
            if word == "PRIMARY":
                self._next()
            return Written(word, self.name, own or self._columns())
        if word == "CHECK":
            return Written("CHECK", self.name, own, self._inside())
        if word == "AS":
            return Written("GENERATED", None, own, self._inside())
        if word == "FOREIGN":
            self._next()
            own = self._columns()
            word = self._next().word
        if word == "REFERENCES":
            self._next()
            self._columns()
            return Written("FOREIGN", self.name, own, "", self._actions())
        if word == "DEFAULT" and self._peek() == "(":
            self._inside()
        return None

    def _actions(self) -> dict[str, Any]:
        """Read what happens to the rows of a foreign key, and when it is checked."""
        options: dict[str, Any] = {}
        while (word := self._peek()) in ("ON", "MATCH", "NOT", "DEFERRABLE", "INITIALLY"):
            if word == "NOT" and self._peek(1) != "DEFERRABLE":
                break
            self._next()
            if word == "ON":
                event = self._next().word
                action = self._next().word
                if action in ("SET", "NO"):
                    action = f"{action} {self._next().word}"
                if action != "NO ACTION":
                    options[f"on{event.lower()}"] = action
            elif word == "MATCH":
                options["match"] = self._next().word
            elif word == "NOT":
                self._next()
                options["deferrable"] = False
            elif word == "DEFERRABLE":
                options["deferrable"] = True
            else:
                options["initially"] = self._next().word
        return options

    def _skip_type(self) -> None:
        while self.at < len(self.tokens) and self._peek() not in _BEGINNINGS:
            self.at += 1

    def _columns(self) -> tuple[str, ...]:
        """Read names in parentheses, if there are any."""
        if self._peek() != "(":
            return ()
        end = closing(self.tokens, self.at)
        parts = split_at_commas(self.tokens[self.at + 1 : end])
        self.at = end + 1
        return tuple([part[0].name for part in parts])

    def _inside(self) -> str:
        """Read what stands in parentheses, as it is written."""
        end = closing(self.tokens, self.at)
        inside = self.sql[self.tokens[self.at].end : self.tokens[end].start].strip()
        self.at = end + 1
        return inside

    def _peek(self, ahead: int = 0) -> str:
        at = self.at + ahead
        if at >= len(self.tokens):
            return ""
        token = self.tokens[at]
        return token.text if token.text in "()" else token.word

    def _next(self) -> Token:
        token = self.tokens[self.at] if self.at < len(self.tokens) else Token(" ", 0, 0)
        self.at += 1
        return token
