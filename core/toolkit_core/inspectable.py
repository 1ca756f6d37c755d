"""``inspect()``: what there is to say about an object, looked up by its class.

The rooms that have something to say register for their classes, mostly by the address of a
function, so that nothing is imported before somebody asks.
"""

from __future__ import annotations

from collections.abc import Callable

from toolkit_core.errors import NoInspectionAvailable
from toolkit_core.plugins import load_object

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeVar

    C = TypeVar("C", bound=type)

# Class → a function of an object, its address, or None: the object speaks for itself.
_registry: dict[type, Callable[[Any], Any] | str | None] = {}


def inspected_by(cls: type, inspector: Callable[[Any], Any] | str) -> None:
    """Say what inspects objects of a class and its subclasses: a function, or its address.

    >>> class Kettle:
    ...     litres = 2
    >>> inspected_by(Kettle, lambda kettle: f"holds {kettle.litres} litres")
    >>> inspect(Kettle())
    'holds 2 litres'
    """
    if cls in _registry:
        raise ValueError(f"{cls!r} is inspected by something already")
    _registry[cls] = inspector


def inspects_itself(cls: C) -> C:
    """Say that objects of a class are what ``inspect()`` returns for them."""
    _registry[cls] = None
    return cls


def inspect(subject: Any, raiseerr: bool = True) -> Any:
    """Return what there is to say about an object.

    An engine or a connection gives an ``Inspector``, which tells what is in its database; an
    expression or a table speaks for itself.  Of other objects there is nothing to say, which is
    an error, or None with ``raiseerr=False``.

    >>> inspect(5, raiseerr=False) is None
    True
    """
    kind = type(subject)
    for cls in kind.__mro__:
        found = _registry.get(cls, _UNKNOWN)
        if found is _UNKNOWN:
            continue
        if found is None:
            return subject
        maker: Any = load_object(found) if isinstance(found, str) else found
        said = maker(subject)
        if said is not None:
            return said
    if raiseerr:
        raise NoInspectionAvailable(
            f"No inspection system is available for object of type {kind}",
            hint="inspect() takes engines, connections, tables and expressions",
        )
    return None


_UNKNOWN: Any = object()
