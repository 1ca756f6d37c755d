"""What happens to queries of the former way before they become statements."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from toolkit_core.events import Events
from toolkit_core.events.registry import class_dispatch


class QueryEvents(Events):
    """Listen to the class ``Query``, or to a subclass."""

    returning = frozenset({"before_compile", "before_compile_update", "before_compile_delete"})

    @classmethod
    def _unchanged(cls, event: str) -> Callable[[tuple[Any, ...]], Any]:
        return lambda values: values[0]

    def before_compile(self, query: Any) -> Any:
        """A query is about to become a SELECT; ``retval`` returns the one to take."""

    def before_compile_update(self, query: Any, update_context: Any) -> Any:
        """``Query.update()`` was called; the context has the values."""

    def before_compile_delete(self, query: Any, delete_context: Any) -> Any:
        """``Query.delete()`` was called."""


def after_listeners(query: Any, event: str, *told: Any) -> Any:
    """Return the query as those have it who listen to an event of its class."""
    dispatch = class_dispatch(type(query))
    if dispatch.active:
        for heard in getattr(dispatch, event):
            query = heard(query, *told) or query
    return query
