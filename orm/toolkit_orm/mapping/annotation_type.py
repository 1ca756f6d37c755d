"""From the Python type of an attribute to the type of its column."""

from __future__ import annotations

import types
from collections.abc import Iterator, Mapping
from typing import Any, Literal, Union, get_args, get_origin

from toolkit_core.errors import ArgumentError
from toolkit_core.types import NULLTYPE, PLAIN, Enum, TypeEngine
from toolkit_core.types.type_engine import UNSEEN
from toolkit_orm.errors import MappedAnnotationError
from toolkit_orm.mapping.annotation import Hint, NoneType, is_alias, without_none

TypeMap = Mapping[Any, Any]


def type_for(hint: Hint, name: str, given: TypeMap) -> TypeEngine[Any]:
    """Return the type of a column for what an annotation says, or say what is missing."""
    for candidate in _candidates(hint):
        found = found_type(candidate, given)
        if found is not None:
            return found
    if _is_object(hint.inner):
        raise MappedAnnotationError(
            f"The object provided inside the '{name}' attribute Mapped annotation is not a Python "
            f"type, it's the object {hint.inner!r}. Expected a Python type.",
            hint="an attribute of the class hides what its name means in the module: write "
            "datetime.date, say, for date",
        )
    raise MappedAnnotationError(
        "Could not locate SQLAlchemy Core type when resolving for Python type indicated by "
        f"'{_shown(hint)}' inside the Mapped[] annotation for the '{name}' attribute; "
        f"{_unresolvable(hint)}",
        hint=f"give it a type, {name}: Mapped[...] = mapped_column(String), or name it in "
        "type_annotation_map",
    )


def _is_object(inner: Any) -> bool:
    """Tell whether it is no type, and nothing that annotations are made of either."""
    return not isinstance(inner, type) and type(inner).__module__ not in _OF_ANNOTATIONS


_OF_ANNOTATIONS = frozenset({"types", "typing", "typing_extensions"})


def _shown(hint: Hint) -> Any:
    return without_none(hint.whole)[0] if hint.annotated is None else hint.annotated


def _unresolvable(hint: Hint) -> str:
    shown = _shown(hint)
    if is_alias(shown):
        below = without_none(shown.__value__)[0]
        return f"neither '{shown}' nor '{below}' are resolvable by the registry"
    return "the type object is not resolvable by the registry"


def _candidates(hint: Hint) -> list[Any]:
    """Return what is looked for, the most precise first."""
    given = [hint.whole, hint.annotated, hint.inner]
    plain = without_none(hint.inner.__value__)[0] if is_alias(hint.inner) else hint.inner
    if get_origin(plain) is Union:
        given.append(Union[plain, None])  # noqa: UP007 - the members are known at run time only
    found: list[Any] = []
    for one in given:
        if one is not None and not any(one is other for other in found):
            found.append(one)
    return found


def found_type(python_type: Any, given: TypeMap) -> TypeEngine[Any] | None:
    """Return the type for a Python type, an alias, or something that is made of others."""
    seen = python_type
    while True:
        found = _in_map(seen, given)
        if found is not None:
            return found
        if get_origin(seen) is Literal:
            return _literal(seen, given)
        below = _below(seen)
        if below is None:
            break
        seen = below
    return _by_class(seen, given) if isinstance(seen, type) else None


def _in_map(python_type: Any, given: TypeMap) -> TypeEngine[Any] | None:
    try:
        found = given.get(python_type)
    except TypeError:
        return None
    if found is None and isinstance(python_type, types.UnionType):
        found = given.get(Union[get_args(python_type)])  # noqa: UP007 - the members are known at run time only
    return None if found is None else _instance(found, python_type)


def _below(python_type: Any) -> Any:
    """Return what an alias stands for; a new type of ``typing`` is to be in the map itself."""
    if is_alias(python_type):
        return without_none(python_type.__value__)[0]
    if isinstance(python_type, type):
        return None
    stripped, optional = without_none(python_type)
    return stripped if optional else None


def _instance(found: Any, python_type: Any) -> TypeEngine[Any]:
    made: TypeEngine[Any] = found() if isinstance(found, type) else found
    if isinstance(made, Enum):
        return _enum_like(made, python_type)
    return made


def _by_class(cls: type, given: TypeMap) -> TypeEngine[Any] | None:
    # An Enum of words is one of words, and no word.
    is_enum = hasattr(cls, "__members__")
    for parent in cls.__mro__ if cls is object else cls.__mro__[:-1]:
        if is_enum and parent.__module__ == "builtins":
            continue
        found = _in_map(parent, given)
        if found is not None:
            return _for_members(found, cls)
        plain = PLAIN.get(parent)
        if plain is None and (parent.__module__, parent.__qualname__) in UNSEEN:
            plain = UNSEEN[parent.__module__, parent.__qualname__]()
        if parent.__name__ == "Enum" and parent.__module__ == "enum":
            return Enum(cls)
        if plain is not None and plain is not NULLTYPE and not hasattr(cls, "__members__"):
            return plain
    return None


def _for_members(found: TypeEngine[Any], cls: type) -> TypeEngine[Any]:
    return _enum_like(found, cls) if isinstance(found, Enum) else found


def _enum_like(template: Enum[Any], python_type: Any) -> TypeEngine[Any]:
    """Return, for an ``Enum`` that only says how, one with the members of a class."""
    if template.enums:
        return template
    if get_origin(python_type) is Literal:
        words = [one for one in get_args(python_type) if one is not None]
    elif isinstance(python_type, type) and len(getattr(python_type, "__members__", ())):
        words = [python_type]
    else:
        return template
    options = {
        key: value
        for key, value in template.__dict__.items()
        if key in _ENUM_OPTIONS and not (key == "length" and not value)
    }
    if template.name == "enum" or template.name is None:
        options.pop("name", None)
    return Enum(*words, **options)


_ENUM_OPTIONS = frozenset(
    {
        "name",
        "native_enum",
        "create_constraint",
        "length",
        "omit_aliases",
        "validate_strings",
        "values_callable",
        "sort_key_function",
        "schema",
        "metadata",
        "inherit_schema",
    }
)


def _literal(python_type: Any, given: TypeMap) -> TypeEngine[Any] | None:
    words = [one for one in _words(python_type) if one is not None]
    wrong = [word for word in words or [None] if not isinstance(word, str)]
    if wrong:
        raise ArgumentError(
            "Can't create string-based Enum datatype from non-string values: "
            f"{', '.join(map(repr, wrong))}.  Please provide an explicit Enum datatype for this "
            "Python type"
        )
    template = given.get(Literal)
    if isinstance(template, Enum):
        return _enum_like(template, python_type)
    return Enum(*words, native_enum=False)


def _words(python_type: Any) -> Iterator[Any]:
    for one in get_args(python_type):
        if get_origin(one) is Literal:
            yield from _words(one)
        else:
            yield one


def literal_optional(inner: Any) -> bool:
    """Tell whether None is among the words of a ``Literal``."""
    return get_origin(inner) is Literal and any(
        one is None or one is NoneType for one in _words(inner)
    )
