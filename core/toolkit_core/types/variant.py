"""Names of the older API."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NoReturn

from toolkit_core.types.decorator import TypeDecorator
from toolkit_core.types.type_engine import TypeEngine, to_instance


class Variant(TypeDecorator[Any]):
    """Not used any more: ``with_variant`` returns a type of the same class."""

    def __init__(self, *arg: Any, **kw: Any) -> NoReturn:
        raise NotImplementedError(
            "Variant is no longer used: this is a placeholder for backwards compatibility; "
            "call with_variant() of a type"
        )


def adapt_type(
    typeobj: Any, colspecs: Mapping[type[Any], type[TypeEngine[Any]]]
) -> TypeEngine[Any]:
    """Return a type as another class says, which a table gives for its class or a parent of it."""
    type_ = to_instance(typeobj)
    for cls in type(type_).__mro__:
        found = colspecs.get(cls)
        if found is not None:
            return type_ if issubclass(type(type_), found) else type_.adapt(found)
    return type_
