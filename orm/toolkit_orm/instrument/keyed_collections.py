"""Dictionaries of related objects, by a key that each object has."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from toolkit_core.errors import ArgumentError, InvalidRequestError, warn
from toolkit_orm.instrument.collection_roles import collection
from toolkit_orm.instrument.collections import InstrumentedDict
from toolkit_orm.instrument.state import STATE

KT = TypeVar("KT")
VT = TypeVar("VT")
_NO_KEY: Any = object()


class KeyFuncDict(InstrumentedDict[KT, VT]):
    """A dictionary of related objects, by what a function says of each.

    >>> words = KeyFuncDict(len)
    >>> words.set("abc")
    >>> words
    {3: 'abc'}
    """

    def __init__(
        self, keyfunc: Callable[[Any], Any], *_: Any, ignore_unpopulated_attribute: bool = False
    ) -> None:
        super().__init__()
        self.keyfunc = keyfunc
        self.ignore_unpopulated_attribute = ignore_unpopulated_attribute

    def _key_of(self, value: Any) -> Any:
        """Return the key of an object; it may be that it has none, and is left out."""
        key = self.keyfunc(value)
        told = key is not _NO_KEY and key is not None
        if told or not hasattr(self.keyfunc, "shown"):
            return key
        if self.ignore_unpopulated_attribute:
            return _NO_KEY
        belongs = self._sa_adapter
        link = None if belongs is None else belongs.link
        where = "unknown relationship" if link is None else f"{link.owner.__name__}.{link.key}"
        if key is None:
            warn(
                f"Attribute keyed dictionary value for attribute '{where}' was None; this will "
                "raise in a future release. To skip this assignment entirely, Set the "
                "'ignore_unpopulated_attribute=True' parameter on the mapped collection factory."
            )
            return key
        raise InvalidRequestError(
            f"In event triggered from population of attribute '{where}' (potentially from a "
            f"backref), can't populate value in KeyFuncDict; dictionary key derived from "
            f"{value!r} is not populated. Ensure appropriate state is set up on the {value!r} "
            "object before assigning to the attribute, or set ignore_unpopulated_attribute=True.",
            hint=f"set {self.keyfunc.shown} of {type(value).__name__} before",
        )

    @collection.appender
    @collection.internally_instrumented
    def set(self, value: Any, _sa_initiator: Any = None) -> None:
        """Put an object in, under the key that it has."""
        key = self._key_of(value)
        if key is not _NO_KEY:
            self.__setitem__(key, value, _sa_initiator)

    @collection.remover
    @collection.internally_instrumented
    def remove(self, value: Any, _sa_initiator: Any = None) -> None:
        """Take an object out, which must be there under the key that it has."""
        key = self._key_of(value)
        if key is _NO_KEY:
            return
        there = self[key]
        if there is not value and there != value:
            raise InvalidRequestError(
                f"Can not remove '{value}' from collection; collection holds '{there}' for key "
                f"'{key}'. Possible cause: is the KeyFuncDict key function based on mutable "
                "properties or properties that only obtain values after flush?"
            )
        self.__delitem__(key, _sa_initiator)

    def __reduce_ex__(self, protocol: Any) -> Any:
        told = (self.keyfunc, dict(self), self.ignore_unpopulated_attribute)
        return _restored, (type(self), *told)


def _restored(cls: Any, keyfunc: Any, items: dict[Any, Any], ignore: bool) -> Any:
    made: Any = cls.__new__(cls)
    made.keyfunc = keyfunc
    made.ignore_unpopulated_attribute = ignore
    dict.update(made, items)
    return made


MappedCollection = KeyFuncDict


class AttributeKey:
    """The key of an object: the value of an attribute."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.shown = f"'{name}'"

    def __call__(self, value: Any) -> Any:
        """Return it; of an object that has none yet, a mark."""
        if self.name in value.__dict__:
            return value.__dict__[self.name]
        state = value.__dict__.get(STATE)
        if state is not None and state.pk is None and self.name in state.mapper.props:
            return _NO_KEY
        return getattr(value, self.name)


class ColumnKey:
    """The key of an object: the value of a column, or a tuple of those of several."""

    def __init__(self, columns: Sequence[Any]) -> None:
        self.columns = columns
        self.shown = " and ".join(f"'{column}'" for column in columns)

    def __call__(self, value: Any) -> Any:
        """Return it; of an object that has none yet, a mark."""
        mapper = value.__dict__[STATE].mapper if STATE in value.__dict__ else _mapper_of(value)
        key = tuple(
            AttributeKey(mapper.get_property_by_column(_own(mapper, column)).key)(value)
            for column in self.columns
        )
        if any(one is _NO_KEY for one in key):
            return _NO_KEY
        return key if len(key) > 1 else key[0]


def _mapper_of(value: Any) -> Any:
    return type(value).__mapper__


def _own(mapper: Any, column: Any) -> Any:
    """Return a class's own column for one of a mixin, which was copied to it."""
    if column in mapper.key_of:
        return column
    return mapper.local_table.c[column.key]


class _Factory:
    """What makes dictionaries with one function for their keys."""

    def __init__(self, keyfunc: Callable[[Any], Any], ignore: bool) -> None:
        self.keyfunc = keyfunc
        self.ignore = ignore

    def __call__(self) -> KeyFuncDict[Any, Any]:
        return KeyFuncDict(self.keyfunc, ignore_unpopulated_attribute=self.ignore)


def keyfunc_mapping(
    keyfunc: Callable[[Any], Any], *, ignore_unpopulated_attribute: bool = False
) -> Callable[[], KeyFuncDict[Any, Any]]:
    """Return what makes dictionaries of objects, by what a function says of each."""
    return _Factory(keyfunc, ignore_unpopulated_attribute)


def attribute_keyed_dict(
    attr_name: str, *, ignore_unpopulated_attribute: bool = False
) -> Callable[[], KeyFuncDict[Any, Any]]:
    """Return what makes dictionaries of objects, by an attribute of each.

    >>> attribute_keyed_dict("name")()
    {}
    """
    return _Factory(AttributeKey(attr_name), ignore_unpopulated_attribute)


def column_keyed_dict(
    mapping_spec: Any, *, ignore_unpopulated_attribute: bool = False
) -> Callable[[], KeyFuncDict[Any, Any]]:
    """Return what makes dictionaries of objects, by a column of each, or by several."""
    many = mapping_spec if isinstance(mapping_spec, (list, tuple, set)) else [mapping_spec]
    columns = [_column(one) for one in many]
    return _Factory(ColumnKey(columns), ignore_unpopulated_attribute)


def _column(given: Any) -> Any:
    element = given
    while not hasattr(element, "table") and hasattr(element, "__clause_element__"):
        element = element.__clause_element__()
    if not hasattr(element, "type"):
        raise ArgumentError(
            f"Column expression expected for argument 'mapping_spec'; got {given!r}.",
            hint="attribute_keyed_dict() takes the name of an attribute",
        )
    return element


mapped_collection = keyfunc_mapping
attribute_mapped_collection = attribute_keyed_dict
column_mapped_collection = column_keyed_dict
