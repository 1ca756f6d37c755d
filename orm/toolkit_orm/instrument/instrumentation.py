"""What a mapped class is given: attributes, ``__init__`` with a state, ``__setattr__``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from toolkit_core.plugins import load_object
from toolkit_orm.instrument.attribute_operation import (
    AttributeEventToken,
    Operation,
    listeners,
)
from toolkit_orm.instrument.state import (
    NO_VALUE,
    STATE,
    InstanceState,
    PickledState,
    gone,
    new_state,
    value_before,
)
from toolkit_orm.instrument.unknown_keyword import unknown_keyword

Setter = Callable[[Any, Any], None]
_set_plainly = object.__setattr__
_delete_plainly = object.__delattr__
_RELINKED = "toolkit_orm.mapping.relationship_link:relink"


def instrument(cls: type[Any], mapper: Any) -> None:
    """Make a class a mapped one; its attributes are installed one by one (``install``)."""
    state_class = type(
        "InstanceState",
        (InstanceState,),
        {"__slots__": (), "mapper": mapper, "__module__": __name__},
    )
    type.__setattr__(cls, "__state_class__", state_class)
    type.__setattr__(cls, "__setters__", {})
    _replace_setting(cls)
    _replace_unpickling(cls)


def _replace_unpickling(cls: type[Any]) -> None:
    """Have a pickled or copied object get a state of its own, and collections that tell of it."""
    given: Any = getattr(cls, "__setstate__", None)
    below: Any = getattr(given, "__below__", given)

    def set_state(self: Any, told: Any) -> None:
        if below is not None:
            below(self, told)
        elif told is not None:
            self.__dict__.update(told)
        found = self.__dict__.pop(STATE, None)
        state = found.restored(self) if isinstance(found, PickledState) else new_state(self)
        load_object(_RELINKED)(state)

    set_state.__below__ = below  # type: ignore[attr-defined] # a mark of ours
    type.__setattr__(cls, "__setstate__", set_state)


def install(cls: type[Any], key: str, attribute: Any, setter: Setter | None) -> None:
    """Put an attribute on a class; None: its values are set as they are, and noted."""
    type.__setattr__(cls, key, attribute)
    setters: dict[str, Setter | None] = cls.__setters__
    setters[key] = setter
    plain: set[str] | None = cls.__dict__.get("__plain_keys__")
    if plain is not None:
        plain.discard(key)


def _replace_setting(cls: type[Any]) -> None:
    setters: dict[str, Setter | None] = cls.__setters__
    given_set = cls.__setattr__
    given_delete = cls.__delattr__
    below: Any = getattr(given_set, "__below__", given_set)
    below_delete: Any = getattr(given_delete, "__below__", given_delete)

    def set_value(self: Any, name: str, value: Any) -> None:
        setter = setters.get(name, below)
        if setter is below:
            below(self, name, value)
        elif setter is None:
            values = self.__dict__
            state = values.get(STATE)
            if state is None:
                state = new_state(self)
            if state.pk is not None:
                committed = state.committed
                if committed is None:
                    committed = state.begin()
                if name not in committed:
                    committed[name] = (
                        values[name] if name in values else value_before(self, state, name)
                    )
            values[name] = value
        else:
            setter(self, value)

    def delete_value(self: Any, name: str) -> None:
        if name in setters:
            _delete_as_told(self, name, setters[name])
        else:
            below_delete(self, name)

    set_value.__below__ = below  # type: ignore[attr-defined] # a mark of ours
    delete_value.__below__ = below_delete  # type: ignore[attr-defined] # a mark of ours
    type.__setattr__(cls, "__setattr__", set_value)
    type.__setattr__(cls, "__delattr__", delete_value)


def _delete_as_told(instance: Any, name: str, setter: Setter | None) -> None:
    deletes = getattr(setter, "deletes", None)
    if deletes is None:
        deleted(instance, name)
    else:
        deletes(instance)


def deleted(instance: Any, name: str) -> None:
    """Take a value away: in the database it becomes NULL."""
    values = instance.__dict__
    state = values.get(STATE) or new_state(instance)
    before = values.get(name, NO_VALUE)
    if before is NO_VALUE:
        if state.stale is None or name not in state.stale:
            raise AttributeError(f"{type(instance).__name__} object has no value for {name!r}")
        before = value_before(instance, state, name)
    heard = listeners(instance, name, "remove")
    if heard:
        token = AttributeEventToken(type(instance).__mapper__, name, Operation.REMOVE)
        for listener in heard:
            listener(instance, before, token)
    if state.pk is not None:
        committed = state.committed
        if committed is None:
            committed = state.begin()
        committed.setdefault(name, before)
    values.pop(name, None)


def keyword_init(cls: type[Any]) -> Callable[..., None]:
    """Return the constructor of a class that has none of its own: values by keyword."""
    setters: dict[str, Setter | None] = cls.__setters__
    # The attributes that are known to be set as they are.
    plain: set[str] = set()
    type.__setattr__(cls, "__plain_keys__", plain)

    def by_keyword(self: Any, **kwargs: Any) -> None:
        state = self.__state_class__(self, gone)
        state.home = state.pk = None
        values = self.__dict__
        values[STATE] = state
        for name, value in kwargs.items():
            if name in plain:
                values[name] = value
            elif setters.get(name, NO_VALUE) is None:
                plain.add(name)
                values[name] = value
            else:
                _set_other(self, name, value)

    by_keyword.__name__ = "__init__"
    by_keyword.__qualname__ = f"{cls.__qualname__}.__init__"
    return by_keyword


def _set_other(instance: Any, name: str, value: Any) -> None:
    cls = type(instance)
    if not hasattr(cls, name):
        raise unknown_keyword(cls, name)
    setattr(instance, name, value)
