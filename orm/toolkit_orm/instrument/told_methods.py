"""The methods of lists, sets and dictionaries, made to tell of what they change.

Each function takes a method and returns one that does the same and tells of it.  They serve our
own collections and those of users alike.  ``_sa_initiator`` is what a change began with; False:
nobody is told.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from types import FunctionType
from typing import Any, Final

from toolkit_orm.instrument.attribute_operation import NO_KEY

Method = Callable[..., Any]
Told = Callable[[Method], Method]


class Missing:
    """In place of a value that is not there."""


def adding(collection: Any, item: Any, initiator: Any = None, key: Any = NO_KEY) -> Any:
    """Tell that an object is about to be added, and where; return what is to be added."""
    belongs = collection._sa_adapter
    if belongs is None or initiator is False:
        return item
    return belongs.added(collection, item, initiator, key)


def removing(collection: Any, item: Any, initiator: Any = None, key: Any = NO_KEY) -> None:
    """Tell that an object is about to be removed, and from where."""
    belongs = collection._sa_adapter
    if belongs is not None and initiator is not False:
        belongs.removed(collection, item, initiator, key)


def once(collection: Any, item: Any, call: Method, *arguments: Any) -> Any:
    """Call a method: the others that it calls for the same object tell nothing more."""
    belongs = collection._sa_adapter
    if belongs is None:
        return call(collection, *arguments)
    before, belongs.announced = belongs.announced, item
    try:
        return call(collection, *arguments)
    finally:
        belongs.announced = before


# -- lists -----------------------------------------------------------------------------------


def _is_python(call: Method) -> bool:
    """Tell whether a method is written in Python, and may call others that tell."""
    return isinstance(call, FunctionType)


def _append(call: Method) -> Method:
    def append_quickly(self: Any, item: Any, _sa_initiator: Any = None) -> None:
        belongs = self._sa_adapter
        if belongs is not None and _sa_initiator is not False:
            item = belongs.added(self, item, _sa_initiator)
        call(self, item)

    def append(self: Any, item: Any, _sa_initiator: Any = None) -> None:
        item = adding(self, item, _sa_initiator)
        once(self, item, call, item)

    return append if _is_python(call) else append_quickly


def _insert(call: Method) -> Method:
    def insert(self: Any, position: Any, item: Any) -> None:
        item = adding(self, item, None, position)
        once(self, item, call, position, item)

    return insert


def _extend(_: Method) -> Method:
    def extend(self: Any, items: Any) -> None:
        for item in list(items):
            self.append(item)

    return extend


def _iadd(_: Method) -> Method:
    def iadd(self: Any, items: Any) -> Any:
        for item in list(items):
            self.append(item)
        return self

    return iadd


def _remove_of_list(call: Method) -> Method:
    def remove(self: Any, item: Any, _sa_initiator: Any = None) -> None:
        if item in self:
            removing(self, item, _sa_initiator)
        once(self, item, call, item)

    return remove


def _pop_of_list(call: Method) -> Method:
    is_python = _is_python(call)

    def pop(self: Any, position: Any = -1) -> Any:
        item = self[position]
        removing(self, item, None, position)
        return once(self, item, call, position) if is_python else call(self, position)

    return pop


def _clear_of_list(call: Method) -> Method:
    def clear(self: Any) -> None:
        for item in list(self):
            removing(self, item)
        call(self)

    return clear


def _set_item_of_list(call: Method) -> Method:
    def setitem(self: Any, where: Any, new: Any) -> None:
        if isinstance(where, slice):
            if new is not self:
                _set_slice(self, where, new)
            return
        before = self[where]
        removing(self, before, None, where)
        new = adding(self, new, None, where)
        once(self, new, call, where, new)

    return setitem


def _set_slice(self: Any, where: slice, new: Any) -> None:
    """Put objects in place of others, one by one."""
    start, stop, step = where.indices(len(self))
    given = list(new)
    if step == 1:
        for _ in range(start, stop):
            del self[start]
        for place, item in enumerate(given, start):
            self.insert(place, item)
        return
    places = range(start, stop, step)
    if len(places) != len(given):
        raise ValueError(
            f"attempt to assign sequence of size {len(given)} to extended slice of size "
            f"{len(places)}"
        )
    for place, item in zip(places, given, strict=True):
        self[place] = item


def _delete_item_of_list(call: Method) -> Method:
    def delitem(self: Any, where: Any) -> None:
        if not isinstance(where, slice):
            item = self[where]
            removing(self, item, None, where)
            once(self, item, call, where)
            return
        for item in self[where]:
            removing(self, item, None, where)
        call(self, where)

    return delitem


# -- sets ------------------------------------------------------------------------------------


def _add(call: Method) -> Method:
    def add_quickly(self: Any, item: Any, _sa_initiator: Any = None) -> None:
        belongs = self._sa_adapter
        if belongs is not None and _sa_initiator is not False:
            tell = belongs.was_there if item in self else belongs.added
            item = tell(self, item, _sa_initiator)
        call(self, item)

    def add(self: Any, item: Any, _sa_initiator: Any = None) -> None:
        if item not in self:
            item = adding(self, item, _sa_initiator)
        elif self._sa_adapter is not None and _sa_initiator is not False:
            item = self._sa_adapter.was_there(self, item, _sa_initiator)
        once(self, item, call, item)

    return add if _is_python(call) else add_quickly


def _out_of_set(call: Method) -> Method:
    def remove(self: Any, item: Any, _sa_initiator: Any = None) -> None:
        if item in self:
            removing(self, item, _sa_initiator)
        once(self, item, call, item)

    return remove


def _pop_of_set(call: Method) -> Method:
    def pop(self: Any) -> Any:
        belongs = self._sa_adapter
        if belongs is not None:
            # Which one it is shows when it is out: what was there is noted before.
            belongs.changing(self)
        item = call(self)
        removing(self, item)
        return item

    return pop


def _clear_of_set(_: Method) -> Method:
    def clear(self: Any) -> None:
        for item in list(self):
            self.remove(item)

    return clear


def _update(_: Method) -> Method:
    def update(self: Any, *others: Any) -> None:
        for other in others:
            for item in list(other):
                self.add(item)

    return update


def _difference_update(_: Method) -> Method:
    def difference_update(self: Any, *others: Any) -> None:
        for other in others:
            for item in list(other):
                self.discard(item)

    return difference_update


def _intersection_update(_: Method) -> Method:
    def intersection_update(self: Any, *others: Any) -> None:
        kept = self.intersection(*others)
        for item in [item for item in self if item not in kept]:
            self.remove(item)

    return intersection_update


def _symmetric_difference_update(_: Method) -> Method:
    def symmetric_difference_update(self: Any, other: Any) -> None:
        given = set(other)
        both = self.intersection(given)
        new = [item for item in given if item not in self]
        for item in both:
            self.remove(item)
        for item in new:
            self.add(item)

    return symmetric_difference_update


def _in_place(name: str) -> Told:
    """Return what makes an operator of a method that changes a set in place."""

    def told(_: Method) -> Method:
        def operator(self: Any, other: Any) -> Any:
            if not isinstance(other, (set, frozenset)):
                return NotImplemented
            getattr(self, name)(other)
            return self

        return operator

    return told


# -- dictionaries ----------------------------------------------------------------------------


def _set_item_of_dict(call: Method) -> Method:
    def setitem(self: Any, key: Any, item: Any, _sa_initiator: Any = None) -> None:
        if key in self:
            removing(self, self[key], _sa_initiator, key)
        item = adding(self, item, _sa_initiator, key)
        once(self, item, call, key, item)

    return setitem


def _delete_item_of_dict(call: Method) -> Method:
    def delitem(self: Any, key: Any, _sa_initiator: Any = None) -> None:
        item = self.get(key, Missing)
        if item is not Missing:
            removing(self, item, _sa_initiator, key)
        once(self, item, call, key)

    return delitem


def _clear_of_dict(call: Method) -> Method:
    def clear(self: Any) -> None:
        for key, item in list(self.items()):
            removing(self, item, None, key)
        call(self)

    return clear


def _pop_of_dict(call: Method) -> Method:
    def pop(self: Any, key: Any, *default: Any) -> Any:
        item = self.get(key, Missing)
        if item is not Missing:
            removing(self, item, None, key)
        return once(self, item, call, key, *default)

    return pop


def _popitem(_: Method) -> Method:
    def popitem(self: Any) -> Any:
        key = next(reversed(self), Missing)
        if key is Missing:
            raise KeyError("popitem(): dictionary is empty")
        return key, self.pop(key)

    return popitem


def _setdefault(_: Method) -> Method:
    def setdefault(self: Any, key: Any, default: Any = None) -> Any:
        if key not in self:
            self[key] = default
        elif self[key] is default and self._sa_adapter is not None:
            self._sa_adapter.was_there(self, default, None, key)
        return self[key]

    return setdefault


def _update_dict(_: Method) -> Method:
    def update(self: Any, *given: Any, **named: Any) -> None:
        for key, item in dict(*given, **named).items():
            if key not in self or self[key] is not item:
                self[key] = item
            elif self._sa_adapter is not None:
                self._sa_adapter.was_there(self, item, None, key)

    return update


def _ior_dict(_: Method) -> Method:
    def ior(self: Any, other: Any) -> Any:
        self.update(other)
        return self

    return ior


METHODS: Final[dict[type, dict[str, Told]]] = {
    list: {
        "append": _append,
        "insert": _insert,
        "extend": _extend,
        "__iadd__": _iadd,
        "remove": _remove_of_list,
        "pop": _pop_of_list,
        "clear": _clear_of_list,
        "__setitem__": _set_item_of_list,
        "__delitem__": _delete_item_of_list,
    },
    set: {
        "add": _add,
        "remove": _out_of_set,
        "discard": _out_of_set,
        "pop": _pop_of_set,
        "clear": _clear_of_set,
        "update": _update,
        "difference_update": _difference_update,
        "intersection_update": _intersection_update,
        "symmetric_difference_update": _symmetric_difference_update,
        "__ior__": _in_place("update"),
        "__isub__": _in_place("difference_update"),
        "__iand__": _in_place("intersection_update"),
        "__ixor__": _in_place("symmetric_difference_update"),
    },
    dict: {
        "__setitem__": _set_item_of_dict,
        "__delitem__": _delete_item_of_dict,
        "clear": _clear_of_dict,
        "pop": _pop_of_dict,
        "popitem": _popitem,
        "setdefault": _setdefault,
        "update": _update_dict,
        "__ior__": _ior_dict,
    },
}
TOLD: Final = "_sa_instrumented"


def told(method: Method, how: Told) -> Method:
    """Return a method that does what another does, and tells of it."""
    made = wraps(method)(how(method))
    setattr(made, TOLD, True)
    return made


def tells(like: type) -> Callable[[type], Any]:
    """Have the methods that a class has of a list, set or dictionary tell of what they change."""

    def changed(cls: type) -> type:
        for name, how in METHODS[like].items():
            method = getattr(cls, name, None)
            if method is not None and not hasattr(method, TOLD):
                setattr(cls, name, told(method, how))
        return cls

    return changed
