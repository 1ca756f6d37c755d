"""Carrying the steps of a flush out, one after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from toolkit_orm.instrument.home import Home
from toolkit_orm.mapping.mapper_events import events_of
from toolkit_orm.unit_of_work.between_rows import write_rows
from toolkit_orm.unit_of_work.changes import changed_columns
from toolkit_orm.unit_of_work.delete_rows import delete_rows
from toolkit_orm.unit_of_work.insert_rows import insert_rows
from toolkit_orm.unit_of_work.plan import (
    DeleteStep,
    InsertStep,
    PointStep,
    RowsStep,
    Step,
    UpdateStep,
)
from toolkit_orm.unit_of_work.update_rows import point_rows, update_rows


def carry_out(steps: Iterable[Step], connection_of: Callable[[Any], Any], home: Home) -> None:
    """Carry steps out, one after the other."""
    for step in steps:
        connection = connection_of(step.mapper)
        for copy in step.copies:
            copy.carry_out()
        if isinstance(step, InsertStep):
            _tell("before_insert", step.states, connection)
            insert_rows(step.states, connection, home)
            _tell("after_insert", step.states, connection)
        elif isinstance(step, UpdateStep):
            states = [state for state, _ in step.states]
            if _tell("before_update", states, connection):
                # Listeners may have set more.
                step.states = [
                    (state, sorted({*names, *changed_columns(state, state.dict)}))
                    for state, names in step.states
                ]
            update_rows(step.states, connection, home)
            _tell("after_update", states, connection)
        elif isinstance(step, DeleteStep):
            _tell("before_delete", step.states, connection)
            delete_rows(step.states, connection)
            _tell("after_delete", step.states, connection)
        elif isinstance(step, PointStep):
            point_rows(step.states, connection)
        elif isinstance(step, RowsStep):
            write_rows(step, connection)


def _tell(event: str, states: Iterable[Any], connection: Any) -> bool:
    """Call who listens to an event of objects; tell whether anybody does."""
    is_heard = False
    for state in states:
        events = events_of(state.mapper)
        if events is None:
            break
        for heard in getattr(events, event):
            is_heard = True
            heard(state.mapper, connection, state())
    return is_heard
