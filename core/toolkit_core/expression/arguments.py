"""What arguments may be, for annotations of programs that pass them on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from toolkit_core.expression.column_element import ColumnElement
from toolkit_core.expression.from_clause import FromClause
from toolkit_core.expression.operators import Operator
from toolkit_core.types import TypeEngine

__all__ = [
    "ColumnExpressionArgument",
    "ColumnExpressionOrLiteralArgument",
    "ColumnExpressionOrStrLabelArgument",
    "ForUpdateParameter",
    "OperatorType",
    "Selects",
    "_ColumnExpressionArgument",
    "_ColumnExpressionOrLiteralArgument",
    "_ColumnExpressionOrStrLabelArgument",
    "_ColumnsClauseArgument",
    "_TypeEngineArgument",
]

T = TypeVar("T")

# Something that is, or gives, an expression; a lambda gives it when it is needed.
ColumnExpressionArgument = ColumnElement[T] | Callable[[], ColumnElement[T]]
_ColumnExpressionArgument = ColumnExpressionArgument[T]
# The same, or a plain value.
ColumnExpressionOrLiteralArgument = ColumnElement[T] | Any
_ColumnExpressionOrLiteralArgument = ColumnExpressionOrLiteralArgument[T]
# The same, or the name of a label.
ColumnExpressionOrStrLabelArgument = ColumnElement[T] | str
_ColumnExpressionOrStrLabelArgument = ColumnExpressionOrStrLabelArgument[T]
# What select() takes.
_ColumnsClauseArgument = ColumnElement[T] | FromClause | type[T] | int
# What gives one column of a row, and tells its type: an expression, or a mapped class.
Selects = ColumnElement[T] | type[T]
# A type, or its class.
_TypeEngineArgument = TypeEngine[T] | type[TypeEngine[T]]
# What ``with_for_update=`` takes.
ForUpdateParameter = bool | dict[str, Any] | None
# What ``operate()`` receives.
OperatorType = Operator
