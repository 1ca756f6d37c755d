"""Text."""

from __future__ import annotations

from toolkit_core.types.type_engine import TypeEngine


class String(TypeEngine[str]):
    """Text, of a length that may be limited.

    >>> String(50)
    String(length=50)
    """

    visit_name = "string"

    length: int | None = None
    collation: str | None = None

    def __init__(self, length: int | None = None, collation: str | None = None) -> None:
        if length is not None:
            self.length = length
        if collation is not None:
            self.collation = collation

    def python_type(self) -> type[str]:
        """Return ``str``."""
        return str


String.family = String
