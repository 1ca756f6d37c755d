"""What a mapping has made is pickled as where it is found: by its class, which Python finds."""

from __future__ import annotations

from operator import attrgetter
from typing import Any

_mapper = attrgetter("__mapper__")
_entity = attrgetter("__mapper__.entity")


def of_mapper(mapper: Any) -> Any:
    """Return how a mapper is pickled."""
    return _mapper, (mapper.class_,)


def of_entity(mapper: Any) -> Any:
    """Return how a class in a statement is pickled."""
    return _entity, (mapper.class_,)


def of_property(prop: Any) -> Any:
    """Return how an attribute's declaration is pickled."""
    return _property, (prop.parent.class_, prop.key)


def of_attribute(attribute: Any) -> Any:
    """Return how an attribute of a class is pickled."""
    return getattr, (attribute.parent.class_, attribute.key)


def _property(cls: Any, key: str) -> Any:
    return cls.__mapper__.prop(key)
