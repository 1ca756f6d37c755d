"""What a class's attribute was declared as: the base of columns, relationships and others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from toolkit_orm.mapping.mapper import Mapper


class MapperProperty:
    """One attribute of a mapped class, as its mapper knows it.

    ``key`` and ``parent`` are given to it when its class is mapped.  ``load`` returns the value
    that an object has not; ``attribute`` makes what stands on the class.
    """

    key: str
    parent: Mapper
    # What the user keeps with it.
    info: dict[Any, Any]

    def attribute(self, mapper: Mapper) -> Any:
        """Return what stands on a class for it: its own, or that of a subclass."""
        raise NotImplementedError

    def setter(self, mapper: Mapper) -> Any:
        """Return what sets its value on an object; None: the value is put there and noted."""
        return None

    def load(self, instance: Any) -> Any:
        """Return the value that an object has not, after loading it."""
        raise NotImplementedError

    def configure(self) -> None:
        """Find out what other classes had to be known for."""

    def copy_to(self, mapper: Mapper) -> MapperProperty:
        """Return what a subclass has for it: the same."""
        return self
