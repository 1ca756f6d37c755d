"""The name of a label or column, in ORDER BY and its like: what it names is found on writing."""

from __future__ import annotations

from toolkit_core.expression.column_element import ColumnElement
from toolkit_core.expression.node import declared, value


@declared
class LabelReference(ColumnElement[object]):
    """A text in ``order_by("name")``: a label of the SELECT, or a column of its sources."""

    visit_name = "label_reference"

    text: str = value()
