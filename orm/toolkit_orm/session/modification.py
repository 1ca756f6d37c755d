"""Whether an object differs from its row."""

from __future__ import annotations

from typing import Any

from toolkit_orm.instrument.history import attribute_history
from toolkit_orm.session.membership import mapped_state
from toolkit_orm.unit_of_work.changes import changed_columns


def is_modified(instance: Any, *, include_collections: bool) -> bool:
    """Tell whether an object has changes to be written; nothing is loaded for that."""
    state = mapped_state(instance)
    mapper = state.mapper
    if state.pk is not None and changed_columns(state, instance.__dict__):
        return True
    if state.pk is None:
        touched = instance.__dict__.keys() & mapper.props.keys()
    else:
        touched = (state.committed or {}).keys()
    for key in touched:
        prop = mapper.props.get(key)
        is_collection = bool(getattr(prop, "uselist", False))
        if prop is None or (is_collection and not include_collections):
            continue
        if key in mapper.expiring and state.pk is not None:
            # A column: compared by its type above.
            continue
        if attribute_history(state, key).has_changes():
            return True
    return False
