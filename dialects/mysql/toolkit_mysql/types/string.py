"""Text: MySQL's own types, and how text is written.

https://dev.mysql.com/doc/refman/9.0/en/string-types.html
"""

from __future__ import annotations

from typing import Any

from toolkit_core.dialect.types import Binary, String, Text, TypeDialect, Writes, quoted
from toolkit_mysql.types.table import mysql_types


class Charset:
    """What types of text may be told beside their length."""

    charset: str | None = None
    ascii: bool = False
    unicode: bool = False
    binary: bool = False
    national: bool = False

    def _charset(
        self, charset: str | None, ascii_: bool, unicode: bool, binary: bool, national: bool
    ) -> None:
        if charset is not None:
            self.charset = charset
        for name, flag in (
            ("ascii", ascii_),
            ("unicode", unicode),
            ("binary", binary),
            ("national", national),
        ):
            if flag:
                setattr(self, name, flag)


class Characters(Charset, String):
    """What MySQL's types of text have in common.

    ``ascii``, ``unicode`` and ``binary`` are short for a charset or its binary collation,
    ``national`` for the server's national one.
    """

    def __init__(
        self,
        length: int | None = None,
        *,
        charset: str | None = None,
        collation: str | None = None,
        ascii: bool = False,
        unicode: bool = False,
        binary: bool = False,
        national: bool = False,
    ) -> None:
        super().__init__(length, collation)
        self._charset(charset, ascii, unicode, binary, national)


class VARCHAR(Characters):
    """MySQL's ``VARCHAR``.

    >>> VARCHAR(50, charset="utf8mb4")
    VARCHAR(length=50, charset='utf8mb4')
    """

    visit_name = "VARCHAR"


class CHAR(Characters):
    """MySQL's ``CHAR``."""

    visit_name = "CHAR"


class NVARCHAR(Characters):
    """MySQL's ``NVARCHAR``: text in the server's national charset."""

    visit_name = "NVARCHAR"
    national = True


class NCHAR(Characters):
    """MySQL's ``NCHAR``: text in the server's national charset."""

    visit_name = "NCHAR"
    national = True


class TEXT(Characters, Text):
    """MySQL's ``TEXT``: 2^16 bytes."""

    visit_name = "TEXT"


class LongCharacters(Charset, Text):
    """What the types of text have in common whose size is in their name."""

    def __init__(
        self,
        *,
        charset: str | None = None,
        collation: str | None = None,
        ascii: bool = False,
        unicode: bool = False,
        binary: bool = False,
        national: bool = False,
    ) -> None:
        super().__init__(None, collation)
        self._charset(charset, ascii, unicode, binary, national)


class TINYTEXT(LongCharacters):
    """MySQL's ``TINYTEXT``: 2^8 bytes."""

    visit_name = "TINYTEXT"


class MEDIUMTEXT(LongCharacters):
    """MySQL's ``MEDIUMTEXT``: 2^24 bytes."""

    visit_name = "MEDIUMTEXT"


class LONGTEXT(LongCharacters):
    """MySQL's ``LONGTEXT``: 2^32 bytes."""

    visit_name = "LONGTEXT"


class TINYBLOB(Binary):
    """MySQL's ``TINYBLOB``: 2^8 bytes."""

    visit_name = "TINYBLOB"


class MEDIUMBLOB(Binary):
    """MySQL's ``MEDIUMBLOB``: 2^24 bytes."""

    visit_name = "MEDIUMBLOB"


class LONGBLOB(Binary):
    """MySQL's ``LONGBLOB``: 2^32 bytes."""

    visit_name = "LONGBLOB"


@mysql_types.literal(String)
def write_string(type_: String, dialect: TypeDialect) -> Writes:
    """Put quotes around text; a NUL may stand in it.

    https://dev.mysql.com/doc/refman/9.0/en/string-literals.html
    """
    style = dialect.style
    nul = "\\0" if style.backslash_escapes else "\0"

    def write(value: Any) -> str:
        if not isinstance(value, str):
            raise TypeError(f"text is expected, not {type(value).__name__}")
        return nul.join([quoted(piece, style)[1:-1] for piece in value.split("\0")]).join("''")

    return write
