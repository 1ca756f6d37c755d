"""A written INSERT, UPDATE or DELETE: where its values come from, and what it returns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from time import perf_counter
from typing import Any

from toolkit_core.compiler.compiled import Compiled
from toolkit_core.compiler.dml_state import DMLState
from toolkit_core.compiler.late_forms import LateForms
from toolkit_core.compiler.long_values import long_places
from toolkit_core.compiler.processors import bind_processor, processing_gatherer
from toolkit_core.compiler.row_template import template_of
from toolkit_core.compiler.writer import Late, Writer
from toolkit_core.errors import CompileError, InvalidRequestError, warn
from toolkit_core.expression.dml import DML
from toolkit_core.expression.given_row import what_is_near
from toolkit_core.expression.node import all_leaves

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
        "by_rows",
        "computed",
        "defaults_asked",
        "dialect",
        "fetched",
        "fixed",
        "hidden",
        "inner",
        "is_batched",
        "is_insert",
        "is_plain",
        "is_processed",
        "is_update",
        "late",
        "late_names",
        "learns_key",
        "long_places",
        "may_skip",
        "numbers",
        "ordered_by",
        "renamed",
        "result",
        "returns",
        "row_places",
        "sent",
        "shows_defaults",
        "sorts",
        "spelled",
        "table",
        "template",
        "warnings",
    )

    def __init__(self, writer: Writer, state: DMLState, statement: DML, dialect: Any) -> None:
        positional = dialect.style.paramstyle.positional
        names = [writer.names[id(bind)] for bind in writer.binds]
        super().__init__(writer.finished(), names, positional=positional)
        # Of the statement only what is no value: this one outlives it.
        self.table = statement.table
        self.is_insert = statement.is_insert
        self.is_update = statement.is_update
        self.dialect = dialect
        # Whether the user gets the rows; those may be the defaults, too.
        self.shows_defaults = bool(getattr(statement, "supplemental", None))
        self.returns = bool(statement.returned) or self.shows_defaults
        self.sorts = getattr(statement, "sorts", False)
        self.defaults_asked = getattr(statement, "defaults_back", None) is not None
        # The columns that tell rows apart, and which of them come back for that only.
        self.ordered_by = tuple(state.ordered_by)
        self.hidden = tuple(state.hidden)
        # The key of a column in which the rows of a batch are numbered.
        self.numbers = state.numbers
        # Whether it inserts one row of values, whose key may be asked for.
        self.learns_key = not (
            getattr(statement, "rows", ()) or getattr(statement, "is_inline", False)
        )
        self.bound = frozenset(state.binds)
        # Which parameter has the value of a column of the key, where that has another name.
        self.renamed = {
            key: writer.names[id(bind)]
            for key, bind in state.known.items()
            if bind.key != key and id(bind) in writer.names
        }
        # By which name in the SQL a value goes, where its own has signs that may not stand there.
        self.spelled = {
            bind.key: name
            for bind, name in zip(writer.binds, names, strict=True)
            if bind.key is not None and bind.key != name
        }
        self.computed = tuple(state.computed)
        self.sent = tuple(state.sent)
        self.fetched = tuple(state.fetched)
        self.result = writer.result
        # A row of values may be left out where one is there already.
        self.may_skip = bool(getattr(statement, "conflicts", ()))
        self.template = template_of(writer.out, state, dialect.style)
        self.late = LateForms(list(writer.out), dialect) if writer.has_late else None
        self.late_names = [piece.name for piece in writer.out if isinstance(piece, Late)]
        # What the user should know about the SELECTs in it.
        self.warnings = tuple(writer.warnings)
        leaves = all_leaves(statement._leaves)
        where = {id(leaf): place for place, leaf in reversed(list(enumerate(leaves)))}
        # Which leaves are rows of values, and the numbers of those in their statement.
        self.row_places = tuple(
            [(where[id(row)], number) for row, number in state.rows if row.names]
        )
        # Which leaf is the rows that it goes by.
        self.by_rows = None if state.by_rows is None else where[id(state.by_rows)]
        # Whether many sets go as one statement and not one by one.
        self.is_batched = state.by_rows is not None or (
            self.is_insert
            and (
                bool(self.result)
                or self._is_rewritten()
                or self.dialect.capabilities.batches_inserts
            )
        )
        # Where values may be long, so that many rows may be too much for one statement.
        self.long_places: tuple[Any, ...] = ()
        if self.is_batched:
            places = range(len(names)) if positional else names
            types = [bind.type for bind in writer.binds]
            self.long_places = long_places(zip(places, types, strict=True))
        # Which leaves are values of their own, by name.
        self.inner = tuple(
            [
                (writer.names[id(bind)], where[id(bind)])
                for bind in dict.fromkeys(writer.binds)
                if id(bind) in where
            ]
        )
        # Values inside of the defaults that are written: always the same.
        self.fixed = {
            writer.names[id(bind)]: bind.value
            for bind in writer.binds
            if id(bind) not in where and bind is not state.binds.get(bind.key or "")
        }
        processors = [bind_processor(bind.type, dialect) for bind in writer.binds]
        # Whether it is an INSERT of one row, all of whose values the program has given.
        self.is_plain = (
            self.is_insert
            and not (self.sent or self.result or self.inner or self.fixed or self.late)
            and not (state.by_rows is not None or getattr(statement, "rows", None))
        )
        self.is_processed = any(processors)
        if self.is_processed and self.late is None:
            self.gather = processing_gatherer(names, processors, positional=positional)

    def own(self, leaves: Leaves) -> Values:
        """Return the values that the statement has itself."""
        places = self.row_places
        if len(places) == 1 and places[0][1] is None and not self.inner and not self.fixed:
            row: Values = leaves[places[0][0]].row
            return row
        found: dict[str, Any] = dict(self.fixed)
        for place, number in places:
            if number is None:
                found.update(leaves[place].row)
            else:
                for name, value in leaves[place].row.items():
                    found[f"{name}_m{number}"] = value
        for name, place in self.inner:
            leaf = leaves[place]
            if not leaf.required:
                found[name] = leaf.effective_value
        return found

    def _is_rewritten(self) -> bool:
        """Tell whether the driver's ``executemany`` would lose values."""
        if self.template is None or not self.dialect.capabilities.rewrites_many:
            return False
        return bool(self.template.outside)

    def values(self, given: Values) -> Any:
        """Return the values of one execution as the driver wants them."""
        return super().values(self._by_spelling(given) if self.spelled else given)

    def many_values(self, given: Sequence[Values], start: int = 0) -> list[Any]:
        """Return the values of each set of an ``executemany``; errors count from ``start``."""
        if self.spelled:
            given = list(map(self._by_spelling, given))
        return super().many_values(given, start)

    def _by_spelling(self, given: Values) -> Values:
        again = {name: given[key] for key, name in self.spelled.items() if key in given}
        return {**{key: one for key, one in given.items() if key not in self.spelled}, **again}

    def expanded(self, sets: Sequence[Values], *, many: bool) -> tuple[str, Any]:
        """Return the SQL and the values of a statement with lists, which differ in length."""
        if self.late is None:
            return self.sql, self.many_values(sets) if many else self.values(sets[0])
        if self.spelled:
            sets = list(map(self._by_spelling, sets))
        first = sets[0]
        form, values = self.late.form(self, first)
        if not many:
            return form.sql, form.values(values)
        for name in self.late_names:
            if any(one.get(name) != first[name] for one in sets):
                cause = InvalidRequestError(
                    "'literal_execute' or 'expanding' parameters can't be used with executemany()",
                    hint=f"execute the statement for each list of {name!r} by itself",
                )
                self.refuse(cause, None, sets)
        return form.sql, form.many_values([{**values, **one} for one in sets])


def compile_dml(
    statement: DML,
    given: tuple[str, ...] | None,
    dialect: Any,
    *,
    many: bool = False,
    schemas: Mapping[str | None, str | None] | None = None,
) -> CompiledDML:
    """Write a statement by a dialect's rules, for parameters of these names."""
    began = perf_counter()
    statement.structure()
    state = DMLState(given, learns_key=given is not None and not many, is_many=many)
    writer = Writer(dialect.rules, dialect.style, dialect, schemas=schemas)
    writer.dml = state
    writer.write(statement)
    _check_names(writer, state, statement)
    for message in state.warnings:
        warn(message)
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
    if state.given and (statement.is_insert or statement.is_update):
        known = statement.table.c
        used = {*writer.names.values(), *(bind.key for bind in writer.binds)}
        unknown = [name for name in state.given if name not in known and name not in used]
        if unknown:
            warn(
                f"No column of table {statement.table.name!r} has these names, and their values "
                f"are not sent: {', '.join(map(repr, unknown))}; "
                + what_is_near(unknown, known.keys(), statement.table.name)
            )
