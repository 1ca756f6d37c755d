"""A written INSERT, UPDATE or DELETE: where its values come from, and what it returns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from time import perf_counter
from typing import Any

from toolkit_core.compiler.compiled import Compiled
from toolkit_core.compiler.dml_state import DMLState
from toolkit_core.compiler.processors import bind_processor, processing_gatherer
from toolkit_core.compiler.writer import Writer
from toolkit_core.errors import CompileError
from toolkit_core.expression.dml import DML
from toolkit_core.expression.given_row import refuse_unknown

Leaves = Sequence[Any]
Values = Mapping[str, Any]


class CompiledDML(Compiled):
    """A statement that writes rows, for parameters of certain names.

    Each placeholder has a name: that of a column, for its value, or that of a parameter.  The
    values of one execution are a mapping by these names, put together of what the statement
    has itself, what the execution gives, and defaults.
    """

    __slots__ = (
        "bound",
        "computed",
        "defaults_asked",
        "fetched",
        "inner",
        "is_insert",
        "is_processed",
        "is_update",
        "learns_key",
        "result",
        "returns",
        "row_places",
        "row_span",
        "sent",
        "sorts",
        "table",
    )

    def __init__(self, writer: Writer, state: DMLState, statement: DML, dialect: Any) -> None:
        positional = dialect.style.paramstyle.positional
        names = [writer.names[id(bind)] for bind in writer.binds]
        super().__init__(writer.finished(), names, positional=positional)
        # Of the statement only what is no value: this one outlives it.
        self.table = statement.table
        self.is_insert = statement.is_insert
        self.is_update = statement.is_update
        self.returns = bool(statement.returned)
        self.sorts = getattr(statement, "sorts", False)
        self.defaults_asked = getattr(statement, "defaults_back", None) is not None
        # Whether it inserts one row of values, whose key may be asked for.
        self.learns_key = not (
            getattr(statement, "rows", ()) or getattr(statement, "is_inline", False)
        )
        self.bound = frozenset(state.binds)
        self.computed = tuple(state.computed)
        self.sent = tuple(state.sent)
        self.fetched = tuple(state.fetched)
        self.result = writer.result
        self.row_span = _span(writer, state)
        leaves = statement._leaves
        where = {id(leaf): place for place, leaf in reversed(list(enumerate(leaves)))}
        # Which leaves are rows of values, and the numbers of those in their statement.
        self.row_places = tuple(
            [(where[id(row)], number) for row, number in state.rows if row.names]
        )
        # Which leaves are values of their own, by name.
        self.inner = tuple(
            [
                (writer.names[id(bind)], where[id(bind)])
                for bind in dict.fromkeys(writer.binds)
                if id(bind) in where
            ]
        )
        processors = [bind_processor(bind.type, dialect) for bind in writer.binds]
        self.is_processed = any(processors)
        if self.is_processed:
            self.gather = processing_gatherer(names, processors, positional=positional)

    def own(self, leaves: Leaves) -> Values:
        """Return the values that the statement has itself."""
        places = self.row_places
        if len(places) == 1 and places[0][1] is None and not self.inner:
            row: Values = leaves[places[0][0]].row
            return row
        found: dict[str, Any] = {}
        for place, number in places:
            if number is None:
                found.update(leaves[place].row)
            else:
                for name, value in leaves[place].row.items():
                    found[f"{name}_m{number}"] = value
        for name, place in self.inner:
            leaf = leaves[place]
            if not leaf.required:
                found[name] = leaf.value
        return found


def _span(writer: Writer, state: DMLState) -> tuple[int, int, int, int]:
    """Return where in the SQL the values of the row are, and which placeholders are in it."""
    if not state.row_end:
        return (0, 0, 0, 0)
    out = writer.out
    start = sum(map(len, out[: state.row_start]))
    end = start + sum(map(len, out[state.row_start : state.row_end]))
    return (start, end, state.binds_before, state.binds_after)


def compile_dml(
    statement: DML, given: tuple[str, ...] | None, dialect: Any, *, many: bool = False
) -> CompiledDML:
    """Write a statement by a dialect's rules, for parameters of these names."""
    began = perf_counter()
    statement.structure()
    state = DMLState(given, learns_key=given is not None and not many)
    writer = Writer(dialect.rules, dialect.style)
    writer.dml = state
    writer.write(statement)
    _check_names(writer, state, statement)
    compiled = CompiledDML(writer, state, statement, dialect)
    compiled.made_in = perf_counter() - began
    return compiled


def _check_names(writer: Writer, state: DMLState, statement: DML) -> None:
    own = {id(bind) for bind in state.binds.values()}
    for bind in writer.binds:
        if bind.key in state.binds and id(bind) not in own:
            raise CompileError(
                f"bindparam() name '{bind.key}' is reserved for automatic usage in the VALUES or "
                "SET clause of this insert/update statement.   Please use a name other than column "
                "name when using bindparam() with insert() or update() (for example, "
                f"'b_{bind.key}')."
            )
    if state.given and not statement.is_delete:
        known = statement.table.c
        used = set(writer.names.values())
        unknown = [name for name in state.given if name not in known and name not in used]
        if unknown:
            refuse_unknown(unknown, known.keys(), statement.table.name)
