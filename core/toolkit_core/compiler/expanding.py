"""Parameters whose SQL depends on their values: lists of any length, and literals.

The statement is written and kept with marks in their places; for each execution the marks are
replaced, and what is then to be bound is put in the order of the placeholders.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from toolkit_core.compiler.writer import Late, Slot
from toolkit_core.facts import Style
from toolkit_core.types import TupleType, write_literal


class Expanded:
    """SQL with its late parts written, and the names and values of its placeholders, in order.

    ``literal`` writes the lists' values into the SQL, too.
    """

    __slots__ = ("dialect", "literal", "names", "sql", "style", "types", "values")

    def __init__(
        self,
        pieces: Sequence[str],
        given: Mapping[str, Any],
        style: Style,
        dialect: Any = None,
        *,
        literal: bool = False,
    ) -> None:
        self.style = style
        self.dialect = dialect
        self.literal = literal
        self.names: list[str] = []
        self.values: dict[str, Any] = {}
        # Which parameter a name was made for: its type says how the value travels.
        self.types: dict[str, Any] = {}
        self.sql = "".join([self._written(piece, given) for piece in pieces])

    def _written(self, piece: str, given: Mapping[str, Any]) -> str:
        if isinstance(piece, Slot):
            return self._placed(piece.name, given.get(piece.name), piece.bind.type)
        if isinstance(piece, Late):
            return self._late(piece, given[piece.name])
        return piece

    def _placed(self, name: str, value: Any, type_: Any) -> str:
        self.names.append(name)
        self.values[name] = value
        self.types[name] = type_
        return self.style.placeholder(name, len(self.names))

    def _late(self, late: Late, value: Any) -> str:
        bind = late.bind
        if not bind.expanding:
            before, after = late.around
            return before + write_literal(bind.type, self.dialect, value) + after
        rows = [] if value is None else list(value)
        if not rows:
            return late.empty
        # A parameter that occurs twice is expanded twice, under the same names.
        placed = [
            self._row(row, f"{late.name}_{n}", bind.type, late) for n, row in enumerate(rows, 1)
        ]
        return late.before * isinstance(rows[0], tuple) + ", ".join(placed)

    def _row(self, row: Any, name: str, type_: Any, late: Late) -> str:
        if isinstance(row, tuple):
            types = type_.types if isinstance(type_, TupleType) else [type_] * len(row)
            inner = [
                self._row(one, f"{name}_{n}", kind, late)
                for n, (one, kind) in enumerate(zip(row, types, strict=True), 1)
            ]
            return f"({', '.join(inner)})"
        before, after = late.around
        if self.literal:
            return before + write_literal(type_, self.dialect, row) + after
        return before + self._placed(name, row, type_) + after
