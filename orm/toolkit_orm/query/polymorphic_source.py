"""What the rows of a class and of subclasses are read from at once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from toolkit_core.errors import ArgumentError, InvalidRequestError
from toolkit_core.expression.coercions import resolved
from toolkit_core.expression.joins import Join, members
from toolkit_orm.query.aliased_entity import AliasedClass, AliasedEntity


def polymorphic_source(mapper: Any, below: Iterable[Any], *, inner: bool = False) -> Any:
    """Return the tables of a class, with those of subclasses joined to them."""
    source = mapper.persist_selectable
    wanted = {one for chosen in below for one in chosen.iterate_to_root() if one.isa(mapper)}
    for one in mapper.polymorphic_iterator():
        if one not in wanted or one is mapper or one.single:
            continue
        if not any(table is one.local_table for table in members(source)):
            source = Join(source, one.local_table, one.inherit_condition, isouter=not inner)
    return source


def _mapper_of(given: Any) -> Any:
    found = getattr(resolved(given), "mapper", None)
    if found is None:
        raise ArgumentError(f"with_polymorphic() takes mapped classes, not {given!r}")
    return found


def with_polymorphic(
    base: Any,
    classes: Any,
    selectable: Any = False,
    flat: bool = False,
    polymorphic_on: Any = None,
    aliased: bool = False,
    innerjoin: bool = False,
    adapt_on_names: bool = False,
    name: str | None = None,
) -> Any:
    """Return an alias of a class that has the attributes of subclasses too.

    >>> from toolkit.orm import DeclarativeBase, Mapped, mapped_column
    >>> from toolkit.schema import ForeignKey
    >>> from toolkit.sql import select
    >>> class Base(DeclarativeBase):
    ...     pass
    >>> class Person(Base):
    ...     __tablename__ = "person"
    ...     id: Mapped[int] = mapped_column(primary_key=True)
    ...     kind: Mapped[str]
    ...     __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": "person"}
    >>> class Manager(Person):
    ...     __tablename__ = "manager"
    ...     id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    ...     level: Mapped[int]
    ...     __mapper_args__ = {"polymorphic_identity": "manager"}
    >>> everybody = with_polymorphic(Person, [Manager])
    >>> print(select(everybody.Manager.level))
    SELECT manager.level
    FROM person LEFT OUTER JOIN manager ON person.id = manager.id
    """
    mapper = _mapper_of(base)
    below = list(mapper.polymorphic_iterator())
    chosen = below if classes == "*" else [mapper, *[_mapper_of(one) for one in classes]]
    strange = next((one for one in chosen if not one.isa(mapper)), None)
    if strange is not None:
        raise InvalidRequestError(f"{strange} does not inherit from {mapper}")
    mappers = tuple([one for one in below if any(wanted.isa(one) for wanted in chosen)])
    own = selectable if selectable is not False and selectable is not None else None
    source = polymorphic_source(mapper, mappers, inner=innerjoin) if own is None else own
    is_alias = aliased or flat or name is not None
    made = AliasedEntity(
        source,
        mapper,
        name,
        flat,
        adapt_on_names,
        with_mappers=mappers,
        is_named=own is not None or not is_alias,
    )
    return AliasedClass(made, mapper.class_.__name__)
