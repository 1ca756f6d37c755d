"""An attribute that is a column, or an SQL expression, of its class's rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit_core.plugins import load_object
from toolkit_orm.instrument.attribute import InstrumentedAttribute
from toolkit_orm.instrument.state import STATE
from toolkit_orm.mapping.property import MapperProperty

if TYPE_CHECKING:
    from toolkit_orm.mapping.mapper import Mapper

# What loads a value that an object has not.
_LOADER = "toolkit_orm.load.missing:load_missing"


class ColumnProperty(MapperProperty):
    """An attribute with the value of a column.

    ``columns`` are all that have the value: in joined inheritance the key of each table.
    """

    def __init__(
        self,
        *columns: Any,
        deferred: bool = False,
        group: str | None = None,
        raiseload: bool = False,
        active_history: bool = False,
        expire_on_flush: bool = True,
        info: dict[Any, Any] | None = None,
    ) -> None:
        self.columns = list(columns)
        self.deferred = deferred
        self.group = group
        self.raiseload = raiseload
        self.active_history = active_history
        self.expire_on_flush = expire_on_flush
        self.info = {} if info is None else info

    @property
    def expression(self) -> Any:
        """The column that its value is read from."""
        return self.columns[0]

    def attribute(self, mapper: Mapper) -> InstrumentedAttribute[Any]:
        """Return the attribute."""
        return InstrumentedAttribute(mapper, self.key, self, mapper.column_of(self))

    def load(self, instance: Any) -> Any:
        """Load it, if the object is in a database; else it is None."""
        state = instance.__dict__.get(STATE)
        if state is None or state.pk is None:
            return None
        return load_object(_LOADER)(state, self.key)

    def __repr__(self) -> str:
        return f"<ColumnProperty {self.parent.class_.__name__}.{self.key}>"
