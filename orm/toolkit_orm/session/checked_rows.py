"""Rows that are given as dictionaries: what is wrong with them, told before they are sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from toolkit_core.errors import ArgumentError, warn
from toolkit_core.expression.given_row import column_key
from toolkit_core.nearest import nearest
from toolkit_orm.query.lowered_dml import columns_of


def check_rows(rows: Sequence[Any], mapper: Any) -> None:
    """Refuse rows that are no dictionaries: objects go by ``add_all()``."""
    if all(map(_is_mapping, rows)):
        return
    strange = next(row for row in rows if not _is_mapping(row))
    cls = mapper.class_.__name__
    is_object = isinstance(strange, mapper.class_)
    raise ArgumentError(
        f"The rows of {cls} are dictionaries of its attributes, got {strange!r}",
        hint="session.add_all(objects)" if is_object else f"{{{mapper.key_names[0]!r}: …}}",
    )


def _is_mapping(row: Any) -> bool:
    return row.__class__ is dict or isinstance(row, Mapping)


def tell_of_unknown(rows: Sequence[Mapping[str, Any]], mapper: Any) -> None:
    """Warn of names that are no columns of the class: their values go nowhere."""
    known = columns_of(mapper)
    if all(row.keys() <= known.keys() for row in rows):
        return
    keys = {column.key for column in known.values()}
    names = {column_key(name) for shape in {tuple(row) for row in rows} for name in shape}
    unknown = sorted(names - known.keys() - keys)
    if unknown:
        cls = mapper.class_.__name__
        near = nearest(unknown[0], known)
        warn(
            f"Class {cls} has no column attributes of these names, and their values are not "
            f"sent: {', '.join(map(repr, unknown))}"
            + ("" if near is None else f"; did you mean {cls}.{near}?")
        )
