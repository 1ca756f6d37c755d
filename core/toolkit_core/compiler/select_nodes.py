"""The nodes of statements, for a dialect's rules: what a rule is written for it has from here."""

from toolkit_core.expression.alias import Alias
from toolkit_core.expression.compound import CompoundSelect
from toolkit_core.expression.cte import CTE
from toolkit_core.expression.exists import Exists
from toolkit_core.expression.for_update import ForUpdate
from toolkit_core.expression.given_rows import GivenRows
from toolkit_core.expression.joins import Join
from toolkit_core.expression.lateral import Lateral
from toolkit_core.expression.merge import Merge
from toolkit_core.expression.prefixes import Phrase, SourceHint
from toolkit_core.expression.rows_in import RowsIn
from toolkit_core.expression.scalar_select import ScalarSelect
from toolkit_core.expression.select import Select
from toolkit_core.expression.subquery import Subquery
from toolkit_core.expression.table_valued import TableValuedAlias
from toolkit_core.expression.tablesample import TableSample
from toolkit_core.expression.textual_select import TextualSelect
from toolkit_core.expression.values import ScalarValues, Values, ValuesRow
from toolkit_core.lower.compound_parts import PartInParentheses
from toolkit_core.lower.distinct_on import DistinctOn
from toolkit_core.lower.hinted_source import HintedSource
from toolkit_core.lower.named_rows import NamedRows
from toolkit_core.lower.nulls_order import NullsOrder
from toolkit_core.lower.row_limits import Limits, without_fetch

__all__ = [
    "CTE",
    "Alias",
    "CompoundSelect",
    "DistinctOn",
    "Exists",
    "ForUpdate",
    "GivenRows",
    "HintedSource",
    "Join",
    "Lateral",
    "Limits",
    "Merge",
    "NamedRows",
    "NullsOrder",
    "PartInParentheses",
    "Phrase",
    "RowsIn",
    "ScalarSelect",
    "ScalarValues",
    "Select",
    "SourceHint",
    "Subquery",
    "TableSample",
    "TableValuedAlias",
    "TextualSelect",
    "Values",
    "ValuesRow",
    "without_fetch",
]
