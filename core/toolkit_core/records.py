"""Frozen records: annotated fields become slots, at a tenth of what a dataclass costs to define.

A dataclass compiles up to seven methods for each class, and brings ``inspect`` with it.  Here
the only method that must know the fields by name, ``__init__``, is compiled once per *number*
of fields; each class gets a copy of that code in which the names are replaced.  It is as fast
as one written by hand, and has its signature and its messages.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from functools import cache
from types import CodeType, FunctionType

from toolkit_core.checker_names import dataclass_transform
from toolkit_core.record_templates import INITS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Literal

    from toolkit_core.newer_typing import Self

REQUIRED: Any = object()
_COMPUTED: Any = object()


def computed(*, init: Literal[False] = False) -> Any:
    """Declare a field that ``__post_init__`` sets; it takes no part in anything else."""
    return _COMPUTED


class Described:
    """A default that carries more about its field; to be subclassed."""

    __slots__ = ("default",)

    def __init__(self, default: Any = REQUIRED) -> None:
        self.default = default


@dataclass_transform(frozen_default=True, field_specifiers=(computed,))
class RecordType(type):
    """The class of record classes: it makes slots and ``__init__`` of the annotations."""

    __match_args__: tuple[str, ...]
    __fields__: Mapping[str, Any]
    """What stands to the right of each field in the class body, ``REQUIRED`` if nothing does."""

    def __new__(
        cls, name: str, bases: tuple[type, ...], namespace: dict[str, Any], *, eq: bool = True
    ) -> RecordType:
        """Make the class; ``eq=False`` has its objects compared by identity."""
        own = {field: namespace.pop(field, REQUIRED) for field in _annotated(namespace)}
        namespace["__slots__"] = (*namespace.get("__slots__", ()), *own)
        given = {field: default for field, default in own.items() if default is not _COMPUTED}
        fields = {**_inherited(bases), **given}
        namespace["__match_args__"] = tuple(fields)
        if not eq:
            namespace.update(__eq__=object.__eq__, __hash__=object.__hash__)
        if "__init__" not in namespace:
            qualname = namespace.get("__qualname__", name)
            then_more = "__post_init__" in namespace or any(
                hasattr(base, "__post_init__") for base in bases
            )
            namespace["__init__"] = _initializer(qualname, fields, then_more=then_more)
        made = super().__new__(cls, name, bases, namespace)
        made.__fields__ = fields
        return made

    def __init__(cls, *args: Any, **options: Any) -> None:
        """Leave it at what ``__new__`` has done with the options."""


def _annotated(namespace: Mapping[str, Any]) -> list[str]:
    annotations: Mapping[str, Any] = namespace.get("__annotations__", {})
    if sys.version_info >= (3, 14) and not annotations:  # pragma: no cover - by version
        # There, annotations are a function unless the module imports them from the future.
        annotations = _evaluated(namespace)
    return [
        name
        for name, annotation in annotations.items()
        if not str(annotation).startswith(("ClassVar", "typing.ClassVar"))
    ]


def _evaluated(namespace: Mapping[str, Any]) -> Mapping[str, Any]:  # pragma: no cover - by version
    annotate = namespace.get("__annotate_func__") or namespace.get("__annotate__")
    if annotate is None:
        return {}
    annotationlib: Any = __import__("annotationlib")
    found: Mapping[str, Any] = annotationlib.call_annotate_function(
        annotate, annotationlib.Format.STRING
    )
    return found


def _inherited(bases: tuple[type, ...]) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for base in reversed(bases):
        if isinstance(base, RecordType):
            fields.update(base.__fields__)
    return fields


def _initializer(qualname: str, fields: Mapping[str, Any], *, then_more: bool) -> FunctionType:
    defaults: list[Any] = []
    for name, field in fields.items():
        default = field.default if isinstance(field, Described) else field
        if default is not REQUIRED:
            defaults.append(default)
        elif defaults:
            raise TypeError(f"{qualname}: the field {name!r} needs a default, as one before it has")
    names = tuple(fields)
    code = _template(len(fields), then_more=then_more).replace(
        co_varnames=("self", *names),
        co_names=(*names, "__post_init__") if then_more else names,
        co_filename=f"<record {qualname}>",
    )
    if sys.version_info >= (3, 11):
        code = code.replace(co_qualname=f"{qualname}.__init__")
    made = FunctionType(code, {}, "__init__", tuple(defaults))
    made.__qualname__ = f"{qualname}.__init__"
    return made


@cache
def _template(count: int, *, then_more: bool) -> CodeType:
    """Return ``__init__`` for so many fields, under names that are to be replaced."""
    if 0 < count <= len(INITS) and not then_more:
        kept: CodeType = INITS[count - 1].__code__
        return kept
    return compiled_template(count, then_more=then_more)


def compiled_template(count: int, *, then_more: bool) -> CodeType:
    """Compile ``__init__`` for so many fields."""
    names = [f"field{number}" for number in range(count)]
    lines = [f"def __init__({', '.join(['self', *names])}):"]
    lines += ["    pass"] * (not names)
    lines += [f"    self.{name} = {name}" for name in names]
    lines += ["    self.__post_init__()"] * then_more
    scope: dict[str, Any] = {}
    exec("\n".join(lines), scope)  # noqa: S102 - text made of numbers
    code: CodeType = scope["__init__"].__code__
    return code


def _values(record: Any) -> tuple[Any, ...]:
    return tuple([getattr(record, name) for name in record.__match_args__])


class Record(metaclass=RecordType):
    """An object whose fields are set when it is made, and never again.

    >>> class Point(Record):
    ...     x: int
    ...     y: int = 0
    >>> Point(1)
    Point(x=1, y=0)
    >>> Point(1).but(y=2) == Point(1, 2)
    True

    The class body says ``eq=False`` beside its bases to be compared by identity.  Where the
    guard against changes costs too much, ``__setattr__ = object.__setattr__`` takes it away;
    type checkers refuse an assignment all the same.
    """

    def but(self, **changes: Any) -> Self:
        """Return a copy with some fields replaced."""
        cls = type(self)
        kept = {name: getattr(self, name) for name in cls.__match_args__}
        return cls(**{**kept, **changes})

    def __replace__(self, **changes: Any) -> Self:
        """Serve ``copy.replace``, which there is since Python 3.13."""
        return self.but(**changes)

    def __setattr__(self, name: str, value: Any, /) -> None:
        # __init__, copy and pickle fill what is empty.
        if hasattr(self, name):
            raise AttributeError(
                f"{type(self).__qualname__} is frozen: {name!r} cannot be changed; "
                "but() returns a changed copy"
            )
        object.__setattr__(self, name, value)

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return _values(self) == _values(other)

    def __hash__(self) -> int:
        return hash(_values(self))

    def __repr__(self) -> str:
        cls = type(self)
        shown = ", ".join(f"{name}={getattr(self, name)!r}" for name in cls.__match_args__)
        return f"{cls.__qualname__}({shown})"
