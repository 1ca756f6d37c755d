"""How a dialect writes what every dialect has: placeholders, quotes, names."""

from __future__ import annotations

import re
from enum import Enum
from functools import cache

from toolkit_core.records import Record


class ParamStyle(str, Enum):
    """The placeholder styles of PEP 249, and PostgreSQL's own numbers."""

    QMARK = "qmark"
    NUMERIC = "numeric"
    NAMED = "named"
    FORMAT = "format"
    PYFORMAT = "pyformat"
    NUMERIC_DOLLAR = "numeric_dollar"

    __str__ = str.__str__

    @property
    def positional(self) -> bool:
        """Whether values are passed by position rather than by name."""
        return self not in (ParamStyle.NAMED, ParamStyle.PYFORMAT)

    @property
    def numbered(self) -> bool:
        """Whether placeholders tell the positions of their values."""
        return self in (ParamStyle.NUMERIC, ParamStyle.NUMERIC_DOLLAR)

    @property
    def doubles_percent(self) -> bool:
        """Whether a percent sign in the SQL must be written twice."""
        return self in (ParamStyle.FORMAT, ParamStyle.PYFORMAT)

    def placeholder(self, name: str, position: int) -> str:
        """Write the placeholder of one value; positions count from 1.

        >>> ParamStyle.NAMED.placeholder("id", 1), ParamStyle.NUMERIC_DOLLAR.placeholder("id", 2)
        (':id', '$2')
        """
        return _PLACEHOLDERS[self].format(name=name, position=position)


# The placeholders that are the same for every parameter.
FIXED_PLACEHOLDERS = {ParamStyle.QMARK: "?", ParamStyle.FORMAT: "%s"}
_PLACEHOLDERS = {
    ParamStyle.QMARK: "?",
    ParamStyle.NUMERIC: ":{position}",
    ParamStyle.NAMED: ":{name}",
    ParamStyle.FORMAT: "%s",
    ParamStyle.PYFORMAT: "%({name})s",
    ParamStyle.NUMERIC_DOLLAR: "${position}",
}


@cache
def _plain_name() -> re.Pattern[str]:
    # Lower case only: most databases fold what is not quoted.
    return re.compile(r"[a-z_][a-z0-9_$]*")


# Names that need no quotes for the signs in them; a program has few and writes them often.
PLAIN_NAMES: set[str] = set()
_MOST = 10_000


def _is_plain(identifier: str) -> bool:
    if not _plain_name().fullmatch(identifier):
        return False
    if len(PLAIN_NAMES) >= _MOST:
        PLAIN_NAMES.clear()
    PLAIN_NAMES.add(identifier)
    return True


class Style(Record):
    """The policies of writing that are not rules of their own."""

    paramstyle: ParamStyle = ParamStyle.QMARK
    opening_quote: str = '"'
    closing_quote: str = '"'
    max_identifier: int = 9999
    # Words that cannot be a name without quotes.
    reserved: frozenset[str] = frozenset()

    # How many values one statement may have.
    max_parameters: int = 32_700

    # How long a generated label may be; None: as long as any name.
    label_length: int | None = None
    # Whether a backslash in a string literal means something, so that it must be written twice.
    backslash_escapes: bool = False
    # What stands before the position in the numeric style.
    numeric_mark: str = ":"

    def quoted(self, identifier: str) -> str:
        """Return a name as it is written: quoted if it could be read as something else.

        >>> Style().quoted("id"), Style().quoted("Per cent"), Style().quoted('a"b')
        ('id', '"Per cent"', '"a""b"')
        """
        if (
            identifier.__class__ is str
            and identifier in PLAIN_NAMES
            and identifier not in self.reserved
        ):
            return identifier
        wish = None if identifier.__class__ is str else getattr(identifier, "quote", None)
        if wish is None:
            wish = not _is_plain(str(identifier)) or identifier in self.reserved
        if not wish:
            return str(identifier)
        inner = identifier.replace(self.closing_quote, self.closing_quote * 2)
        return f"{self.opening_quote}{inner}{self.closing_quote}"

    def placeholder(self, name: str, position: int) -> str:
        """Write the placeholder of one value; positions count from 1.

        >>> Style(ParamStyle.NUMERIC, numeric_mark="?").placeholder("id", 2)
        '?2'
        """
        if self.paramstyle is ParamStyle.NUMERIC:
            return f"{self.numeric_mark}{position}"
        return self.paramstyle.placeholder(name, position)
