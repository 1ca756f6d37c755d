"""A constructor was given a keyword that names no attribute."""

from __future__ import annotations

from toolkit_core.nearest import nearest


def unknown_keyword(cls: type, name: str) -> TypeError:
    """Return the error for a keyword that names no attribute of a class."""
    mapper = getattr(cls, "__mapper__", None)
    near = nearest(name, mapper.props) if mapper is not None else None
    suggested = "" if near is None else f"; did you mean {near!r}?"
    return TypeError(f"{name!r} is an invalid keyword argument for {cls.__name__}{suggested}")
