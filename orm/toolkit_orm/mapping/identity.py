"""What tells an object of a class from the others: its key."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from toolkit_orm.mapping.mapper import Mapper


def primary_key_values(mapper: Mapper, instance: Any) -> list[Any]:
    """Return the values of an object's primary key."""
    return [getattr(instance, mapper.key_of[column]) for column in mapper.primary_key]


def identity_key(mapper: Mapper, primary_key: Iterable[Any], token: Any = None) -> tuple[Any, ...]:
    """Return class, primary key and token: what an object is known by."""
    return (mapper.base.class_, tuple(primary_key), token)
