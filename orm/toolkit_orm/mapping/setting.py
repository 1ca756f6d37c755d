"""Setting attributes where there is more to it than putting a value there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from toolkit_orm.instrument.state import STATE, new_state, value_before
from toolkit_orm.mapping.attribute_options import DONT_SET

Setter = Callable[[Any, Any], None]


def set_noted(instance: Any, key: str, value: Any) -> None:
    """Put a value on an object, and note what was there before."""
    values = instance.__dict__
    state = values.get(STATE)
    if state is None:
        state = new_state(instance)
    if state.pk is not None:
        committed = state.committed
        if committed is None:
            committed = state.begin()
        if key not in committed:
            committed[key] = values[key] if key in values else value_before(instance, state, key)
    values[key] = value


def setter_for(key: str, validator: Any, *, may_be_unset: bool) -> Setter | None:
    """Return what sets an attribute; None where a value is just put there and noted."""
    if validator is None and not may_be_unset:
        return None
    check, options = (None, {}) if validator is None else validator
    more = (False,) if options.get("include_removes") else ()

    def set_attribute(instance: Any, value: Any) -> None:
        if value is DONT_SET:
            return
        if check is not None:
            value = check(instance, key, value, *more)
        set_noted(instance, key, value)

    return set_attribute
