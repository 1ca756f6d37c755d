"""Rows of values: by which names, and what else, a program finds them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from toolkit_core.compiler.node import CompiledNode
from toolkit_core.compiler.processors import result_processor
from toolkit_core.engine.prepare_node import shapes_of
from toolkit_core.engine.row_shape import RowShape
from toolkit_core.expression.label_style import LABEL_STYLE_TABLENAME_PLUS_COL
from toolkit_core.expression.selected import selected_by
from toolkit_orm.instrument.attribute import InstrumentedAttribute


def shape_of_columns(statement: Any, compiled: CompiledNode, dialect: Any) -> Any:
    """Return the shape of rows of values, which attributes find as their columns do."""
    found = shapes_of(compiled, dialect)
    columns = compiled.result
    if not isinstance(found, RowShape) or not hasattr(statement, "raw_columns"):
        return found
    raw = list(selected_by(statement.raw_columns))
    # Labels with names of tables are for the SQL: rows go by the names of what is selected.
    labelled = statement.label_style is LABEL_STYLE_TABLENAME_PLUS_COL
    attributes = [isinstance(one, InstrumentedAttribute) for one in raw]
    if len(raw) != len(columns) or not (labelled or any(attributes)):
        return found
    keys = [
        (*column.keys, one) if is_attribute else column.keys
        for one, is_attribute, column in zip(raw, attributes, columns, strict=True)
    ]
    if labelled:
        names = [
            one.key if getattr(one, "table", None) is not None else column.name
            for one, column in zip(raw, columns, strict=True)
        ]
    else:
        names = list(_each_once(raw, attributes, columns))
    processors = [result_processor(column.type, dialect) for column in columns]
    return RowShape(
        [name or "" for name in names],
        keys=keys,
        processors=processors,
        strict=not labelled,
        locate=like_one_of(raw),
    )


def _each_once(raw: Sequence[Any], attributes: list[bool], columns: Sequence[Any]) -> list[str]:
    """Return the names of attributes, and of columns beside them; a second one is numbered."""
    names: list[str] = []
    used: dict[str, int] = {}
    for one, is_attribute, column in zip(raw, attributes, columns, strict=True):
        name = one.key if is_attribute else column.name or ""
        count = used[name] = used.get(name, 0) + 1
        names.append(f"{name}_{count - 1}" if is_attribute and count > 1 else name)
    return names


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
