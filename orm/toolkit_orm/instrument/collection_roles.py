"""``collection``: marks on the methods of a collection class of one's own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from toolkit_core.late_annotations import signature_of
from toolkit_orm.instrument.told_methods import TOLD, adding, once, removing

F = TypeVar("F", bound=Callable[..., Any])
ROLE = "_sa_role"
TELLING = "_sa_telling"


class collection:  # noqa: N801 - the documented name
    """Marks for the methods of a class that is to hold related objects.

    A class like a list, a set or a dictionary needs none, if it has their methods.

    >>> class Bag:
    ...     def __init__(self):
    ...         self.items = []
    ...     @collection.appender
    ...     def put(self, item):
    ...         self.items.append(item)
    ...     @collection.remover
    ...     def take(self, item):
    ...         self.items.remove(item)
    ...     @collection.iterator
    ...     def every(self):
    ...         return iter(self.items)
    """

    @staticmethod
    def appender(fn: F) -> F:
        """Mark the method that adds an object: it is called with what is to be added."""
        return _marked(fn, ROLE, "appender")

    @staticmethod
    def remover(fn: F) -> F:
        """Mark the method that takes an object out: it is called with what is to be removed."""
        return _marked(fn, ROLE, "remover")

    @staticmethod
    def iterator(fn: F) -> F:
        """Mark the method that returns an iterator over all objects."""
        return _marked(fn, ROLE, "iterator")

    @staticmethod
    def internally_instrumented(fn: F) -> F:
        """Mark a method that tells of its changes itself, with ``collection_adapter()``."""
        return _marked(fn, TOLD, True)

    @staticmethod
    def adds(arg: int | str) -> Callable[[F], F]:
        """Mark a method that adds an object, which is the argument of a number or a name."""
        return lambda fn: _marked(fn, TELLING, adds_argument(arg))

    @staticmethod
    def replaces(arg: int | str) -> Callable[[F], F]:
        """Mark a method that adds an object, and returns the one that it has replaced, if any."""
        return lambda fn: _marked(fn, TELLING, _replaces(arg))

    @staticmethod
    def removes(arg: int | str) -> Callable[[F], F]:
        """Mark a method that removes an object, which is the argument of a number or a name."""
        return lambda fn: _marked(fn, TELLING, removes_argument(arg))

    @staticmethod
    def removes_return() -> Callable[[F], F]:
        """Mark a method that returns the object that it has removed."""
        return lambda fn: _marked(fn, TELLING, _removes_return)


def _marked(fn: F, mark: str, value: Any) -> F:
    setattr(fn, mark, value)
    return fn


class _Argument:
    """Which argument of a method is the object: found, and replaced, among those of a call."""

    def __init__(self, fn: Callable[..., Any], arg: int | str) -> None:
        names = list(signature_of(fn).parameters)
        self.place = arg if isinstance(arg, int) else names.index(arg)
        self.name = names[self.place] if self.place < len(names) else ""

    def of(self, arguments: tuple[Any, ...], named: dict[str, Any]) -> Any:
        """Return the object; ``arguments`` begin with the collection."""
        if len(arguments) > self.place:
            return arguments[self.place]
        if self.name in named:
            return named[self.name]
        raise TypeError(f"Missing argument {self.name or self.place}")

    def put(
        self, item: Any, arguments: tuple[Any, ...], named: dict[str, Any]
    ) -> tuple[tuple[Any, ...], dict[str, Any]]:
        """Return the arguments with another object."""
        if len(arguments) > self.place:
            return (*arguments[: self.place], item, *arguments[self.place + 1 :]), named
        return arguments, {**named, self.name: item}


def adds_argument(arg: int | str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Return what makes a method tell that it adds one of its arguments."""

    def how(call: Callable[..., Any]) -> Callable[..., Any]:
        argument = _Argument(call, arg)

        def add(self: Any, *given: Any, _sa_initiator: Any = None, **named: Any) -> Any:
            arguments = (self, *given)
            item = adding(self, argument.of(arguments, named), _sa_initiator)
            arguments, named = argument.put(item, arguments, named)
            return once(self, item, _bound(call, named), *arguments[1:])

        return add

    return how


def removes_argument(arg: int | str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Return what makes a method tell that it removes one of its arguments."""

    def how(call: Callable[..., Any]) -> Callable[..., Any]:
        argument = _Argument(call, arg)

        def remove(self: Any, *given: Any, _sa_initiator: Any = None, **named: Any) -> Any:
            item = argument.of((self, *given), named)
            removing(self, item, _sa_initiator)
            return once(self, item, _bound(call, named), *given)

        return remove

    return how


def _replaces(arg: int | str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    def how(call: Callable[..., Any]) -> Callable[..., Any]:
        add = adds_argument(arg)(call)

        def replace(self: Any, *given: Any, _sa_initiator: Any = None, **named: Any) -> Any:
            _note(self)
            before = add(self, *given, _sa_initiator=_sa_initiator, **named)
            if before is not None:
                removing(self, before, _sa_initiator)
            return before

        return replace

    return how


def _removes_return(call: Callable[..., Any]) -> Callable[..., Any]:
    def remove(self: Any, *given: Any, _sa_initiator: Any = None, **named: Any) -> Any:
        _note(self)
        before = call(self, *given, **named)
        if before is not None:
            removing(self, before, _sa_initiator)
        return before

    return remove


def _bound(call: Callable[..., Any], named: dict[str, Any]) -> Callable[..., Any]:
    return call if not named else lambda self, *given: call(self, *given, **named)


def _note(self: Any) -> None:
    """Note what is there, since what goes shows only when it is gone."""
    if self._sa_adapter is not None:
        self._sa_adapter.changing(self)
