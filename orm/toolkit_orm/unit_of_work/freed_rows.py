"""Rows that refer to themselves, and could not be deleted as long as they do.

An object of several tables goes table by table: a key of the first that refers to a row of the last
is in the way.  Some databases do not even delete a row that refers to itself alone.  Such keys are
set to NULL before.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from toolkit_core.expression.update import update
from toolkit_orm.instrument.state import InstanceState
from toolkit_orm.unit_of_work.deletion_order import before
from toolkit_orm.unit_of_work.written import WrittenTable, written


class OwnReference(NamedTuple):
    """A foreign key by which a row of a class may refer to a row of the same object."""

    facts: WrittenTable
    # Attributes with the key, and those with what it refers to.
    names: tuple[str, ...]
    targets: tuple[str, ...]
    # Those of its columns that may be NULL.
    columns: tuple[Any, ...]
    is_of_one_table: bool


def free_rows(states: list[InstanceState], connection: Any) -> None:
    """Take the keys away that keep rows from being deleted."""
    waiting: dict[tuple[Any, tuple[Any, ...]], list[dict[str, Any]]] = {}
    for state in states:
        for found in own_references(state.mapper):
            alone = found.is_of_one_table
            if alone and connection.dialect.capabilities.deletes_self_referring:
                continue
            if _refers_to_itself(state, found):
                rows = waiting.setdefault((found.facts, found.columns), [])
                rows.append(found.facts.key_values(state.pk))
    for (facts, columns), rows in waiting.items():
        statement = update(facts.table).where(*facts.key_conditions)
        statement = statement.values(dict.fromkeys(columns))
        connection.execute(statement, rows if len(rows) > 1 else rows[0])


def _refers_to_itself(state: InstanceState, found: OwnReference) -> bool:
    key = [before(state, name) for name in found.names]
    return None not in key and key == [before(state, name) for name in found.targets]


def own_references(mapper: Any) -> tuple[OwnReference, ...]:
    """Return the keys of a class that may be in the way; most have none."""
    known: tuple[OwnReference, ...] | None = mapper.memo.get(own_references)
    if known is None:
        known = mapper.memo[own_references] = tuple(_own_references(mapper))
    return known


def _own_references(mapper: Any) -> list[OwnReference]:
    places = {facts.table: place for place, facts in enumerate(written(mapper).tables)}
    found = []
    for place, facts in enumerate(written(mapper).tables):
        for constraint in getattr(facts.table, "foreign_key_constraints", ()):
            target = places.get(constraint.referred_table, -1)
            # What is deleted before needs no help, and what the database does neither.
            if target < place or constraint.ondelete or constraint.deferrable:
                continue
            pairs = [(one.parent, one.column) for one in constraint.elements]
            names = [mapper.key_of.get(column) for column, _ in pairs]
            targets = [mapper.key_of.get(column) for _, column in pairs]
            free = [one for one, _ in pairs if one.nullable and not one.primary_key]
            if free and None not in (*names, *targets):
                found.append(
                    OwnReference(facts, tuple(names), tuple(targets), tuple(free), target == place)
                )
    return found
