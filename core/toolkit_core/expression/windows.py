"""What an aggregate or window function may be followed by: OVER, FILTER, WITHIN GROUP, ORDER BY."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import Any, TypeVar

from toolkit_core.errors import ArgumentError, CompileError
from toolkit_core.expression import operators as op
from toolkit_core.expression.coerce import by_name
from toolkit_core.expression.column_element import ColumnElement
from toolkit_core.expression.columns import column
from toolkit_core.expression.conditions import joined
from toolkit_core.expression.node import Node, child, children, declared, derived, value
from toolkit_core.expression.params import literal
from toolkit_core.types import NULLTYPE, TypeEngine

T = TypeVar("T")


class Windowed(ColumnElement[T]):
    """What OVER and FILTER may follow."""

    def over(
        self,
        *,
        partition_by: Any = None,
        order_by: Any = None,
        rows: Any = None,
        range_: Any = None,
        groups: Any = None,
        exclude: str | None = None,
    ) -> Over[T]:
        """Compute it over the rows around each row.

        >>> from toolkit_core.expression.elements import column
        >>> from toolkit_core.expression.functions import func
        >>> str(func.row_number().over(order_by=column("x")))
        'row_number() OVER (ORDER BY x)'
        """
        return over(
            self,
            partition_by=partition_by,
            order_by=order_by,
            rows=rows,
            range_=range_,
            groups=groups,
            exclude=exclude,
        )

    def filter(self, *criterion: Any) -> Any:
        """Let it see only rows for which conditions hold.

        >>> from toolkit_core.expression.elements import column
        >>> from toolkit_core.expression.functions import func
        >>> str(func.count().filter(column("x") > 5))
        'count(*) FILTER (WHERE x > :x_1)'
        """
        return funcfilter(self, *criterion) if criterion else self


@declared
class FunctionFilter(Windowed[T]):
    """``func FILTER (WHERE criterion)``."""

    visit_name = "funcfilter"

    func: ColumnElement[T] = child()
    criterion: ColumnElement[Any] = child()
    type: TypeEngine[Any] = derived(default=NULLTYPE)
    operator = op.filter_op

    def filter(self, *criterion: Any) -> Any:
        """Add conditions."""
        if not criterion:
            return self
        return self.but(criterion=joined(op.and_, (self.criterion, *criterion)))

    def within_group(self, *order_by: Any) -> WithinGroup[T]:
        """Give the order that an ordered-set aggregate works on."""
        return within_group(self, *order_by)


@declared
class WithinGroup(Windowed[T]):
    """``element WITHIN GROUP (ORDER BY order_by)``."""

    visit_name = "withingroup"

    element: ColumnElement[Any] = child()
    order_by: tuple[ColumnElement[Any], ...] = children()
    type: TypeEngine[Any] = derived(default=NULLTYPE)


@declared
class AggregateOrderBy(Windowed[T]):
    """``element(... ORDER BY order_by)``."""

    visit_name = "aggregateorderby"

    element: ColumnElement[Any] = child()
    order_by: tuple[ColumnElement[Any], ...] = children()
    type: TypeEngine[Any] = derived(default=NULLTYPE)


class FrameClauseType(Enum):
    """What a bound of a frame is."""

    UNBOUNDED = 0
    CURRENT = 1
    PRECEDING = 2
    FOLLOWING = 3


@declared
class FrameClause(Node):
    """From where to where a frame goes, with bounds of any type.

    >>> bounds = FrameClause(2, 3, FrameClauseType.PRECEDING, FrameClauseType.FOLLOWING)
    >>> bounds.lower_type
    <FrameClauseType.PRECEDING: 2>
    """

    visit_name = "frame_clause"

    lower_type: FrameClauseType = value()
    upper_type: FrameClauseType = value()
    lower: ColumnElement[Any] | None = child(default=None)
    upper: ColumnElement[Any] | None = child(default=None)

    def __init__(
        self,
        start: Any,
        end: Any,
        start_frame_type: FrameClauseType,
        end_frame_type: FrameClauseType,
    ) -> None:
        self.lower_type, self.upper_type = start_frame_type, end_frame_type
        self.lower = _bound(start, start_frame_type)
        self.upper = _bound(end, end_frame_type)


def _bound(found: Any, kind: FrameClauseType) -> ColumnElement[Any] | None:
    counted = kind in (FrameClauseType.PRECEDING, FrameClauseType.FOLLOWING)
    if counted and found is None:
        raise ArgumentError(f"a frame that is {kind.name} needs a value to say how far")
    if not counted and found is not None:
        raise ArgumentError(f"Cannot specify a value for a frame that is {kind.name}")
    if found is None or isinstance(found, ColumnElement):
        return found
    return literal(found)


@declared
class Over(ColumnElement[T]):
    """``element OVER (PARTITION BY ... ORDER BY ... frame)``."""

    visit_name = "over"

    element: ColumnElement[Any] = child()
    partition_by: tuple[ColumnElement[Any], ...] = children(default=())
    order_by: tuple[ColumnElement[Any], ...] = children(default=())
    rows: FrameClause | None = child(default=None)
    range_: FrameClause | None = child(default=None)
    groups: FrameClause | None = child(default=None)
    exclude: str | None = value(default=None)
    type: TypeEngine[Any] = derived(default=NULLTYPE)


def over(
    element: ColumnElement[T],
    partition_by: Any = None,
    order_by: Any = None,
    range_: Any = None,
    rows: Any = None,
    groups: Any = None,
    exclude: str | None = None,
) -> Over[T]:
    """Compute a function over the rows around each row.

    ``rows``, ``range_`` and ``groups`` are pairs: None is unbounded, 0 the current row, what is
    negative precedes it; or a ``FrameClause``.

    >>> from toolkit_core.expression.elements import column
    >>> from toolkit_core.expression.functions import func
    >>> str(over(func.sum(column("x")), order_by=column("y"), rows=(None, 0)))
    'sum(x) OVER (ORDER BY y ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)'
    """
    frames = [one for one in (range_, rows, groups) if one is not None]
    if len(frames) > 1:
        raise ArgumentError("only one of 'rows', 'range_', or 'groups' may be provided")
    if exclude is not None and not frames:
        raise ArgumentError(
            "'exclude' requires that one of 'rows', 'range_', or 'groups' is also specified"
        )
    if exclude is not None and exclude.upper() not in _EXCLUDED:
        raise CompileError(
            f"Unexpected SQL phrase: {exclude!r}", hint=f"one of {', '.join(_EXCLUDED)}"
        )
    return Over(
        element,
        _several(partition_by),
        _several(order_by),
        _frame(rows, whole=True),
        _frame(range_, whole=False),
        _frame(groups, whole=True),
        exclude,
        element.type,
    )


_EXCLUDED = ("CURRENT ROW", "GROUP", "TIES", "NO OTHERS")


def _several(found: Any) -> tuple[ColumnElement[Any], ...]:
    if found is None:
        return ()
    if isinstance(found, (str, Node)) or not isinstance(found, Iterable):
        found = (found,)
    return tuple([by_name(one, column) for one in found])


def _frame(found: Any, *, whole: bool) -> FrameClause | None:
    if found is None or isinstance(found, FrameClause):
        return found
    if not isinstance(found, tuple) or len(found) != 2:
        raise ArgumentError("2-tuple expected for range/rows/groups")
    for one in found:
        if one is not None and not isinstance(one, int):
            raise ArgumentError(
                f"Integer or None expected for values in {'rows/groups' if whole else 'range'} "
                f"frame, got {one!r}",
                hint="bounds of other types: FrameClause(...)",
            )
    (lower, lower_type), (upper, upper_type) = map(_bound_type, found)
    return FrameClause(lower, upper, lower_type, upper_type)


def _bound_type(found: int | None) -> tuple[int | None, FrameClauseType]:
    if found is None:
        return None, FrameClauseType.UNBOUNDED
    if found == 0:
        return None, FrameClauseType.CURRENT
    return abs(found), FrameClauseType.PRECEDING if found < 0 else FrameClauseType.FOLLOWING


def funcfilter(func: ColumnElement[T], *criterion: Any) -> FunctionFilter[T]:
    """Let an aggregate see only rows for which conditions hold."""
    return FunctionFilter(func, joined(op.and_, criterion), func.type)


def within_group(element: ColumnElement[T], *order_by: Any) -> WithinGroup[T]:
    """Give the order that an ordered-set aggregate works on.

    >>> from toolkit_core.expression.elements import column
    >>> from toolkit_core.expression.functions import func
    >>> str(within_group(func.percentile_cont(0.5), column("x")))
    'percentile_cont(:percentile_cont_1) WITHIN GROUP (ORDER BY x)'
    """
    if not order_by:
        raise TypeError("at least one ORDER BY element is required")
    found = _several(order_by)
    type_of = getattr(element, "within_group_type", None)
    type_ = None if type_of is None else type_of(found)
    return WithinGroup(element, found, element.type if type_ is None else type_)


def aggregate_order_by(element: ColumnElement[T], *order_by: Any) -> AggregateOrderBy[T]:
    """Give the order in which an aggregate takes its rows."""
    if not order_by:
        raise TypeError("at least one ORDER BY element is required")
    return AggregateOrderBy(element, _several(order_by), element.type)
