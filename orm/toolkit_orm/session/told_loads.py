"""Telling ``loaded_as_persistent``: which objects the loading of rows has made."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from toolkit_orm.session.session_events import tell_each

if TYPE_CHECKING:
    from toolkit_orm.instrument.state import InstanceState
    from toolkit_orm.session.session import Session

Load = Callable[[Any, Any], list[Any]]


def telling(session: Session, load: Load) -> Load:
    """Return a loading of rows that tells who listens of the objects that it has made.

    What is there is compared before and after: whoever does not listen pays nothing.
    """

    def told(rows: Any, context: Any) -> list[Any]:
        by_base = session._home.by_base
        before = {base: dict(known) for base, known in by_base.items()}
        outer = session._told_loads
        inner: set[InstanceState] = set()
        session._told_loads = inner
        try:
            found = load(rows, context)
        finally:
            session._told_loads = outer
        made = [
            state
            for base, known in by_base.items()
            for key, state in known.items()
            if before.get(base, {}).get(key) is not state and state not in inner
        ]
        tell_each(session, "loaded_as_persistent", made)
        if outer is not None:
            # The loading around this one must not tell of them again.
            outer.update(inner, made)
        return found

    return told
