"""Which columns of a class a statement reads, and which are left for when they are asked for."""

from __future__ import annotations

from typing import Any

from toolkit_orm.load.stored_columns import is_of_query
from toolkit_orm.mapping.column_property import ColumnProperty
from toolkit_orm.query.load_option import LoadStep


class ColumnChoice:
    """What is read of one class, what is not, and what must not be read later either."""

    __slots__ = ("deferred", "expressions", "raising", "read")

    def __init__(self, mapper: Any, keys: list[str], steps: list[LoadStep]) -> None:
        self.expressions = {
            step.attributes[0].key: step.source for step in steps if step.how == "expression"
        }
        self.read: list[str] = []
        self.raising: set[str] = set()
        always = {mapper.key_of[column] for column in mapper.primary_key}
        always.add(mapper.polymorphic_key)
        for key in keys:
            prop = mapper.props[key]
            deferred, raising = self._of(prop, key, steps, mapper)
            if key in always or not deferred:
                self.read.append(key)
            elif raising:
                self.raising.add(key)
        self.deferred = frozenset(keys) - set(self.read)

    def _of(
        self, prop: ColumnProperty, key: str, steps: list[LoadStep], mapper: Any
    ) -> tuple[bool, bool]:
        """Tell whether a column is left out, and whether asking for it is refused."""
        deferred = prop.deferred
        raising = prop.raiseload
        if getattr(prop, "of_query", False) and key not in self.expressions:
            # What it is, each query says; without that it is NULL, and takes no column.
            deferred = is_of_query(prop)
        only = False
        # What is said of one column counts more than what is said of all.
        for step in sorted(steps, key=_weight):
            named = any(one.key == key for one in step.attributes)
            if step.how == "load_only" and self._is_about(step, mapper):
                deferred = not named and (deferred or not only)
                only = True
                raising = bool(step.setting("raiseload")) if deferred else raising
            elif step.how == "undefer_group":
                deferred = deferred and prop.group != step.setting("group")
            elif step.how in ("defer", "undefer") and (named or not step.attributes):
                deferred = step.how == "defer"
                raising = bool(step.setting("raiseload"))
        return deferred, raising

    @staticmethod
    def _is_about(step: LoadStep, mapper: Any) -> bool:
        return any(mapper.isa(one.parent) or one.parent.isa(mapper) for one in step.attributes)


def _weight(step: LoadStep) -> int:
    if step.how == "load_only":
        return 1
    return 2 if step.attributes else 0
