"""One golden case: an expression, what it is written as, and what SQLite makes of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple


class Refused(NamedTuple):
    """In place of SQL: the error that is raised before anything is sent."""

    error: str


class Unknown:
    """In place of a value: the expression is written, but not executed."""


class Case(NamedTuple):
    """A row: the source of the expression, its standard SQL with its values, and SQLite's.

    Without ``sqlite`` it is the standard's, with the placeholders of SQLite.
    """

    source: str
    ansi: str | None = None
    params: Mapping[str, Any] = {}
    sqlite: str | Refused | None = None
    value: Any = Unknown
    refused: str | None = None

    @property
    def on_sqlite(self) -> str | Refused:
        """What SQLite is sent."""
        if self.sqlite is not None:
            return self.sqlite
        return re.sub(r"(?<![:\w'\"]):\w[\w/]*", "?", self.ansi or "")
