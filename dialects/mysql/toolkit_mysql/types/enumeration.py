"""One of some words, and any number of them.

https://dev.mysql.com/doc/refman/9.0/en/enum.html
https://dev.mysql.com/doc/refman/9.0/en/set.html
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from toolkit_core.dialect import ArgumentError
from toolkit_core.dialect.types import (
    Enum,
    Processor,
    String,
    TypeDialect,
    Writes,
    text_literal,
)
from toolkit_mysql.types.string import Charset
from toolkit_mysql.types.table import mysql_types

_CHARSET = ("charset", "ascii", "unicode", "binary", "national")


class ENUM(Charset, Enum[Any]):
    """MySQL's ``ENUM``.

    >>> ENUM("red", "green")
    ENUM('red', 'green')
    """

    visit_name = "ENUM"

    def __init__(self, *enums: Any, **kw: Any) -> None:
        told = {name: kw.pop(name) for name in _CHARSET if name in kw}
        kw.pop("strict", None)
        super().__init__(*enums, **kw)
        for name, value in told.items():
            if value:
                setattr(self, name, value)

    def as_generic(self, allow_nulltype: bool = False) -> Any:
        """Return the portable type."""
        return self.adapt(Enum)


class SET(Charset, String):
    """MySQL's ``SET``: any number of some words, as a Python set.

    ``retrieve_as_bitwise`` reads it as a number, so that the empty word and no word at all can
    be told apart; ``convert_unicode`` of old is not taken.

    >>> SET("a", "b")
    SET('a', 'b')
    """

    visit_name = "SET"
    hashable = False

    retrieve_as_bitwise: bool = False

    def __init__(
        self,
        *values: str,
        retrieve_as_bitwise: bool = False,
        charset: str | None = None,
        collation: str | None = None,
        ascii: bool = False,
        unicode: bool = False,
        binary: bool = False,
        national: bool = False,
    ) -> None:
        for word in values:
            if "," in word:
                raise ArgumentError(f"a word of a SET has no comma in it: {word!r}")
        self.values = tuple(values)
        if retrieve_as_bitwise:
            self.retrieve_as_bitwise = True
        elif "" in self.values:
            raise ArgumentError(
                "Can't use the blank value '' in a SET without setting retrieve_as_bitwise=True"
            )
        super().__init__(max(map(len, self.values), default=0), collation)
        self._charset(charset, ascii, unicode, binary, national)

    @property
    def python_type(self) -> type[Any]:
        """``set``."""
        return set

    @property
    def bits(self) -> dict[str, int]:
        """The number that stands for each word."""
        return {word: 1 << place for place, word in enumerate(self.values)}

    def number(self, words: Iterable[str]) -> int:
        """Return the number that stands for some words."""
        bits = self.bits
        found = 0
        for word in words:
            if word not in bits:
                raise LookupError(
                    f"{word!r} is not among the values of the SET: {', '.join(self.values)}"
                )
            found |= bits[word]
        return found

    def words(self, number: int) -> set[str]:
        """Return the words that a number stands for."""
        return {word for word, bit in self.bits.items() if number & bit}

    def column_expression(self, column: Any) -> Any:
        """Return the number in place of the words, where that is wanted."""
        if not self.retrieve_as_bitwise:
            return None
        return column + 0

    def adapt(self, cls: type[Any], **kw: Any) -> Any:
        """Return a type of another class; of its own with the same words."""
        if issubclass(cls, SET):
            return self._changed(**kw)
        return super().adapt(cls, **kw)

    def __repr__(self) -> str:
        shown = [repr(word) for word in self.values]
        told = ("retrieve_as_bitwise", "collation", *_CHARSET)
        shown += [f"{name}={self.__dict__[name]!r}" for name in told if name in self.__dict__]
        return f"SET({', '.join(shown)})"


@mysql_types.bind(SET)
def bind_set(type_: SET, dialect: TypeDialect) -> Processor:
    """Send words with commas between, or their number."""
    return _sender(type_)


def _sender(type_: SET) -> Processor:
    by_number = type_.retrieve_as_bitwise

    def convert(value: Any) -> Any:
        if value is None or isinstance(value, int):
            return value
        if isinstance(value, str):
            return type_.number(value.split(",")) if by_number and value else value
        return type_.number(value) if by_number else ",".join(value)

    return convert


@mysql_types.result(SET)
def read_set(type_: SET, dialect: TypeDialect, coltype: Any) -> Processor:
    """Make a set of the words, or of their number."""

    def convert(value: Any) -> Any:
        if value is None or isinstance(value, set):
            return value
        if isinstance(value, str):
            return {word for word in value.split(",") if word}
        return type_.words(int(value))

    return convert


@mysql_types.literal(SET)
def write_set(type_: SET, dialect: TypeDialect) -> Writes:
    """Write what is sent."""
    write, bind = text_literal(dialect), _sender(type_)

    def literal(value: Any) -> str:
        sent = bind(value)
        return write(sent) if isinstance(sent, str) else str(sent)

    return literal
