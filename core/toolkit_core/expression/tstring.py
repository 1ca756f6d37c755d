"""SQL in a template string, as Python has them since 3.14: what is interpolated becomes a value."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NoReturn

from toolkit_core.errors import ArgumentError
from toolkit_core.expression.coerce import expression
from toolkit_core.expression.coercions import resolved
from toolkit_core.expression.columns import literal_column
from toolkit_core.expression.node import Node, children, declared
from toolkit_core.expression.written_sql import WrittenSQL
from toolkit_core.plugins import load_object

if TYPE_CHECKING:
    from toolkit_core.expression.textual_select import TextualSelect

_TEXTUAL = "toolkit_core.expression.textual_select:textual_select"


@declared
class TString(WrittenSQL):
    """Text and what stands between it."""

    visit_name = "tstring"

    parts: tuple[Node, ...] = children()

    def bindparams(self, *binds: Any, **values: Any) -> NoReturn:
        """Refuse: what is interpolated are the parameters."""
        raise NotImplementedError(
            "TString constructs do not support .bindparams(). Bind parameters are automatically "
            "created from interpolated values."
        )

    def columns(self, *cols: Any, **types: Any) -> TextualSelect:
        """Tell which columns its rows have, so that it can be used as a SELECT is."""
        made: TextualSelect = load_object(_TEXTUAL)(self, cols, types)
        return made


def tstring(template: Any) -> TString:
    """Make a statement, or an expression, of a template string.

    Interpolated values are sent beside the SQL, and expressions, tables and statements are
    written into it: ``tstring(t"select {column} from {table} where id = {key}")``.
    """
    if isinstance(template, str) or not isinstance(template, Iterable):
        raise ArgumentError(
            f"pep-750 Tstring expected, got {template!r}",
            hint='write t"…", not f"…" or "…"; text() takes a plain string',
        )
    return TString(tuple([_part(one) for one in template]))


def _part(one: Any) -> Node:
    if isinstance(one, str):
        return literal_column(one)
    if one.conversion is not None or one.format_spec:
        raise ArgumentError(
            f"{{{one.expression}}} has a conversion or a format, which SQL does not know",
            hint="interpolate the value itself",
        )
    found = resolved(one.value)
    made: Node = found if isinstance(found, Node) else expression(found)
    return made
