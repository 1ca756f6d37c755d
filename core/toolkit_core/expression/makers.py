"""Who makes what: sources make statements, and statements make sources.

``table.select()`` makes a SELECT, ``select(…).subquery()`` makes a source, so neither file can
import the other first.  Each file that defines such a thing sets its maker here, and all of
them are loaded with the package.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from toolkit_core.expression.alias import Alias
    from toolkit_core.expression.compound import CompoundSelect
    from toolkit_core.expression.cte import CTE
    from toolkit_core.expression.exists import Exists
    from toolkit_core.expression.joins import Join
    from toolkit_core.expression.lateral import Lateral
    from toolkit_core.expression.scalar_select import ScalarSelect
    from toolkit_core.expression.select import Select
    from toolkit_core.expression.subquery import Subquery
    from toolkit_core.expression.tablesample import TableSample


class Makers:
    """One maker for each thing that something else makes."""

    alias: Callable[..., Alias]
    compound: Callable[..., CompoundSelect]
    cte: Callable[..., CTE]
    exists: Callable[..., Exists]
    join: Callable[..., Join]
    lateral: Callable[..., Lateral]
    scalar: Callable[..., ScalarSelect[Any]]
    select: Callable[..., Select[Any]]
    subquery: Callable[..., Subquery]
    tablesample: Callable[..., TableSample]


MAKERS = Makers()
