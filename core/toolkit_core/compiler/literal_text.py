"""Values as SQL has them: only where a program asks for it."""

from __future__ import annotations

from typing import Any

from toolkit_core.errors import CompileError


def literal_text(value: Any, type_: Any, dialect: Any) -> str:
    """Return a value as SQL has it, as its type writes it.

    >>> from toolkit_core.types import String
    >>> literal_text("it's", String(), None)
    "'it''s'"
    """
    if value is None:
        return "NULL"
    processor_of = getattr(type_, "literal_processor", None)
    process = None if processor_of is None or dialect is None else processor_of(dialect)
    if process is not None:
        text: str = process(value)
        return text
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return repr(value)
    if isinstance(value, str):
        quoted = value.replace("'", "''")
        return f"'{quoted}'"
    raise CompileError(
        f"No literal value renderer is available for literal value {value!r} with datatype "
        f"{type_!r}"
    )
