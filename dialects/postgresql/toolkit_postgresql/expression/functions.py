"""Functions whose arguments or results have PostgreSQL's own types."""

from __future__ import annotations

from typing import Any

from toolkit_core.dialect.expressions import BindParameter, GenericFunction, expression
from toolkit_core.dialect.types import Text
from toolkit_postgresql.types.hstore import HSTORE
from toolkit_postgresql.types.objects import REGCONFIG
from toolkit_postgresql.types.search import TSQUERY, TSVECTOR

_CONFIGURATION = REGCONFIG()


class WithConfiguration(GenericFunction[Any], register=False):
    """A function of text search: the first of several arguments names a configuration."""

    # How many arguments there are without one.
    least = 1

    def _taken(self, clauses: tuple[Any, ...]) -> tuple[Any, ...]:
        if len(clauses) > self.least and isinstance(clauses[0], str):
            first, *others = clauses
            clauses = (expression(first, _CONFIGURATION, self.names_parameter), *others)
        return super()._taken(clauses)


class to_tsvector(WithConfiguration):  # noqa: N801 - a documented name
    """``to_tsvector``: a document's words.

    >>> to_tsvector("english", "quick foxes").arguments[0].type
    REGCONFIG()
    """

    type = TSVECTOR()


class to_tsquery(WithConfiguration):  # noqa: N801 - a documented name
    """``to_tsquery``: a query with operators between its words."""

    type = TSQUERY()


class plainto_tsquery(WithConfiguration):  # noqa: N801 - a documented name
    """``plainto_tsquery``: a query of all the words of a text."""

    type = TSQUERY()


class phraseto_tsquery(WithConfiguration):  # noqa: N801 - a documented name
    """``phraseto_tsquery``: a query of words one after the other."""

    type = TSQUERY()


class websearch_to_tsquery(WithConfiguration):  # noqa: N801 - a documented name
    """``websearch_to_tsquery``: a query as search engines read it."""

    type = TSQUERY()


class ts_headline(WithConfiguration):  # noqa: N801 - a documented name
    """``ts_headline``: the part of a document that fits a query."""

    type = Text()
    least = 2

    def _taken(self, clauses: tuple[Any, ...]) -> tuple[Any, ...]:
        # Of three arguments the last may be a query, or options.
        if len(clauses) == 3:
            last = clauses[2]
            text = isinstance(last, str) or (
                isinstance(last, BindParameter) and not isinstance(last.type, TSQUERY)
            )
            if text:
                return GenericFunction._taken(self, clauses)
        return super()._taken(clauses)


class hstore(GenericFunction[Any]):  # noqa: N801 - a documented name
    """``hstore``: of a key and a text, or of an array of each."""

    type = HSTORE()
