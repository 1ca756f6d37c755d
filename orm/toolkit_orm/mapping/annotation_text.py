"""Annotations written as text, and names in them that are not there yet.

A name that nobody knows while the class is made, since its module is imported for type
checkers only or its class comes later, becomes an ``Unknown``: a relationship finds it by its
text when the mappers are configured, and a column refuses it.
"""

from __future__ import annotations

import builtins
import sys
import types
from collections.abc import Mapping
from functools import cache
from typing import Any, ForwardRef, Literal, TypeVar, Union, get_args, get_origin

_FOLDER = __file__.rpartition("/")[0] or __file__.rpartition("\\")[0]


# The words of Literal["…"] are no annotations.
_TAKEN_AS_THEY_ARE = (Literal,)


class Unknown:
    """A name in an annotation that stands for nothing yet."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __getattr__(self, name: str) -> Unknown:
        if name.startswith("__"):
            raise AttributeError(name)
        return Unknown(f"{self.text}.{name}")

    def __getitem__(self, parameters: Any) -> Unknown:
        return self

    def __or__(self, other: Any) -> Any:
        return Union[self, other]  # noqa: UP007 - the members are known at run time only

    def __ror__(self, other: Any) -> Any:
        return Union[other, self]  # noqa: UP007 - the members are known at run time only

    # What is in Optional[...] or List[...] must look like a type.
    def __call__(self) -> Any:
        """Refuse."""
        raise TypeError(f"{self.text} is a name in an annotation")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Unknown) and other.text == self.text

    def __hash__(self) -> int:
        return hash(self.text)

    def __repr__(self) -> str:
        return f"ForwardRef({self.text!r})"


class _Names(dict[str, Any]):
    """The names that an annotation may use: those of the class, its module, and Python."""

    def __init__(self, cls: type, module: str, known: Mapping[str, Any]) -> None:
        super().__init__(known)
        self.cls = cls
        self.name = module
        home = sys.modules.get(module)
        self.module: Mapping[str, Any] = {} if home is None else vars(home)

    def __missing__(self, name: str) -> Any:
        found = _type_in((self.cls,), name, self)
        if found is self:
            found = self.module.get(name, self)
        if found is self:
            found = vars(builtins).get(name, self)
        if found is self:
            found = self.cls if name == self.cls.__name__ else _beside(self.name, name, self)
        if found is self:
            found = type_parameters(self.cls).get(name, self)
        if found is self:
            # A mixin's own: it is read for the class below.
            found = _type_in(self.cls.__mro__, name, self)
        return Unknown(name) if found is self else found


def _type_in(classes: tuple[type, ...], name: str, default: Any) -> Any:
    """Return the type that stands under a name in a class, where attributes stand as well."""
    for cls in classes:
        found = vars(cls).get(name)
        if isinstance(found, type) or get_origin(found) is not None:
            return found
    return default


def type_parameters(cls: type) -> Mapping[str, Any]:
    """Return the type variables of a class and those above it, as ``class Box[T]`` makes them."""
    return {
        one.__name__: one
        for parent in cls.__mro__
        for one in vars(parent).get("__type_params__", ())
    }


def meaning_of(variable: Any, cls: type) -> Any:
    """Return what a type variable of a generic class above means in a class: ``Box[int]``.

    >>> from typing import Generic, TypeVar
    >>> T = TypeVar("T")
    >>> class Box(Generic[T]):
    ...     pass
    >>> class Full(Box[int]):
    ...     pass
    >>> meaning_of(T, Full)
    <class 'int'>
    """
    for parent in cls.__mro__:
        for base in vars(parent).get("__orig_bases__", ()):
            parameters = getattr(get_origin(base), "__parameters__", ())
            if variable in parameters:
                found = get_args(base)[parameters.index(variable)]
                if found is not variable:
                    return meaning_of(found, cls) if isinstance(found, TypeVar) else found
    return variable


def _beside(module: str, name: str, default: Any) -> Any:
    """Return what a name means where the class is being made: in a function, in a doctest."""
    frame: types.FrameType | None = sys._getframe(1)
    while frame is not None:
        is_ours = frame.f_code.co_filename.startswith(_FOLDER)
        if frame.f_globals.get("__name__") == module and not is_ours:
            for names in (frame.f_locals, frame.f_globals):
                if name in names:
                    return names[name]
        frame = frame.f_back
    return default


@cache
def _code(text: str) -> types.CodeType:
    return compile(text.strip(), "<annotation>", "eval")


def evaluated(text: str, cls: type, module: str, known: Mapping[str, Any] | None = None) -> Any:
    """Return what the text of an annotation means in the module where it stands.

    ``known`` are names that Python has made up for what it could not write as text.

    >>> evaluated("Nobody", object, "builtins")
    ForwardRef('Nobody')
    """
    names = _Names(cls, module, known or {})
    try:
        found = eval(_code(text), {}, names)  # noqa: S307 - an annotation is the program's own text
    except (SyntaxError, TypeError):
        return Unknown(text)
    return known_in(found, cls, module)


def known_in(annotation: Any, cls: type, module: str) -> Any:
    """Return an annotation with the text and the forward references in it evaluated."""
    kind = annotation.__class__
    if kind is str or kind is ForwardRef:
        text = annotation if kind is str else annotation.__forward_arg__
        return evaluated(text, cls, module, getattr(annotation, "__extra_names__", None))
    if kind is type or kind is Unknown:
        return annotation
    if kind is TypeVar:
        return meaning_of(annotation, cls)
    arguments = get_args(annotation)
    if not arguments or get_origin(annotation) in _TAKEN_AS_THEY_ARE:
        return annotation
    if hasattr(annotation, "__metadata__"):
        # What stands beside the type in Annotated is no annotation, be it text.
        arguments = arguments[:1]
    made = tuple(known_in(one, cls, module) for one in arguments)
    if all(new is old for new, old in zip(made, arguments, strict=True)):
        return annotation
    return _rebuilt(annotation, made)


def _rebuilt(annotation: Any, arguments: tuple[Any, ...]) -> Any:
    if isinstance(annotation, types.UnionType) or get_origin(annotation) is Union:
        return Union[arguments]  # noqa: UP007 - the members are known at run time only
    if hasattr(annotation, "copy_with"):
        return annotation.copy_with(arguments)
    return types.GenericAlias(get_origin(annotation), arguments)
