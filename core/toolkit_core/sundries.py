"""Small things that programs import from ``toolkit.util``, though no manual told them to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from inspect import getfullargspec as inspect_getfullargspec
from inspect import signature
from typing import Any, Generic, TypeVar

from toolkit_core.errors import ArgumentError

__all__ = [
    "OrderedSet",
    "asbool",
    "classproperty",
    "generic_repr",
    "inspect_getfullargspec",
    "symbol",
    "to_list",
    "unique_list",
]

T = TypeVar("T")

_YES = frozenset(("true", "yes", "on", "y", "t", "1"))
_NO = frozenset(("false", "no", "off", "n", "f", "0"))


class OrderedSet(dict[T, None]):
    """A set that keeps the order in which things came.

    >>> list(OrderedSet("hello"))
    ['h', 'e', 'l', 'o']
    """

    def __init__(self, found: Iterable[T] = ()) -> None:
        super().__init__(dict.fromkeys(found))

    def add(self, element: T) -> None:
        """Add one thing."""
        self[element] = None

    def discard(self, element: T) -> None:
        """Remove one thing, if it is there."""
        self.pop(element, None)

    def __repr__(self) -> str:
        return f"OrderedSet({list(self)!r})"


class classproperty(Generic[T]):  # noqa: N801 - a decorator, named as property is
    """A property of a class.

    >>> class Person:
    ...     @classproperty
    ...     def kind(cls):
    ...         return cls.__name__.lower()
    >>> Person.kind
    'person'
    """

    def __init__(self, function: Callable[[Any], T]) -> None:
        self.function = function

    def __get__(self, instance: object, owner: type) -> T:
        return self.function(owner)


class symbol(str):  # noqa: N801 - named as str is
    """A word that stands for itself.

    >>> symbol("NO_ARG")
    symbol('NO_ARG')
    """

    __slots__ = ()

    def __repr__(self) -> str:
        return f"symbol({str(self)!r})"


def asbool(obj: object) -> bool:
    """Return what a setting means.

    >>> asbool("yes"), asbool("0"), asbool(1)
    (True, False, True)
    """
    if not isinstance(obj, str):
        return bool(obj)
    word = obj.strip().lower()
    if word not in _YES | _NO:
        raise ArgumentError(f"String is not true/false: {obj!r}")
    return word in _YES


def to_list(x: Any, default: list[Any] | None = None) -> list[Any]:
    """Return a list of what is one, or some of it.

    >>> to_list("a"), to_list(("a", "b")), to_list(None)
    (['a'], ['a', 'b'], [])
    """
    if x is None:
        return [] if default is None else default
    return list(x) if isinstance(x, Iterable) and not isinstance(x, (str, bytes)) else [x]


def unique_list(seq: Iterable[T]) -> list[T]:
    """Return what is in a row, each thing once, in its order.

    >>> unique_list([2, 1, 2])
    [2, 1]
    """
    return list(dict.fromkeys(seq))


def generic_repr(obj: Any) -> str:
    """Return what an object was made from, as far as its attributes tell.

    >>> class Pair:
    ...     def __init__(self, left, right=None):
    ...         self.left, self.right = left, right
    >>> generic_repr(Pair(1)), generic_repr(Pair(1, right=2))
    ('Pair(1)', 'Pair(1, right=2)')
    """
    return f"{type(obj).__name__}({', '.join(_shown(obj))})"


def _shown(obj: Any) -> Iterator[str]:
    for name, parameter in signature(type(obj)).parameters.items():
        found = getattr(obj, name, parameter.default)
        if parameter.default is parameter.empty:
            yield repr(found)
        elif found != parameter.default:
            yield f"{name}={found!r}"
