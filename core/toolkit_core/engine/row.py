"""A row: a tuple that also knows the names of its columns.

Every shape of result has its own subclass of :class:`Row`, made once (see ``row_shape``): its
columns are read by getters written in C, it has no ``__dict__``, and making one costs little
more than making the tuple.
"""

from __future__ import annotations

import builtins
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from toolkit_core.engine.row_mapping import RowMapping
from toolkit_core.errors import warn_deprecated
from toolkit_core.lazy_module import lazy_module
from toolkit_core.newer_typing import Self
from toolkit_core.variadic import Ts, Unpack

if TYPE_CHECKING:
    import copy

    from toolkit_core.engine.row_shape import RowShape
else:
    copy = lazy_module("copy")


class Row(tuple[Unpack[Ts]], Generic[Unpack[Ts]]):
    """A row of a result: compares, hashes, sorts and unpacks as the tuple that it is.

    >>> from toolkit_core.engine.row_shape import RowShape
    >>> row = RowShape(["id", "name"]).row((1, "ada"))
    >>> row == (1, "ada"), row.name, row[0], row._mapping["id"]
    (True, 'ada', 1, 1)
    >>> ident, name = row

    A column whose name is a method of tuples (``count``, ``index``) hides the method.
    Methods of rows begin with an underscore, so as to leave the names to the columns.
    """

    __slots__ = ()

    # Both are set on the class of each shape.
    __row_shape__: RowShape
    _fields: builtins.tuple[str, ...]

    @property
    def _mapping(self) -> RowMapping:
        """The row as a mapping of names, and of the statement's columns, to values."""
        return RowMapping(self)

    def _asdict(self) -> dict[str, Any]:
        """Return a new dictionary of names and values.

        >>> from toolkit_core.engine.row_shape import RowShape
        >>> RowShape(["id", "name"]).row((1, "ada"))._asdict()
        {'id': 1, 'name': 'ada'}
        """
        return self.__row_shape__.as_dict(self)

    def _replace(self, **values: Any) -> Self:
        """Return a new row with the values of some columns replaced.

        >>> from toolkit_core.engine.row_shape import RowShape
        >>> RowShape(["id", "name"]).row((1, "ada"))._replace(name="bob")
        (1, 'bob')
        """
        replaced: list[Any] = list(self)
        for name, value in values.items():
            replaced[self.__row_shape__.position(name)] = value
        return type(self)(replaced)

    def __getattr__(self, name: str) -> Any:
        """Read a column without a getter of its own; there is none of a name with dunders."""
        return self.__row_shape__.attribute(self, name)

    def __reduce__(self) -> Any:
        return self.__row_shape__.reduced_row(self)

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return type(self)(copy.deepcopy(builtins.tuple(self), memo))

    @property
    def _t(self) -> Self:
        """The row itself, which already is a tuple."""
        return _itself(self, "Row._t attribute")

    @property
    def t(self) -> Self:
        """The row itself, which already is a tuple."""
        return _itself(self, "Row.t attribute")

    def _tuple(self) -> Self:
        """Return the row itself, which already is a tuple."""
        return _itself(self, "Row._tuple() method")

    def tuple(self) -> Self:
        """Return the row itself, which already is a tuple."""
        return _itself(self, "Row.tuple() method")


# What a column's name cannot take from the class: documented names of rows.
# Not `_replace`: it is an addition of ours and must not cost anybody a column.
RESERVED_NAMES = frozenset({"_asdict", "_fields", "_mapping", "_t", "_tuple", "t", "tuple"})

_R = TypeVar("_R")


def _itself(row: _R, what: str) -> _R:
    warn_deprecated(
        f"The {what} is deprecated, Row now behaves like a tuple and can unpack types directly.",
        "2.1.0",
    )
    return row
