"""Python objects, pickled."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

from toolkit_core.types.binary import LargeBinary
from toolkit_core.types.decorator import TypeDecorator
from toolkit_core.types.table import TypeDialect
from toolkit_core.types.type_engine import to_instance


class PickleType(TypeDecorator[Any]):
    """Any object that can be pickled, stored as bytes.

    Unpickling runs code of the pickle's choosing: only for data that nobody else can write.
    ``comparator`` tells whether two values are the same, where ``==`` does not.
    """

    cache_ok = True
    hashable = False

    protocol: int = 5
    pickler: Any = None
    comparator: Callable[[Any, Any], bool] | None = None

    def __init__(
        self,
        protocol: int = 5,
        pickler: Any = None,
        comparator: Callable[[Any, Any], bool] | None = None,
        impl: Any = None,
    ) -> None:
        self.impl = LargeBinary() if impl is None else to_instance(impl)
        if protocol != type(self).protocol:
            self.protocol = protocol
        if pickler is not None:
            self.pickler = pickler
        if comparator is not None:
            self.comparator = comparator

    @property
    def python_type(self) -> type[Any]:
        """``object``: there is no telling."""
        return object

    def _pickler(self) -> Any:
        return self.pickler or import_module("pickle")

    def process_bind_param(self, value: Any, dialect: TypeDialect) -> Any:
        """Pickle."""
        return None if value is None else self._pickler().dumps(value, self.protocol)

    def process_result_value(self, value: Any, dialect: TypeDialect) -> Any:
        """Unpickle."""
        return None if value is None else self._pickler().loads(value)

    def compare_values(self, x: Any, y: Any) -> bool:
        """Tell whether two values are the same."""
        if self.comparator is not None:
            return bool(self.comparator(x, y))
        return bool(x == y)
