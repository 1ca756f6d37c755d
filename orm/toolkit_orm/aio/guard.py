"""What keeps a session from asking the database where nothing can be awaited.

It is asked before anything is sent, and before a flush or a commit has begun, so that the session
is as it was.
"""

from __future__ import annotations

from typing import Any

from toolkit_core.aio.bridge import in_bridge
from toolkit_core.errors import MissingGreenlet
from toolkit_orm.instrument.state import InstanceState
from toolkit_orm.load.stored_columns import deferred_in


class Guard:
    """Stands at a session that awaits the database, and says what to do in place of waiting."""

    def attribute(self, state: InstanceState, key: str) -> None:
        """Refuse to load an attribute of an object, where nothing can be awaited."""
        if in_bridge():
            return
        mapper = state.mapper
        name = mapper.class_.__name__
        attribute = f"{name}.{key}"
        why, cure = _why(state, key)
        one = name.lower()
        mixin = "" if hasattr(mapper.class_, "awaitable_attrs") else ", with the mixin AsyncAttrs"
        raise MissingGreenlet(
            "greenlet_spawn has not been called; can't call await_() here. Was IO attempted in "
            f"an unexpected place?  It was wanted for: {attribute}, {why}",
            hint=f"{cure}; or await session.refresh({one}, [{key!r}]); or await "
            f"{one}.awaitable_attrs.{key}{mixin}; or read it in a function that "
            "session.run_sync() calls",
        )

    def method(self, name: str) -> None:
        """Refuse a method of the session, where nothing can be awaited."""
        if in_bridge():
            return
        raise MissingGreenlet(
            "greenlet_spawn has not been called; can't call await_() here. Was IO attempted in "
            f"an unexpected place?  It was wanted for: Session.{name}() of an AsyncSession",
            hint=f"await session.{name}() of the AsyncSession, or call what needs it by run_sync()",
        )


def _why(state: InstanceState, key: str) -> tuple[str, str]:
    """Return why an attribute is not loaded, and how it would have been."""
    mapper: Any = state.mapper
    attribute = f"{mapper.class_.__name__}.{key}"
    if key in mapper.relationships:
        return (
            "a relationship that is not loaded",
            f"load it with its owner: .options(selectinload({attribute}))",
        )
    if key in deferred_in(mapper, state.load_options):
        return (
            "a column that is deferred",
            f"load it with its owner: .options(undefer({attribute}))",
        )
    return (
        "a column that has expired, by commit(), rollback() or expire()",
        "make the session with expire_on_commit=False",
    )
