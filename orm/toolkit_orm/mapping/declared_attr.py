"""Attributes of mixins that are worked out for each mapped class."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

from toolkit_core.errors import warn
from toolkit_orm.mapping.mapped import Mapped

if TYPE_CHECKING:
    from toolkit_orm.instrument.attribute import InstrumentedAttribute

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
C = TypeVar("C", bound=type)

# Class that is just being mapped → what its declared attributes have given, each asked once.
being_mapped: dict[type, dict[Any, Any]] = {}


class DeclaredDirective(Generic[T_co]):
    """``@declared_attr.directive``: a setting such as ``__tablename__``, per class."""

    cascades = False

    def __init__(self, fn: Callable[..., T_co]) -> None:
        # A class method is given its class already: what counts is the function in it.
        self.fget: Callable[[Any], Any] = getattr(fn, "__func__", fn)
        self.__doc__ = fn.__doc__
        self.__name__ = getattr(self.fget, "__name__", "declared")

    if TYPE_CHECKING:

        def __get__(self, instance: object | None, owner: Any) -> T_co: ...

    else:

        def __get__(self, instance: object | None, owner: Any) -> Any:
            made = being_mapped.get(owner)
            if made is None:
                return self.unmanaged(owner)
            if self not in made:
                made[self] = self.fget(owner)
            return made[self]

    def unmanaged(self, owner: Any) -> Any:
        """Return what it gives for a class that is not being mapped."""
        if not self.__name__.startswith("__") and not is_mapped(owner):
            warn(
                f"Unmanaged access of declarative attribute {self.__name__} from non-mapped class "
                f"{owner.__name__}"
            )
        return self.fget(owner)


class declared_attr(DeclaredDirective[T_co], Mapped[T_co]):  # noqa: N801 - the documented name
    """Mark a method of a mixin or a base as an attribute that is made for each mapped class.

    >>> from toolkit.orm import DeclarativeBase, Mapped, mapped_column
    >>> class Base(DeclarativeBase):
    ...     @declared_attr.directive
    ...     def __tablename__(cls) -> str:
    ...         return cls.__name__.lower()
    >>> class Person(Base):
    ...     id: Mapped[int] = mapped_column(primary_key=True)
    >>> Person.__table__.name
    'person'
    """

    if TYPE_CHECKING:

        def __init__(self, fn: Callable[..., Mapped[T_co]]) -> None: ...

        @overload
        def __get__(self, instance: None, owner: Any) -> InstrumentedAttribute[T_co]: ...
        @overload
        def __get__(self, instance: object, owner: Any) -> T_co: ...
        def __get__(
            self, instance: object | None, owner: Any
        ) -> InstrumentedAttribute[T_co] | T_co: ...

        directive = DeclaredDirective

        @staticmethod
        def cascading(fn: Callable[..., Mapped[T]]) -> declared_attr[T]:
            """Mark one that is made anew for each subclass, too."""
            ...


class CascadingAttr(declared_attr[T_co]):
    """``@declared_attr.cascading``: made for each class of a hierarchy anew."""

    cascades = True


if not TYPE_CHECKING:
    declared_attr.directive = DeclaredDirective
    declared_attr.cascading = CascadingAttr


def declarative_mixin(cls: C) -> C:
    """Mark a class as a mixin, for those who read it.

    >>> @declarative_mixin
    ... class Named:
    ...     pass
    """
    return cls


def is_mapped(cls: Any) -> bool:
    """Tell whether this very class is mapped."""
    return isinstance(cls, type) and "__mapper__" in cls.__dict__


def mapped_parent(cls: type) -> type | None:
    """Return the nearest mapped class above a class."""
    for parent in cls.__mro__[1:]:
        if is_mapped(parent):
            return parent
    return None


def has_inherited_table(cls: type) -> bool:
    """Tell whether a class above has a table, of which this one may become a part.

    >>> has_inherited_table(int)
    False
    """
    return any(getattr(parent, "__table__", None) is not None for parent in cls.__mro__[1:])
