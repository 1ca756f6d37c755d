"""Carrying the steps of a flush out, one after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from toolkit_orm.instrument.home import Home
from toolkit_orm.instrument.state import InstanceState
from toolkit_orm.mapping.mapper_events import events_of
from toolkit_orm.unit_of_work.between_rows import write_rows
from toolkit_orm.unit_of_work.changes import changed_columns
from toolkit_orm.unit_of_work.delete_rows import delete_rows
from toolkit_orm.unit_of_work.insert_rows import insert_rows
from toolkit_orm.unit_of_work.new_keys import tell_followers
from toolkit_orm.unit_of_work.plan import (
    DeleteStep,
    InsertStep,
    PointStep,
    RowsStep,
    Step,
    UpdateStep,
)
from toolkit_orm.unit_of_work.point_rows import point_rows
from toolkit_orm.unit_of_work.update_rows import update_rows


def carry_out(steps: Iterable[Step], connection_of: Callable[[Any], Any], home: Home) -> None:
    """Carry steps out, one after the other."""
    for step in steps:
        connection = connection_of(step.mapper)
        for copy in step.copies:
            copy.carry_out()
        if isinstance(step, PointStep):
            point_rows(step.states, step.written, connection)
        elif isinstance(step, RowsStep):
            write_rows(step, connection)
        else:
            for members in _together(step):
                _write(step, members, connection, home)
            if isinstance(step, UpdateStep):
                tell_followers(step.followers)


def _write(step: Step, members: list[Any], connection: Any, home: Home) -> None:
    """Write the rows of objects, and tell who listens before and after."""
    if isinstance(step, InsertStep):
        _tell("before_insert", members, connection)
        insert_rows(members, connection, home)
        _tell("after_insert", members, connection)
    elif isinstance(step, DeleteStep):
        _tell("before_delete", members, connection)
        delete_rows(members, connection)
        _tell("after_delete", members, connection)
    elif isinstance(step, UpdateStep):
        states = [state for state, _ in members]
        if _tell("before_update", states, connection):
            # Listeners may have set more.
            members = [
                (state, names.union(changed_columns(state, state.dict))) for state, names in members
            ]
        update_rows(members, connection, home)
        _tell("after_update", states, connection)


def _together(step: Step) -> list[list[Any]]:
    """Return what is written together: all, but for classes mapped with ``batch=False``."""
    mappers = step.mapper.base.polymorphic_iterator()
    if isinstance(step, DeleteStep) or all(mapper.batch for mapper in mappers):
        return [step.states]
    parts: list[list[Any]] = []
    was_batched = False
    for one in step.states:
        state = one[0] if isinstance(step, UpdateStep) else one
        if was_batched and state.mapper.batch:
            parts[-1].append(one)
        else:
            parts.append([one])
        was_batched = state.mapper.batch
    return parts


def _tell(event: str, states: list[InstanceState], connection: Any) -> bool:
    """Call who listens to an event of objects; tell whether anybody does."""
    mapper: Any = None
    heard: Any = ()
    is_heard = False
    for state in states:
        if state.mapper is not mapper:
            mapper = state.mapper
            events = events_of(mapper)
            if events is None:
                # Nobody listens to any class.
                return False
            heard = getattr(events, event)
        for listener in heard:
            is_heard = True
            listener(mapper, connection, state())
    return is_heard
