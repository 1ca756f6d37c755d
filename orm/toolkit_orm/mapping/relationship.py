"""Declaring relationships."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from toolkit_core.nearest import nearest
from toolkit_orm.mapping.attribute_options import options_of
from toolkit_orm.mapping.mapped import Mapped
from toolkit_orm.mapping.relationship_property import RelationshipProperty

T = TypeVar("T")


class Relationship(RelationshipProperty[T], Mapped[T]):
    """What ``relationship()`` declares."""

    if TYPE_CHECKING:
        key: str


# All that a relationship may be told, for saying which name was meant.
_KNOWN = tuple(RelationshipProperty.__init__.__code__.co_varnames)[1:33]


def relationship(argument: Any = None, secondary: Any = None, **options: Any) -> Relationship[Any]:
    """Declare how the objects of a class belong to those of another.

    The target is a mapped class, its name, or a function that returns it; or it stands in the
    annotation, together with the collection if there are many.

    >>> from toolkit.orm import DeclarativeBase, Mapped, mapped_column
    >>> from toolkit.schema import ForeignKey
    >>> class Base(DeclarativeBase):
    ...     pass
    >>> class Person(Base):
    ...     __tablename__ = "person"
    ...     id: Mapped[int] = mapped_column(primary_key=True)
    ...     addresses: Mapped[list["Address"]] = relationship(back_populates="person")
    >>> class Address(Base):
    ...     __tablename__ = "address"
    ...     id: Mapped[int] = mapped_column(primary_key=True)
    ...     person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    ...     person: Mapped[Person] = relationship(back_populates="addresses")
    >>> Person.__mapper__.relationships.addresses.direction.name
    'ONETOMANY'
    """
    for_dataclass = options_of(options)
    unknown = [word for word in options if word not in _KNOWN]
    if unknown:
        near = nearest(unknown[0], _KNOWN)
        meant = "" if near is None else f"; did you mean {near!r}?"
        raise TypeError(f"relationship() got an unexpected keyword argument {unknown[0]!r}{meant}")
    return Relationship(argument, secondary, options=for_dataclass, **options)
