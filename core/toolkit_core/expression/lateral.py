"""A source that may read what stands before it in the same FROM list."""

from __future__ import annotations

from typing import Any

from toolkit_core.expression.coercions import as_named_source
from toolkit_core.expression.source_column import Exported, exported
from toolkit_core.expression.subquery import AliasedStatement


class Lateral(AliasedStatement):
    """A subquery or function behind ``LATERAL``."""

    visit_name = "lateral"

    def _exported(self) -> list[Exported]:
        made = getattr(self.element, "exported", None)
        return exported(self.element.c) if made is None else made()


def lateral(selectable: Any, name: str | None = None) -> Lateral:
    """Return a subquery, or another source, that may read what stands before it.

    >>> from toolkit_core.expression.select import select
    >>> from toolkit_core.expression.table_clause import table
    >>> lateral(select(table("person")), "p")
    <Lateral p>
    """
    return made_lateral(as_named_source(selectable, statements=True), name)


def made_lateral(selectable: Any, name: str | None = None) -> Lateral:
    """Return a source behind LATERAL."""
    return Lateral(selectable) if name is None else Lateral(selectable, name)
