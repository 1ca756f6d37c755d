"""What an annotation says of an attribute: whether it is mapped, and the type inside."""

from __future__ import annotations

import types
from typing import Annotated, Any, ClassVar, Final, Union, get_args, get_origin

from toolkit_core.errors import SQLAlchemyError
from toolkit_core.late_annotations import written_annotation
from toolkit_core.records import Record
from toolkit_orm.errors import MappedAnnotationError
from toolkit_orm.mapping.annotation_text import Unknown, evaluated, known_in
from toolkit_orm.mapping.mapped import Mapped

NoneType = type(None)
# What an attribute is that is no column and no relationship: ``int``, ``ClassVar[int]``.
NOT_MAPPED: Final = object()
IS_CLASS_VARIABLE: Final = object()

_PAGE = "zlpr"


class Hint(Record):
    """The inside of ``Mapped[...]``: the whole, without None, and what is in ``Annotated``."""

    whole: Any
    inner: Any
    optional: bool
    # What stands beside the type in Annotated[type, ...].
    recipe: tuple[Any, ...] = ()
    # The type in Annotated, None where it is not one.
    annotated: Any = None
    # The class written before the brackets: Mapped, or one of its kind.
    container: Any = Mapped


# What annotations without text in them say: the same in every class.
_read_before: dict[Any, Hint] = {}
_MOST = 2_000


def hint_of(annotation: Any, cls: type, module: str) -> Hint | object:
    """Read an annotation; what is not ``Mapped`` is ``NOT_MAPPED`` or ``IS_CLASS_VARIABLE``."""
    is_hashable = True
    try:
        known = _read_before.get(annotation)
    except TypeError:  # what stands in Annotated may be a list
        known, is_hashable = None, False
    if known is not None:
        return known
    found = annotation
    if isinstance(annotation, str):
        found = evaluated(annotation, cls, module)
    elif annotation.__class__.__name__ == "ForwardRef":
        found = known_in(annotation, cls, module)
    origin = get_origin(found)
    if found is ClassVar or origin is ClassVar:
        return IS_CLASS_VARIABLE
    if not isinstance(origin, type) or not issubclass(origin, Mapped):
        return NOT_MAPPED
    (inside,) = get_args(found) or (Any,)
    meant = known_in(inside, cls, module)
    made = read(meant, origin)
    is_same_everywhere = is_hashable and meant is inside and found is annotation
    # A type variable means what the class below the generic one says.
    if is_same_everywhere and len(_read_before) < _MOST and not _has_variables(annotation):
        _read_before[annotation] = made
    return made


def _has_variables(annotation: Any) -> bool:
    return bool(getattr(annotation, "__parameters__", ()))


def read(inside: Any, container: Any = Mapped) -> Hint:
    """Take apart what stands in ``Mapped[...]``.

    >>> hint = read(Union[int, None])
    >>> hint.inner, hint.optional
    (<class 'int'>, True)
    """
    inner, optional = without_none(inside)
    recipe: tuple[Any, ...] = ()
    annotated = None
    if is_annotated(inner):
        annotated = inner
        first, *rest = get_args(inner)
        recipe = tuple(rest)
        inner, inside_optional = without_none(first)
        optional = optional or inside_optional
    elif is_alias(inner):
        value, alias_optional = without_none(inner.__value__)
        optional = optional or alias_optional
        if is_annotated(value):
            first, *rest = get_args(value)
            annotated, recipe = value, tuple(rest)
            inner, inside_optional = without_none(first)
            optional = optional or inside_optional
    return Hint(inside, inner, optional, recipe, annotated, container)


def is_alias(annotation: Any) -> bool:
    """Tell whether it is an alias as ``type X = int`` makes it."""
    return type(annotation).__name__ == "TypeAliasType"


def is_annotated(annotation: Any) -> bool:
    """Tell whether it is ``Annotated[...]``."""
    return get_origin(annotation) is Annotated


def without_none(annotation: Any) -> tuple[Any, bool]:
    """Return an annotation without None, and whether None was in it."""
    if annotation.__class__ is types.UnionType or get_origin(annotation) is Union:
        kept = tuple(one for one in get_args(annotation) if one is not NoneType)
        return Union[kept], len(kept) < len(get_args(annotation))  # noqa: UP007 - the members are known at run time only
    return annotation, False


def unknown_in(annotation: Any) -> Unknown | None:
    """Return the first name in an annotation that stands for nothing."""
    if isinstance(annotation, Unknown):
        return annotation
    for one in get_args(annotation):
        found = unknown_in(one)
        if found is not None:
            return found
    return None


def wrong_annotation(cls: type, name: str, annotation: Any) -> SQLAlchemyError:
    """Return the error for an attribute whose annotation is not ``Mapped``."""
    text = written_annotation(cls, name) or _shown(annotation)
    return MappedAnnotationError(
        f'Type annotation for "{cls.__name__}.{name}" can\'t be correctly interpreted for '
        "Annotated Declarative Table form.  ORM annotations should normally make use of the "
        "``Mapped[]`` generic type, or other ORM-compatible generic type, as a container for the "
        "actual type, which indicates the intent that the attribute is mapped. Class variables "
        "that are not intended to be mapped by the ORM should use ClassVar[].  To allow Annotated "
        "Declarative to disregard legacy annotations which don't use Mapped[] to pass, set "
        '"__allow_unmapped__ = True" on the class or a superclass this class.',
        hint=f"{name}: Mapped[{'Any' if text == 'Mapped' else text}]",
        code=_PAGE,
    )


def _shown(annotation: Any) -> str:
    is_plain = isinstance(annotation, type) and get_origin(annotation) is None
    return annotation.__name__ if is_plain else str(annotation)
