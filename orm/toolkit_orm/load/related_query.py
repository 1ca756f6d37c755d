"""The query for what is related to many objects at once: rows are the owner's key and an object."""

from __future__ import annotations

from typing import Any

from toolkit_core.expression import operators
from toolkit_core.expression.binary import BinaryExpression
from toolkit_core.expression.conditions import BooleanClauseList
from toolkit_core.expression.elements import bindparam
from toolkit_core.expression.select import select
from toolkit_core.schema import Column
from toolkit_orm.load.ordering import ordered_by
from toolkit_orm.mapping.direction import MANYTOONE
from toolkit_orm.query.aliased_entity import AliasedEntity, aliased
from toolkit_orm.query.join_steps import loaded_from
from toolkit_orm.query.key_expression import key_expression
from toolkit_orm.query.sides import adapted, between

KEYS = "owners"


class RelatedQuery:
    """How the related objects of many are found: from which attributes, with which statement."""

    __slots__ = ("between", "by_key", "near", "statement", "target", "width")

    def __init__(self, path: Any, columns: bool = True) -> None:
        prop = path.prop
        self.target = loaded_from(path)
        self.by_key = False
        # What the table between is read as.
        self.between: Any = None
        columns_near, keys, made = self._found(prop)
        # The attributes of the owner that tell which are its own.
        self.near = [prop.parent.key_of[one] for one in columns_near]
        self.width = len(keys)
        if self.by_key:
            made = select(self.target)
        for one in path.criteria:
            made = made.where(
                adapted(one, self.target) if isinstance(self.target, AliasedEntity) else one
            )
        of_owner = key_expression(keys)
        made = made.where(of_owner.in_(bindparam(KEYS, expanding=True)))
        made = made.order_by(*ordered_by(prop, self.target, self.between))
        self.statement = made

    def _found(self, prop: Any) -> tuple[list[Any], list[Any], Any]:
        """Return the near columns, what stands for them in the rows, and the SELECT."""
        target = self.target
        pairs = prop.local_remote_pairs
        if prop.omit_join is False:
            # The owners are to be joined, though the rows of the others tell their keys.
            return self._joined(prop)
        if prop.secondaryjoin is None and is_plain(prop.primaryjoin, len(pairs)):
            near = [local for local, _ in pairs]
            far = [remote for _, remote in pairs]
            mapper = target.mapper
            self.by_key = prop.direction is MANYTOONE and _same(far, mapper.primary_key)
            if self.by_key:
                near = [near[_place(far, column)] for column in mapper.primary_key]
                far = list(mapper.primary_key)
            keys = [target.attribute_of(column) for column in far]
            return near, keys, select(*keys, target)
        pairs = prop.synchronize_pairs
        if prop.secondaryjoin is not None and is_plain(prop.primaryjoin, len(pairs)):
            found = between(prop, prop.parent.entity, target)
            table = self.between = found.table
            keys = [table.corresponding_column(remote) for _, remote in pairs]
            made = select(*keys, target).select_from(table).join(target, found.secondary)
            return [local for local, _ in pairs], keys, made
        return self._joined(prop)

    def _joined(self, prop: Any) -> tuple[list[Any], list[Any], Any]:
        """Return the same with the owners joined, which tell their keys themselves."""
        target = self.target
        owner = aliased(prop.parent.entity).__clause_element__()
        found = between(prop, owner, target)
        self.between = found.table
        keys = [owner.attribute_of(column) for column in prop.parent.primary_key]
        made = select(*keys, target).select_from(owner)
        if found.secondary is None:
            made = made.join(target, found.primary)
        else:
            made = made.join(found.table, found.primary).join(target, found.secondary)
        return list(prop.parent.primary_key), keys, made


def is_plain(condition: Any, count: int) -> bool:
    """Tell whether a condition is so many comparisons of columns, all of which must hold."""
    parts = [condition]
    if isinstance(condition, BooleanClauseList) and condition.operator is operators.and_:
        parts = list(condition.clauses)
    return len(parts) == count and all(
        isinstance(one, BinaryExpression)
        and one.operator is operators.eq
        and isinstance(one.left, Column)
        and isinstance(one.right, Column)
        for one in parts
    )


def _same(some: Any, others: Any) -> bool:
    return len(some) == len(others) and all(any(one is two for two in some) for one in others)


def _place(columns: list[Any], wanted: Any) -> int:
    return next(place for place, one in enumerate(columns) if one is wanted)
