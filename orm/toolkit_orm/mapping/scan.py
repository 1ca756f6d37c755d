"""What a declarative class says: its attributes in order, those of its mixins behind them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from toolkit_core.errors import InvalidRequestError, warn
from toolkit_core.late_annotations import own_annotations
from toolkit_core.schema import Column
from toolkit_orm.instrument.attribute import QueryableAttribute
from toolkit_orm.mapping.annotation import (
    IS_CLASS_VARIABLE,
    NOT_MAPPED,
    Hint,
    hint_of,
    wrong_annotation,
)
from toolkit_orm.mapping.annotation import read as read_hint
from toolkit_orm.mapping.annotation_text import known_in
from toolkit_orm.mapping.attribute_options import NO_ARG
from toolkit_orm.mapping.declared_attr import DeclaredDirective, is_mapped
from toolkit_orm.mapping.mapped_column import MappedColumn
from toolkit_orm.mapping.mapped_dataclass import is_to_be_dataclass
from toolkit_orm.mapping.property import MapperProperty

SPECIAL = frozenset({"__tablename__", "__table_args__", "__mapper_args__"})
# Where the classes above are from that declare nothing.
_EMPTY = frozenset({"builtins", "typing", "toolkit_orm.mapping.declarative_base"})
_DECLARED = (Column, MappedColumn, MapperProperty)


class Found:
    """One attribute that a class declares: its value, and what its annotation says."""

    __slots__ = ("annotation", "hint", "name", "origin", "value")

    def __init__(
        self, name: str, value: Any, hint: Hint | None, origin: type, annotation: Any
    ) -> None:
        self.name = name
        self.value = value
        self.hint = hint
        self.origin = origin
        self.annotation = annotation


class Scan:
    """All that a class and its mixins declare.

    ``copies`` tells for a column of a mixin the column that the class has for it.
    """

    def __init__(self, cls: type) -> None:
        self.cls = cls
        self.found: dict[str, Found] = {}
        self.copies: dict[Any, Any] = {}
        self.special: dict[str, Any] = {}
        self.allows_unmapped = bool(getattr(cls, "__allow_unmapped__", False))
        covered = _covered(cls)
        for parent in cls.__mro__:
            if parent is cls:
                self._own(parent)
            elif parent.__module__ not in _EMPTY and not is_mapped(parent):
                self._mixin(parent, parent in covered)

    def _own(self, cls: type) -> None:
        key = getattr(cls, "__sa_dataclass_metadata_key__", None)
        fields = _dataclass_fields(cls, key)
        is_dataclass = "__dataclass_fields__" in cls.__dict__ or "__attrs_attrs__" in cls.__dict__
        for name, value, annotation in members(cls):
            if name in SPECIAL:
                self._note_special(name, cls)
            elif not name.startswith(("__", "_sa_")):
                if name in fields:
                    self._add(name, fields[name], None, cls, annotation)
                else:
                    self._take(name, value, annotation, cls, strict=not is_dataclass)
        for name in fields.keys() - self.found.keys():
            self._add(name, fields[name], None, cls, None)

    def _note_special(self, name: str, owner: type) -> None:
        if name not in self.special:
            value = owner.__dict__[name]
            if isinstance(value, (DeclaredDirective, property, classmethod)):
                value = getattr(self.cls, name) if not isinstance(value, property) else None
            self.special[name] = value

    def _mixin(self, parent: type, covered: bool) -> None:
        """Take what a mixin declares; below a mapped parent only what says that it cascades."""
        later: list[tuple[str, Any]] = []
        fields = _dataclass_fields(parent, getattr(parent, "__sa_dataclass_metadata_key__", None))
        for name, value, annotation in members(parent):
            if name in SPECIAL:
                if not covered or isinstance(value, DeclaredDirective):
                    self._note_special(name, parent)
            elif name.startswith(("__", "_sa_")):
                continue
            elif isinstance(value, DeclaredDirective):
                if value.cascades or not covered:
                    later.append((name, value))
            elif covered:
                continue
            elif name in fields:
                self._from_mixin(name, fields[name], None, parent, annotation)
            else:
                self._read_mixin(name, value, annotation, parent)
        for name, declared in later:
            self._declared(name, declared, parent)

    def _read_mixin(self, name: str, value: Any, annotation: Any, parent: type) -> None:
        own = self.found.get(name)
        hint = None
        if own is not None:
            if own.value is not NO_ARG or not isinstance(value, (Column, MappedColumn)):
                return
            # The class only annotates what its mixin declares.
            hint = own.hint
            del self.found[name]
        if annotation is not None:
            read = hint_of(annotation, self.cls, parent.__module__)
            hint = read if isinstance(read, Hint) else None
        if isinstance(value, _DECLARED) or (value is NO_ARG and hint is not None):
            self._from_mixin(name, value, hint, parent, annotation)

    def _from_mixin(
        self, name: str, value: Any, hint: Hint | None, parent: type, annotation: Any
    ) -> None:
        if name in self.found or name in self.cls.__dict__:
            return
        if isinstance(value, MapperProperty):
            raise InvalidRequestError(
                "Mapper properties (i.e. deferred,column_property(), relationship(), etc.) must be "
                "declared as @declared_attr callables on declarative mixin classes.  For dataclass "
                "field() objects, use a lambda:",
                hint=f"@declared_attr in front of def {name}(cls), in {parent.__name__}",
            )
        if isinstance(value, (Column, MappedColumn)):
            value = self._copy(name, value, parent)
        self._add(name, value, hint, parent, annotation)

    def _copy(self, name: str, value: Any, parent: type) -> Any:
        column = value.column if isinstance(value, MappedColumn) else value
        for key in column.foreign_keys:
            given = key._given
            if getattr(given, "table", self) is None:
                raise InvalidRequestError(
                    "Columns with foreign keys to non-table-bound columns must be declared as "
                    "@declared_attr callables on declarative mixin classes.  For dataclass field() "
                    "objects, use a lambda:",
                    hint=f"@declared_attr in front of def {name}(cls), in {parent.__name__}",
                )
        copy = value.copied() if isinstance(value, MappedColumn) else value._copy()
        self.copies[column] = copy.column if isinstance(copy, MappedColumn) else copy
        self.copies[value] = self.copies[column]
        return copy

    def _declared(self, name: str, declared: DeclaredDirective[Any], parent: type) -> None:
        if name in self.found or (name in self.cls.__dict__ and not declared.cascades):
            return
        if name in self.cls.__dict__:
            warn(
                f"Attribute '{name}' on class {self.cls} cannot be processed due to "
                "@declared_attr.cascading; skipping"
            )
            return
        value = declared.__get__(None, self.cls)
        hint = _returned(declared, self.cls, parent.__module__)
        if isinstance(value, _DECLARED):
            self._add(name, value, hint, parent, None)
        else:
            type.__setattr__(self.cls, name, value)

    def _take(self, name: str, value: Any, annotation: Any, cls: type, *, strict: bool) -> None:
        """Take an attribute of the class itself."""
        if isinstance(value, DeclaredDirective):
            hint = _returned(value, cls, cls.__module__)
            made = value.__get__(None, cls)
            if isinstance(made, _DECLARED):
                self._add(name, made, hint, cls, annotation)
            else:
                type.__setattr__(cls, name, made)
            return
        if annotation is None:
            self._plain(name, value, cls)
            return
        read = hint_of(annotation, cls, cls.__module__)
        if isinstance(read, Hint):
            if value is NO_ARG or isinstance(value, _DECLARED):
                self._add(name, value, read, cls, annotation)
            return
        # Fields of a dataclass need not be mapped.
        alone = value is NO_ARG and not is_to_be_dataclass(cls)
        unfit = isinstance(value, (MappedColumn, MapperProperty)) or alone
        if read is NOT_MAPPED and unfit and strict and not self.allows_unmapped:
            raise wrong_annotation(cls, name, annotation)
        if isinstance(value, _DECLARED):
            legacy = self._legacy(read, annotation, cls)
            self._add(name, value, legacy, cls, annotation)

    def _legacy(self, read: Any, annotation: Any, cls: type) -> Hint | None:
        """Return what an annotation without ``Mapped`` says where that is allowed."""
        if read is IS_CLASS_VARIABLE or not self.allows_unmapped:
            return None
        return read_hint(known_in(annotation, cls, cls.__module__))

    def _plain(self, name: str, value: Any, cls: type) -> None:
        if isinstance(value, _DECLARED):
            self._add(name, value, None, cls, None)
        elif isinstance(value, tuple) and len(value) == 1 and isinstance(value[0], _DECLARED):
            warn(
                f"Ignoring declarative-like tuple value of attribute '{name}': possibly a "
                "copy-and-paste error with a comma accidentally placed at the end of the line?"
            )
        elif isinstance(value, QueryableAttribute) and value.key != name:
            self._add(name, value, None, cls, None)

    def _add(self, name: str, value: Any, hint: Hint | None, origin: type, annotation: Any) -> None:
        if name in ("metadata", "registry") and isinstance(value, _DECLARED):
            what = "MetaData instance" if name == "metadata" else "Declarative class registry"
            warn(
                f"Attribute name '{name}' should be left reserved for the {what} when using a "
                "Declarative class."
            )
        self.found[name] = Found(name, value, hint, origin, annotation)


def members(cls: type) -> Iterator[tuple[str, Any, Any]]:
    """Yield name, value and annotation of what a class declares, as nearly in order as can be told.

    Python keeps apart what is annotated and what is assigned; what is both links the two.
    """
    values = cls.__dict__
    annotations = own_annotations(cls)
    for name in in_order(values, annotations):
        yield name, values.get(name, NO_ARG), annotations.get(name)


def in_order(values: Mapping[str, Any], annotations: Mapping[str, Any]) -> list[str]:
    """Merge two orders of names into one.

    >>> in_order({"ren": 1, "id": 2, "dd": 3}, {"name": 1, "id": 2, "nick": 3})
    ['ren', 'name', 'id', 'nick', 'dd']
    """
    if not annotations:
        return list(values)
    merged: list[str] = []
    waiting = list(annotations)
    for name in values:
        if name in annotations and name in waiting:
            place = waiting.index(name)
            merged += waiting[: place + 1]
            del waiting[: place + 1]
        elif name not in annotations:
            merged.append(name)
    last = next((i for i in range(len(merged) - 1, -1, -1) if merged[i] in annotations), -1)
    if last < 0:
        return [*merged, *waiting]
    return [*merged[: last + 1], *waiting, *merged[last + 1 :]]


def _covered(cls: type) -> set[type]:
    """Return the classes above that a mapped parent has taken in already."""
    return {
        parent for mapped in cls.__mro__[1:] if is_mapped(mapped) for parent in mapped.__mro__[1:]
    }


def _returned(declared: DeclaredDirective[Any], cls: type, module: str) -> Hint | None:
    """Return what the function behind an attribute says that it returns."""
    annotation = own_annotations(declared.fget).get("return")
    if annotation is None:
        return None
    read = hint_of(annotation, cls, getattr(declared.fget, "__module__", module))
    return read if isinstance(read, Hint) else None


def _dataclass_fields(cls: type, key: str | None) -> dict[str, Any]:
    """Return what the fields of a dataclass carry for the mapping under a key of their metadata."""
    fields = cls.__dict__.get("__dataclass_fields__")
    if key is None or fields is None:
        return {}
    annotated = own_annotations(cls)
    found = {}
    for name, field in fields.items():
        if name in annotated and key in field.metadata:
            value = field.metadata[key]
            is_maker = callable(value) and not isinstance(value, _DECLARED)
            found[name] = value() if is_maker else value
    return found
