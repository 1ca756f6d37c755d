"""Numbers."""

from __future__ import annotations

from toolkit_core.types.type_engine import TypeEngine


class Integer(TypeEngine[int]):
    """A whole number."""

    visit_name = "integer"

    def python_type(self) -> type[int]:
        """Return ``int``."""
        return int


Integer.family = Integer
