"""The constructor of classes that have none of their own."""

from __future__ import annotations

from typing import Any

from toolkit_core.nearest import nearest


def declarative_constructor(self: Any, **kwargs: Any) -> None:
    """Set the attributes of an object by keyword; each must be one of its class.

    A mapped class without a constructor has one of its own that does the same, faster.
    """
    for name, value in kwargs.items():
        if not hasattr(type(self), name):
            raise unknown_keyword(type(self), name)
        setattr(self, name, value)


def unknown_keyword(cls: type, name: str) -> TypeError:
    """Return the error for a keyword that names no attribute of a class."""
    mapper = getattr(cls, "__mapper__", None)
    near = nearest(name, mapper.props) if mapper is not None else None
    suggested = "" if near is None else f"; did you mean {near!r}?"
    return TypeError(f"{name!r} is an invalid keyword argument for {cls.__name__}{suggested}")
