"""Attributes that are SQL expressions, or columns that are told more than a column is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from toolkit_core.expression.singles import NULL
from toolkit_orm.mapping.attribute_options import NO_ARG, AttributeOptions, options_of
from toolkit_orm.mapping.column_property import ColumnProperty
from toolkit_orm.mapping.mapped import Mapped

T = TypeVar("T")


class MappedSQLExpression(ColumnProperty, Mapped[T]):
    """What ``column_property()`` and ``deferred()`` declare."""

    # Whether each query says anew what it is: ``with_expression``.
    of_query = False

    if TYPE_CHECKING:
        # Of a descriptor that checkers know, the inherited one is none.
        key: str


def column_property(
    column: Any,
    *additional_columns: Any,
    group: str | None = None,
    deferred: bool = False,
    raiseload: bool = False,
    comparator_factory: Any = None,
    active_history: bool = False,
    expire_on_flush: bool = True,
    info: dict[Any, Any] | None = None,
    doc: str | None = None,
    **for_dataclass: Any,
) -> MappedSQLExpression[Any]:
    """Declare an attribute that is an SQL expression, or a column with options.

    >>> from toolkit.orm import DeclarativeBase, Mapped, mapped_column
    >>> from toolkit.types import String
    >>> class Base(DeclarativeBase):
    ...     pass
    >>> class Person(Base):
    ...     __tablename__ = "person"
    ...     id: Mapped[int] = mapped_column(primary_key=True)
    ...     first: Mapped[str] = mapped_column(String(50))
    ...     last: Mapped[str] = mapped_column(String(50))
    ...     full: Mapped[str] = column_property(first + " " + last)
    >>> print(Person.full.expression)
    person.first || :param_1 || person.last
    """
    options = _dataclass_options("column_property", for_dataclass)
    return MappedSQLExpression(
        column,
        *additional_columns,
        group=group,
        deferred=deferred,
        raiseload=raiseload,
        comparator_factory=comparator_factory,
        active_history=active_history,
        expire_on_flush=expire_on_flush,
        info=info,
        doc=doc,
        default=options.default,
        options=options,
    )


def deferred(
    column: Any,
    *additional_columns: Any,
    group: str | None = None,
    raiseload: bool = False,
    comparator_factory: Any = None,
    active_history: bool = False,
    expire_on_flush: bool = True,
    info: dict[Any, Any] | None = None,
    doc: str | None = None,
    **for_dataclass: Any,
) -> MappedSQLExpression[Any]:
    """Declare a column that is loaded only when it is asked for.

    >>> from toolkit.schema import Column
    >>> from toolkit.types import Text
    >>> deferred(Column(Text)).deferred
    True
    """
    return column_property(
        column,
        *additional_columns,
        group=group,
        deferred=True,
        raiseload=raiseload,
        comparator_factory=comparator_factory,
        active_history=active_history,
        expire_on_flush=expire_on_flush,
        info=info,
        doc=doc,
        **for_dataclass,
    )


def query_expression(
    default_expr: Any = NULL,
    *,
    repr: Any = NO_ARG,
    compare: Any = NO_ARG,
    expire_on_flush: bool = True,
    info: dict[Any, Any] | None = None,
    doc: str | None = None,
) -> MappedSQLExpression[Any]:
    """Declare an attribute that each query says anew what it is.

    >>> query_expression().of_query
    True
    """
    made = column_property(
        default_expr,
        init=False,
        repr=repr,
        compare=compare,
        expire_on_flush=expire_on_flush,
        info=info,
        doc=doc,
    )
    made.of_query = True
    return made


def _dataclass_options(function: str, given: dict[str, Any]) -> AttributeOptions:
    """Take ``init``, ``default`` and the other words of dataclasses, and nothing else."""
    left = dict(given)
    options = options_of(left)
    if left:
        raise TypeError(f"{function}() takes no argument {next(iter(left))!r}")
    return options
