"""An attribute that is a column, or an SQL expression, of its class's rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit_core.expression.node import Node
from toolkit_core.plugins import load_object
from toolkit_orm.instrument.attribute import ColumnAttribute
from toolkit_orm.instrument.attribute_operation import listeners
from toolkit_orm.instrument.compared_attribute import ComparedAttribute, PropComparator
from toolkit_orm.instrument.state import STATE
from toolkit_orm.mapping.attribute_options import NO_ARG, NO_OPTIONS, AttributeOptions
from toolkit_orm.mapping.property import MapperProperty
from toolkit_orm.mapping.setting import setter_for

if TYPE_CHECKING:
    from toolkit_orm.mapping.mapper import Mapper

# What loads a value that an object has not.
_LOADER = "toolkit_orm.load.missing:load_missing"


class ColumnProperty(MapperProperty):
    """An attribute with the value of a column.

    ``columns`` are all that have the value: in joined inheritance the key of each table.
    """

    class Comparator(PropComparator):
        """The operators of a column attribute; a subclass changes them."""

    def __init__(
        self,
        *columns: Any,
        deferred: bool = False,
        group: str | None = None,
        raiseload: bool = False,
        comparator_factory: Any = None,
        active_history: bool = False,
        expire_on_flush: bool = True,
        info: dict[Any, Any] | None = None,
        doc: str | None = None,
        default: Any = NO_ARG,
        options: AttributeOptions = NO_OPTIONS,
    ) -> None:
        self.columns = [_expression(column) for column in columns]
        self.deferred = deferred
        self.group = group
        self.raiseload = raiseload
        self.comparator_factory = comparator_factory
        self.active_history = active_history
        self.expire_on_flush = expire_on_flush
        self.info = _info(self.columns) if info is None else info
        self.doc = self.columns[0].__dict__.get("doc") if doc is None else doc
        # What an object has that nobody has set it on: the default of a dataclass.
        self.default = default
        self.options = options

    @property
    def expression(self) -> Any:
        """The column that its value is read from."""
        return self.columns[0]

    def __clause_element__(self) -> Any:
        """Return its column, which other expressions of the class's body may be made of."""
        return self.columns[0]

    def attribute(self, mapper: Mapper) -> ColumnAttribute[Any]:
        """Return the attribute."""
        made: ColumnAttribute[Any] = ColumnAttribute(mapper, self.key, self, mapper.column_of(self))
        factory = self.comparator_factory
        return made if factory is None else ComparedAttribute(made, factory)

    def setter(self, mapper: Mapper) -> Any:
        """Return what sets it: a validator stands before, and what a dataclass leaves unset."""
        return setter_for(
            self.key, mapper.validators.get(self.key), may_be_unset=self.default is not NO_ARG
        )

    def load(self, instance: Any) -> Any:
        """Load it, if the object is in a database; else it is its default, or None."""
        state = instance.__dict__.get(STATE)
        if state is None or state.pk is None:
            return self._unset(instance)
        return load_object(_LOADER)(state, self.key)

    def _unset(self, instance: Any) -> Any:
        found = self.default
        if found is NO_ARG:
            mapper: Mapper = type(instance).__mapper__
            # An object knows from the start of which class of its hierarchy it is.
            found = mapper.polymorphic_identity if self.key == mapper.polymorphic_key else None
        for heard in listeners(instance, self.key, "init_scalar"):
            found = heard(instance, found, instance.__dict__)
        return found

    def __repr__(self) -> str:
        return f"<ColumnProperty {self}>"


def _expression(given: Any) -> Any:
    """Return the expression behind a column of a declarative class's body, or an attribute."""
    if isinstance(given, Node):
        return given
    element = getattr(given, "__clause_element__", None)
    return given if element is None else element()


def _info(columns: list[Any]) -> dict[Any, Any]:
    found: dict[Any, Any] = columns[0].__dict__.get("info", {})
    return found
