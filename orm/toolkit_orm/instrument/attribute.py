"""An attribute of a mapped class: an expression on the class, a value on its objects.

It is no data descriptor, so that a value in an object's own ``__dict__`` is read by Python
itself, with nothing of ours on the way.  Only what is not there comes here, to be loaded.
Setting goes through the class's ``__setattr__`` (``instrumentation.py``).
"""

from __future__ import annotations

from types import GenericAlias
from typing import TYPE_CHECKING, Any, TypeVar, overload

from toolkit_core.expression.column_element import ColumnElement
from toolkit_core.expression.node import derived
from toolkit_core.plugins import load_object
from toolkit_core.types import NULLTYPE, TypeEngine
from toolkit_orm.instrument import by_reference
from toolkit_orm.instrument.inspection_attr import InspectionAttr

if TYPE_CHECKING:
    from toolkit_core.newer_typing import Self
    from toolkit_orm.mapping.mapper import Mapper
    from toolkit_orm.mapping.property import MapperProperty

T = TypeVar("T")

_EVENTS = "toolkit_orm.mapping.attribute_events:dispatches_of"

# What a column knows besides, and its attribute is asked for: each reads it where it is.  Not
# by ``__getattr__``, beside which all that a class has is slower to read.
_OF_COLUMN = frozenset(
    [
        "autoincrement",
        "comment",
        "computed",
        "constraints",
        "default",
        "dialect_options",
        "identity",
        "index",
        "onupdate",
        "server_default",
        "server_onupdate",
        "system",
        "unique",
    ]
)


class QueryableAttribute(InspectionAttr):
    """What every attribute of a mapped class has, whatever it stands for."""

    is_attribute = True

    if TYPE_CHECKING:
        parent: Mapper
        key: str
        prop: MapperProperty

    @property
    def info(self) -> dict[Any, Any]:
        """What the user keeps with it."""
        return self.prop.info

    @property
    def doc(self) -> str | None:
        """What it is documented with."""
        return self.prop.doc

    @property
    def class_(self) -> type[Any]:
        """The class that it is an attribute of."""
        return self.parent.class_

    def __get__(self, instance: Any, owner: type[Any] | None = None) -> Any:
        """Return the attribute itself of a class; of an object, the value, loaded now."""
        if instance is None:
            return self
        return self.prop.load(instance)

    def event_dispatches(self) -> Any:
        """Return who listens to its changes, for another listener to be added."""
        return load_object(_EVENTS)(self)

    # Last: it hides the decorator.
    @property
    def property(self) -> MapperProperty:
        """What the attribute was declared as."""
        return self.prop


class Instrumented(QueryableAttribute):
    """What an attribute of a mapped class is that its objects have: columns and relationships."""

    def __class_getitem__(cls, item: Any) -> Any:
        """Return it as an annotation has it: ``InstrumentedAttribute[int]``."""
        return GenericAlias(cls, item)


class ColumnAttribute(Instrumented, ColumnElement[T]):
    """A column attribute of a mapped class; in SQL it is its column."""

    visit_name = "mapped_attribute"
    keyed_by_identity = True
    lowering = "toolkit_orm.query.lowering:lowered"

    element: ColumnElement[T] = derived()
    parent: Mapper = derived()
    key: str = derived()
    prop: MapperProperty = derived()
    type: TypeEngine[Any] = derived(default=NULLTYPE)

    def __init__(self, parent: Mapper, key: str, prop: MapperProperty, element: Any) -> None:
        self.parent = parent
        self.key = key
        self.prop = prop
        self.element = element
        self.type = element.type
        # As the column has it.
        self.name = getattr(element, "name", None) or key
        self.names_parameter = getattr(element, "names_parameter", None) or key

    @property
    def table(self) -> Any:
        """What its column is a column of."""
        return getattr(self.element, "table", None)

    @property
    def read_from(self) -> Any:
        """What it is read from in a statement: its class."""
        return self.parent.entity

    @property
    def foreign_keys(self) -> Any:
        """The foreign keys of its column."""
        return getattr(self.element, "foreign_keys", frozenset())

    @property
    def primary_key(self) -> bool:  # type: ignore[override] # its column's
        """Whether its column is a part of the primary key."""
        return bool(getattr(self.element, "primary_key", False))

    @property
    def nullable(self) -> bool:
        """Whether its column may be null."""
        return bool(getattr(self.element, "nullable", True))

    @property
    def proxy_set(self) -> frozenset[Any]:
        """The attribute, and all that its column comes from."""
        below = getattr(self.element, "proxy_set", None)
        return frozenset((self,)) | (frozenset((self.element,)) if below is None else below)

    @property
    def expression(self) -> ColumnElement[T]:
        """Its column."""
        return self.element

    def __clause_element__(self) -> Self:
        """Return what stands for it in SQL: itself."""
        return self

    def __reduce__(self) -> Any:
        return by_reference.of_attribute(self)

    if TYPE_CHECKING:

        @overload  # type: ignore[override]
        def __get__(self, instance: None, owner: Any) -> Self: ...
        @overload
        def __get__(self, instance: object, owner: Any) -> T: ...
        def __get__(self, instance: object | None, owner: Any) -> Self | T: ...

        # What relationships have, which checkers see as attributes like the others.
        def any(self, criterion: Any = None, **kwargs: Any) -> ColumnElement[bool]:
            """Whether one of the related objects meets a condition."""
            ...

        def has(self, criterion: Any = None, **kwargs: Any) -> ColumnElement[bool]:
            """Whether the related object meets a condition."""
            ...

        def of_type(self, class_: Any) -> Self:
            """The related objects of a subclass."""
            ...

        def and_(self, *criteria: Any) -> Self:
            """The related objects that meet further conditions."""
            ...

    def __str__(self) -> str:
        return f"{self.parent.class_.__name__}.{self.key}"

    def __repr__(self) -> str:
        return f"<{self}>"


# Programs ask whether an attribute is one; checkers see in it the operators of a column.
if TYPE_CHECKING:
    InstrumentedAttribute = ColumnAttribute
else:
    InstrumentedAttribute = Instrumented


class OfColumn:
    """What an attribute's column knows, and the attribute does not itself."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __get__(self, instance: Any, owner: Any) -> Any:
        if instance is None:
            raise AttributeError(f"{owner.__name__!r} has no attribute {self.name!r}")
        return getattr(instance.element, self.name)


for _name in _OF_COLUMN:
    type.__setattr__(ColumnAttribute, _name, OfColumn(_name))
