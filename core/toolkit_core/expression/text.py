"""SQL as the user wrote it, with named parameters."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from toolkit_core.errors import ArgumentError
from toolkit_core.newer_typing import Self

# A name after a single colon, which is not escaped, doubled (a cast) or inside a word (a time).
_NAME = r"(?<![:\w\\]):(\w+)(?!:)"


class TextClause:
    r"""SQL text; ``:name`` marks a parameter, ``\:`` is a plain colon.

    >>> str(text("select :id"))
    'select :id'
    """

    __slots__ = ("options", "text", "values")

    def __init__(self, text: str) -> None:
        if not isinstance(text, str):
            raise ArgumentError(f"text() takes SQL as a string, not {type(text).__name__}")
        self.text = text
        self.values: Mapping[str, Any] = _NOTHING
        self.options: Mapping[str, Any] = _NOTHING

    def bindparams(self, **names_to_values: Any) -> Self:
        """Return the same text with values for some of its parameters.

        >>> text("select :id").bindparams(id=5).values
        {'id': 5}
        """
        known = parameter_names(self.text)
        for name in names_to_values:
            if name not in known:
                raise ArgumentError(
                    f"This text() construct doesn't define a bound parameter named {name!r}",
                    hint="its parameters are " + (", ".join(known) or "none"),
                )
        return self._but(values={**self.values, **names_to_values})

    def execution_options(self, **options: Any) -> Self:
        """Return the same text with options for its execution."""
        return self._but(options={**self.options, **options})

    def get_execution_options(self) -> Mapping[str, Any]:
        """Return the options for its execution."""
        return self.options

    def _but(self, **changes: Any) -> Self:
        copy = type(self)(self.text)
        copy.values = changes.get("values", self.values)
        copy.options = changes.get("options", self.options)
        return copy

    def __str__(self) -> str:
        return self.text.replace("\\:", ":")

    def __repr__(self) -> str:
        return f"text({self.text!r})"


_NOTHING: Mapping[str, Any] = {}


def text(text: str) -> TextClause:
    """Make a statement of SQL text.

    >>> text("select name from person where id = :id")
    text('select name from person where id = :id')
    """
    return TextClause(text)


def parameter_names(sql: str) -> tuple[str, ...]:
    r"""Return the names of the parameters in a text, each once, in order.

    >>> parameter_names(r"select :a, :b, :a, 12:30, x::int, \:plain")
    ('a', 'b')
    """
    return tuple(dict.fromkeys(re.findall(_NAME, sql)))


def split_text(sql: str) -> tuple[list[str], list[str]]:
    r"""Cut a text at its parameters: n + 1 pieces of SQL, and the n names between them.

    >>> split_text(r"a = :x and b = '\:y'")
    (['a = ', " and b = ':y'"], ['x'])
    """
    parts = re.split(_NAME, sql)
    pieces = [piece.replace("\\:", ":") for piece in parts[::2]]
    return pieces, parts[1::2]
