"""Conditions that hold wherever a class is read: which kind its rows are, what a program says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from toolkit_core.errors import ArgumentError
from toolkit_core.expression.node import Node, child, declared, value
from toolkit_orm.mapping.entity import Entity
from toolkit_orm.query.aliased_entity import AliasedEntity, attribute_of
from toolkit_orm.query.sides import adapted


@declared
class Criteria(Node):
    """A condition for a class, and for the classes below, wherever a statement reads them."""

    visit_name = "loader_criteria"

    entity: Any = child(default=None)
    condition: Any = child(default=None)
    # Where the class is none that is mapped: a mixin.
    mixin: Any = value(default=None)
    made_by: Any = value(default=None)
    include_aliases: bool = value(default=False)
    propagates: bool = value(default=True)

    def of(self, source: Any) -> Any:
        """Return the condition as one about a source; None where it says nothing of it."""
        mapper = source.mapper
        if self.mixin is not None:
            if not issubclass(mapper.class_, self.mixin):
                return None
        elif not mapper.isa(self.entity.mapper):
            return None
        if isinstance(source, AliasedEntity):
            if not self.include_aliases and source is not self.entity:
                return None
            if self.made_by is not None:
                return self.made_by(source.shown)
            return adapted(self.condition, source)
        return self.condition if self.made_by is None else self.made_by(mapper.class_)


def with_loader_criteria(
    entity_or_base: Any,
    where_criteria: Any,
    loader_only: bool = False,
    include_aliases: bool = False,
    propagate_to_loaders: bool = True,
    track_closure_variables: bool = True,
) -> Criteria:
    """Return an option: a condition for a class wherever a statement reads it.

    It holds in joins, in subqueries and for related objects that the statement loads.

    >>> from toolkit.orm import DeclarativeBase, Mapped, mapped_column
    >>> from toolkit.sql import select
    >>> class Base(DeclarativeBase):
    ...     pass
    >>> class Person(Base):
    ...     __tablename__ = "person"
    ...     id: Mapped[int] = mapped_column(primary_key=True)
    >>> print(select(Person).options(with_loader_criteria(Person, Person.id > 5)))
    SELECT person.id
    FROM person
    WHERE person.id > :id_1
    """
    entity = entity_or_base.__dict__.get("__entity__") if isinstance(entity_or_base, type) else None
    mixin = None
    if entity is None:
        if hasattr(entity_or_base, "__clause_element__"):
            entity = entity_or_base.__clause_element__()
        elif isinstance(entity_or_base, type):
            mixin = entity_or_base
        else:
            raise ArgumentError(f"with_loader_criteria() takes a class, not {entity_or_base!r}")
    made_by: Callable[[Any], Any] | None = None
    condition = where_criteria
    if callable(where_criteria) and not isinstance(where_criteria, Node):
        # Of a class that is mapped it is asked once, so that its values are the statement's.
        if mixin is None:
            condition = where_criteria(entity_or_base)
        else:
            made_by, condition = where_criteria, None
    return Criteria(entity, condition, mixin, made_by, include_aliases, propagate_to_loaders)


def criteria_in(statement: Any) -> tuple[Criteria, ...]:
    """Return the criteria among the options of a statement."""
    options = getattr(statement, "loader_options", ())
    return tuple([one for one in options if isinstance(one, Criteria)])


def single_table_criterion(source: Any) -> Any:
    """Return the condition that rows of a table are of a class, which shares it with others."""
    mapper = source.mapper
    if not mapper.single or mapper.polymorphic_key is None:
        return None
    identities = [
        below.polymorphic_identity
        for below in mapper.polymorphic_iterator()
        if below.polymorphic_identity is not None
    ]
    key = mapper.polymorphic_key
    if isinstance(source, Entity):
        return source.attribute(key).in_(identities)
    return attribute_of(source, mapper, key).in_(identities)
