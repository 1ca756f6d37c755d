"""What programs ask of an object, or of its state, by functions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit_orm.instrument.state import InstanceState
from toolkit_orm.session.membership import mapped_state

if TYPE_CHECKING:
    from toolkit_orm.session.session import Session


def object_state(instance: Any) -> InstanceState:
    """Return the state of an object, or say that its class is not mapped."""
    return mapped_state(instance)


def has_identity(object_: Any) -> bool:
    """Tell whether an object stands for a row: it is persistent, detached or deleted."""
    return object_state(object_).has_identity


def state_session(state: InstanceState) -> Session | None:
    """Return the session of a state's object, or None."""
    found: Session | None = state.session
    return found
