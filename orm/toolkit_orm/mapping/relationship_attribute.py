"""A relationship on its class."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit_core.inspectable import inspects_itself
from toolkit_orm.instrument.attribute import QueryableAttribute

if TYPE_CHECKING:
    from toolkit_orm.mapping.mapper import Mapper
    from toolkit_orm.mapping.property import MapperProperty


@inspects_itself
class RelationshipAttribute(QueryableAttribute):
    """What ``Person.addresses`` is; of an object, the related ones."""

    def __init__(self, mapper: Mapper, key: str, prop: MapperProperty) -> None:
        self.parent = mapper
        self.key = key
        self.prop = prop

    def __str__(self) -> str:
        return f"{self.parent.class_.__name__}.{self.key}"

    def __repr__(self) -> str:
        return f"<{self}>"
