"""What everything that ``inspect()`` gives says of itself: which kind of thing it is."""

from __future__ import annotations

from enum import Enum
from typing import ClassVar

from toolkit_core.inspectable import inspects_itself


class InspectionAttrExtensionType(Enum):
    """What kind of extension an attribute of a class belongs to: each extension has its own."""


class NotExtension(InspectionAttrExtensionType):
    """Of no extension: columns, relationships and their kind."""

    NOT_EXTENSION = "not_extension"


@inspects_itself
class InspectionAttr:
    """The questions that may be asked of any of them; each says yes to its own."""

    __slots__ = ()

    is_selectable: ClassVar[bool] = False
    is_aliased_class: ClassVar[bool] = False
    is_instance: ClassVar[bool] = False
    is_mapper: ClassVar[bool] = False
    is_bundle: ClassVar[bool] = False
    is_property: ClassVar[bool] = False
    is_attribute: ClassVar[bool] = False
    is_clause_element: ClassVar[bool] = False
    extension_type: ClassVar[InspectionAttrExtensionType] = NotExtension.NOT_EXTENSION
