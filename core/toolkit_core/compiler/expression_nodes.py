"""The nodes of expressions, for a dialect's rules: what a rule is written for it has from here."""

from toolkit_core.expression import generic_functions, operators
from toolkit_core.expression.elements import (
    AsBoolean,
    BinaryExpression,
    BindParameter,
    BooleanClauseList,
    Case,
    Cast,
    Collate,
    ColumnClause,
    ColumnElement,
    Extract,
    False_,
    Label,
    Null,
    True_,
    TryCast,
    Tuple,
    TypeCoerce,
    UnaryExpression,
)
from toolkit_core.expression.functions import Function, FunctionElement, GenericFunction
from toolkit_core.expression.indexing import Slice
from toolkit_core.expression.windows import (
    AggregateOrderBy,
    FrameClause,
    FunctionFilter,
    Over,
    WithinGroup,
)

__all__ = [
    "AggregateOrderBy",
    "AsBoolean",
    "BinaryExpression",
    "BindParameter",
    "BooleanClauseList",
    "Case",
    "Cast",
    "Collate",
    "ColumnClause",
    "ColumnElement",
    "Extract",
    "False_",
    "FrameClause",
    "Function",
    "FunctionElement",
    "FunctionFilter",
    "GenericFunction",
    "Label",
    "Null",
    "Over",
    "Slice",
    "True_",
    "TryCast",
    "Tuple",
    "TypeCoerce",
    "UnaryExpression",
    "WithinGroup",
    "generic_functions",
    "operators",
]
