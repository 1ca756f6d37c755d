"""Keys: what the structures of nodes are told apart by, interned.

Two nodes of the same structure have the same key object, made of the keys of their children.
"""

from __future__ import annotations

from threading import Lock
from typing import Any, ClassVar


class Key:
    """The structure of a node, to be compared by identity."""

    __slots__ = ("leaf", "leafy", "lowering")

    # Whether it will be found again: what is compiled for a lone key is not worth keeping.
    interned: ClassVar[bool] = True

    def __init__(
        self, leafy: bool = True, lowering: str | None = None, *, leaf: bool = False
    ) -> None:
        # Whether there may be leaves in the structure: where there are none, none are asked for.
        self.leafy = leafy
        # What makes plain nodes of it, where there are others in it: a function's path.
        self.lowering = lowering
        # Whether it is the key of a leaf itself.
        self.leaf = leaf


class LoneKey(Key):
    """The key of a structure with a part that nothing can tell: no other node has it."""

    __slots__ = ()

    interned = False


_interned: dict[tuple[Any, ...], Key] = {}
# The keys of plain parameters, by which type they are of (what users' types call equal is their
# own business) and what they are named after; and the types, so that no other gets their place.
parameter_keys: dict[tuple[int, str | None], Key] = {}
_parameter_types: dict[int, Any] = {}
_parameters_lock = Lock()
_MOST_PARAMETERS = 10_000
# Structures that programs make at run time must not fill the memory: when there are so many,
# all are forgotten.  Keys that nodes hold stay right; they are only not found again.
_MOST = 200_000


def new_key(parts: tuple[Any, ...], leafy: bool = True, *, leaf: bool = False) -> Key:
    """Return the one key of a structure that was not found; a lone one if a part is alone."""
    lowering = _lowering_in(parts)
    if any(map(_is_alone, parts)):
        return LoneKey(lowering=lowering, leaf=leaf)
    if len(_interned) >= _MOST:
        _interned.clear()
        with _parameters_lock:
            _forget_parameters()
    return _interned.setdefault(parts, Key(leafy, lowering, leaf=leaf))


def keep_parameter_key(type_: Any, hint: str | None, key: Key) -> None:
    """Let parameters of a type that are named after a hint find their key at once."""
    with _parameters_lock:
        if len(parameter_keys) >= _MOST_PARAMETERS:
            _forget_parameters()
        _parameter_types[id(type_)] = type_
        parameter_keys[id(type_), hint] = key


def _forget_parameters() -> None:
    # In this order: no key is there whose type is not.
    parameter_keys.clear()
    _parameter_types.clear()


def _lowering_in(parts: tuple[Any, ...]) -> str | None:
    for part in parts:
        found: str | None = None
        if isinstance(part, (Key, type)):
            # Of a class that is no node's there is none.
            found = getattr(part, "lowering", None)
        elif part.__class__ is tuple:
            found = _lowering_in(part)
        if found is not None:
            return found
    return None


def _is_alone(part: object) -> bool:
    if part.__class__ is tuple:
        return any(map(_is_alone, part))
    # Of keys below, and of types that have no key: their ``NoKey``.
    return not getattr(part.__class__, "interned", True)


find_key = _interned.get
