"""Rows as objects of the user's own classes, with the fields checked against the columns."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, get_origin

from typing_extensions import NotRequired, Required, get_type_hints, is_typeddict

from toolkit_core.engine.row_reader import Made, Reader, generated
from toolkit_core.errors import ArgumentError
from toolkit_core.late_annotations import signature_of
from toolkit_core.nearest import nearest

if TYPE_CHECKING:
    from toolkit_core.engine.row_shape import RowShape


class Fields(NamedTuple):
    """What a class wants to know: which names it takes, and which of them it must have."""

    names: tuple[str, ...]
    required: frozenset[str]
    # How many of the names may be given by position.
    positional: int
    takes_any: bool = False


def into_reader(shape: RowShape, cls: type[Any], extra: str) -> Reader:
    """Return a reader that makes objects of a class; raise where columns and fields differ."""
    if extra not in {"refuse", "ignore"}:
        raise ArgumentError(f"extra must be 'refuse' or 'ignore', not {extra!r}")
    kind = _kind(cls)
    fields = _FIELDS[kind](cls)
    _check(shape, cls, fields, refuse_extra=extra == "refuse")
    wanted = shape.names if fields.takes_any else fields.names
    positions = {name: shape.index[name] for name in wanted if name in shape.index}
    make = _maker(kind, cls, fields, positions)
    rows = shape.rows
    one, many = make(shape)
    _, shown = make(shape.finished())
    return Reader(one, many, rows.many, shown, rows.key)


# -- the kinds of classes --------------------------------------------------------------------


def _kind(cls: Any) -> str:
    """Tell what kind of class it is, by its marks: nothing is imported to find out."""
    if is_typeddict(cls):
        return "TypedDict"
    if isinstance(cls, type):
        if issubclass(cls, tuple) and hasattr(cls, "_fields"):
            return "NamedTuple"
        if dataclasses.is_dataclass(cls) or any(hasattr(cls, mark) for mark in _MARKS):
            return "class"
    raise ArgumentError(
        f"into() cannot tell the fields of {cls!r}",
        hint="a dataclass, TypedDict, NamedTuple, or a class of attrs, msgspec or pydantic",
    )


# attrs, msgspec, pydantic.
_MARKS = ("__attrs_attrs__", "__struct_fields__", "__pydantic_validator__")


def _typed_dict_fields(cls: Any) -> Fields:
    required = set(cls.__required_keys__)
    try:
        # Where annotations are strings the class itself has not seen NotRequired in them.
        hints = get_type_hints(cls, include_extras=True)
    except NameError:
        hints = dict.fromkeys(cls.__required_keys__ | cls.__optional_keys__)
    for name, hint in hints.items():
        origin: Any = get_origin(hint)
        if origin is NotRequired:
            required.discard(name)
        elif origin is Required:
            required.add(name)
    return Fields(tuple(hints), frozenset(required), 0)


def _named_tuple_fields(cls: Any) -> Fields:
    names: tuple[str, ...] = cls._fields
    return Fields(names, frozenset(names) - set(cls._field_defaults), len(names))


def _class_fields(cls: Any) -> Fields:
    parameters = signature_of(cls).parameters.values()
    named = [p for p in parameters if p.kind in {p.POSITIONAL_OR_KEYWORD, p.KEYWORD_ONLY}]
    return Fields(
        tuple(p.name for p in named),
        frozenset(p.name for p in named if p.default is p.empty),
        sum(p.kind is p.POSITIONAL_OR_KEYWORD for p in named),
        any(p.kind is p.VAR_KEYWORD for p in parameters),
    )


_FIELDS: dict[str, Callable[[Any], Fields]] = {
    "TypedDict": _typed_dict_fields,
    "NamedTuple": _named_tuple_fields,
    "class": _class_fields,
}


# -- fields against columns ------------------------------------------------------------------


def _check(shape: RowShape, cls: type[Any], fields: Fields, *, refuse_extra: bool) -> None:
    columns = shape.names
    twice = sorted({name for name in columns if columns.count(name) > 1 and name in fields.names})
    missing = [name for name in fields.names if name in fields.required and name not in columns]
    extra = [name for name in columns if name not in fields.names]
    wrong = []
    if twice:
        wrong.append(f"the result has more than one column {_listed(twice)}")
    if missing:
        wrong.append(f"the result has no column for the required {_listed(missing)}")
    if extra and refuse_extra and not fields.takes_any:
        wrong.append(f"it has no field for the column {_listed(extra)}")
    if wrong:
        raise ArgumentError(
            f"Rows do not fit into {cls.__name__}: {'; '.join(wrong)}",
            hint=_hint(missing, extra, twice),
        )


def _hint(missing: Sequence[str], extra: Sequence[str], twice: Sequence[str]) -> str:
    for field in missing:
        near = nearest(field, extra)
        if near:
            return f"name the column {near!r} as the field is: AS {field} in SQL, .label({field!r})"
    if missing:
        return "select the column, or give the field a default"
    if twice:
        return "give the columns different names with .label() or AS"
    return 'extra="ignore" leaves out columns without a field'


def _listed(names: Sequence[str]) -> str:
    return ", ".join(repr(name) for name in names)


# -- making ----------------------------------------------------------------------------------


def _maker(
    kind: str, cls: type[Any], fields: Fields, positions: dict[str, int]
) -> Callable[[RowShape], Made]:
    """Return a function that generates, for a shape, how one and many objects are made."""

    def make(shape: RowShape) -> Made:
        values = {name: _value(shape, position) for name, position in positions.items()}
        scope: dict[str, Any] = {
            f"p{place}": processor for place, processor in enumerate(shape.processors) if processor
        }
        scope["cls"] = cls
        if kind == "TypedDict":
            made = "{" + ", ".join(f"{name!r}: {value}" for name, value in values.items()) + "}"
        elif kind == "NamedTuple" and len(values) == len(fields.names):
            scope["new"] = tuple.__new__
            made = f"new(cls, ({', '.join(values.values())},))"
        else:
            made = f"cls({', '.join(_arguments(fields, values))})"
        return generated(made, None if shape.of_scalars else shape.width, scope)

    return make


def _value(shape: RowShape, position: int) -> str:
    column = f"c{position if shape.taken is None else shape.taken[position]}"
    if shape.processors and shape.processors[position] is not None:
        return f"p{position}({column})"
    return column


def _arguments(fields: Fields, values: dict[str, str]) -> list[str]:
    """Write arguments by position as far as there are no gaps: that is the faster call."""
    arguments = []
    gap = False
    for place, name in enumerate([*fields.names, *(set(values) - set(fields.names))]):
        if name not in values:
            gap = True
        elif gap or place >= fields.positional:
            arguments.append(f"{name}={values[name]}")
        else:
            arguments.append(values[name])
    return arguments
