"""Methods that comparators add: what is a method of a type's comparator is one of its expressions.

They are put on the class of all expressions by their names, when a comparator that has them is
defined.  A ``__getattr__`` there would do as well, and would make every attribute of every
expression slower to read: an eighth of the time that a statement takes to build.
"""

from __future__ import annotations

from typing import Any

# The class of all expressions, once there is one.
_lent_to: list[type[Any]] = []
# The names that there are to lend.
_names: set[str] = set()


class LentMethod:
    """A method of those expressions whose comparators have it."""

    def __init__(self, name: str, owner: type[Any]) -> None:
        self.name = name
        self.owner = owner

    def __get__(self, instance: Any, owner: Any) -> Any:
        if instance is not None:
            # What a class behind that of all expressions has goes before it.
            own = getattr(super(self.owner, instance), self.name, self)
            if own is not self:
                return own
            found = of_comparator(instance, self.name)
            if found is not None:
                return found
        raise AttributeError(
            f"Neither {owner.__name__!r} object nor 'Comparator' object has an attribute "
            f"{self.name!r}"
        )


def of_comparator(element: Any, name: str) -> Any:
    """Return the method that an expression's comparator adds; None if it adds no such one."""
    return None if name.startswith("_") else getattr(element.comparator, name, None)


def learn(cls: type[Any], plain: type[Any]) -> None:
    """Lend what a class of comparators has beyond a plain one."""
    known = frozenset(plain.__mro__)
    for one in cls.__mro__:
        if one not in known:
            _names.update(name for name in vars(one) if not name.startswith("_"))
            if "__getattr__" in vars(one):
                # It finds out only when asked what it has.
                _names.add("__getattr__")
    _lend()


def lend_to(owner: type[Any]) -> None:
    """Say which is the class of all expressions."""
    _lent_to.append(owner)
    _lend()


def _lend() -> None:
    for owner in _lent_to:
        for name in _names:
            if name == "__getattr__":
                if name not in vars(owner):
                    type.__setattr__(owner, name, _asked)
            elif not hasattr(owner, name) and name not in vars(owner):
                type.__setattr__(owner, name, LentMethod(name, owner))


def _asked(self: Any, name: str) -> Any:
    found = of_comparator(self, name)
    if found is None:
        raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
    return found
