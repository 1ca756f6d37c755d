"""What has changed in a session: to be inserted, updated and deleted."""

from __future__ import annotations

from typing import Any

from toolkit_orm.instrument.state import InstanceState
from toolkit_orm.unit_of_work.written import written

Values = dict[str, Any]


class Changes:
    """The states to be written, each with what is known of it."""

    __slots__ = ("deleted", "inserted", "updated")

    def __init__(self) -> None:
        self.inserted: list[InstanceState] = []
        # With the attributes that differ from the database.
        self.updated: list[tuple[InstanceState, list[str]]] = []
        self.deleted: list[InstanceState] = []

    def __bool__(self) -> bool:
        return bool(self.inserted or self.updated or self.deleted)


def changes_of(
    new: dict[InstanceState, Any],
    modified: dict[InstanceState, Any],
    deleted: dict[InstanceState, Any],
) -> Changes:
    """Sort out what is to be written of the objects of a session."""
    changes = Changes()
    changes.inserted.extend(new)
    changes.deleted.extend(deleted)
    for state, instance in modified.items():
        if state in deleted:
            continue
        names = changed_columns(state, instance.__dict__)
        if names:
            changes.updated.append((state, names))
    return changes


def changed_columns(state: InstanceState, values: Values) -> list[str]:
    """Return the names of the column attributes that are not as they are in the database."""
    committed = state.committed
    if committed is None:
        return []
    columns = written(state.mapper).columns
    return [
        name
        for name, before in committed.items()
        if name in columns and not _same(columns[name].type, before, values.get(name))
    ]


def _same(type_: Any, before: Any, now: Any) -> bool:
    return before is now or bool(type_.compare_values(before, now))
