"""MySQL's own names of functions."""

from __future__ import annotations

from typing import Any

from toolkit_core.compiler.ansi.functions import refuse_next_value, write_arguments, write_call
from toolkit_core.compiler.expression_nodes import FunctionElement, generic_functions
from toolkit_core.compiler.writer import Writer
from toolkit_core.dialect import UnsupportedCompilationError
from toolkit_mysql.compiler.table import mariadb, mysql

known = generic_functions


@mysql(known.random)
def write_random(w: Writer, function: FunctionElement[Any]) -> None:
    """Write ``rand()``."""
    write_call(w, "rand", function)


@mysql(known.session_user, known.user, known.sysdate)
def write_with_parentheses(w: Writer, function: FunctionElement[Any]) -> None:
    """Write parentheses, without which these are names of columns.

    https://dev.mysql.com/doc/refman/9.0/en/information-functions.html
    """
    write_call(w, str(function.name).upper(), function)


@mariadb(known.localtime)
def write_localtime(w: Writer, function: FunctionElement[Any]) -> None:
    """Write the date with the time, which LOCALTIME is no more since MariaDB 11.7."""
    if function.arguments:
        write_call(w, "LOCALTIMESTAMP", function)
    else:
        w.text("LOCALTIMESTAMP")


@mysql(known.aggregate_strings)
def write_aggregate_strings(w: Writer, function: FunctionElement[Any]) -> None:
    """Write GROUP_CONCAT with its separator."""
    write_group_concat(w, function, ())


def write_group_concat(
    w: Writer, function: FunctionElement[Any], order_by: tuple[Any, ...]
) -> None:
    """Write GROUP_CONCAT; the order stands before the separator.

    https://dev.mysql.com/doc/refman/9.0/en/aggregate-functions.html#function_group-concat
    """
    text, separator = function.arguments
    w.text("group_concat(")
    w.write(text)
    if order_by:
        w.text(" ORDER BY ")
        w.listed(order_by)
    w.text(" SEPARATOR ")
    w.write(separator)
    w.text(")")


@mysql(known.rollup)
def write_rollup(w: Writer, function: FunctionElement[Any]) -> None:
    """Write WITH ROLLUP behind the columns.

    https://dev.mysql.com/doc/refman/9.0/en/group-by-modifiers.html
    """
    write_arguments(w, function)
    w.text(" WITH ROLLUP")


def refused(what: str, hint: str) -> Any:
    """Return a rule that refuses a function by its name."""

    def refuse(w: Writer, _function: Any) -> None:
        raise UnsupportedCompilationError(f"The dialect {w.rules.name!r} has no {what}", hint=hint)

    return refuse


for _cls, _name, _hint in (
    (known.cube, "CUBE", "union_all() of several GROUP BYs, or rollup(), make subtotals"),
    (known.grouping_sets, "GROUPING SETS", "union_all() of several GROUP BYs makes them"),
    (known.array_agg, "array_agg()", "func.json_arrayagg() collects values"),
):
    mysql(_cls)(refused(_name, _hint))

mysql(known.next_value)(refuse_next_value)


@mariadb(known.next_value)
def write_next_value(w: Writer, function: known.next_value) -> None:
    """Write ``nextval``.

    https://mariadb.com/docs/server/reference/sql-structure/sequences/sequence-functions
    """
    write_nextval(w, function.sequence)


def write_nextval(w: Writer, sequence: Any) -> None:
    """Write the function with the name of a sequence."""
    w.text("nextval(")
    w.qualified(sequence.name, sequence.schema)
    w.text(")")
