"""The functions that are known: their types, and those that are written without parentheses."""

from __future__ import annotations

from typing import Any, TypeVar

from toolkit_core import types
from toolkit_core.expression.column_element import ColumnElement
from toolkit_core.expression.columns import literal_column
from toolkit_core.expression.functions import GenericFunction
from toolkit_core.expression.node import declared, value
from toolkit_core.expression.params import literal
from toolkit_core.types import NULLTYPE, TypeEngine

T = TypeVar("T")

_ALL: Any = literal_column("*")


class ReturnTypeFromArgs(GenericFunction[T], register=False):
    """A function whose result has the type of its first argument that has one."""

    def type_from(self, arguments: tuple[ColumnElement[Any], ...]) -> TypeEngine[Any]:
        """Return the type of the result."""
        for one in arguments:
            if one.type is not NULLTYPE:
                return one.type
        return NULLTYPE


class AnsiFunction(GenericFunction[T], register=False):
    """A function that is written without parentheses, where it has no arguments."""


class OrderedSetAgg(GenericFunction[T], register=False):
    """A function that works on rows in an order: ``within_group()`` gives it."""

    def within_group_type(self, order_by: tuple[ColumnElement[Any], ...]) -> TypeEngine[Any]:
        """Return the type of the result, which is that of what is ordered."""
        return order_by[0].type


class ReturnTypeFromOptionalArgs(ReturnTypeFromArgs[T], register=False):
    """The same, where the arguments may all be without a type."""


class coalesce(ReturnTypeFromArgs[T]):  # noqa: N801 - a documented name
    """``coalesce``: the first argument that is not NULL."""


class max(ReturnTypeFromArgs[T]):  # noqa: A001, N801 - a documented name
    """``max``."""


class min(ReturnTypeFromArgs[T]):  # noqa: A001, N801 - a documented name
    """``min``."""


class sum(ReturnTypeFromArgs[T]):  # noqa: A001, N801 - a documented name
    """``sum``."""


class pow(ReturnTypeFromArgs[T]):  # noqa: A001, N801 - a documented name
    """``pow``: what ``**`` makes."""


class now(GenericFunction[Any]):  # noqa: N801 - a documented name
    """``now()``, in each database's own spelling."""

    type = types.DateTime()


class concat(GenericFunction[str]):  # noqa: N801 - a documented name
    """``concat``: its arguments as one text."""

    type = types.String()


class char_length(GenericFunction[int]):  # noqa: N801 - a documented name
    """``char_length``: how many characters a text has."""

    type = types.Integer()
    inherit_cache = True

    def __init__(self, arg: Any, **kw: Any) -> None:
        super().__init__(arg, **kw)


class random(GenericFunction[float]):  # noqa: N801 - a documented name
    """``random``."""


class count(GenericFunction[int]):  # noqa: N801 - a documented name
    """``count``: of rows where nothing is given.

    >>> str(count())
    'count(*)'
    """

    type = types.Integer()
    inherit_cache = True

    def __init__(self, expression: Any = None, /, **kw: Any) -> None:
        super().__init__(_ALL if expression is None else expression, **kw)


class current_date(AnsiFunction[Any]):  # noqa: N801 - a documented name
    """``CURRENT_DATE``."""

    type = types.Date()


class current_time(AnsiFunction[Any]):  # noqa: N801 - a documented name
    """``CURRENT_TIME``."""

    type = types.Time()


class current_timestamp(AnsiFunction[Any]):  # noqa: N801 - a documented name
    """``CURRENT_TIMESTAMP``."""

    type = types.DateTime()


class current_user(AnsiFunction[str]):  # noqa: N801 - a documented name
    """``CURRENT_USER``."""

    type = types.String()


class localtime(AnsiFunction[Any]):  # noqa: N801 - a documented name
    """``LOCALTIME``."""

    type = types.DateTime()


class localtimestamp(AnsiFunction[Any]):  # noqa: N801 - a documented name
    """``LOCALTIMESTAMP``."""

    type = types.DateTime()


class session_user(AnsiFunction[str]):  # noqa: N801 - a documented name
    """``SESSION_USER``."""

    type = types.String()


class sysdate(AnsiFunction[Any]):  # noqa: N801 - a documented name
    """``sysdate``."""

    type = types.DateTime()


class user(AnsiFunction[str]):  # noqa: N801 - a documented name
    """``USER``."""

    type = types.String()


class array_agg(ReturnTypeFromArgs[T]):  # noqa: N801 - a documented name
    """``array_agg``: all values of a group as an array."""

    def type_from(self, arguments: tuple[ColumnElement[Any], ...]) -> TypeEngine[Any]:
        """Return an array of what is aggregated."""
        item = super().type_from(arguments)
        return item if isinstance(item, types.ARRAY) else types.ARRAY(item, dimensions=1)


class mode(OrderedSetAgg[Any]):  # noqa: N801 - a documented name
    """``mode``: the most frequent value."""


class percentile_cont(OrderedSetAgg[Any]):  # noqa: N801 - a documented name
    """``percentile_cont``."""


class percentile_disc(OrderedSetAgg[Any]):  # noqa: N801 - a documented name
    """``percentile_disc``."""


class rank(GenericFunction[int]):  # noqa: N801 - a documented name
    """``rank``."""

    type = types.Integer()


class dense_rank(GenericFunction[int]):  # noqa: N801 - a documented name
    """``dense_rank``."""

    type = types.Integer()


class percent_rank(GenericFunction[Any]):  # noqa: N801 - a documented name
    """``percent_rank``."""

    type = types.Numeric()


class cume_dist(GenericFunction[Any]):  # noqa: N801 - a documented name
    """``cume_dist``."""

    type = types.Numeric()


class cube(GenericFunction[Any]):  # noqa: N801 - a documented name
    """``CUBE``, in a GROUP BY."""

    name = "CUBE"
    identifier = "cube"


class rollup(GenericFunction[Any]):  # noqa: N801 - a documented name
    """``ROLLUP``, in a GROUP BY."""

    name = "ROLLUP"
    identifier = "rollup"


class grouping_sets(GenericFunction[Any]):  # noqa: N801 - a documented name
    """``GROUPING SETS``, in a GROUP BY."""

    name = "GROUPING SETS"
    identifier = "grouping_sets"


class aggregate_strings(GenericFunction[str]):  # noqa: N801 - a documented name
    """All texts of a group as one, with a separator between: in each database's own spelling."""

    type = types.String()
    inherit_cache = True

    def __init__(self, clause: Any, separator: Any, **kw: Any) -> None:
        made = separator
        if isinstance(separator, str):
            made = literal(separator, literal_execute=True).but(hint="aggregate_strings")
        super().__init__(clause, made, **kw)


@declared
class next_value(GenericFunction[int]):  # noqa: N801 - a documented name
    """The next value of a sequence."""

    type = types.Integer()

    sequence: Any = value(default=None)

    def __init__(self, seq: Any, **kw: Any) -> None:
        super().__init__(**kw)
        self.sequence = seq
