"""Writing a node for a dialect, and filling its values in from its leaves."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from time import perf_counter
from typing import TYPE_CHECKING, Any

from toolkit_core.compiler.compiled import Compiled
from toolkit_core.compiler.writer import ResultColumn, Writer
from toolkit_core.expression.node import Node

if TYPE_CHECKING:
    from toolkit_core.compiler.rules import Rules
    from toolkit_core.facts import Style

Leaves = Sequence[Any]


class CompiledNode(Compiled):
    """A statement made of nodes, written: its values are read off the leaves.

    Every statement with the same key and pattern has its leaves in the same order, so where a
    value comes from is known by its position.
    """

    __slots__ = ("positions", "result", "take")

    def __init__(
        self, writer: Writer, leaves: Leaves, result: list[ResultColumn], *, positional: bool
    ) -> None:
        names = [writer.names[id(bind)] for bind in writer.binds]
        super().__init__(writer.finished(), names, positional=positional)
        where = {id(leaf): position for position, leaf in reversed(list(enumerate(leaves)))}
        # For each placeholder, which leaf its value is read off.
        self.positions = tuple(where[id(bind)] for bind in writer.binds)
        self.result = result
        self.take = taker(self.names, self.positions, positional=positional, count=len(leaves))

    def from_leaves(self, leaves: Leaves) -> Any:
        """Return the values that a statement has itself, as the driver wants them."""
        for position in self.positions:
            if leaves[position].required:
                return self.values(self.named(leaves))
        return self.take(leaves)

    def named(self, leaves: Leaves) -> dict[str, Any]:
        """Return the values that a statement has itself, by name."""
        return {
            name: leaves[position].value
            for name, position in zip(self.names, self.positions, strict=True)
            if not leaves[position].required
        }

    def overridden(self, leaves: Leaves, given: Mapping[str, Any]) -> Any:
        """Return the values of one execution, which may bring its own for some names."""
        return self.values({**self.named(leaves), **given})

    def many_overridden(self, leaves: Leaves, given: Sequence[Mapping[str, Any]]) -> list[Any]:
        """Return the values of each set of an ``executemany``."""
        own = self.named(leaves)
        return self.many_values([{**own, **one} for one in given] if own else given)


def taker(
    names: tuple[str, ...], positions: tuple[int, ...], *, positional: bool, count: int
) -> Callable[[Leaves], Any]:
    """Return a function that reads the values off the leaves, as the driver wants them."""
    if not positional:
        pairs = list(zip(names, positions, strict=True))
        return lambda leaves: {name: leaves[position].value for name, position in pairs}
    if positions == tuple(range(count)):
        return lambda leaves: tuple([leaf.value for leaf in leaves])
    return lambda leaves: tuple([leaves[position].value for position in positions])


def compile_node(
    statement: Node, leaves: Leaves, rules: Rules, style: Style, dialect: Any = None
) -> CompiledNode:
    """Write a statement by a dialect's rules."""
    began = perf_counter()
    writer = Writer(rules, style, dialect)
    writer.write(statement)
    compiled = CompiledNode(writer, leaves, writer.result, positional=style.paramstyle.positional)
    compiled.made_in = perf_counter() - began
    return compiled
