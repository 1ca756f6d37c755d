"""What may follow a function: MySQL has no FILTER, and says some of the rest in other words."""

from __future__ import annotations

from typing import Any

from toolkit_core.compiler.ansi.window import write_aggregate_order_by, write_over
from toolkit_core.compiler.expression_nodes import (
    AggregateOrderBy,
    FunctionFilter,
    Over,
    UnaryExpression,
    WithinGroup,
    generic_functions,
    operators,
)
from toolkit_core.compiler.writer import Writer
from toolkit_core.dialect import UnsupportedCompilationError
from toolkit_mysql.compiler.functions import write_group_concat
from toolkit_mysql.compiler.table import mariadb, mysql

op = operators

# Aggregates that leave NULLs out: what FILTER leaves out can be made NULL for them.
_LEAVE_NULLS_OUT = frozenset(
    [
        "count",
        "sum",
        "avg",
        "min",
        "max",
        "std",
        "stddev",
        "stddev_pop",
        "stddev_samp",
        "var_pop",
        "var_samp",
        "variance",
        "group_concat",
        "bit_and",
        "bit_or",
        "bit_xor",
    ]
)


@mysql(FunctionFilter)
def write_filter(w: Writer, found: FunctionFilter[Any]) -> None:
    """Write an aggregate of CASE, which is NULL for rows that are left out.

    https://dev.mysql.com/doc/refman/9.0/en/aggregate-functions.html
    """
    function: Any = found.func
    name = str(getattr(function, "name", None)).lower()
    arguments: tuple[Any, ...] = getattr(function, "arguments", ())
    if name not in _LEAVE_NULLS_OUT or len(arguments) != 1 or _is_packaged(function):
        raise UnsupportedCompilationError(
            f"The dialect {w.rules.name!r} has no FILTER, and {name}() may count NULLs",
            hint="func.some_aggregate(case((condition, value))) says what to count",
        )
    (argument,) = arguments
    distinct = isinstance(argument, UnaryExpression) and argument.operator is op.distinct_op
    if distinct:
        argument = argument.element
    w.safe(f"{function.name}({'DISTINCT ' * distinct}CASE WHEN ")
    w.write(found.criterion)
    w.text(" THEN ")
    if getattr(argument, "is_literal", False) and argument.name == "*":
        w.text("1")
    else:
        w.operand(argument, op.LISTED)
    w.text(" END)")


def _is_packaged(function: Any) -> bool:
    """Tell whether a function is one of a schema, of which nothing is known."""
    return getattr(function, "package", None) not in (None, (), "_default")


@mysql(AggregateOrderBy)
def write_ordered_aggregate(w: Writer, found: AggregateOrderBy[Any]) -> None:
    """Write an aggregate with ORDER BY, which only GROUP_CONCAT takes."""
    element: Any = found.element
    if isinstance(element, generic_functions.aggregate_strings):
        write_group_concat(w, element, found.order_by)
        return
    name = str(getattr(element, "name", "")).lower()
    if name != "group_concat":
        raise UnsupportedCompilationError(
            f"The dialect {w.rules.name!r} has no ORDER BY in {name or 'an aggregate'}()",
            hint="func.group_concat() and func.aggregate_strings() take one",
        )
    write_aggregate_order_by(w, found)


@mysql(WithinGroup)
def refuse_within_group(w: Writer, _found: WithinGroup[Any]) -> None:
    """Refuse WITHIN GROUP."""
    raise UnsupportedCompilationError(
        f"The dialect {w.rules.name!r} has no WITHIN GROUP",
        hint="percent_rank() or row_number() in a subquery find the row in the middle",
    )


@mariadb(WithinGroup)
def write_within_group(w: Writer, found: WithinGroup[Any]) -> None:
    """Write WITHIN GROUP, behind which MariaDB wants OVER.

    https://mariadb.com/docs/server/reference/sql-functions/special-functions/window-functions/percentile_cont
    """
    w.write(found.element)
    w.text(" WITHIN GROUP (ORDER BY ")
    w.listed(found.order_by)
    w.text(")")


@mysql(Over)
def write_window(w: Writer, over: Over[Any]) -> None:
    """Write OVER; frames are of rows and ranges only.

    https://dev.mysql.com/doc/refman/9.0/en/window-functions-frames.html
    """
    for asked, what in ((over.groups, "GROUPS"), (over.exclude, "EXCLUDE")):
        if asked is not None:
            raise UnsupportedCompilationError(
                f"The dialect {w.rules.name!r} has no {what} in the frame of a window",
                hint="rows= or range_= say which rows belong to it",
            )
    write_over(w, over)
