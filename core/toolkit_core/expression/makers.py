"""Who makes what: sources make statements, and statements make sources.

``table.select()`` makes a SELECT, ``select(…).subquery()`` makes a source, so neither file can
import the other first.  What the one makes of the other is known here by its address only, and
fetched when it is first made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit_core.plugins import load_object

if TYPE_CHECKING:
    from collections.abc import Callable

    from toolkit_core.expression.alias import Alias
    from toolkit_core.expression.compound import CompoundSelect
    from toolkit_core.expression.cte import CTE
    from toolkit_core.expression.delete import Delete
    from toolkit_core.expression.exists import Exists
    from toolkit_core.expression.insert import Insert
    from toolkit_core.expression.joins import Join
    from toolkit_core.expression.lateral import Lateral
    from toolkit_core.expression.scalar_select import ScalarSelect
    from toolkit_core.expression.select import Select
    from toolkit_core.expression.subquery import Subquery
    from toolkit_core.expression.table_valued import (
        ScalarFunctionColumn,
        TableValuedAlias,
        TableValuedColumn,
    )
    from toolkit_core.expression.tablesample import TableSample
    from toolkit_core.expression.update import Update


_HOMES = {
    "alias": "alias:aliased",
    "compound": "compound:made_compound",
    "cte": "cte:made_cte",
    "column_valued": "table_valued:column_valued",
    "delete": "delete:delete",
    "exists": "exists:made_exists",
    "insert": "insert:insert",
    "join": "joins:made_join",
    "lateral": "lateral:made_lateral",
    "scalar": "scalar_select:made_scalar",
    "scalar_table_valued": "table_valued:scalar_table_valued",
    "select": "select:select",
    "subquery": "subquery:made_subquery",
    "table_as": "toolkit_core.schema:CreateTableAs",
    "table_valued_column": "table_valued:TableValuedColumn",
    "table_valued": "table_valued:table_valued",
    "tablesample": "tablesample:made_sample",
    "update": "update:update",
}


class Makers:
    """One maker for each thing that something else makes."""

    alias: Callable[..., Alias]
    compound: Callable[..., CompoundSelect]
    cte: Callable[..., CTE]
    column_valued: Callable[..., TableValuedColumn]
    delete: Callable[..., Delete]
    exists: Callable[..., Exists]
    insert: Callable[..., Insert]
    join: Callable[..., Join]
    lateral: Callable[..., Lateral]
    scalar: Callable[..., ScalarSelect[Any]]
    scalar_table_valued: Callable[..., ScalarFunctionColumn]
    select: Callable[..., Select[Any]]
    subquery: Callable[..., Subquery]
    table_as: Callable[..., Any]
    table_valued_column: Callable[..., TableValuedColumn]
    table_valued: Callable[..., TableValuedAlias]
    tablesample: Callable[..., TableSample]
    update: Callable[..., Update]

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            home = _HOMES.get(name)
            if home is None:
                raise AttributeError(name)
            path = home if home.startswith("toolkit_core.") else f"toolkit_core.expression.{home}"
            found = self.__dict__[name] = load_object(path)
            return found


MAKERS = Makers()
