"""Declaring relationships."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, TypeVar

from toolkit_core.nearest import nearest
from toolkit_orm.mapping.attribute_options import NO_ARG, options_of
from toolkit_orm.mapping.mapped import Mapped
from toolkit_orm.mapping.relationship_property import RelationshipProperty

T = TypeVar("T")


class Relationship(RelationshipProperty[T], Mapped[T]):
    """What ``relationship()`` declares."""

    if TYPE_CHECKING:
        key: str


def relationship(
    argument: Any = None,
    secondary: Any = None,
    *,
    uselist: bool | None = None,
    collection_class: Any = None,
    primaryjoin: Any = None,
    secondaryjoin: Any = None,
    back_populates: Any = None,
    order_by: Any = False,
    backref: Any = None,
    overlaps: str | None = None,
    post_update: bool = False,
    cascade: Any = "save-update, merge",
    viewonly: bool = False,
    init: Any = NO_ARG,
    repr: Any = NO_ARG,
    default: Any = NO_ARG,
    default_factory: Any = NO_ARG,
    compare: Any = NO_ARG,
    kw_only: Any = NO_ARG,
    hash: Any = NO_ARG,
    lazy: Any = "select",
    passive_deletes: Any = False,
    passive_updates: bool = True,
    active_history: bool = False,
    enable_typechecks: bool = True,
    foreign_keys: Any = None,
    remote_side: Any = None,
    join_depth: int | None = None,
    comparator_factory: Any = None,
    single_parent: bool = False,
    innerjoin: Any = False,
    distinct_target_key: bool | None = None,
    load_on_pending: bool = False,
    query_class: Any = None,
    info: dict[Any, Any] | None = None,
    omit_join: Any = None,
    sync_backref: bool | None = None,
    dataclass_metadata: Any = NO_ARG,
    **kw: Any,
) -> Relationship[Any]:
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
    given = {name: value for name, value in locals().items() if name not in _NOT_OPTIONS}
    for_dataclass = options_of(given)
    if kw:
        _check_words(kw, given)
    return Relationship(argument, secondary, options=for_dataclass, **given, **kw)


def _check_words(kw: Iterable[str], given: Iterable[str]) -> None:
    known = {*given, "doc", "cascade_backrefs"}
    for word in kw:
        if word not in known:
            near = nearest(word, known)
            meant = "" if near is None else f"; did you mean {near!r}?"
            raise TypeError(f"relationship() got an unexpected keyword argument {word!r}{meant}")


_NOT_OPTIONS = frozenset({"argument", "secondary", "kw"})
