"""Arrays."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from toolkit_core.types.operator_class import OperatorClass
from toolkit_core.types.shapes import Concatenable, Indexable
from toolkit_core.types.structure import shown
from toolkit_core.types.table import Processor, TypeDialect, Writes, generic
from toolkit_core.types.type_engine import Later, TypeEngine, to_instance

I_co = TypeVar("I_co", covariant=True)


class ARRAY(Indexable, Concatenable, TypeEngine[Sequence[I_co]]):
    """Many values of one type; of several dimensions if the values are lists themselves.

    >>> from toolkit_core.types import Integer
    >>> ARRAY(Integer, dimensions=2)
    ARRAY(Integer(), dimensions=2)
    """

    visit_name = "ARRAY"
    operator_classes = OperatorClass.ARRAY

    Comparator: Any = Later("toolkit_core.expression.comparator:ArrayComparator")

    item_type: TypeEngine[I_co]
    as_tuple: bool = False
    dimensions: int | None = None
    zero_indexes: bool = False

    def __init__(
        self,
        item_type: TypeEngine[I_co] | type[TypeEngine[I_co]],
        as_tuple: bool = False,
        dimensions: int | None = None,
        zero_indexes: bool = False,
    ) -> None:
        self.item_type = to_instance(item_type)
        if isinstance(self.item_type, ARRAY):
            raise ValueError(  # noqa: TRY004 - as documented
                "Do not nest ARRAY types; ARRAY(basetype) handles multi-dimensional arrays of "
                "basetype"
            )
        if as_tuple:
            self.as_tuple = as_tuple
        if dimensions is not None:
            self.dimensions = dimensions
        if zero_indexes:
            self.zero_indexes = zero_indexes

    @property
    def hashable(self) -> bool:  # type: ignore[override]
        """Whether it comes as tuples."""
        return self.as_tuple

    @property
    def python_type(self) -> type[Any]:
        """``list``."""
        return list

    def compare_values(self, x: Any, y: Any) -> bool:
        """Tell whether two arrays are the same."""
        return bool(x == y)

    def at_index(self) -> TypeEngine[Any]:
        """Return the type of what stands at one index."""
        if self.dimensions is None or self.dimensions == 1:
            return self.item_type
        return self._changed(dimensions=self.dimensions - 1)

    def __repr__(self) -> str:
        rest = shown(self, skip=("item_type",))
        return f"{type(self).__name__}({', '.join(filter(None, [repr(self.item_type), rest]))})"


ARRAY.family = ARRAY


def each(
    item: Callable[[Any], Any] | None,
    depth: int | None,
    collect: Callable[[list[Any]], Any],
) -> Processor:
    """Return what does something to every item of an array, however deep.

    >>> each(str, None, tuple)([[1], [2]])
    (('1',), ('2',))
    """

    def convert(value: Any, level: int = 1) -> Any:
        if value is None and level == 1:
            return None
        deeper = level < depth if depth is not None else _has_lists(value)
        if deeper:
            return collect([one if one is None else convert(one, level + 1) for one in value])
        if item is None:
            return collect(list(value))
        return collect([item(one) for one in value])

    return convert


def _has_lists(value: Any) -> bool:
    return any(isinstance(one, (list, tuple)) for one in value)


@generic.bind(ARRAY)
def bind_array(type_: ARRAY[Any], dialect: TypeDialect) -> Processor | None:
    """Do to each item what its type does."""
    item = type_.item_type.dialect_impl(dialect).bind_processor(dialect)
    return None if item is None else each(item, type_.dimensions, list)


@generic.result(ARRAY)
def read_array(type_: ARRAY[Any], dialect: TypeDialect, coltype: Any) -> Processor | None:
    """Do to each item what its type does."""
    item = type_.item_type.dialect_impl(dialect).result_processor(dialect, coltype)
    if item is None and not type_.as_tuple:
        return None
    return each(item, type_.dimensions, tuple if type_.as_tuple else list)


@generic.literal(ARRAY)
def write_array(type_: ARRAY[Any], dialect: TypeDialect) -> Writes | None:
    """Write the items between brackets."""
    write = type_.item_type.dialect_impl(dialect).literal_processor(dialect)
    if write is None:
        return None

    def item(value: Any) -> str:
        return "NULL" if value is None else write(value)

    whole = each(item, type_.dimensions, lambda items: f"[{', '.join(items)}]")
    return lambda value: f"ARRAY{whole(value)}"
