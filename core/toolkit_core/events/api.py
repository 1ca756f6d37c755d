"""The four functions that users call: ``listen``, ``listens_for``, ``remove``, ``contains``."""

from __future__ import annotations

import functools
from collections.abc import Callable

from toolkit_core.errors import InvalidRequestError
from toolkit_core.events.families import Events
from toolkit_core.events.registry import Dispatch, Listener, Registration
from toolkit_core.events.targets import dispatch_for
from toolkit_core.lazy_module import lazy_module
from toolkit_core.nearest import nearest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeVar

    from toolkit_core.events import former

    F = TypeVar("F", bound=Callable[..., Any])
else:
    former = lazy_module("toolkit_core.events.former")


def listen(
    target: Any,
    identifier: str,
    fn: Listener,
    *,
    insert: bool = False,
    once: bool = False,
    named: bool = False,
    retval: bool = False,
    propagate: bool = False,
    **options: Any,
) -> None:
    """Call a function whenever the event happens to the target.

    ``insert`` puts it before the listeners that are there, ``once`` calls it a single time,
    ``named`` passes all arguments by keyword, ``retval`` lets what it returns count (for the
    events that say so), ``propagate`` extends it to what derives from the target.  Some targets
    know further options: the family of their events names them.
    """
    dispatch = dispatch_for(target, identifier)
    family = _family(dispatch, identifier)
    _check_options(family, identifier, options)
    if named:
        called = _by_name(fn, family.argument_names(identifier))
    else:
        called = former.as_it_was(family, identifier, fn)
    if once:
        called = _single(called)
    if not retval and identifier in family.returning:
        called = family.without_return(identifier, called)
    if options:
        called = dispatch.adapted(identifier, called, options)
    registration = Registration(fn, called, propagate)
    dispatch.add(identifier, registration, first=insert)


def listens_for(target: Any, identifier: str, **options: Any) -> Callable[[F], F]:
    """Decorate a function to be called whenever the event happens to the target."""

    def decorate(fn: F) -> F:
        listen(target, identifier, fn, **options)
        return fn

    return decorate


def remove(target: Any, identifier: str, fn: Listener) -> None:
    """Take back what ``listen`` was given with the same three arguments."""
    if not dispatch_for(target, identifier).discard(identifier, fn):
        raise InvalidRequestError(
            f"No listeners found for event {target!r} / {identifier!r} / {fn!r}",
            hint="remove() takes the same target, event name and function as listen()",
        )


def contains(target: Any, identifier: str, fn: Listener) -> bool:
    """Tell whether the function listens to the event of that target."""
    return dispatch_for(target, identifier).has(identifier, fn)


def _family(dispatch: Dispatch, identifier: str) -> type[Events]:
    return next(family for family in dispatch.families if identifier in family.events())


def _check_options(family: type[Events], identifier: str, options: dict[str, Any]) -> None:
    for name in options.keys() - family.options:
        near = nearest(name, [*_OPTIONS, *family.options])
        hint = "" if near is None else f"; did you mean {near!r}?"
        raise TypeError(f"listen() for event {identifier!r} takes no option {name!r}{hint}")


_OPTIONS = ("insert", "once", "named", "retval", "propagate")


def _by_name(fn: Listener, names: tuple[str, ...]) -> Listener:
    @functools.wraps(fn)
    def call(*values: Any, **more: Any) -> Any:
        return fn(**dict(zip(names, values, strict=False)), **more)

    return call


def _single(fn: Listener) -> Listener:
    # Who takes it may call; popping is atomic, and no lock stays held in a child process.
    leave = [True]

    @functools.wraps(fn)
    def call(*values: Any, **named: Any) -> Any:
        try:
            leave.pop()
        except IndexError:
            return None
        return fn(*values, **named)

    return call
