"""MySQL's search of the full text: ``MATCH (columns) AGAINST (text)``.

https://dev.mysql.com/doc/refman/9.0/en/fulltext-search.html
"""

from __future__ import annotations

from typing import Any

from toolkit_core.dialect import ArgumentError
from toolkit_core.dialect.statements import (
    Boolean,
    ColumnElement,
    Self,
    as_column,
    child,
    children,
    derived,
    literal,
    operators,
    value,
)


class match(ColumnElement[bool]):  # noqa: N801 - the documented name
    """``MATCH (columns) AGAINST (text)``, true or false, and in ORDER BY a measure.

    >>> from toolkit import column
    >>> match(column("title"), column("body"), against="fire").in_boolean_mode().flags
    ('in_boolean_mode',)
    """

    visit_name = "mysql_match"
    operator = operators.match_op
    is_condition = True

    columns: tuple[ColumnElement[Any], ...] = children()
    against: ColumnElement[Any] = child()
    flags: tuple[str, ...] = value(default=())
    type: Any = derived(default=Boolean())

    def __init__(
        self,
        *cols: Any,
        against: Any = None,
        in_boolean_mode: bool = False,
        in_natural_language_mode: bool = False,
        with_query_expansion: bool = False,
    ) -> None:
        if not cols:
            raise ArgumentError("columns are required")
        if against is None:
            raise ArgumentError("against is required")
        self.columns = tuple([as_column(one) for one in cols])
        self.against = against if isinstance(against, ColumnElement) else literal(against)
        flags = {
            "in_boolean_mode": in_boolean_mode,
            "in_natural_language_mode": in_natural_language_mode,
            "with_query_expansion": with_query_expansion,
        }
        self.flags = tuple([name for name, flag in flags.items() if flag])

    def _with(self, name: str) -> Self:
        return self.but(flags=(*[one for one in self.flags if one != name], name))

    def in_boolean_mode(self) -> Self:
        """Let signs in the text mean something: ``+apple -pie``."""
        return self._with("in_boolean_mode")

    def in_natural_language_mode(self) -> Self:
        """Take the text as it is."""
        return self._with("in_natural_language_mode")

    def with_query_expansion(self) -> Self:
        """Search a second time, with words of what was found."""
        return self._with("with_query_expansion")
