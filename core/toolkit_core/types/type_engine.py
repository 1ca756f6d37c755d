"""What a type is: how values go to the database and come back, and what operators give."""

from __future__ import annotations

from typing import Any, ClassVar, Generic, TypeVar

T = TypeVar("T")


class TypeEngine(Generic[T]):
    """The base of all types.

    Two types of the same class with the same arguments are interchangeable in a compiled
    statement: ``static_key`` says so.
    """

    # The name that rules and dialects know the type by.
    visit_name: ClassVar[str] = "type"
    # Types of one family may be compared with each other's values as they are.
    family: ClassVar[type[TypeEngine[Any]] | None] = None
    # What defines operators of its expressions that differ from the usual: takes the expression.
    comparator_factory: ClassVar[Any] = None

    def static_key(self) -> object:
        """Return what this type is, for the key of a statement."""
        state = self.__dict__
        return (type(self), *sorted(state.items())) if state else type(self)

    def python_type(self) -> type[Any]:
        """Return the type of its values in Python."""
        return object

    def for_value(self, value: Any, found: TypeEngine[Any]) -> TypeEngine[Any]:
        """Return the type of a value that is compared with, or added to, one of this type.

        ``found`` is what the value's own Python type suggests.
        """
        if found.family is None or found.family is self.family or self.family is None:
            return self
        return found

    def __repr__(self) -> str:
        shown = ", ".join(f"{key}={value!r}" for key, value in self.__dict__.items())
        return f"{type(self).__name__}({shown})"


class NullType(TypeEngine[Any]):
    """The type of what nothing is known about: values pass as they are."""

    visit_name = "null"

    def for_value(self, value: Any, found: TypeEngine[Any]) -> TypeEngine[Any]:
        """Return what the value's own type suggests, since this one knows nothing."""
        return found


NULLTYPE = NullType()
