"""What may be listened to: from a target and an event's name to the dispatch that hears it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from toolkit_core.errors import InvalidRequestError
from toolkit_core.events.registry import Dispatch, class_dispatch
from toolkit_core.nearest import nearest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeAlias

Resolver: TypeAlias = "Callable[[Any], Iterable[Dispatch] | None]"

_resolvers: list[Resolver] = []


def add_resolver(resolver: Resolver) -> None:
    """Teach the event system a further kind of target.

    The function gets a target and returns the dispatches that hear its events, the first
    that knows an event's name is taken; or None for a target that it does not know.
    """
    _resolvers.append(resolver)


def dispatch_for(target: Any, event: str) -> Dispatch:
    """Find the dispatch of a target that knows the event, or say which names it knows."""
    known: list[str] = []
    for dispatch in _dispatches(target):
        for family in dispatch.families:
            if event in family.events():
                return dispatch
            known.extend(family.events())
    shown = target.__name__ if isinstance(target, type) else type(target).__name__
    if not known:
        raise InvalidRequestError(
            f"No such event '{event}' for target '{target!r}': nothing can be listened to there",
            hint="listen to an Engine, a Pool, a Connection, a schema item, a mapped class "
            "or a Session, or to the class itself",
        )
    near = nearest(event, known)
    raise InvalidRequestError(
        f"No such event '{event}' for target '{shown}'",
        hint=f"'{near}'" if near else "one of " + ", ".join(sorted(known)),
    )


def _dispatches(target: Any) -> Iterable[Dispatch]:
    for resolver in _resolvers:
        found = resolver(target)
        if found is not None:
            return found
    if isinstance(target, type):
        if not hasattr(target, "event_families"):
            return ()
        related: Iterable[type] = getattr(target, "event_relatives", tuple)()
        return [class_dispatch(target), *map(class_dispatch, related)]
    if hasattr(target, "event_dispatches"):
        dispatches: Iterable[Dispatch] = target.event_dispatches()
        return dispatches
    return [target.dispatch] if hasattr(type(target), "event_families") else ()
