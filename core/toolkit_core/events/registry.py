"""Who listens to what: one tuple of functions per event and target, inherited from classes."""

from __future__ import annotations

import os
import threading
import weakref
from collections.abc import Callable, Iterable

from toolkit_core.records import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, ClassVar, TypeAlias

    from toolkit_core.events.families import Events

Listener: TypeAlias = "Callable[..., Any]"

# Listeners change rarely and are read often: one lock for all changes, none for reading.
_CHANGING = threading.RLock()


def _renew_lock() -> None:
    """Forget, in a child process, that a thread of the parent was making a change."""
    global _CHANGING  # noqa: PLW0603 - a lock of the parent's can never be let go here
    _CHANGING = threading.RLock()


# Before the pools see to the child: they make new dispatches.
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_renew_lock)


class Registration(Record, eq=False):
    """One call of ``listen``: the function as the user gave it and as it is called."""

    given: Listener
    called: Listener
    propagate: bool


class Dispatch:
    """The listeners of one target: an attribute per event, each a tuple of functions.

    ``active`` is true when anybody listens to anything here, so that a hot path has one
    flag to test.  A dispatch hears what its parents hear: an engine what is listened to on
    the class ``Engine``, a connection what is listened to on its engine.
    """

    families: ClassVar[tuple[type[Events], ...]] = ()

    if TYPE_CHECKING:

        def __getattr__(self, event: str) -> tuple[Listener, ...]: ...

    def __init__(self, parents: Iterable[Dispatch] = ()) -> None:
        self.parents = tuple(parents)
        self.own: dict[str, list[Registration]] = {}
        self.children: weakref.WeakSet[Dispatch] = weakref.WeakSet()
        self.active = False
        with _CHANGING:
            for parent in self.parents:
                parent.children.add(self)
            for family in self.families:
                for event in family.events():
                    self.__dict__[event] = self._heard(event)
            self.active = self._anybody()

    @staticmethod
    def for_target(target: object, *others: Dispatch) -> Dispatch:
        """Make the dispatch of a new instance, which also hears what its class and others hear."""
        return dispatch_type(type(target))((class_dispatch(type(target)), *others))

    def child(self) -> Dispatch:
        """Make a dispatch that hears all that this one hears, and may hear more."""
        return type(self)((self,))

    def add(self, event: str, registration: Registration, *, first: bool = False) -> None:
        """Add a listener, by default after the others; one that listens already is not added."""
        with _CHANGING:
            if self.has(event, registration.given):
                return
            entries = self.own.setdefault(event, [])
            entries.insert(0 if first else len(entries), registration)
            self._refresh(event)

    def adapted(self, event: str, called: Listener, options: dict[str, Any]) -> Listener:
        """Return a listener as the options that only its family knows want it called."""
        family = next(one for one in self.families if event in one.events())
        return family.adapted(event, called, options)

    def discard(self, event: str, given: Listener) -> bool:
        """Take a listener away; tell whether it was there."""
        with _CHANGING:
            entries = self.own.get(event, [])
            kept = [entry for entry in entries if entry.given is not given and entry.given != given]
            found = len(kept) != len(entries)
            if found:
                self.own[event] = kept
                self._refresh(event)
            return found

    def has(self, event: str, given: Listener) -> bool:
        """Tell whether the function was given for the event on this very target."""
        return any(entry.given == given for entry in self.own.get(event, ()))

    def take_over(self, other: Dispatch) -> None:
        """Hear from now on what was listened to on another target itself."""
        with _CHANGING:
            for event, entries in other.own.items():
                self.own.setdefault(event, []).extend(entries)
                self._refresh(event)

    def _heard(self, event: str) -> tuple[Listener, ...]:
        heard: list[Listener] = []
        for parent in self.parents:
            heard.extend(parent.__dict__.get(event, ()))
        heard.extend(entry.called for entry in self.own.get(event, ()))
        return tuple(heard)

    def _refresh(self, event: str) -> None:
        self.__dict__[event] = self._heard(event)
        self.active = self._anybody()
        for child in list(self.children):
            child._refresh(event)

    def _anybody(self) -> bool:
        return any(self.__dict__[event] for family in self.families for event in family.events())


_types: dict[tuple[type[Events], ...], type[Dispatch]] = {}
_of_classes: weakref.WeakKeyDictionary[type, Dispatch] = weakref.WeakKeyDictionary()


def dispatch_type(target_class: type) -> type[Dispatch]:
    """Return the dispatch class for the families that a target class declares."""
    families: tuple[type[Events], ...] = target_class.event_families  # type: ignore[attr-defined]
    found = _types.get(families)
    if found is None:
        found = _types[families] = type("Dispatch", (Dispatch,), {"families": families})
    return found


def class_dispatch(target_class: type) -> Dispatch:
    """Return the dispatch of a class, whose listeners all of its instances hear."""
    found = _of_classes.get(target_class)
    if found is None:
        with _CHANGING:
            found = _of_classes.get(target_class)
            if found is None:
                bases = [
                    class_dispatch(base)
                    for base in target_class.__bases__
                    if hasattr(base, "event_families")
                ]
                found = dispatch_type(target_class)(bases)
                _of_classes[target_class] = found
    return found
