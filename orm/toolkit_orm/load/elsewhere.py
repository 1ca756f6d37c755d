"""Objects of the rows of a result that was executed elsewhere."""

from __future__ import annotations

from typing import Any

from toolkit_orm.load.context import LoadContext
from toolkit_orm.load.entity_plan import Planning
from toolkit_orm.load.given_rows import GivenRows
from toolkit_orm.load.plan import shape_of_given
from toolkit_orm.query.lowering import Lowering


def objects_of(session: Any, statement: Any, result: Any) -> list[Any]:
    """Return what a statement selects, made of the rows of a result by the names they have."""
    raw = statement.raw_columns
    planning = Planning(Lowering(), statement, raw, is_watched=False)
    lowering = planning.lowering
    rows = GivenRows(tuple(result.keys()), lowering.node(statement))
    shape = shape_of_given(planning, raw, rows, session.get_bind().dialect)
    context = LoadContext(session._home, shape, shape.told)
    return list(shape.loader(again=False)(result._take_raw(), context))
