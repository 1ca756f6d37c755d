"""What a flush has to know of the tables that a class is written to, worked out once."""

from __future__ import annotations

from typing import Any

from toolkit_core.expression.elements import bindparam
from toolkit_orm.mapping.column_property import ColumnProperty

# In the WHERE of an UPDATE or DELETE the columns of the key go by names of their own.
WAS = "was_"


class WrittenTable:
    """One table of a class: its columns, and which of their values come from elsewhere."""

    __slots__ = (
        "columns",
        "key_conditions",
        "key_names",
        "null_keys",
        "onupdate",
        "primary",
        "server_made",
        "table",
        "version",
    )

    def __init__(self, mapper: Any, table: Any) -> None:
        self.table = table
        # Attribute → the column of this table that it is written to.
        self.columns: dict[str, Any] = {}
        for column in table.c:
            key = mapper.key_of.get(column)
            if key is not None and isinstance(mapper.props[key], ColumnProperty):
                self.columns[key] = column
        # The columns of this table that have the primary key of the class, and their attributes.
        self.primary = _primary_here(mapper, table)
        self.key_names = tuple([mapper.key_of[column] for column in self.primary])
        # Attributes that are NULL where an object has no value: nothing else would fill them.
        self.null_keys = frozenset(
            key
            for key, column in self.columns.items()
            if column.default is None
            and not _made_by_server(column)
            and not column.primary_key
            # None would be a value of theirs, and not NULL.
            and not column.type.should_evaluate_none
        )
        self.server_made = tuple(
            [
                key
                for key, column in self.columns.items()
                if _made_by_server(column) and not any(column is one for one in self.primary)
            ]
        )
        self.onupdate = frozenset(
            key
            for key, column in self.columns.items()
            if column.onupdate is not None
            or column.server_onupdate is not None
            or getattr(column, "computed", None) is not None
        )
        self.key_conditions = tuple(
            [column == bindparam(WAS + column.key, type_=column.type) for column in self.primary]
        )
        version = mapper.version_id_col
        here = version is not None and any(version is column for column in table.c)
        self.version = version if here else None

    def key_values(self, pk: Any) -> dict[str, Any]:
        """Return the values of the key conditions."""
        key = pk if isinstance(pk, tuple) else (pk,)
        return {WAS + c.key: value for c, value in zip(self.primary, key, strict=True)}


def _primary_here(mapper: Any, table: Any) -> tuple[Any, ...]:
    """Return the columns of a table that have the values of the primary key, in its order."""
    same = {
        mine: theirs for above in mapper.iterate_to_root() for theirs, mine in above.inherit_pairs
    }
    found = []
    for column in mapper.primary_key:
        here = column
        if column.table is not table:
            here = next((one for one in table.c if _root(same, one) is column), None)
        if here is not None:
            found.append(here)
    return tuple(found)


def _root(same: dict[Any, Any], column: Any) -> Any:
    while column in same:
        column = same[column]
    return column


def _made_by_server(column: Any) -> bool:
    return (
        column.server_default is not None
        or getattr(column, "identity", None) is not None
        or getattr(column, "computed", None) is not None
    )


class Written:
    """The tables of a class, the one that others refer to first."""

    __slots__ = ("by_table", "expressions", "key_copies", "key_names", "names", "tables", "version")

    def __init__(self, mapper: Any) -> None:
        self.tables = tuple([WrittenTable(mapper, table) for table in mapper.tables])
        self.by_table = {one.table: one for one in self.tables}
        # All attributes that are written, with a column of each.
        self.names: dict[str, Any] = {}
        for one in reversed(self.tables):
            self.names.update(one.columns)
        self.key_names = tuple([mapper.key_of[column] for column in mapper.primary_key])
        # SQL expressions that are read with the row: after it was written they are others.
        self.expressions = tuple(
            [
                key
                for key in mapper.column_keys
                if key not in self.names
                and not mapper.props[key].deferred
                and mapper.props[key].expire_on_flush
            ]
        )
        # Attributes of joined tables' keys that have names of their own.
        self.key_copies = tuple(
            [
                (mapper.key_of[theirs], mapper.key_of[mine])
                for above in reversed(list(mapper.iterate_to_root()))
                for theirs, mine in above.inherit_pairs
                if mapper.key_of[theirs] != mapper.key_of[mine]
            ]
        )
        version = mapper.version_id_col
        self.version = None if version is None else mapper.key_of.get(version)


def written(mapper: Any) -> Written:
    """Return what is known of a mapper."""
    found: Written | None = mapper.memo.get("written")
    if found is None:
        found = mapper.memo["written"] = Written(mapper)
    return found
