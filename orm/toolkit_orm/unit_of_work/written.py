"""What a flush has to know of a mapper, worked out once."""

from __future__ import annotations

from typing import Any

from toolkit_core.expression.elements import bindparam

# In the WHERE of an UPDATE or DELETE the columns of the key go by names of their own.
WAS = "was_"


class Written:
    """The columns that a class's rows are written with."""

    __slots__ = ("columns", "key_conditions", "null_keys", "onupdate_keys", "primary_keys", "table")

    def __init__(self, mapper: Any) -> None:
        self.table = mapper.local_table
        # Attribute → the column that it is written to.
        self.columns = {
            mapper.key_of[column]: column for column in self.table.c if column in mapper.key_of
        }
        self.primary_keys = tuple([mapper.key_of[column] for column in mapper.primary_key])
        # Attributes that are NULL where an object has no value: nothing else would fill them.
        self.null_keys = frozenset(
            key
            for key, column in self.columns.items()
            if column.default is None
            and column.server_default is None
            and getattr(column, "identity", None) is None
            and getattr(column, "computed", None) is None
            and not column.primary_key
        )
        self.onupdate_keys = frozenset(
            key
            for key, column in self.columns.items()
            if column.onupdate is not None or column.server_onupdate is not None
        )
        self.key_conditions = tuple(
            [
                column == bindparam(WAS + column.key, type_=column.type)
                for column in mapper.primary_key
            ]
        )

    def key_values(self, pk: Any) -> dict[str, Any]:
        """Return the values of the key conditions."""
        key = pk if len(self.primary_keys) > 1 else (pk,)
        return {WAS + self.columns[n].key: v for n, v in zip(self.primary_keys, key, strict=True)}


_known: dict[Any, Written] = {}


def written(mapper: Any) -> Written:
    """Return what is known of a mapper."""
    found = _known.get(mapper)
    if found is None:
        found = _known[mapper] = Written(mapper)
    return found
