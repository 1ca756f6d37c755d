"""CAST and its relatives, EXTRACT, COLLATE, DISTINCT, and order."""

from __future__ import annotations

from typing import Any, TypeVar

from toolkit_core.errors import ArgumentError
from toolkit_core.expression import operators as op
from toolkit_core.expression.binary import UnaryExpression, unary
from toolkit_core.expression.coerce import by_name, expression
from toolkit_core.expression.column_element import ColumnElement
from toolkit_core.expression.label_reference import LabelReference
from toolkit_core.expression.node import child, declared, derived, value
from toolkit_core.expression.operators import Operator
from toolkit_core.expression.params import as_type
from toolkit_core.facts.quoted_name import quoting_of
from toolkit_core.types import NULLTYPE, Integer, String, TypeEngine

T = TypeVar("T")


@declared
class Cast(ColumnElement[T]):
    """``CAST(clause AS type)``."""

    visit_name = "cast"

    clause: ColumnElement[Any] = child()
    # What the type is, for the key: it is written.
    type_key: object = value()
    type: TypeEngine[Any] = derived(default=NULLTYPE)


class TryCast(Cast[T]):
    """``TRY_CAST(clause AS type)``: NULL where it cannot be done."""

    visit_name = "try_cast"


@declared
class TypeCoerce(ColumnElement[T]):
    """An expression that is of another type for Python, and the same for the database."""

    visit_name = "type_coerce"

    clause: ColumnElement[Any] = child()
    type_key: object = value()
    type: TypeEngine[Any] = derived(default=NULLTYPE)

    @property
    def operator(self) -> Operator | None:  # type: ignore[override]
        """The operator of what it is of: that is what is written."""
        return self.clause.operator


@declared
class Extract(ColumnElement[int]):
    """``EXTRACT(field FROM expr)``."""

    visit_name = "extract"

    field: str = value()
    expr: ColumnElement[Any] = child()
    type: TypeEngine[Any] = derived(default=Integer())


@declared
class Collate(ColumnElement[str]):
    """``element COLLATE collation``."""

    visit_name = "collation"

    element: ColumnElement[Any] = child()
    collation: str = value()
    type: TypeEngine[Any] = derived(default=NULLTYPE)
    # What the name says of its quotes, where it says it.
    quoting: bool | None = value(default=None)
    operator = op.collate


def cast(expression: Any, type_: TypeEngine[T] | type[TypeEngine[T]]) -> Cast[T]:
    """Return ``CAST(expression AS type)``.

    >>> from toolkit_core.expression.elements import column
    >>> from toolkit_core.types import String
    >>> str(cast(column("x"), String(5)))
    'CAST(x AS VARCHAR(5))'
    """
    return _cast(expression, type_)


def _cast(found: Any, type_: Any) -> Cast[Any]:
    kind = as_type(type_)
    return Cast(expression(found, kind), kind.static_key(), kind)


def try_cast(expression: Any, type_: TypeEngine[T] | type[TypeEngine[T]]) -> TryCast[T]:
    """Return ``TRY_CAST(expression AS type)``, where the database has it."""
    kind = as_type(type_)
    return TryCast(_cast(expression, kind).clause, kind.static_key(), kind)


def type_coerce(expression: Any, type_: TypeEngine[T] | type[TypeEngine[T]]) -> TypeCoerce[T]:
    """Let Python take an expression for one of another type; the SQL stays as it is.

    >>> from toolkit_core.expression.elements import column
    >>> from toolkit_core.types import String
    >>> str(type_coerce(column("x"), String) + "a")
    'x || :param_1'
    """
    kind = as_type(type_)
    return TypeCoerce(_cast(expression, kind).clause, kind.static_key(), kind)


def extract(field: str, expr: Any) -> Extract:
    """Return a part of a date or a time.

    >>> from toolkit_core.expression.elements import column
    >>> str(extract("year", column("born")))
    'EXTRACT(year FROM born)'
    """
    if not isinstance(field, str):
        raise ArgumentError(f"extract() takes the name of a part, not {field!r}")
    return Extract(field, expression(expr))


def collate(expression: Any, collation: str) -> Collate:
    """Return ``expression COLLATE collation``.

    >>> from toolkit_core.expression.elements import column
    >>> str(collate(column("name"), "nocase"))
    'name COLLATE nocase'
    """
    made: Collate = _element(expression).operate(op.collate, collation)
    return made


def _element(found: Any) -> ColumnElement[Any]:
    return expression(found)


def _collated(element: ColumnElement[Any], _operator: Operator, collation: str) -> Collate:
    type_ = element.type
    if isinstance(type_, String):
        type_ = type(type_)(type_.length, collation)
    return Collate(element, collation, type_, quoting_of(collation))


def asc(column: Any) -> UnaryExpression[Any]:
    """Return ``column ASC``; a text is the name of a column or of a label."""
    return unary(by_name(column, _name), op.asc_op)


def desc(column: Any) -> UnaryExpression[Any]:
    """Return ``column DESC``; a text is the name of a column or of a label.

    >>> str(desc("born"))
    'born DESC'
    """
    return unary(by_name(column, _name), op.desc_op)


def nulls_first(column: Any) -> UnaryExpression[Any]:
    """Return ``column NULLS FIRST``."""
    return unary(by_name(column, _name), op.nulls_first_op)


def nulls_last(column: Any) -> UnaryExpression[Any]:
    """Return ``column NULLS LAST``."""
    return unary(by_name(column, _name), op.nulls_last_op)


nullsfirst = nulls_first
nullslast = nulls_last


def _name(text: str) -> ColumnElement[Any]:
    return LabelReference(text)


def distinct(expr: Any) -> UnaryExpression[Any]:
    """Return ``DISTINCT expr``, for the inside of an aggregate."""
    return unary(expression(expr), op.distinct_op)


def bitwise_not(expr: Any) -> UnaryExpression[Any]:
    """Return ``~expr``."""
    return unary(expression(expr), op.bitwise_not_op)


op.collate.build = _collated
op.distinct_op.build = unary
op.OPERATORS["cast"] = op.Operator("cast", "", op.ATOMIC)
op.OPERATORS["cast"].build = _cast
