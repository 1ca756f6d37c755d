"""Expressions as a dialect needs them that has operators and functions of its own."""

from toolkit_core.expression import operators
from toolkit_core.expression.binary import BinaryExpression, binary, calculate
from toolkit_core.expression.clause import Clause
from toolkit_core.expression.coerce import expression, operand
from toolkit_core.expression.coercions import as_orderings
from toolkit_core.expression.column_element import ColumnElement
from toolkit_core.expression.comparator import ArrayComparator, Comparator, JSONComparator
from toolkit_core.expression.conditions import joined
from toolkit_core.expression.conflict import ConflictInsert, OnConflict
from toolkit_core.expression.dml import checked_table
from toolkit_core.expression.elements import Cast, cast
from toolkit_core.expression.functions import FunctionElement, GenericFunction, func
from toolkit_core.expression.node import Node, child, children, declared, derived, value
from toolkit_core.expression.operators import custom_op, operator_of
from toolkit_core.expression.params import BindParameter
from toolkit_core.expression.syntax_extension import SyntaxExtension
from toolkit_core.expression.windows import aggregate_order_by

__all__ = [
    "ArrayComparator",
    "BinaryExpression",
    "BindParameter",
    "Cast",
    "Clause",
    "ColumnElement",
    "Comparator",
    "ConflictInsert",
    "FunctionElement",
    "GenericFunction",
    "JSONComparator",
    "Node",
    "OnConflict",
    "SyntaxExtension",
    "aggregate_order_by",
    "as_orderings",
    "binary",
    "calculate",
    "cast",
    "checked_table",
    "child",
    "children",
    "custom_op",
    "declared",
    "derived",
    "expression",
    "func",
    "joined",
    "operand",
    "operator_of",
    "operators",
    "value",
]
