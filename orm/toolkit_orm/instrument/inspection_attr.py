"""What is asked of all that ``inspect()`` gives: what kind of thing it is."""

from __future__ import annotations

from enum import Enum
from typing import Any, ClassVar


class NotExtension(Enum):
    """That an attribute comes from the ORM itself, and from none of its extensions."""

    NOT_EXTENSION = "not_extension"


class InspectionAttr:
    """What kind of thing it is: each kind has one of these set."""

    __slots__ = ()

    is_selectable = False
    is_aliased_class = False
    is_instance = False
    is_mapper = False
    is_bundle = False
    is_property = False
    is_attribute = False
    is_clause_element = False
    # Which extension an attribute is of, such as hybrids.
    extension_type: ClassVar[Any] = NotExtension.NOT_EXTENSION
