"""Values written into the SQL itself: where a parameter cannot stand, or the user asks for it."""

from __future__ import annotations

from typing import Any

from toolkit_core.errors import CompileError
from toolkit_core.types.table import TypeDialect
from toolkit_core.types.type_engine import TypeEngine


def write_literal(type_: TypeEngine[Any], dialect: TypeDialect, value: Any) -> str:
    """Return a value as SQL, ready to stand in a statement.

    >>> from toolkit_core.compiler.standard import STANDARD
    >>> from toolkit_core.types import String
    >>> write_literal(String(), STANDARD, "it's")
    "'it''s'"
    """
    here = type_.dialect_impl(dialect)
    if value is None and not here.should_evaluate_none:
        return "NULL"
    write = here.literal_processor(dialect)
    if write is None:
        raise CompileError(
            f"No literal value renderer is available for literal value {value!r} with datatype "
            f"{type_!r}",
            hint="bind the value, which is what parameters are for",
        )
    try:
        text = write(value)
        text.encode()
    except CompileError:
        raise
    except Exception as error:
        raise CompileError(
            f"Could not render literal value {value!r} with datatype {type_!r}: {error}"
        ) from error
    if dialect.style.paramstyle.doubles_percent:
        text = text.replace("%", "%%")
    return text


def quoted(text: str, style: Any) -> str:
    """Return text as a string literal.

    A NUL cannot stand in SQL text; a dialect that can make one by a function says so itself.
    """
    if "\0" in text:
        raise CompileError(
            f"The value {text!r} has a NUL character, which cannot be written into SQL",
            hint="bind the value instead",
        )
    if style.backslash_escapes:
        text = text.replace("\\", "\\\\")
    return "'" + text.replace("'", "''") + "'"
