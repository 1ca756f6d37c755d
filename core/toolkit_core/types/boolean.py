"""True and false."""

from __future__ import annotations

from toolkit_core.types.type_engine import TypeEngine


class Boolean(TypeEngine[bool]):
    """True or false."""

    visit_name = "boolean"

    def python_type(self) -> type[bool]:
        """Return ``bool``."""
        return bool


Boolean.family = Boolean
