"""Writing SELECT."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from toolkit_core.compiler.ansi.table import ansi
from toolkit_core.compiler.writer import ResultColumn, Writer
from toolkit_core.expression import operators
from toolkit_core.expression.elements import ColumnElement, Label
from toolkit_core.expression.from_clause import FromClause
from toolkit_core.expression.node import Node
from toolkit_core.expression.select import Select
from toolkit_core.schema import Column, Table


@ansi(Select)
def write_select(w: Writer, select: Select[Any]) -> None:
    """Write a SELECT, clause by clause."""
    columns = list(selected(select))
    sources = tuple(dict.fromkeys(sources_of(select, columns)))
    w.text("SELECT DISTINCT " if select.is_distinct else "SELECT ")
    for position, column in enumerate(columns):
        if position:
            w.text(", ")
        write_result_column(w, column)
    if sources:
        w.text(" \nFROM ")
        w.listed(sources)
    if select.criteria:
        w.text(" \nWHERE ")
        write_conditions(w, select.criteria)


def write_conditions(w: Writer, conditions: tuple[ColumnElement[Any], ...]) -> None:
    """Write conditions that must all hold."""
    alone = len(conditions) == 1
    for position, condition in enumerate(conditions):
        if position:
            w.text(operators.and_.text)
        w.operand(condition, operators.LISTED if alone else operators.and_.strength, same=alone)


def write_result_column(w: Writer, column: ColumnElement[Any]) -> None:
    """Write a column of the result, with its label, and note what finds it."""
    w.write(column)
    name = column.name
    if isinstance(column, Label) and name is not None:
        w.text(" AS ")
        w.name(name)
    elif name is None:
        name = f"anon_{len(w.result) + 1}"
        w.text(" AS ")
        w.name(name)
    w.result.append(ResultColumn(name or "", (column,), column.type))


@ansi(Table)
def write_table(w: Writer, table: Table) -> None:
    """Write the name of a table, with its schema."""
    w.qualified(table.name, table.schema)


def selected(select: Select[Any]) -> Iterator[ColumnElement[Any]]:
    """Yield the columns of the result; a table stands for all of its own."""
    for entity in select.raw_columns:
        if isinstance(entity, FromClause):
            yield from entity.c
        elif isinstance(entity, ColumnElement):
            yield entity


def sources_of(select: Select[Any], columns: list[ColumnElement[Any]]) -> Iterator[FromClause]:
    """Yield what the SELECT reads from: what it says, then what its expressions name."""
    yield from select.froms
    for expression in (*columns, *select.criteria):
        yield from tables_in(expression)


def tables_in(node: Node) -> Iterator[FromClause]:
    """Yield the tables whose columns an expression names."""
    if isinstance(node, Column):
        if node.table is not None:
            yield node.table
        return
    for below in node.child_nodes():
        yield from tables_in(below)
