"""Conditions on relationships: ``any()``, ``has()``, ``contains()``, ``==`` an object, ``!=``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from toolkit_core.errors import ArgumentError, InvalidRequestError
from toolkit_core.expression import operators
from toolkit_core.expression.coercions import resolved
from toolkit_core.expression.columns import literal_column
from toolkit_core.expression.conditions import BooleanClauseList, joined, not_, or_
from toolkit_core.expression.exists import Exists, made_exists
from toolkit_core.expression.node import declared, derived
from toolkit_core.expression.select import select
from toolkit_core.expression.singles import NULL, Null
from toolkit_core.nearest import nearest
from toolkit_orm.instrument.state import STATE
from toolkit_orm.mapping.direction import MANYTOONE
from toolkit_orm.mapping.entity import Entity
from toolkit_orm.mapping.relationship_attribute import RelationshipAttribute
from toolkit_orm.query.aliased_entity import AliasedEntity, aliased
from toolkit_orm.query.join_steps import target_of
from toolkit_orm.query.object_value import value_of
from toolkit_orm.query.sides import adapted, between, both

_ONE: Any = literal_column("1")


def any_of(path: RelationshipAttribute, criterion: Any, by_name: Mapping[str, Any]) -> Any:
    """Return whether a collection has an object that meets conditions."""
    if not _checked(path).uselist:
        raise InvalidRequestError(
            "'any()' not implemented for scalar attributes. Use has().", hint=f"{path}.has(…)"
        )
    return _exists(path, criterion, by_name)


def has_of(path: RelationshipAttribute, criterion: Any, by_name: Mapping[str, Any]) -> Any:
    """Return whether there is a related object, and it meets conditions."""
    if _checked(path).uselist:
        raise InvalidRequestError(
            "'has()' not implemented for collections. Use any().", hint=f"{path}.any(…)"
        )
    return _exists(path, criterion, by_name)


def contains_of(path: RelationshipAttribute, other: Any) -> Any:
    """Return whether an object is in a collection."""
    prop = _checked(path)
    if not prop.uselist:
        raise InvalidRequestError(
            "'contains' not implemented for scalar attributes.  Use ==", hint=f"{path} == object"
        )
    if other is None:
        return _columns_are_null(path)
    found = _of_object(path, other)
    if prop.secondary is None:
        return found
    # Read from a table between: that there is no such row is another question.
    return Contained(
        operator=found.operator,
        clauses=found.clauses,
        opposite=not_(_exists(path, _is_object(target_of(path), other), {})),
    )


@declared
class Contained(BooleanClauseList):
    """That an object is in a many-to-many collection; it knows its own opposite."""

    opposite: Any = derived(default=None)

    def operate(self, op: Any, *other: Any, **kwargs: Any) -> Any:
        """Return what an operator makes of it."""
        if op is operators.inv and self.opposite is not None:
            return self.opposite
        return super().operate(op, *other, **kwargs)


def equal(path: RelationshipAttribute, other: Any) -> Any:
    """Return whether the related object is a given one, or there is none."""
    prop = _checked(path)
    if other is None or isinstance(other, Null):
        if prop.uselist or prop.direction is not MANYTOONE:
            return not_(_exists(path, None, {}))
        return _columns_are_null(path)
    if prop.uselist:
        raise InvalidRequestError(
            "Can't compare a collection to an object or collection; use contains() to test for "
            "membership.",
            hint=f"{path}.contains(object)",
        )
    return _of_object(path, other)


def not_equal(path: RelationshipAttribute, other: Any) -> Any:
    """Return whether the related object is another than a given one, or there is one at all."""
    prop = _checked(path)
    if other is None or isinstance(other, Null):
        if prop.uselist or prop.direction is not MANYTOONE:
            return _exists(path, None, {})
        return not_(_columns_are_null(path))
    if prop.uselist:
        raise InvalidRequestError(
            "Can't compare a collection to an object or collection; use contains() to test for "
            "membership."
        )
    if prop.direction is not MANYTOONE:
        return not_(_exists(path, _is_object(target_of(path), other), {}))
    unequal = []
    state = _state(path, other, prop.mapper)
    for near, far in prop.local_remote_pairs:
        column = path.source.attribute_of(near)
        value = value_of(state, far, column)
        unequal += [or_(column != value, column.is_(None))]
    return both(*unequal)


def with_parent(instance: Any, prop: Any, from_entity: Any = None) -> Any:
    """Return the condition that objects are those of a relationship of a given object.

    >>> from toolkit.orm import DeclarativeBase, Mapped, mapped_column, relationship
    >>> from toolkit.schema import ForeignKey
    >>> class Base(DeclarativeBase):
    ...     pass
    >>> class Person(Base):
    ...     __tablename__ = "person"
    ...     id: Mapped[int] = mapped_column(primary_key=True)
    ...     addresses: Mapped[list["Address"]] = relationship()
    >>> class Address(Base):
    ...     __tablename__ = "address"
    ...     id: Mapped[int] = mapped_column(primary_key=True)
    ...     person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    >>> print(with_parent(Person(id=5), Person.addresses))
    :param_1 = address.person_id
    """
    if isinstance(prop, str):
        raise ArgumentError(
            f"with_parent() accepts class-bound mapped attributes, not strings: {prop!r}",
            hint=f"with_parent(instance, {type(instance).__name__}.{prop})",
        )
    if not isinstance(prop, RelationshipAttribute):
        if isinstance(prop, str):
            raise ArgumentError(
                "with_parent() accepts class-bound mapped attributes, not strings",
                hint="with_parent(user, User.addresses)",
            )
        raise ArgumentError(
            f"Expected relationship property for with_parent(), got {prop}",
            hint="with_parent(user, User.addresses)",
        )
    _checked(prop)
    far = target_of(prop) if from_entity is None else resolved(from_entity)
    return _of_parent(prop, instance, far)


# -- what they are made of -----------------------------------------------------------------


def _checked(path: RelationshipAttribute) -> Any:
    path.prop.parent.check_configure()
    return path.prop


def _check_name(mapper: Any, names: Any, name: str) -> None:
    """Refuse a name that no attribute of a class has, as the class itself would."""
    if name not in names:
        cls = mapper.class_.__name__
        near = nearest(name, mapper.props)
        raise AttributeError(
            f"type object {cls!r} has no attribute {name!r}"
            + ("" if near is None else f"; did you mean {cls}.{near}?")
        )


def _exists(path: RelationshipAttribute, criterion: Any, by_name: Mapping[str, Any]) -> Exists:
    near, far = path.source, target_of(path)
    is_same = isinstance(far, Entity) and near.mapper.base is far.mapper.base
    if is_same:
        far = aliased(far).__clause_element__()
    found = between(path.prop, near, far, plain_table=True)
    inner: list[Any] = list(path.criteria)
    if criterion is not None:
        inner.append(resolved(criterion))
    names = far.entity_namespace
    for name in by_name:
        _check_name(far.mapper, names, name)
    by_value = [names[name] == value for name, value in by_name.items()]
    if isinstance(far, AliasedEntity):
        inner = [adapted(one, far) for one in inner]
    conditions = [found.primary, found.secondary, *inner, *by_value]
    made = select(_ONE).where(both(*conditions))
    froms = [far] if found.secondary is None else [far, found.table]
    return made_exists(made.select_from(*froms).correlate_except(*froms))


def _columns_are_null(path: RelationshipAttribute) -> Any:
    source = path.source
    return both(*[source.attribute_of(near) == NULL for near, _ in path.prop.local_remote_pairs])


def _state(path: RelationshipAttribute, other: Any, mapper: Any) -> Any:
    """Return the state of an object, which must be of a class."""
    state = getattr(other, "__dict__", {}).get(STATE)
    if state is None or isinstance(other, type):
        raise ArgumentError(
            f"Mapped instance expected for relationship comparison to object.   Classes, queries "
            f"and other SQL elements are not accepted in this context; for comparison with a "
            f"subquery, use {path}.{'any' if path.prop.uselist else 'has'}(**criteria)."
        )
    if not (state.mapper.isa(mapper) or mapper.isa(state.mapper)):
        raise ArgumentError(
            f"{path} cannot be compared with an object of {state.mapper.class_.__name__}",
            hint=f"an object of {mapper.class_.__name__}",
        )
    return state


def _of_object(path: RelationshipAttribute, other: Any) -> Any:
    """Return the condition that a given object is the related one, or one of them."""
    prop = path.prop
    near = path.source
    return between(prop, near, ValuesOf(_state(path, other, prop.mapper), near)).whole


def _of_parent(path: RelationshipAttribute, instance: Any, far: Any) -> Any:
    state = _state(path, instance, path.prop.parent)
    return between(path.prop, ValuesOf(state, far), far).whole


def _is_object(far: Any, other: Any) -> Any:
    state = other.__dict__[STATE]
    conditions = []
    for column in far.mapper.primary_key:
        attribute = far.attribute_of(column)
        conditions.append(attribute == value_of(state, column, attribute))
    return joined(operators.and_, tuple(conditions)) if len(conditions) > 1 else conditions[0]


class ValuesOf:
    """An object in the place of a side of a relationship: its columns are values."""

    def __init__(self, state: Any, beside: Any) -> None:
        self.state = state
        self.mapper = state.mapper
        self.beside = beside

    def attribute_of(self, column: Any) -> Any:
        """Return the value of a column as a parameter."""
        return value_of(self.state, column)
