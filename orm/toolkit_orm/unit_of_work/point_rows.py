"""Keys that are written when both rows are there, in UPDATEs of their own (``post_update``)."""

from __future__ import annotations

from typing import Any

from toolkit_orm.instrument.state import InstanceState
from toolkit_orm.unit_of_work.relations import Copy
from toolkit_orm.unit_of_work.update_batch import Batch, Shape, send
from toolkit_orm.unit_of_work.update_rows import Unknown, former_version, take_version, update_shape
from toolkit_orm.unit_of_work.written import written


def point_rows(copies: list[Copy], counted: frozenset[InstanceState], connection: Any) -> None:
    """Set the keys of relationships that are written after both rows are there.

    Rows get their next version, unless the flush writes them for another reason (``counted``).
    """
    batches: dict[Shape, Batch] = {}
    for copy in copies:
        copy.carry_out()
        names = frozenset([to for _, to in copy.pairs])
        _add(batches, copy.dest, names, is_counted=copy.dest in counted)
    unknown: Unknown = {}
    for batch in batches.values():
        send(batch, connection, unknown)
    for state, gone in unknown.items():
        for name in gone:
            state.dict.pop(name, None)
        state.stale = gone if state.stale is None else gone.union(state.stale)


def _add(
    batches: dict[Shape, Batch], state: InstanceState, names: frozenset[str], *, is_counted: bool
) -> None:
    values = state.dict
    for facts in written(state.mapper).tables:
        shape = update_shape(facts, names)
        if shape is not None and shape.names:
            row = facts.key_values(state.pk)
            for name, column in shape.names.items():
                row[column.key] = values.get(name)
            if shape.is_versioned and is_counted:
                row[facts.version_was] = former_version(state)
            elif shape.is_versioned:
                take_version(shape, state, row)
            batch = batches.setdefault(shape, Batch(shape))
            batch.states.append(state)
            batch.rows.append(row)
    if state.committed is not None:
        for name in names:
            state.committed.pop(name, None)
