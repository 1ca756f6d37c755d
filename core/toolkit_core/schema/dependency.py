"""Putting tables in the order in which they can be created."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from toolkit_core.errors import CircularDependencyError, warn
from toolkit_core.schema.item import in_order
from toolkit_core.schema.topological import find_cycles, sorted_by

if TYPE_CHECKING:
    from toolkit_core.schema.foreign_key_constraint import ForeignKeyConstraint
    from toolkit_core.schema.table import Table

# A table with its foreign keys; at the end None, with those that are added to tables later.
Sorted = list[tuple["Table | None", list["ForeignKeyConstraint"]]]


def sort_tables(
    tables: Iterable[Any],
    skip_fn: Callable[[ForeignKeyConstraint], bool] | None = None,
    extra_dependencies: Sequence[tuple[Any, Any]] | None = None,
) -> list[Any]:
    """Return tables in an order in which each comes after those that it depends on.

    ``skip_fn`` says which foreign keys do not count.  Those between tables that depend on each
    other do not count either; that is warned about.
    """

    def left_out(constraint: ForeignKeyConstraint) -> bool | None:
        return True if skip_fn is not None and skip_fn(constraint) else None

    pairs = sort_tables_and_constraints(tables, left_out, extra_dependencies, _warn_for_cycles=True)
    return [table for table, _ in pairs if table is not None]


def sort_tables_and_constraints(
    tables: Iterable[Table],
    filter_fn: Callable[[ForeignKeyConstraint], bool | None] | None = None,
    extra_dependencies: Sequence[tuple[Table, Table]] | None = None,
    _warn_for_cycles: bool = False,
) -> Sorted:
    """Return tables in order, each with the foreign keys that can be created along with it.

    The last pair has None for the table, and the foreign keys that must be added when all
    tables are there.  ``filter_fn`` decides of a foreign key: True puts it there, False never,
    None only if it is part of a cycle.
    """
    tables = list(tables)
    later: list[ForeignKeyConstraint] = []
    fixed = {(before, after) for before, after in extra_dependencies or ()}
    movable: dict[tuple[Any, Any], list[ForeignKeyConstraint]] = {}
    for table in tables:
        fixed.update((other, table) for other in table._extra_dependencies)
        for constraint in in_order(table.foreign_key_constraints):
            verdict = True if constraint.use_alter and filter_fn is None else None
            if filter_fn is not None:
                verdict = filter_fn(constraint)
            if verdict is True:
                later.append(constraint)
                continue
            referred = constraint.referred_table
            if referred is table:
                continue
            if verdict is False:
                fixed.add((referred, table))
            else:
                movable.setdefault((referred, table), []).append(constraint)
    ordered = _without_cycles(tables, fixed, movable, later, warned=_warn_for_cycles)
    put_off = set(later)
    result: Sorted = [
        (table, [one for one in in_order(table.foreign_key_constraints) if one not in put_off])
        for table in ordered
    ]
    result.append((None, later))
    return result


def _without_cycles(
    tables: list[Table],
    fixed: set[tuple[Any, Any]],
    movable: dict[tuple[Any, Any], list[ForeignKeyConstraint]],
    later: list[ForeignKeyConstraint],
    *,
    warned: bool,
) -> list[Table]:
    """Sort; where that is impossible, put off the foreign keys of the cycles first."""
    edges = fixed | set(movable)
    ordered, stuck = sorted_by(tables, edges)
    if not stuck:
        return ordered
    in_cycles = find_cycles(stuck, edges)
    names = ", ".join(sorted(table.fullname for table in in_cycles))
    if warned:
        warn(
            "Cannot correctly sort tables; there are unresolvable cycles between tables "
            f'"{names}", which is usually caused by mutually dependent foreign key constraints.  '
            "Foreign key constraints involving these tables will not be considered; this warning "
            "may raise an error in a future release."
        )
    for table in tables:
        for edge, constraints in list(movable.items()):
            if edge[1] is table and edge[1] in in_cycles and edge not in fixed:
                later.extend(constraints)
                edges.discard(edge)
    ordered, stuck = sorted_by(tables, edges)
    if stuck:
        cycle = find_cycles(stuck, edges)
        raise CircularDependencyError(
            "Circular dependency detected.",
            sorted(cycle, key=_name),
            {edge for edge in edges if edge[0] in cycle and edge[1] in cycle},
        )
    return ordered


def _name(table: Table) -> str:
    return table.fullname
