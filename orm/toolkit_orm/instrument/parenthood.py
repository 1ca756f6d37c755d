"""Whose an object is, where it goes when it is nobody's (``delete-orphan``)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit_core.errors import InvalidRequestError
from toolkit_orm.instrument.state import STATE

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
    if parents is None:
        return False
    parents = {link: parent for link, parent in parents.items() if link.expunges_orphans}
    if None not in parents.values():
        return False
    if state.pk is None and state.mapper.legacy_is_orphan:
        return all(parent is None for parent in parents.values())
    return True


def check_single(link: Any, state: InstanceState, item: Any) -> None:
    """Refuse an object that is another's by a relationship with ``single_parent``."""
    parents = item.__dict__[STATE].parents if STATE in item.__dict__ else None
    parent = None if parents is None else parents.get(link)
    if parent is None or parent is state or parent() is None:
        return
    where = f"{link.owner.__name__}.{link.key}"
    raise InvalidRequestError(
        f"Instance {item!r} is already associated with an instance of {link.owner} via its "
        f"{where} attribute, and is only allowed a single parent.",
        hint=f"take it out of {where} of the other first",
        code="bbf1",
    )
