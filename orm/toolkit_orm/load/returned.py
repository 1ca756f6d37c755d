"""Objects of the rows that an INSERT, UPDATE or DELETE returns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import is_
from typing import Any

from toolkit_core.compiler.processors import result_processor
from toolkit_core.expression.from_clause import FromClause
from toolkit_orm.load.context import EntitySource, LoadContext
from toolkit_orm.load.entity_plan import Planning
from toolkit_orm.load.lazy_policy import watched
from toolkit_orm.load.plan import EntityShape, shape_of_parts
from toolkit_orm.mapping.entity import Entity
from toolkit_orm.query.aliased_entity import AliasedEntity
from toolkit_orm.query.lowered_dml import lowered_dml
from toolkit_orm.query.lowering import Lowering


class ReturnedPlan:
    """What a statement returns: the columns to ask for, and how their rows become objects."""

    __slots__ = ("columns", "is_as_asked", "shape")

    def __init__(self, columns: list[Any], shape: EntityShape, *, is_as_asked: bool) -> None:
        self.columns = columns
        self.shape = shape
        # Whether the columns are those that the statement itself asks for.
        self.is_as_asked = is_as_asked


def returned_plan(statement: Any, mapper: Any, dialect: Any, *, is_watched: bool) -> ReturnedPlan:
    """Return the plan of a statement that writes rows of a class and returns things of them."""
    kept = mapper.memo.setdefault("returned", {})
    said = (*statement.returned, *statement.loader_options)
    key = (dialect, is_watched, *[one.structure() for one in said])
    found: ReturnedPlan | None = kept.get(key)
    if found is None:
        found = _planned(statement, dialect, is_watched=is_watched)
        is_alias = isinstance(statement.table, AliasedEntity)
        if not is_alias and all(one.structure().interned for one in said):
            kept[key] = found
    return found


def _planned(statement: Any, dialect: Any, *, is_watched: bool) -> ReturnedPlan:
    entities = [column for one in statement.returned for column in _selected(one)]
    planning = Planning(Lowering(), statement, entities, is_watched=is_watched)
    planning.may_join = False
    parts = [planning.part(one) for one in entities]
    processors = [result_processor(column.type, dialect) for column in planning.columns]
    shape = shape_of_parts(planning, entities, parts, processors)
    asked = list(lowered_dml(Lowering(), statement).returned_columns())
    is_as_asked = len(asked) == len(planning.columns) and all(map(is_, asked, planning.columns))
    return ReturnedPlan(planning.columns, shape, is_as_asked=is_as_asked)


def _selected(one: Any) -> Sequence[Any]:
    """Return what is returned, a plain table as its columns."""
    is_table = isinstance(one, FromClause) and not isinstance(one, (Entity, AliasedEntity))
    return list(one.c) if is_table else (one,)


def loaded(
    session: Any, statement: Any, plan: ReturnedPlan, result: Any, raw: list[Any], *, again: bool
) -> Any:
    """Return a result that has objects in place of rows, which were read already."""
    shape = plan.shape
    told = shape.told if shape.retold is None else shape.retold(statement)
    context = LoadContext(session._home, shape, told, again=again)
    if session.lazy_policy is not None:
        context.told = watched(context, session)
    made = result._with_rows(shape, raw)
    made._source = EntitySource(made._source, shape.loader(again=again), context, whole=shape.whole)
    return made


def row_of(columns: Sequence[Any], values: Mapping[Any, Any]) -> tuple[Any, ...]:
    """Return a raw row, put together of values that came from several tables."""
    return tuple([values[column] for column in columns])
