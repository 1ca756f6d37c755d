"""The forms of a statement whose SQL depends on values: one for each length of its lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from toolkit_core.compiler.compiled import Compiled
from toolkit_core.compiler.expanding import Expanded
from toolkit_core.compiler.processors import bind_processor, processing_gatherer
from toolkit_core.compiler.writer import Late

# Lists come in many lengths; when there are so many forms, all are written anew.
_MOST = 64

Values = Mapping[str, Any]


class LateForms:
    """Writes the marks of a statement, and keeps what it has written by the lengths of lists."""

    __slots__ = ("_by_lengths", "_dialect", "_lates", "_pieces")

    def __init__(self, pieces: Sequence[str], dialect: Any) -> None:
        self._pieces = pieces
        self._dialect = dialect
        self._lates = list(
            {piece.name: piece for piece in pieces if isinstance(piece, Late)}.values()
        )
        self._by_lengths: dict[Any, Compiled] = {}

    def form(self, base: Compiled, given: Values) -> tuple[Compiled, Values]:
        """Return the statement as it is to be sent for these values, and the values by name."""
        for name in base.names:
            if name not in given:
                base.refuse(KeyError(name), given, dict(given))
        try:
            return self._form(base, given)
        except (TypeError, ValueError) as error:
            # A value that is no list, or rows of other widths than the comparison has.
            base.refuse(error, None, dict(given))

    def _form(self, base: Compiled, given: Values) -> tuple[Compiled, Values]:
        values = dict(given)
        lengths = self._lengths(values)
        form = None if lengths is None else self._by_lengths.get(lengths)
        if form is None:
            form = self._written(base, values)
            if lengths is not None:
                if len(self._by_lengths) >= _MOST:
                    self._by_lengths.clear()
                self._by_lengths[lengths] = form
        form.uses = base.uses
        return form, values

    def _lengths(self, values: dict[str, Any]) -> tuple[Any, ...] | None:
        """Flatten the lists among the values, and tell their lengths; None: it is not enough."""
        lengths: list[Any] | None = []
        for late in self._lates:
            if not late.bind.expanding:
                lengths = None
                continue
            found = values.get(late.name)
            rows = [] if found is None else list(found)
            values[late.name] = rows
            width = len(rows[0]) if rows and isinstance(rows[0], tuple) else None
            for number, row in enumerate(rows, 1):
                _flatten(row, f"{late.name}_{number}", values)
            if lengths is not None:
                lengths.append((len(rows), width))
        return None if lengths is None else tuple(lengths)

    def _written(self, base: Compiled, values: Values) -> Compiled:
        style, dialect = self._dialect.style, self._dialect
        expanded = Expanded(self._pieces, values, style, dialect)
        positional = style.paramstyle.positional
        form = Compiled(expanded.sql, expanded.names, positional=positional)
        processors = [bind_processor(expanded.types[name], dialect) for name in expanded.names]
        if any(processors):
            form.gather = processing_gatherer(expanded.names, processors, positional=positional)
        form.shapes = base.shapes
        form.made_in, form.made_at = base.made_in, base.made_at
        return form


def _flatten(row: Any, name: str, values: dict[str, Any]) -> None:
    if isinstance(row, tuple):
        for number, one in enumerate(row, 1):
            _flatten(one, f"{name}_{number}", values)
    else:
        values[name] = row
