"""Whose an object is, where it goes when it is nobody's (``delete-orphan``)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from toolkit_orm.instrument.state import InstanceState


def take_in(link: Any, state: InstanceState, parent: InstanceState) -> None:
    """Note that an object was put into another's relationship."""
    if state.parents is None:
        state.parents = {}
    state.parents[link] = parent


def let_go(link: Any, state: InstanceState, parent: InstanceState) -> None:
    """Note that an object was taken out of another's relationship: it may be a third's by now."""
    if state.parents is None:
        state.parents = {}
    if state.parents.get(link, parent) is parent:
        state.parents[link] = None


def is_orphan(state: InstanceState) -> bool:
    """Tell whether an object was taken out where it had to be somebody's.

    A new one of a class with ``legacy_is_orphan`` is one only if it is nobody's at all.
    """
    parents = state.parents
    if parents is None or None not in parents.values():
        return False
    if state.pk is None and state.mapper.legacy_is_orphan:
        return all(parent is None for parent in parents.values())
    return True
