"""The writer: where rules put SQL, and what they may ask on the way."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from toolkit_core.expression.node import Node

if TYPE_CHECKING:
    from toolkit_core.compiler.rules import Rules
    from toolkit_core.expression.elements import BindParameter, ColumnElement
    from toolkit_core.facts import Style


class ResultColumn:
    """One column that a statement returns: its name, what else finds it, its type."""

    __slots__ = ("keys", "name", "type")

    def __init__(self, name: str, keys: tuple[Any, ...], type_: Any) -> None:
        self.name = name
        self.keys = keys
        self.type = type_


class Writer:
    """Collects the SQL of one statement.  Final: what differs are the rules and the style."""

    __slots__ = ("bare", "binds", "dml", "names", "out", "result", "rules", "sources", "style")

    def __init__(self, rules: Rules, style: Style) -> None:
        self.rules = rules
        self.style = style
        self.out: list[str] = []
        # The parameters in the order of their placeholders.
        self.binds: list[BindParameter[Any]] = []
        # The name of each parameter.
        self.names: dict[int, str] = {}
        self.result: list[ResultColumn] = []
        # How many things the SELECT being written reads from: one needs no table names.
        self.sources: list[tuple[Node, ...]] = []
        # Whether columns are written without the name of their table.
        self.bare = False
        # What is known of the INSERT, UPDATE or DELETE being written.
        self.dml: Any = None

    def text(self, sql: str) -> None:
        """Write SQL as it is."""
        self.out.append(sql)

    def write(self, node: Node) -> None:
        """Write a node by its rule."""
        rule = self.rules.flat.get(node.__class__) or self.rules.find(node.__class__)
        rule(self, node)

    def operand(self, node: ColumnElement[Any], strength: int, *, same: bool = False) -> None:
        """Write an operand, in parentheses if it binds less strongly than what is around it."""
        operator = getattr(node, "operator", None)
        inner = 100 if operator is None else operator.strength
        if inner < strength or (inner == strength and not same):
            self.out.append("(")
            self.write(node)
            self.out.append(")")
        else:
            self.write(node)

    def listed(self, nodes: Iterable[Node], between: str = ", ") -> None:
        """Write nodes with something between them."""
        first = True
        for node in nodes:
            if not first:
                self.out.append(between)
            first = False
            self.write(node)

    def name(self, identifier: str) -> None:
        """Write the name of something, quoted if it must be."""
        self.out.append(self.style.quoted(identifier))

    def bind(self, bind: BindParameter[Any]) -> None:
        """Write the placeholder of a parameter; one that comes again keeps its name."""
        name = self.names.get(id(bind))
        if name is None:
            name = self._name_of(bind)
            self.names[id(bind)] = name
        self.binds.append(bind)
        self.out.append(self.style.placeholder(name, len(self.binds)))

    def _name_of(self, bind: BindParameter[Any]) -> str:
        if bind.key is not None:
            return bind.key
        hint = bind.hint or "param"
        number = 1 + sum(name.rpartition("_")[0] == hint for name in self.names.values())
        return f"{hint}_{number}"

    def finished(self) -> str:
        """Return the SQL."""
        return "".join(self.out)
