"""Walking through statements and expressions, and making changed copies of them."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, ClassVar, TypeVar

from toolkit_core.expression.clause import Clause
from toolkit_core.expression.node import Node

E = TypeVar("E", bound=Node)
Options = Mapping[str, Any]
Visit = Callable[[Any], Any]


def iterate(obj: Node | None, opts: Options = {}) -> Iterator[Node]:  # noqa: B006 - never changed
    """Yield a node and all below it, what is nearer first.

    >>> from toolkit_core.expression.elements import column
    >>> [node.visit_name for node in iterate(column("x") + 5)]
    ['binary', 'column', 'bindparam']
    """
    if obj is None:
        return
    waiting = deque([obj])
    while waiting:
        node = waiting.popleft()
        yield node
        waiting.extend(node.walked())


def traverse_using(iterator: Iterable[Node], obj: E, visitors: Mapping[str, Visit]) -> E:
    """Call functions, by the nodes' names for visitors, for what an iterator gives."""
    for node in iterator:
        visit = visitors.get(node.visit_name)
        if visit is not None:
            visit(node)
    return obj


def traverse(obj: E, opts: Options, visitors: Mapping[str, Visit]) -> E:
    """Call functions, by the nodes' names for visitors, for a node and all below it.

    >>> from toolkit_core.expression.elements import column
    >>> found = []
    >>> _ = traverse(column("x") + 5, {}, {"bindparam": lambda bind: found.append(bind.value)})
    >>> found
    [5]
    """
    return traverse_using(iterate(obj, opts), obj, visitors)


def cloned_traverse(obj: E, opts: Options, visitors: Mapping[str, Visit]) -> E:
    """Return a copy, whose parts functions may change before anybody else sees them.

    A function receives a part that is copied already, and may set its attributes.
    """
    stop: set[int] = {id(node) for node in opts.get("stop_on", ())}
    made: dict[int, Node] = {}

    def copy(node: Node) -> Node:
        if id(node) in stop or _is_itself(node):
            return node
        found = made.get(id(node))
        if found is None:
            found = node.rewritten(copy)
            visit = visitors.get(node.visit_name)
            if visit is not None:
                found = node.but() if found is node else found
                visit(found)
            made[id(node)] = found
        return found

    return copy(obj)  # type: ignore[return-value] # a copy is of the same class


def replacement_traverse(obj: E, opts: Options, replace: Callable[[Node], Node | None]) -> E:
    """Return a copy with parts replaced by what a function returns for them; None: it stays.

    >>> from toolkit_core.expression.elements import column
    >>> def rename(node):
    ...     return column("y") if node.visit_name == "column" else None
    >>> str(replacement_traverse(column("x") + 5, {}, rename))
    'y + :x_1'
    """
    stop: set[int] = {id(node) for node in opts.get("stop_on", ())}

    def change(node: Node) -> Node:
        if id(node) in stop:
            return node
        found = replace(node)
        if found is not None:
            stop.add(id(found))
            return found
        return node if _is_itself(node) else node.rewritten(change)

    return change(obj)  # type: ignore[return-value] # a copy is of the same class


def find_tables(
    clause: Node, *, include_joins: bool = False, include_aliases: bool = False
) -> list[Node]:
    """Return the tables that a statement or an expression names, and its joins and aliases.

    >>> from toolkit_core.expression.table_clause import table
    >>> from toolkit_core.expression.elements import column
    >>> find_tables(table("person", column("id")).select())
    [TableClause('person')]
    """
    wanted = {"table"}
    if include_joins:
        wanted.add("join")
    if include_aliases:
        wanted |= {"alias", "subquery", "cte", "lateral", "tablesample"}
    return list(dict.fromkeys(node for node in iterate(clause) if node.visit_name in wanted))


def _is_itself(node: Node) -> bool:
    """Tell whether a node is itself and no other, such as a table or its column."""
    return node.visit_name in {"table", "column"} and not type(node).fields


class ExternalTraversal:
    """Visitors as methods: ``visit_column``, ``visit_bindparam``."""

    __traverse_options__: ClassVar[Options] = {}

    @property
    def _visitors(self) -> dict[str, Visit]:
        return {
            name.removeprefix("visit_"): getattr(self, name)
            for name in dir(self)
            if name.startswith("visit_") and name != "visit_single"
        }

    def visit_single(self, obj: Node) -> Any:
        """Visit one node."""
        visit = self._visitors.get(obj.visit_name)
        return None if visit is None else visit(obj)

    def iterate(self, obj: Node | None) -> Iterator[Node]:
        """Yield a node and all below it."""
        return iterate(obj, self.__traverse_options__)

    def traverse(self, obj: E) -> E:
        """Visit a node and all below it."""
        return traverse(obj, self.__traverse_options__, self._visitors)


class CloningExternalTraversal(ExternalTraversal):
    """Visitors that change a copy."""

    def copy_and_process(self, list_: Iterable[E]) -> list[E]:
        """Return changed copies of nodes."""
        return [self.traverse(one) for one in list_]

    def traverse(self, obj: E) -> E:
        """Return a changed copy."""
        return cloned_traverse(obj, self.__traverse_options__, self._visitors)


class ReplacingExternalTraversal(CloningExternalTraversal):
    """A visitor that puts other nodes in the place of some."""

    def replace(self, elem: Node) -> Node | None:
        """Return what to put in a node's place; None: it stays."""
        return None

    def traverse(self, obj: E) -> E:
        """Return a changed copy."""
        return replacement_traverse(obj, self.__traverse_options__, self.replace)


# Under their documented names.
Visitable = Clause
ClauseVisitor = ExternalTraversal
CloningVisitor = CloningExternalTraversal
ReplacingCloningVisitor = ReplacingExternalTraversal
