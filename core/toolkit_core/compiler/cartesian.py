"""Finding sources of a SELECT that nothing links: each row of one comes with each of the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from toolkit_core.compiler.ansi.source_names import plain_name
from toolkit_core.expression.alias import AliasedReturnsRows
from toolkit_core.expression.binary import BinaryExpression
from toolkit_core.expression.from_clause import FromClause
from toolkit_core.expression.from_list import sources_in
from toolkit_core.expression.joins import Join, members
from toolkit_core.expression.lateral import Lateral
from toolkit_core.expression.node import Node
from toolkit_core.expression.select import Select


def unlinked(w: Any, select: Select[Any], sources: list[Any]) -> list[str]:
    """Return the warning about sources that nothing links with the first; or nothing.

    A join links what it joins, and so does every comparison between columns of two sources.
    """
    links = _Links()
    for source in sources:
        for member in members(source):
            links.join(source, member)
            if isinstance(member, Join):
                links.add(member.onclause)
        _link_what_it_reads(links, source)
    for condition in select.criteria:
        links.add(condition)
    first = links.end_of(sources[0])
    apart = [source for source in sources if links.end_of(source) is not first]
    if not apart:
        return []
    names = ", ".join(sorted(f'"{_named(w, source)}"' for source in apart))
    warning = (
        f"SELECT statement has a cartesian product between FROM element(s) {names} and FROM "
        f'element "{_named(w, sources[0])}".  Apply join condition(s) between each element to '
        "resolve."
    )
    return [warning]


def _named(w: Any, source: Any) -> str:
    if not isinstance(source, FromClause):
        # Text, or a function as it is.
        return str(source)
    # A join is named by its first member.
    return _named(w, source.left) if isinstance(source, Join) else plain_name(w, source)


def _link_what_it_reads(links: _Links, source: Any) -> None:
    """Link what stands behind LATERAL, and functions, with what they read."""
    if not isinstance(source, AliasedReturnsRows):
        return
    element = source.element
    if isinstance(source, Lateral):
        inside = element.sources() if hasattr(element, "sources") else ()
        for one in inside:
            links.join(source, one)
    elif not hasattr(element, "sources"):
        for one in sources_in((element,)):
            links.join(source, one)


class _Links:
    """What is linked, as trees: whatever has one end belongs together."""

    def __init__(self) -> None:
        self.towards: dict[int, Any] = {}

    def end_of(self, source: Any) -> Any:
        """Return the end of the tree that a source is in."""
        while id(source) in self.towards:
            source = self.towards[id(source)]
        return source

    def join(self, one: Any, other: Any) -> None:
        """Link two sources."""
        first, second = self.end_of(one), self.end_of(other)
        if first is not second:
            self.towards[id(second)] = first

    def add(self, condition: Any) -> None:
        """Link what the comparisons in a condition compare."""
        for comparison in _comparisons((condition,)):
            right = sources_in((comparison.right,))
            for one in sources_in((comparison.left,)):
                for other in right:
                    self.join(one, other)


def _comparisons(nodes: Iterable[Node]) -> Iterator[BinaryExpression[Any]]:
    for node in nodes:
        if isinstance(node, BinaryExpression) and node.operator.boolean:
            yield node
        if not isinstance(node, FromClause) and not getattr(node, "reads_alone", False):
            yield from _comparisons(node.child_nodes())
