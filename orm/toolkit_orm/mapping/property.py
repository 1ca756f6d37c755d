"""What a class's attribute was declared as: the base of columns, relationships and others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit_orm.instrument import by_reference
from toolkit_orm.instrument.inspection_attr import InspectionAttr
from toolkit_orm.mapping.attribute_options import NO_OPTIONS, AttributeOptions

if TYPE_CHECKING:
    from toolkit_orm.mapping.annotation import Hint
    from toolkit_orm.mapping.mapper import Mapper


class MapperProperty(InspectionAttr):
    """One attribute of a mapped class, as its mapper knows it.

    ``key`` and ``parent`` are given to it when its class is mapped.  ``load`` returns the value
    that an object has not; ``attribute`` makes what stands on the class.
    """

    key: str
    # None: it is not mapped yet.
    parent: Mapper = None  # type: ignore[assignment] # every property of a mapper has one
    # What the user keeps with it.
    info: dict[Any, Any]
    doc: str | None = None
    # What it tells a dataclass.
    options: AttributeOptions = NO_OPTIONS

    is_property = True
    # Whether it only stands for another one, whose name is its ``name``.
    is_synonym = False

    @property
    def class_attribute(self) -> Any:
        """What stands on the class for it."""
        return getattr(self.parent.class_, self.key)

    def attribute(self, mapper: Mapper) -> Any:
        """Return what stands on a class for it: its own, or that of a subclass."""
        raise NotImplementedError

    def setter(self, mapper: Mapper) -> Any:
        """Return what sets its value on an object; None: the value is put there and noted."""
        return None

    def load(self, instance: Any) -> Any:
        """Return the value that an object has not, after loading it."""
        raise NotImplementedError

    def read_annotation(self, hint: Hint, cls: type, name: str) -> None:
        """Take from the annotation beside it what it was not told."""

    def configure(self) -> None:
        """Find out what other classes had to be known for."""

    def check(self) -> None:
        """Check, when all mappers are configured, what only shows then."""

    def copy_to(self, mapper: Mapper) -> MapperProperty:
        """Return what a subclass has for it: the same."""
        return self

    def __reduce__(self) -> Any:
        return by_reference.of_property(self)

    def __str__(self) -> str:
        cls = getattr(self.parent, "class_", None)
        return f"{'?' if cls is None else cls.__name__}.{getattr(self, 'key', '?')}"
