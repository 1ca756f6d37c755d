"""Rows of values: by which names, and what else, a program finds them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from toolkit_core.compiler.node import CompiledNode
from toolkit_core.compiler.writer import ResultColumn
from toolkit_core.engine.prepare_node import shape_by_columns, shapes_of
from toolkit_core.expression.label_style import LABEL_STYLE_LEGACY_ORM
from toolkit_core.expression.selected import row_names, selected_by
from toolkit_orm.instrument.attribute import ColumnAttribute


def shape_of_columns(statement: Any, compiled: CompiledNode, dialect: Any) -> Any:
    """Return the shape of rows of values, which attributes find as their columns do."""
    found = shapes_of(compiled, dialect)
    columns = compiled.result
    if not columns or not hasattr(statement, "raw_columns"):
        return found
    raw = list(selected_by(statement.raw_columns))
    # The labels of a Query are for the SQL: rows go by the names of what is selected.
    labelled = statement.label_style is LABEL_STYLE_LEGACY_ORM
    attributes = [isinstance(one, ColumnAttribute) for one in raw]
    if len(raw) != len(columns):
        return found
    names = row_names(raw, statement.label_style)
    # Of text, and of how many columns ``*`` is, only the database knows.
    result = [
        ResultColumn(
            None if name is not None and "*" in name else name or column.name,
            (*column.keys, one) if is_attribute else column.keys,
            column.type,
        )
        for one, is_attribute, column, name in zip(raw, attributes, columns, names, strict=True)
    ]
    return shape_by_columns(result, dialect, like_one_of(raw), strict=not labelled)


def like_one_of(raw: Sequence[Any]) -> Callable[[Any], int | None]:
    """Return what finds the place of a thing that is selected, or of another that is like it."""

    def locate(wanted: Any) -> int | None:
        element = getattr(wanted, "__clause_element__", None)
        if element is not None and not isinstance(wanted, type):
            wanted = element()
        for place, one in enumerate(raw):
            if one is wanted:
                return place
        if not hasattr(wanted, "structure"):
            return None
        found = [n for n, one in enumerate(raw) if one.structure() is wanted.structure()]
        return found[0] if len(found) == 1 else None

    return locate
