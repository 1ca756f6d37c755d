"""All expressions, for whoever makes them: one import, and every operator knows its builder."""

from toolkit_core.expression.binary import (
    AsBoolean,
    BinaryExpression,
    Grouping,
    UnaryExpression,
)
from toolkit_core.expression.cases import Case, case
from toolkit_core.expression.casts import (
    Cast,
    Collate,
    Extract,
    TryCast,
    TypeCoerce,
    asc,
    bitwise_not,
    cast,
    collate,
    desc,
    distinct,
    extract,
    nulls_first,
    nulls_last,
    nullsfirst,
    nullslast,
    try_cast,
    type_coerce,
)
from toolkit_core.expression.coerce import condition, conditions
from toolkit_core.expression.column_element import ColumnElement, Typed
from toolkit_core.expression.column_operators import ColumnOperators, Operators
from toolkit_core.expression.columns import ColumnClause, column, literal_column
from toolkit_core.expression.comparator import Comparator
from toolkit_core.expression.conditions import BooleanClauseList, and_, not_, or_
from toolkit_core.expression.indexing import Slice
from toolkit_core.expression.labels import Label, label
from toolkit_core.expression.lists import ClauseList, Tuple, tuple_
from toolkit_core.expression.node import Node
from toolkit_core.expression.params import BindParameter, bindparam, literal, outparam
from toolkit_core.expression.predicates import CollectionAggregate, all_, any_, between
from toolkit_core.expression.singles import (
    FALSE,
    NULL,
    TRUE,
    False_,
    Null,
    True_,
    false,
    null,
    true,
)

# Under their documented names: what is a node is a clause element, and what has a type is an
# expression that the ORM's attributes are, too.
ClauseElement = Node
SQLColumnExpression = SQLCoreOperations = ColumnElement

__all__ = [
    "FALSE",
    "NULL",
    "TRUE",
    "AsBoolean",
    "BinaryExpression",
    "BindParameter",
    "BooleanClauseList",
    "Case",
    "Cast",
    "ClauseElement",
    "ClauseList",
    "Collate",
    "CollectionAggregate",
    "ColumnClause",
    "ColumnElement",
    "ColumnOperators",
    "Comparator",
    "Extract",
    "False_",
    "Grouping",
    "Label",
    "Null",
    "Operators",
    "SQLColumnExpression",
    "SQLCoreOperations",
    "Slice",
    "True_",
    "TryCast",
    "Tuple",
    "TypeCoerce",
    "Typed",
    "UnaryExpression",
    "all_",
    "and_",
    "any_",
    "asc",
    "between",
    "bindparam",
    "bitwise_not",
    "case",
    "cast",
    "collate",
    "column",
    "condition",
    "conditions",
    "desc",
    "distinct",
    "extract",
    "false",
    "label",
    "literal",
    "literal_column",
    "not_",
    "null",
    "nulls_first",
    "nulls_last",
    "nullsfirst",
    "nullslast",
    "or_",
    "outparam",
    "true",
    "try_cast",
    "tuple_",
    "type_coerce",
]
