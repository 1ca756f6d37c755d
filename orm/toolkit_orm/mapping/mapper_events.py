"""What happens to mapped classes and their objects, and who listens.

Listeners are kept by class, mapped or not, so that a mixin or a base can be listened to before
its subclasses are there.  Until somebody listens to any class, ``events_of`` is one flag test.
"""

from __future__ import annotations

from functools import wraps
from typing import Any
from weakref import WeakKeyDictionary, ref

from toolkit_core.events import Dispatch, Events, add_resolver
from toolkit_core.events.registry import Registration, class_dispatch


class MapperEvents(Events):
    """What happens to a mapper, and to rows in a flush: listen to a class, or to ``Mapper``."""

    def instrument_class(self, mapper: Any, class_: Any) -> None:
        """A class is about to be given its attributes."""

    def after_mapper_constructed(self, mapper: Any, class_: Any) -> None:
        """A mapper was made; what depends on other classes is not known yet."""

    def before_mapper_configured(self, mapper: Any, class_: Any) -> None:
        """A mapper is about to be configured."""

    def mapper_configured(self, mapper: Any, class_: Any) -> None:
        """A mapper was configured."""

    def before_configured(self) -> None:
        """Mappers are about to be configured: listen to ``Mapper``."""

    def after_configured(self) -> None:
        """Mappers were configured: listen to ``Mapper``."""

    def before_insert(self, mapper: Any, connection: Any, target: Any) -> None:
        """The row of an object is about to be inserted; its values may be set."""

    def after_insert(self, mapper: Any, connection: Any, target: Any) -> None:
        """The row of an object was inserted."""

    def before_update(self, mapper: Any, connection: Any, target: Any) -> None:
        """The row of an object is about to be updated; its values may be set."""

    def after_update(self, mapper: Any, connection: Any, target: Any) -> None:
        """The row of an object was updated."""

    def before_delete(self, mapper: Any, connection: Any, target: Any) -> None:
        """The row of an object is about to be deleted."""

    def after_delete(self, mapper: Any, connection: Any, target: Any) -> None:
        """The row of an object was deleted."""


class InstanceEvents(Events):
    """What happens to objects: listen to a class, or to ``Mapper``."""

    def init(self, target: Any, args: Any, kwargs: Any) -> None:
        """``__init__`` is about to be called; ``kwargs`` may be changed."""

    def init_failure(self, target: Any, args: Any, kwargs: Any) -> None:
        """``__init__`` has raised."""

    def expire(self, target: Any, attrs: Any) -> None:
        """Attributes of an object, or all (None), have expired."""


FAMILIES = (MapperEvents, InstanceEvents)


class EveryMapper:
    """What all mapped classes hear: the target that ``Mapper`` and ``mapper`` stand for."""

    event_families = FAMILIES


class ClassDispatch(Dispatch):
    """Who listens to one class; of listeners to classes above, those that propagate."""

    families = FAMILIES

    def __init__(self, cls: type, parents: Any, above: tuple[ClassDispatch, ...]) -> None:
        self.cls = ref(cls)
        self.above = above
        super().__init__((*above, *parents))

    def add(self, event: str, registration: Registration, *, first: bool = False) -> None:
        """Add a listener; of ``init`` only classes tell that are listened to."""
        super().add(event, registration, first=first)
        cls: Any = self.cls()
        if event in ("init", "init_failure") and cls is not None:
            _tell_construction(cls)
            if registration.propagate:
                for below in _subclasses(cls):
                    _tell_construction(below)

    def registrations(self, event: str) -> list[Registration]:
        """Return what was given for an event, here and above, each once."""
        found: dict[int, Registration] = {}
        for dispatch in self.above:
            for entry in dispatch.registrations(event):
                if entry.propagate:
                    found[id(entry)] = entry
        for entry in self.own.get(event, ()):
            found[id(entry)] = entry
        return list(found.values())

    def _heard(self, event: str) -> tuple[Any, ...]:
        everywhere = class_dispatch(EveryMapper).__dict__[event]
        return (*everywhere, *(entry.called for entry in self.registrations(event)))


class _Listening:
    """Whether anybody listens to any class."""

    anybody = False


_by_class: WeakKeyDictionary[type, ClassDispatch] = WeakKeyDictionary()


def dispatch_of_class(cls: type) -> ClassDispatch:
    """Return the listeners of a class, mapped or not."""
    found = _by_class.get(cls)
    if found is None:
        above = tuple([dispatch_of_class(base) for base in cls.__bases__ if base is not object])
        found = _by_class[cls] = ClassDispatch(cls, (class_dispatch(EveryMapper),), above)
    return found


def events_of(mapper: Any) -> ClassDispatch | None:
    """Return who listens to a mapped class; None while nobody listens to any."""
    return dispatch_of_class(mapper.class_) if _Listening.anybody else None


def every_mapper() -> Dispatch | None:
    """Return who listens to all mapped classes; None while nobody listens to any."""
    return class_dispatch(EveryMapper) if _Listening.anybody else None


def _subclasses(cls: type) -> list[type]:
    found = []
    waiting: list[type] = cls.__subclasses__()
    while waiting:
        one = waiting.pop()
        found.append(one)
        waiting += one.__subclasses__()
    return found


def _tell_construction(cls: type) -> None:
    """Have the constructor of a mapped class tell when it is called."""
    if "__mapper__" not in cls.__dict__:
        return
    given: Any = cls.__init__  # type: ignore[misc] # of this very class
    if getattr(given, "__tells__", None) is cls:
        return

    @wraps(given)
    def told_init(self: Any, *args: Any, **kwargs: Any) -> None:
        events = dispatch_of_class(type(self)) if type(self) is cls else None
        if events is None:
            given(self, *args, **kwargs)
            return
        for heard in events.init:
            heard(self, args, kwargs)
        try:
            given(self, *args, **kwargs)
        except BaseException:
            for heard in events.init_failure:
                heard(self, args, kwargs)
            raise

    told_init.__tells__ = cls  # type: ignore[attr-defined] # told apart by it
    type.__setattr__(cls, "__init__", told_init)


def _resolved(target: Any) -> list[Dispatch] | None:
    if getattr(target, "is_mapper", False):
        _Listening.anybody = True
        if isinstance(target, type):
            return [class_dispatch(EveryMapper)]
        return [dispatch_of_class(target.class_)]
    if isinstance(target, type) and not hasattr(target, "event_families"):
        if target.__module__ == "builtins":
            return None
        _Listening.anybody = True
        return [dispatch_of_class(target)]
    return None


add_resolver(_resolved)
