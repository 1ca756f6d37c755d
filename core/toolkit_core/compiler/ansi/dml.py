"""Writing what INSERT, UPDATE and DELETE share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from toolkit_core.compiler.ansi.select import write_conditions, write_named
from toolkit_core.compiler.ansi.table import ansi
from toolkit_core.compiler.dml_state import DMLState
from toolkit_core.compiler.frame import Place
from toolkit_core.compiler.writer import ResultColumn, Writer
from toolkit_core.errors import CompileError
from toolkit_core.expression.dml import DML
from toolkit_core.expression.elements import ColumnElement
from toolkit_core.expression.from_clause import FromClause
from toolkit_core.expression.from_dml import FromDMLColumn
from toolkit_core.expression.label_style import LABEL_STYLE_DEFAULT
from toolkit_core.expression.node import Node, children, declared, value
from toolkit_core.expression.selected import Selected, named
from toolkit_core.types import NULLTYPE

# Stronger than any operator: what is set to an expression stands in parentheses.
_ALONE = 99


@declared
class Returning(Node):
    """The columns that a statement returns: made while it is written."""

    columns: tuple[ColumnElement[Any], ...] = children()
    # What comes back behind them, and is not for the user.
    hidden: tuple[Node, ...] = children(default=())


class FetchedBack(Returning):
    """Columns that are fetched though the user did not ask for them in so many words."""


@declared
class TableHint(Node):
    """A hint about the table: made while it is written."""

    text: str = value()


@declared
class DialectOption(Node):
    """What a statement tells this dialect: made while it is written."""

    name: str = value()
    setting: Any = value()


@declared
class OtherSources(Node):
    """What an UPDATE or DELETE reads from beside its table: made while it is written."""

    sources: tuple[FromClause, ...] = children()


class UpdateSources(OtherSources):
    """Those of an UPDATE."""


class DeleteSources(OtherSources):
    """Those of a DELETE."""


def write_verb(w: Writer, verb: str, statement: DML) -> None:
    """Write INSERT, UPDATE or DELETE with the words that follow it."""
    w.text(verb)
    for prefix, dialect in statement.prefixes:
        if dialect in ("*", w.rules.name):
            w.text(f"{prefix} ")


def write_table_hints(w: Writer, statement: DML) -> None:
    """Write the hints for this dialect behind the table."""
    for text, dialect in statement.hints:
        if dialect in ("*", w.rules.name):
            w.write(TableHint(text))


@ansi(TableHint)
def write_no_hint(w: Writer, hint: TableHint) -> None:
    """Write nothing: no standard has hints."""


def write_dialect_options(w: Writer, statement: DML) -> None:
    """Write what the statement tells this dialect."""
    start = f"{w.rules.name}_"
    for name, setting in statement.dialect_options:
        if name.startswith(start):
            w.write(DialectOption(name[len(start) :], setting))


def write_set_value(w: Writer, found: Node) -> None:
    """Write what a column is set to."""
    if isinstance(found, ColumnElement):
        w.operand(found, _ALONE)
    else:
        w.write(found)


def write_where(w: Writer, criteria: tuple[ColumnElement[Any], ...]) -> None:
    """Write the conditions, if there are any."""
    if criteria:
        w.text(" WHERE ")
        write_conditions(w, criteria)


def write_returned(
    w: Writer,
    columns: Iterable[Any],
    hidden: Iterable[Any] = (),
    *,
    fetched: Iterable[Any] = (),
) -> None:
    """Write RETURNING, if there is anything to return: what is asked for, or else is fetched."""
    listed, beside = tuple(columns), tuple(hidden)
    if listed:
        w.write(Returning(listed, beside))
        return
    wanted = tuple(fetched)
    if wanted:
        w.write(FetchedBack(wanted, beside))


@ansi(Returning)
def write_returning(w: Writer, returning: Returning) -> None:
    """Write RETURNING with the columns, noting what finds them in the rows."""
    w.text(" RETURNING ")
    w.result = []
    for position, one in enumerate(named(returning.columns, LABEL_STYLE_DEFAULT)):
        if position:
            w.text(", ")
        name = write_named(w, one, Place.TOP, returned=True)
        w.result.append(_returned(one, name))
    for beside in returning.hidden:
        w.text(", ")
        w.write(beside)


def _returned(one: Selected, name: str | None) -> ResultColumn:
    """Return what finds a column in the rows: itself, and its key where that is no other's."""
    column = one.column
    key = getattr(column, "key", None)
    keys = (column,) if one.again is not None or key in (None, name) else (column, key)
    # Plain text is called what it says.
    called = str(column) if name is None else name
    return ResultColumn(called, keys, getattr(column, "type", NULLTYPE))


@ansi(FromDMLColumn)
def write_from_dml(w: Writer, copy: FromDMLColumn) -> None:
    """Write what the column is set to, once more."""
    state = DMLState.of(w)
    key = getattr(copy.column, "key", None) or ""
    found = state.settings.get(key)
    if found is None:
        if state.inserts:
            raise CompileError(
                f"Can't resolve referenced column name in INSERT statement: {key!r}",
                hint="from_dml_column() names a column that the same statement sets",
            )
        w.write(copy.column)
        return
    # What is set to itself would be written for ever.
    settings, state.settings = state.settings, {**state.settings}
    del state.settings[key]
    write_set_value(w, found)
    state.settings = settings


@ansi(UpdateSources)
def write_update_sources(w: Writer, others: UpdateSources) -> None:
    """Write FROM."""
    w.text(" FROM ")
    w.listed(others.sources)


@ansi(DeleteSources)
def write_delete_sources(w: Writer, others: DeleteSources) -> None:
    """Write further tables after the one that is deleted from."""
    w.text(" , ")
    w.listed(others.sources)


def other_sources(statement: DML, parts: Iterable[Node]) -> tuple[FromClause, ...]:
    """Return what expressions read from beside the statement's table."""
    found = dict.fromkeys(source for part in parts for source in sources_in(part))
    found.pop(statement.table, None)
    return tuple(found)


def sources_in(node: Node) -> Iterator[FromClause]:
    """Yield what the columns in an expression are of; a subquery keeps its own to itself."""
    table = getattr(node, "table", None)
    if isinstance(table, FromClause):
        yield table
        return
    if node.is_executable:
        return
    for below in node.child_nodes():
        yield from sources_in(below)
