"""Text."""

from __future__ import annotations

from typing import Any, TypeVar

from toolkit_core.types.literals import quoted
from toolkit_core.types.operator_class import OperatorClass
from toolkit_core.types.shapes import Concatenable
from toolkit_core.types.table import TypeDialect, Writes, generic
from toolkit_core.types.type_engine import TypeEngine

S = TypeVar("S", bound="String")


class String(Concatenable, TypeEngine[str]):
    """Text, of a length that may be limited.

    >>> String(50)
    String(length=50)
    """

    visit_name = "string"
    operator_classes = OperatorClass.STRING

    length: int | None = None
    collation: str | None = None
    collation_schema: str | None = None

    def __init__(
        self,
        length: int | None = None,
        collation: str | None = None,
        collation_schema: str | None = None,
    ) -> None:
        if length is not None:
            self.length = length
        if collation is not None:
            self.collation = collation
        if collation_schema is not None:
            self.collation_schema = collation_schema

    @property
    def python_type(self) -> type[Any]:
        """``str``."""
        return str

    def get_dbapi_type(self, dbapi: Any) -> Any:
        """Return the driver's ``STRING``."""
        return getattr(dbapi, "STRING", None)


String.family = String


class Text(String):
    """Text of any length, for databases that keep such text apart."""

    visit_name = "text"


class Unicode(String):
    """Text in a column that takes every character, for databases that have others."""

    visit_name = "unicode"


class UnicodeText(Text):
    """Text of any length in a column that takes every character."""

    visit_name = "unicode_text"


@generic.literal(String)
def write_string(type_: String, dialect: TypeDialect) -> Writes:
    """Put quotes around text."""
    style = dialect.style

    def write(value: Any) -> str:
        if not isinstance(value, str):
            raise TypeError(f"text is expected, not {type(value).__name__}")
        return quoted(value, style)

    return write


STRINGTYPE = String()


def text_literal(dialect: TypeDialect) -> Writes:
    """Return what writes text: for types that are stored as text."""
    write = STRINGTYPE.literal_processor(dialect)
    if write is None:
        raise TypeError(f"the dialect {dialect.name} has no way to write text")
    return write
