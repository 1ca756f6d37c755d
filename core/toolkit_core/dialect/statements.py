"""What a dialect's own statements and expressions are made of."""

from toolkit_core.errors import warn
from toolkit_core.expression import operators
from toolkit_core.expression.coercions import as_column
from toolkit_core.expression.column_element import ColumnElement
from toolkit_core.expression.conflict import ExcludedColumn, OnConflict, conflict_settings
from toolkit_core.expression.delete import Delete
from toolkit_core.expression.dml import checked_table
from toolkit_core.expression.from_clause import ColumnCollection, FromClause
from toolkit_core.expression.given_row import column_key, setting
from toolkit_core.expression.given_rows import GivenRows
from toolkit_core.expression.insert import Insert
from toolkit_core.expression.node import Node, child, children, declared, derived, value
from toolkit_core.expression.params import literal
from toolkit_core.expression.rows_in import RowsIn
from toolkit_core.expression.syntax_extension import SyntaxExtension
from toolkit_core.newer_typing import Self
from toolkit_core.types import NULLTYPE, Boolean

__all__ = [
    "NULLTYPE",
    "Boolean",
    "ColumnCollection",
    "ColumnElement",
    "Delete",
    "ExcludedColumn",
    "FromClause",
    "GivenRows",
    "Insert",
    "Node",
    "OnConflict",
    "RowsIn",
    "Self",
    "SyntaxExtension",
    "as_column",
    "checked_table",
    "child",
    "children",
    "column_key",
    "conflict_settings",
    "declared",
    "derived",
    "literal",
    "operators",
    "setting",
    "value",
    "warn",
]
