"""A plan that can be printed: each step in a line, in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from toolkit_orm.unit_of_work.plan import (
    DeleteStep,
    InsertStep,
    PointStep,
    RowsStep,
    Step,
    UpdateStep,
)


class Plan(list[Step]):
    """The steps of a flush, in order; printed, it tells what each of them writes."""

    def __str__(self) -> str:
        return "\n".join(f"{number}. {told(step)}" for number, step in enumerate(self, 1))


def told(step: Step) -> str:
    """Return what a step writes, in words."""
    count = len(step.states)
    if isinstance(step, RowsStep):
        return f"{step.verb} {count} {_rows(count)} of {step.states[0].prop.secondary.name}"
    if isinstance(step, PointStep):
        dests = [copy.dest for copy in step.states]
        names = sorted({to for copy in step.states for _, to in copy.pairs})
        return f"point {count} {_classes(dests)}: {', '.join(names)}"
    if isinstance(step, UpdateStep):
        names = sorted({name for _, changed in step.states for name in changed})
        return f"update {count} {_classes(state for state, _ in step.states)}: {', '.join(names)}"
    mappers = dict.fromkeys(state.mapper for state in step.states)
    tables = list(dict.fromkeys(table.name for mapper in mappers for table in mapper.tables))
    if isinstance(step, DeleteStep):
        return f"delete {count} {_classes(step.states)} from {', '.join(reversed(tables))}"
    written = f"{step.verb} {count} {_classes(step.states)} into {', '.join(tables)}"
    return f"{written}{_taken(step)}" if isinstance(step, InsertStep) else written


def _taken(step: Step) -> str:
    """Return which keys the objects take over from others."""
    taken = sorted(
        {
            f"{to} of {copy.source.mapper.class_.__name__}"
            for copy in step.copies
            if copy.source is not None
            for _, to in copy.pairs
        }
    )
    return f", with {', '.join(taken)}" if taken else ""


def _classes(states: Iterable[Any]) -> str:
    return ", ".join(sorted({state.mapper.class_.__name__ for state in states}))


def _rows(count: int) -> str:
    return "row" if count == 1 else "rows"
