"""What a relationship leads to, however it was told."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, get_args, get_origin

from toolkit_core.errors import ArgumentError
from toolkit_core.expression.node import Node
from toolkit_orm.errors import UnmappedClassError
from toolkit_orm.mapping.annotation import Hint, without_none
from toolkit_orm.mapping.annotation_text import Unknown
from toolkit_orm.mapping.class_registry import Resolver

if TYPE_CHECKING:
    from toolkit_orm.mapping.mapper import Mapper
    from toolkit_orm.mapping.relationship_property import RelationshipProperty


class Wanted:
    """What an annotation says of a relationship: its target, one or many, and in what."""

    __slots__ = ("argument", "collection_class", "uselist")

    def __init__(self, argument: Any, collection_class: Any, uselist: bool | None) -> None:
        self.argument = argument
        self.collection_class = collection_class
        self.uselist = uselist


# From what is imported for annotations to what is made.
_MADE = {"Sequence": list, "Collection": list, "MutableSequence": list, "Iterable": list}
_MADE_ABC = {**_MADE, "Set": set, "MutableSet": set, "AbstractSet": set}
_MAPPINGS = ("Mapping", "MutableMapping", "dict", "Dict")


def wanted_by(hint: Hint) -> Wanted:
    """Read the annotation of a relationship.

    >>> from toolkit_orm.mapping.annotation import read
    >>> found = wanted_by(read(list[int]))
    >>> found.argument, found.collection_class, found.uselist
    (<class 'int'>, <class 'list'>, True)
    """
    inner = hint.inner
    origin = get_origin(inner)
    arguments = get_args(inner)
    if not isinstance(origin, type) or not arguments:
        return Wanted(_name_or_class(inner), None, False)
    if not issubclass(origin, Iterable):
        return Wanted(inner, None, False)
    made = _MADE_ABC.get(origin.__name__) if origin.__module__ == "collections.abc" else origin
    if made is None:
        made = dict if origin.__name__ in _MAPPINGS else list
    target, _ = without_none(arguments[-1])
    return Wanted(_name_or_class(target), made, True)


def _name_or_class(found: Any) -> Any:
    return found.text if isinstance(found, Unknown) else found


def resolved_target(prop: RelationshipProperty[Any]) -> Any:
    """Return the class that a relationship leads to, or an alias of one."""
    argument = prop.argument
    if isinstance(argument, str):
        argument = Resolver(prop.parent.registry, prop.parent, "relationship()").target(argument)
    elif callable(argument) and not isinstance(argument, type) and not hasattr(argument, "mapper"):
        argument = argument()
        if isinstance(argument, str):
            resolver = Resolver(prop.parent.registry, prop.parent, "relationship()")
            argument = resolver.target(argument)
    if argument is None:
        raise ArgumentError(
            f"relationship '{prop.key}' expects a class or a mapper argument (received: None)",
            hint=f"relationship('Target'), or {prop.key}: Mapped['Target'] beside it",
        )
    return argument


def mapper_for(target: Any, prop: RelationshipProperty[Any]) -> Mapper:
    """Return the mapper behind a class, or an alias of one."""
    if isinstance(target, type):
        found: Mapper | None = target.__dict__.get("__mapper__")
        if found is not None:
            return found
        raise UnmappedClassError(target)
    behind: Mapper | None = getattr(target, "mapper", None)
    if behind is not None:
        return behind
    raise ArgumentError(
        f"relationship '{prop.key}' expects a class or a mapper argument (received: "
        f"{type(target)})",
        hint="a mapped class, or its name",
    )


def evaluated(prop: RelationshipProperty[Any], given: Any, what: str) -> Any:
    """Return what an argument means that may be given as text or as a function."""
    if given is None:
        return None
    if isinstance(given, str):
        resolver = Resolver(prop.parent.registry, prop.parent, "relationship()")
        if what == "secondary":
            return resolver.target(given)
        return resolver.evaluate(given)
    is_function = callable(given) and not isinstance(given, type)
    if is_function and not hasattr(given, "structure") and not hasattr(given, "__clause_element__"):
        return evaluated(prop, given(), what)
    return given


def columns_given(given: Any, argument: str) -> list[Any]:
    """Return the columns of an argument that takes one or several."""
    if given is None or given is False:
        return []
    many = given if isinstance(given, (list, tuple, set, frozenset)) else [given]
    found = []
    for one in many:
        element = one
        while not isinstance(element, Node) and hasattr(element, "__clause_element__"):
            element = element.__clause_element__()
        if not isinstance(element, Node):
            hint = "the attribute is not there yet when the class is made: give its name as text"
            raise ArgumentError(
                f"Column expression expected for argument '{argument}'; got {element!r}.",
                hint=hint if callable(element) else None,
            )
        found.append(element)
    return found


def condition_given(given: Any, argument: str) -> Any:
    """Return the condition of an argument that takes one."""
    return None if given is None else columns_given([given], argument)[0]
