"""The value of an object's column in a statement: read when the statement is executed."""

from __future__ import annotations

from typing import Any

from toolkit_core.errors import InvalidRequestError, warn
from toolkit_core.expression.params import BindParameter
from toolkit_orm.instrument.state import NO_VALUE, InstanceState


def value_of(state: InstanceState, column: Any, like: Any = None) -> BindParameter[Any]:
    """Return the value of an object's column as a parameter.

    ``like`` is what it is compared with, and named after.
    """
    made: BindParameter[Any] = BindParameter()
    made.callable = ObjectValue(state, column)
    made.type = column.type
    made.hint = "param" if like is None else like.names_parameter or column.name
    return made


class ObjectValue:
    """What a parameter asks for its value: a new object may have it only after a flush."""

    __slots__ = ("column", "instance", "key", "known", "state")

    def __init__(self, state: InstanceState, column: Any) -> None:
        self.state = state
        self.instance = state()
        self.column = column
        self.key = state.mapper.key_of.get(column)
        # What it was when the condition was made, should it be lost meanwhile.
        self.known = self._now()

    def _now(self) -> Any:
        state, key = self.state, self.key
        if key is None:
            return NO_VALUE
        values = self.instance.__dict__
        if key in values:
            return values[key]
        if state.pk is not None and key in state.mapper.key_names:
            return state.key_part(key)
        return NO_VALUE

    def __call__(self) -> Any:
        """Return the value."""
        found = self._now()
        if found is NO_VALUE and self.key is not None and self.state.persistent:
            found = getattr(self.instance, self.key)
        if found is NO_VALUE:
            found = self.known
        if found is NO_VALUE:
            why = "no value has been set for this column"
            if self.state.detached:
                why = "the object is detached and the value was expired"
            raise InvalidRequestError(
                f"Can't resolve value for column {self.column} on object {self.instance!r}; {why}"
            )
        if found is None:
            warn(
                f"Got None for value of column {self.column}; this is unsupported for a "
                "relationship comparison and will not currently produce an IS comparison (but may "
                "in a future release)"
            )
        return found
