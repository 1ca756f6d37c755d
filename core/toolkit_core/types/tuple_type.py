"""Tuples: rows as values."""

from __future__ import annotations

from typing import Any

from toolkit_core.types.operator_class import OperatorClass
from toolkit_core.types.type_engine import TypeEngine, to_instance


class TupleType(TypeEngine[tuple[Any, ...]]):
    """The type of ``(a, b)``: one type for each place."""

    visit_name = "tuple"
    operator_classes = OperatorClass.TUPLE

    def __init__(self, *types: TypeEngine[Any] | type[TypeEngine[Any]]) -> None:
        self.types = [to_instance(one) for one in types]

    def coerce_compared_value(self, op: Any, value: Any) -> TypeEngine[Any]:
        """Return itself for a tuple, and for anything else what it suggests."""
        if isinstance(value, tuple):
            return self
        return super().coerce_compared_value(op, value)

    def __repr__(self) -> str:
        return f"TupleType({', '.join(map(repr, self.types))})"


TupleType.family = TupleType
