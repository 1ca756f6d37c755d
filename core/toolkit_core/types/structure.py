"""What a type is made of: its arguments, for copies, ``repr`` and the keys of statements."""

from __future__ import annotations

from typing import Any
from weakref import WeakKeyDictionary

# ``CO_VARARGS`` and ``CO_VARKEYWORDS`` of the module inspect, which costs too much to import.
_VARARGS, _VARKEYWORDS = 0x04, 0x08


class NoKey:
    """In place of the key of a type that has none: no two are equal.

    A node with one in its own key is not found again, so what is compiled for it is not kept.
    """

    __slots__ = ()

    interned = False


class TypeKey:
    """The key of a type with arguments, to be compared by identity: quicker than a tuple."""

    __slots__ = ()


_interned: dict[tuple[object, ...], TypeKey] = {}
# So many types are not written but made in a loop: forgetting them costs a compilation each.
_MOST = 20_000


def interned(parts: tuple[object, ...]) -> TypeKey:
    """Return the one key of a type's class and arguments."""
    if len(_interned) >= _MOST:
        _interned.clear()
    return _interned.setdefault(parts, TypeKey())


class Unkeyed(Exception):
    """Something in a type cannot be compared, so no key can tell it."""


_NAMES: WeakKeyDictionary[type[Any], tuple[str, ...]] = WeakKeyDictionary()


def argument_names(cls: type[Any]) -> tuple[str, ...]:
    """Return what the constructor takes, its parents' arguments included where it passes them on.

    >>> class One:
    ...     def __init__(self, length=None): ...
    >>> class Two(One):
    ...     def __init__(self, size, **rest): ...
    >>> argument_names(Two)
    ('size', 'length')
    """
    known = _NAMES.get(cls)
    if known is not None:
        return known
    names: dict[str, None] = {}
    for parent in cls.__mro__:
        made = vars(parent).get("__init__")
        code = getattr(made, "__code__", None)
        if code is None:
            continue
        count = code.co_argcount + code.co_kwonlyargcount
        names.update(dict.fromkeys(code.co_varnames[1:count]))
        if not code.co_flags & (_VARARGS | _VARKEYWORDS):
            break
    found = _NAMES[cls] = tuple(names)
    return found


def frozen(value: Any) -> Any:
    """Return a value as part of a key: types by their keys, containers by what is in them."""
    kind = value.__class__
    if kind in (str, int, type(None)):
        return value
    make_key = getattr(value, "static_key", None)
    if make_key is not None and not isinstance(value, type):
        key = make_key()
        if key.__class__ is NoKey:
            raise Unkeyed
        return key
    if kind in (list, tuple):
        return (kind, *[frozen(one) for one in value])
    if kind is dict:
        return kind, frozenset([(frozen(name), frozen(one)) for name, one in value.items()])
    if kind is set:
        return kind, frozenset([frozen(one) for one in value])
    try:
        hash(value)
    except TypeError:
        raise Unkeyed from None
    # 1, 1.0 and True are equal, and yet other arguments.
    return (kind, value)


def shown(type_: Any, skip: tuple[str, ...] = ()) -> str:
    """Return a type's arguments as ``repr`` shows them: those that differ from their defaults."""
    cls, state = type(type_), type_.__dict__
    return ", ".join(
        f"{name}={state[name]!r}"
        for name in argument_names(cls)
        if name in state and name not in skip and state[name] is not getattr(cls, name, state)
    )
