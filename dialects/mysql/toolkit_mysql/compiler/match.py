"""Writing a search of the full text."""

from __future__ import annotations

from toolkit_core.compiler.expression_nodes import operators
from toolkit_core.compiler.writer import Writer
from toolkit_core.dialect import CompileError
from toolkit_mysql.compiler.table import mysql
from toolkit_mysql.match import match

_WORDS = {
    frozenset[str](): "",
    frozenset({"in_boolean_mode"}): " IN BOOLEAN MODE",
    frozenset({"in_natural_language_mode"}): " IN NATURAL LANGUAGE MODE",
    frozenset({"with_query_expansion"}): " WITH QUERY EXPANSION",
    frozenset({"in_natural_language_mode", "with_query_expansion"}): (
        " IN NATURAL LANGUAGE MODE WITH QUERY EXPANSION"
    ),
}


@mysql(match)
def write_match(w: Writer, found: match) -> None:
    """Write MATCH … AGAINST.

    https://dev.mysql.com/doc/refman/9.0/en/fulltext-search.html#function_match
    """
    words = _WORDS.get(frozenset(found.flags))
    if words is None:
        names = ("in_boolean_mode", "in_natural_language_mode", "with_query_expansion")
        raise CompileError(
            "Invalid MySQL match flags: "
            + ", ".join(f"{name}={name in found.flags}" for name in names),
            hint="the boolean mode goes with nothing else",
        )
    w.text("MATCH (")
    w.listed(found.columns)
    w.text(") AGAINST (")
    w.operand(found.against, operators.LISTED)
    w.text(f"{words})")
