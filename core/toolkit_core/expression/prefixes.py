"""What a dialect wants to be told beside the standard's SQL: prefixes, suffixes, hints."""

from __future__ import annotations

from typing import Any

from toolkit_core.expression.coercions import as_source
from toolkit_core.expression.node import Node, child, children, declared, value
from toolkit_core.newer_typing import Self


@declared
class Phrase(Node):
    """Words of the user's own, for one dialect or for all of them."""

    visit_name = "phrase"

    text: str | None = value(default=None)
    element: Node | None = child(default=None)
    dialect: str = value(default="*")

    def is_for(self, dialect: str) -> bool:
        """Tell whether a dialect is to write it."""
        return self.dialect in ("*", dialect)


def phrases(found: tuple[Any, ...], dialect: str) -> tuple[Phrase, ...]:
    """Return words, or nodes that are written as they are, as phrases."""
    return tuple(
        [
            Phrase(None, one, dialect) if isinstance(one, Node) else Phrase(str(one), None, dialect)
            for one in found
        ]
    )


@declared
class SourceHint(Phrase):
    """Words for one source of a statement."""

    visit_name = "source_hint"

    source: Node | None = child(default=None)


@declared
class HasPrefixes(Node):
    """What may have words of the user's own behind its first keyword."""

    prefixes: tuple[Phrase, ...] = children(default=(), kw_only=True)

    def prefix_with(self, *prefixes: Any, dialect: str = "*") -> Self:
        """Add words behind the statement's first keyword, for one dialect or for all.

        >>> from toolkit_core.expression.select import select
        >>> from toolkit_core.expression.table_clause import table
        >>> select(table("t")).prefix_with("HIGH_PRIORITY", dialect="mysql").prefixes
        (Phrase(text='HIGH_PRIORITY', dialect='mysql'),)
        """
        return self.but(prefixes=self.prefixes + phrases(prefixes, dialect))


@declared
class HasSuffixes(Node):
    """What may have words of the user's own at its end."""

    suffixes: tuple[Phrase, ...] = children(default=(), kw_only=True)

    def suffix_with(self, *suffixes: Any, dialect: str = "*") -> Self:
        """Add words at the end of the statement, for one dialect or for all."""
        return self.but(suffixes=self.suffixes + phrases(suffixes, dialect))


@declared
class HasHints(Node):
    """What may have hints for the planner of one database or another."""

    hints: tuple[SourceHint, ...] = children(default=(), kw_only=True)
    statement_hints: tuple[Phrase, ...] = children(default=(), kw_only=True)

    def with_hint(self, selectable: Any, text: str, dialect_name: str = "*") -> Self:
        """Add a hint about one source; ``%(name)s`` in it is the source's name."""
        hint = SourceHint(text, None, dialect_name, as_source(selectable))
        return self.but(hints=(*self.hints, hint))

    def with_statement_hint(self, text: str, dialect_name: str = "*") -> Self:
        """Add a hint about the whole statement."""
        added = phrases((text,), dialect_name)
        return self.but(statement_hints=self.statement_hints + added)
