"""What happens to mapped classes and their objects, and who listens.

Listeners are kept by class, mapped or not, so that a mixin or a base can be listened to before
its subclasses are there.  Until somebody listens to any class, ``events_of`` is one flag test.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum
from functools import wraps
from typing import Any
from weakref import WeakKeyDictionary, WeakSet, ref

from toolkit_core.events import Dispatch, Events, add_resolver
from toolkit_core.events.registry import Registration, class_dispatch
from toolkit_orm.instrument.state import InstanceState, state_of


class Returned(Enum):
    """What some listeners may return, to say how it goes on."""

    EXT_CONTINUE = 1
    EXT_STOP = 2
    EXT_SKIP = 3


EXT_CONTINUE = Returned.EXT_CONTINUE
EXT_STOP = Returned.EXT_STOP
EXT_SKIP = Returned.EXT_SKIP


def with_state(called: Any, place: int) -> Any:
    """Return a listener that is called with the state of an object in place of the object."""

    @wraps(called)
    def call(*values: Any, **named: Any) -> Any:
        told = list(values)
        told[place] = state_of(told[place])
        return called(*told, **named)

    return call


class MapperEvents(Events):
    """What happens to a mapper, and to rows in a flush: listen to a class, or to ``Mapper``.

    With ``raw=True`` listeners get the object's ``InstanceState`` in its place.
    """

    options = frozenset({"raw"})
    returning = frozenset({"before_mapper_configured"})

    @classmethod
    def adapted(cls, event: str, called: Any, options: Mapping[str, Any]) -> Any:
        """Return a listener of rows that gets the state of the object, if it is to."""
        is_of_row = "target" in cls.argument_names(event)
        return with_state(called, 2) if is_of_row and options.get("raw") else called

    def instrument_class(self, mapper: Any, class_: Any) -> None:
        """A class is about to be given its attributes."""

    def after_mapper_constructed(self, mapper: Any, class_: Any) -> None:
        """A mapper was made; what depends on other classes is not known yet."""

    def before_mapper_configured(self, mapper: Any, class_: Any) -> Any:
        """A mapper is about to be configured; ``retval`` may return ``EXT_SKIP``: not now."""

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
    """What happens to objects: listen to a class, or to ``Mapper``.

    With ``raw=True`` listeners get the object's ``InstanceState`` in its place.
    ``restore_load_context`` is accepted and changes nothing: a listener may load what it likes.
    """

    options = frozenset({"raw", "restore_load_context"})

    @classmethod
    def adapted(cls, event: str, called: Any, options: Mapping[str, Any]) -> Any:
        """Return a listener that gets the state of the object, if it is to."""
        return with_state(called, 0) if options.get("raw") else called

    def init(self, target: Any, args: Any, kwargs: Any) -> None:
        """``__init__`` is about to be called; ``kwargs`` may be changed."""

    def init_failure(self, target: Any, args: Any, kwargs: Any) -> None:
        """``__init__`` has raised."""

    def load(self, target: Any, context: Any) -> None:
        """An object was made of a row; what is related to it may not be there yet."""

    def refresh(self, target: Any, context: Any, attrs: Any) -> None:
        """Attributes of an object were loaded anew; ``attrs`` names them, None: all."""

    def refresh_flush(self, target: Any, flush_context: Any, attrs: Any) -> None:
        """A flush has given an object what defaults and the server have made up."""

    def expire(self, target: Any, attrs: Any) -> None:
        """Attributes of an object, or all (None), have expired."""

    def pickle(self, target: Any, state_dict: Any) -> None:
        """An object is being pickled; what is put into ``state_dict`` goes with it."""

    def unpickle(self, target: Any, state_dict: Any) -> None:
        """An object was unpickled; ``state_dict`` has what ``pickle`` put there."""


class InstrumentationEvents(Events):
    """What happens to a class when it is mapped: listen to it, or to a class above."""

    def class_instrument(self, cls: Any) -> None:
        """A class was given its attributes."""

    def class_uninstrument(self, cls: Any) -> None:
        """A class is about to lose its attributes."""

    def attribute_instrument(self, cls: Any, key: Any, inst: Any) -> None:
        """An attribute is ready: a column's or a relationship's; it may be listened to now."""


FAMILIES = (MapperEvents, InstanceEvents, InstrumentationEvents)


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
        if event in InstrumentationEvents.events():
            registration = Registration(registration.given, registration.called, propagate=True)
        cls: Any = self.cls()
        if event in _OF_CONSTRUCTION and registration.propagate and cls is not None:
            # They must be there to hear that somebody listens.
            for below in _subclasses(cls):
                dispatch_of_class(below)
        super().add(event, registration, first=first)

    def _refresh(self, event: str) -> None:
        super()._refresh(event)
        cls: Any = self.cls()
        if event in _OF_CONSTRUCTION and cls is not None and self.__dict__[event]:
            _tell_construction(cls)

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


_OF_CONSTRUCTION = frozenset({"init", "init_failure"})
# The classes that are mapped, for listeners to all of them.
_mapped: WeakSet[type] = WeakSet()


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


def is_anybody_listening() -> bool:
    """Tell whether anybody listens to any class."""
    return _Listening.anybody


def load_is_heard(mappers: Iterable[Any]) -> bool:
    """Tell whether anybody wants to know which objects of some classes are loaded."""
    return _Listening.anybody and any(dispatch_of_class(one.class_).load for one in mappers)


def born(instance: Any, context: Any) -> None:
    """Give a new object that was loaded to who wants it: its class, and those who listen."""
    mapper = type(instance).__mapper__
    if mapper.reconstructor is not None:
        mapper.reconstructor(instance)
    if _Listening.anybody:
        for heard in dispatch_of_class(mapper.class_).load:
            heard(instance, context)


def tell_mapping(mapper: Any) -> None:
    """Tell that a class is about to be given its attributes."""
    _mapped.add(mapper.class_)
    events = events_of(mapper)
    if events is not None:
        for heard in events.instrument_class:
            heard(mapper, mapper.class_)


def tell_mapped(mapper: Any) -> None:
    """Tell that a class was mapped."""
    events = events_of(mapper)
    if events is not None:
        if events.init or events.init_failure:
            _tell_construction(mapper.class_)
        for heard in events.class_instrument:
            heard(mapper.class_)
        for heard in events.after_mapper_constructed:
            heard(mapper, mapper.class_)


def tell_attributes(mapper: Any) -> None:
    """Tell of the attributes of a class that was configured."""
    events = events_of(mapper)
    if events is not None:
        for key, prop in list(mapper.props.items()):
            if not prop.is_synonym:
                for heard in events.attribute_instrument:
                    heard(mapper.class_, key, getattr(mapper.class_, key))


def tell_refresh(instance: Any, context: Any, names: Any) -> None:
    """Tell that attributes of an object were loaded anew."""
    if _Listening.anybody:
        for heard in dispatch_of_class(type(instance)).refresh:
            heard(instance, context, names)


def tell_refresh_flush(state: InstanceState, names: list[str]) -> None:
    """Tell what a flush has given to an object."""
    for heard in dispatch_of_class(state.mapper.class_).refresh_flush:
        heard(state(), state.session, names)


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
            for cls in list(_mapped):
                dispatch_of_class(cls)
            return [class_dispatch(EveryMapper)]
        return [dispatch_of_class(target.class_)]
    if isinstance(target, type) and not hasattr(target, "event_families"):
        if target.__module__ == "builtins":
            return None
        _Listening.anybody = True
        return [dispatch_of_class(target)]
    return None


add_resolver(_resolved)
