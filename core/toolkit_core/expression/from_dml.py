"""What another column is set to by the same INSERT or UPDATE."""

from __future__ import annotations

from typing import Any

from toolkit_core.errors import ArgumentError
from toolkit_core.expression.column_element import ColumnElement
from toolkit_core.expression.given_row import expression_of, is_sql
from toolkit_core.expression.node import child, declared, derived
from toolkit_core.types import NULLTYPE, TypeEngine


@declared
class FromDMLColumn(ColumnElement[Any]):
    """The value that the statement sets a column to; of an UPDATE that sets none, the present."""

    visit_name = "dmltargetcopy"

    column: ColumnElement[Any] = child()
    type: TypeEngine[Any] = derived(default=NULLTYPE)


def from_dml_column(column: Any) -> FromDMLColumn:
    """Return what an INSERT or UPDATE sets another of its columns to.

    >>> from toolkit_core.expression.update import update
    >>> from toolkit_core.schema import Column, MetaData, Table
    >>> from toolkit_core.types import Integer
    >>> item = Table("item", MetaData(), Column("net", Integer), Column("gross", Integer))
    >>> print(update(item).values(net=item.c.net + 1, gross=from_dml_column(item.c.net) * 2))
    UPDATE item SET net=(item.net + :net_1), gross=((item.net + :net_1) * :param_1)
    """
    found = expression_of(column) if is_sql(column) else None
    if not isinstance(found, ColumnElement) or getattr(found, "table", None) is None:
        raise ArgumentError(
            f"from_dml_column() takes a column of the table that is written, not {column!r}"
        )
    return FromDMLColumn(found, type=found.type)
