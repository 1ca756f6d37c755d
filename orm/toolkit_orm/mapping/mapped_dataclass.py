"""Declarative classes that are made dataclasses before they are mapped."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from toolkit_core.errors import ArgumentError, InvalidRequestError
from toolkit_core.late_annotations import own_annotations
from toolkit_core.lazy_module import lazy_module
from toolkit_orm.mapping.annotation import Hint, hint_of
from toolkit_orm.mapping.attribute_options import NO_ARG, NO_OPTIONS, AttributeOptions
from toolkit_orm.mapping.declared_attr import is_mapped

if TYPE_CHECKING:
    import dataclasses

    from toolkit_orm.mapping.scan import Scan
else:
    dataclasses = lazy_module("dataclasses")

# Under this name a class keeps the options that it is to be made a dataclass with.
OPTIONS = "_sa_apply_dc_transforms"


def remember_options(cls: type, given: Mapping[str, Any]) -> None:
    """Keep the options of a class, together with those that it inherits."""
    inherited: Mapping[str, Any] = getattr(cls, OPTIONS, None) or {}
    own = {word: value for word, value in given.items() if value is not NO_ARG}
    type.__setattr__(cls, OPTIONS, {**inherited, **own})


def is_to_be_dataclass(cls: type) -> bool:
    """Tell whether a class asks to be made a dataclass."""
    return getattr(cls, OPTIONS, None) is not None


def make_dataclass(cls: type, scan: Scan) -> None:
    """Make a class that is to be mapped a dataclass, if it asks for that."""
    options = getattr(cls, OPTIONS, None)
    if options is None:
        for found in scan.found.values():
            _refuse_options(cls, found.name, found.value)
        return
    for found in scan.found.values():
        origin = found.origin
        if origin is not cls and found.hint is not None and not _is_dataclass(origin):
            raise InvalidRequestError(
                f"When transforming {cls} to a dataclass, attribute(s) {found.name!r} originates "
                f"from superclass {origin}, which is not a dataclass.",
                hint=f"let {origin.__name__} inherit from MappedAsDataclass as well",
            )
    hints = {name: found.hint for name, found in scan.found.items() if found.origin is cls}
    values = {name: found.value for name, found in scan.found.items() if found.origin is cls}
    _transform(cls, options, hints, values)
    type.__setattr__(cls, OPTIONS, options)


def make_unmapped_dataclass(cls: type) -> None:
    """Make a mixin or a base a dataclass, and leave it the attributes that it declares."""
    options = getattr(cls, OPTIONS, None)
    if options is None or is_mapped(cls):
        return
    hints: dict[str, Any] = {}
    values: dict[str, Any] = {}
    for name, annotation in own_annotations(cls).items():
        read = hint_of(annotation, cls, cls.__module__)
        if isinstance(read, Hint):
            hints[name] = read
            values[name] = cls.__dict__.get(name, NO_ARG)
    _transform(cls, options, hints, values)
    for name, value in values.items():
        if value is not NO_ARG:
            type.__setattr__(cls, name, value)


def _is_dataclass(cls: type) -> bool:
    return "__dataclass_fields__" in cls.__dict__


def _options(value: Any) -> AttributeOptions:
    found: AttributeOptions = getattr(value, "options", NO_OPTIONS)
    return found


def _transform(
    cls: type, options: Mapping[str, Any], hints: Mapping[str, Any], values: Mapping[str, Any]
) -> None:
    given = own_annotations(cls)
    annotations: dict[str, Any] = {}
    for name, annotation in given.items():
        hint = hints.get(name)
        if hint is None:
            annotations[name] = annotation
            continue
        annotations[name] = hint.whole
        arguments = _options(values[name]).field_arguments()
        if arguments:
            type.__setattr__(cls, name, dataclasses.field(**arguments))
        elif name in cls.__dict__:
            type.__delattr__(cls, name)
    arguments = dict(options)
    maker = arguments.pop("dataclass_callable", None) or dataclasses.dataclass
    # Since Python 3.14, what evaluates them is replaced together with the annotations.
    annotate = getattr(cls, "__annotate__", None)
    type.__setattr__(cls, "__annotations__", annotations)
    try:
        maker(cls, **arguments)
    except (TypeError, ValueError) as error:
        raise InvalidRequestError(
            f"Python dataclasses error encountered when creating dataclass for {cls.__name__!r}: "
            f"{error!r}. Please refer to Python dataclasses documentation for additional "
            "information."
        ) from error
    finally:
        if annotate is None:
            type.__setattr__(cls, "__annotations__", given)
        else:  # pragma: no cover - by version
            type.__setattr__(cls, "__annotate__", annotate)


def _refuse_options(cls: type, name: str, value: Any) -> None:
    options = _options(value)
    # What a query sets is no argument of a constructor anywhere.
    if options is NO_OPTIONS or getattr(value, "of_query", False):
        return
    given = options.given()
    if given:
        shown = ", ".join(repr(one) for one in given)
        raise ArgumentError(
            f"Attribute '{name}' on class {cls} includes dataclasses argument(s): {shown} but "
            "class does not specify SQLAlchemy native dataclass configuration.",
            hint="let it inherit from MappedAsDataclass, or use @registry.mapped_as_dataclass",
        )
