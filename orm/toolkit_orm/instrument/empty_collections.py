"""Collections that were read and never put into: an object has them, but not as values.

So reading an attribute of a new object changes nothing: it has no value until it is given one,
and what is merged or written of the object leaves the attribute out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit_core.errors import warn

if TYPE_CHECKING:
    from toolkit_orm.instrument.link import Link
    from toolkit_orm.instrument.state import InstanceState


def empty_of(state: InstanceState, link: Link) -> Any:
    """Return the empty collection of a new object: always the same."""
    kept = state.empties
    if kept is None:
        kept = state.empties = {}
    found = kept.get(link.key)
    if found is None:
        found = kept[link.key] = link.collection(state)
    return found


def put_in_place(state: InstanceState, key: str, collection: Any, values: dict[str, Any]) -> None:
    """Have a collection be a value now that it is put into; warn if another is there already."""
    kept = state.empties
    if kept is not None and kept.get(key) is collection and key not in values:
        values[key] = kept.pop(key)
        return
    warn("This collection has been invalidated.")
