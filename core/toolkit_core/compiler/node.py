"""Writing a node for a dialect, and filling its values in from its leaves."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from time import perf_counter
from typing import TYPE_CHECKING, Any

from toolkit_core.compiler.compiled import Compiled
from toolkit_core.compiler.late_forms import LateForms
from toolkit_core.compiler.processors import bind_processor, processing_gatherer
from toolkit_core.compiler.writer import Writer
from toolkit_core.expression.node import Node
from toolkit_core.lower.lowering import lowered

if TYPE_CHECKING:
    from toolkit_core.compiler.processors import Processor

Leaves = Sequence[Any]
Take = Callable[[Leaves], Any]


class CompiledNode(Compiled):
    """A statement made of nodes, written: its values are read off the leaves.

    Every statement with the same key and pattern has its leaves in the same order, so where a
    value comes from is known by its position.
    """

    __slots__ = ("_called", "_required", "late", "own", "renamed", "result", "take", "warnings")

    def __init__(self, writer: Writer, leaves: Leaves, dialect: Any) -> None:
        positional = dialect.style.paramstyle.positional
        binds = writer.binds
        self.result = writer.result
        self.warnings = tuple(writer.warnings)
        if not binds:
            super().__init__(writer.finished(), (), positional=positional)
            self._take_nothing()
            return
        names = [writer.names[id(bind)] for bind in binds]
        super().__init__(writer.finished(), names, positional=positional)
        where = {id(leaf): position for position, leaf in reversed(list(enumerate(leaves)))}
        # The values that a statement has itself, by name: the leaf's position, or the parameter
        # itself where a rule of the user's has made it, which is always the same.
        self.own = {
            name: where.get(id(bind), bind)
            for name, bind in zip(names, binds, strict=True)
            if not bind.required
        }
        self._required = len(self.own) < len(set(names))
        # All parameters that a function gives the value of are so in each statement.
        self._called = any(bind.callable is not None for bind in binds)
        # By which name the user knows a parameter, if not by the one in the SQL.
        self.renamed = {
            bind.key: name
            for name, bind in zip(names, binds, strict=True)
            if bind.key is not None and bind.key != name
        }
        self.late = LateForms(list(writer.out), dialect) if writer.has_late else None
        processors = [bind_processor(bind.type, dialect) for bind in binds]
        if any(processors) and self.late is None:
            self.gather = processing_gatherer(names, processors, positional=positional)
        self.take = self._taker(processors, len(leaves), positional=positional)

    def _take_nothing(self) -> None:
        """Have no values: of most DDL, and of statements that ask for all there is."""
        self.own = {}
        self.renamed = {}
        self.late = None
        self._required = self._called = False
        none = self.no_values
        self.take = lambda leaves: none

    def _taker(
        self, processors: Sequence[Processor | None], count: int, *, positional: bool
    ) -> Take:
        """Return the function that reads the values off the leaves, as the driver wants them."""
        places: list[Any] = [self.own.get(name) for name in self.names]
        if self._required or self._called or self.late is not None:
            return lambda leaves: self.gather(self.named(leaves))
        if any(processors) or not all(isinstance(place, int) for place in places):
            return _processing_taker(self.names, places, processors, positional=positional)
        if not positional:
            pairs = list(zip(self.names, places, strict=True))
            return lambda leaves: {name: leaves[place].value for name, place in pairs}
        if places == list(range(count)):
            return lambda leaves: tuple([leaf.value for leaf in leaves])
        return lambda leaves: tuple([leaves[place].value for place in places])

    def from_leaves(self, leaves: Leaves) -> Any:
        """Return the values that a statement has itself, as the driver wants them."""
        try:
            return self.take(leaves)
        except Exception as error:  # noqa: BLE001 - raised as what it means
            named = self.named(leaves)
            self.refuse(error, named, named)

    def named(self, leaves: Leaves) -> dict[str, Any]:
        """Return the values that a statement has itself, by name."""
        return {
            name: (leaves[place] if isinstance(place, int) else place).effective_value
            for name, place in self.own.items()
        }

    def given(self, leaves: Leaves, given: Mapping[str, Any]) -> dict[str, Any]:
        """Return the values of one execution, which may bring its own for some names."""
        return {**self.named(leaves), **self.by_own_names(given)}

    def by_own_names(self, given: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return values by the names in the SQL."""
        if not self.renamed:
            return given
        return {self.renamed.get(name, name): value for name, value in given.items()}

    def many_given(self, leaves: Leaves, given: Sequence[Mapping[str, Any]]) -> list[Any]:
        """Return the values of each set of an ``executemany``."""
        own = self.named(leaves)
        if own or self.renamed:
            given = [{**own, **self.by_own_names(one)} for one in given]
        return self.many_values(given)


def _processing_taker(
    names: Sequence[str],
    places: Sequence[Any],
    processors: Sequence[Processor | None],
    *,
    positional: bool,
) -> Take:
    scope: dict[str, Any] = {}
    parts = []
    for number, (name, place, processor) in enumerate(zip(names, places, processors, strict=True)):
        if isinstance(place, int):
            part = f"leaves[{place}].value"
        else:
            scope[f"own{number}"] = place
            part = f"own{number}.value"
        if processor is not None:
            scope[f"p{number}"] = processor
            part = f"p{number}({part})"
        parts.append(part if positional else f"{name!r}: {part}")
    inner = ", ".join(parts)
    body = f"({inner},)" if positional else f"{{{inner}}}"
    made: Take = eval(f"lambda leaves: {body}", scope)  # noqa: S307 - names are quoted by repr
    return made


def compile_node(
    statement: Node, leaves: Leaves, dialect: Any, schemas: Mapping[Any, Any] | None = None
) -> CompiledNode:
    """Write a statement by a dialect's rules."""
    began = perf_counter()
    writer = Writer(dialect.rules, dialect.style, dialect, schemas=schemas)
    writer.write(lowered(statement))
    compiled = CompiledNode(writer, leaves, dialect)
    compiled.made_in = perf_counter() - began
    return compiled
