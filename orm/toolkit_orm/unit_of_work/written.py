"""What a flush has to know of the tables that a class is written to, worked out once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from toolkit_core.expression.elements import bindparam, cast
from toolkit_orm.mapping.column_property import ColumnProperty
from toolkit_orm.unit_of_work.row_text import InsertColumn, KeyPart, key_maker

# In the WHERE of an UPDATE or DELETE the columns of the key go by names of their own.
WAS = "was_"
# How many sets of columns of one table something is kept about.
_MOST_SHAPES = 1_000


class WrittenTable:
    """One table of a class: its columns, and which of their values come from elsewhere."""

    __slots__ = (
        "above",
        "columns",
        "counting",
        "counting_updates",
        "found_by",
        "is_first",
        "key_columns",
        "key_conditions",
        "key_names",
        "key_parts",
        "key_values",
        "made_later",
        "mapper",
        "null_keys",
        "onupdate",
        "optional",
        "primary",
        "primary_places",
        "server_made",
        "shapes",
        "sql_defaults",
        "table",
        "version",
        "version_condition",
        "version_was",
        "was",
    )

    def __init__(self, mapper: Any, table: Any) -> None:
        self.mapper = mapper
        self.table = table
        # Attribute → the column of this table that it is written to.
        self.columns: dict[str, Any] = {}
        for column in table.c:
            key = mapper.key_of.get(column)
            if key is not None and isinstance(mapper.props[key], ColumnProperty):
                self.columns[key] = column
        # Whether the primary key of the class is of this table.
        self.is_first = table is mapper.tables[0]
        # The columns of this table that have the primary key of the class, and their attributes.
        self.primary_places = _primary_here(mapper, table)
        self.primary = tuple(self.primary_places.values())
        self.key_columns = frozenset(column.key for column in self.primary)
        self.key_names = tuple([mapper.key_of[column] for column in self.primary])
        # What is known of statements for some of the columns, by what and which.
        self.shapes: dict[Any, Any] = {}
        # The same table of the class above, where its rows are found and written in the same way.
        self.above: WrittenTable | None = None
        self._take_values()
        self._take_conditions()

    def remember(self, key: Any, found: Any) -> Any:
        """Keep what was found out about statements, as long as it is not too much."""
        if len(self.shapes) >= _MOST_SHAPES:
            # Columns in ever other combinations: what is needed is found out anew.
            self.shapes.clear()
        self.shapes[key] = found
        return found

    def told(self) -> tuple[Any, ...]:
        """Return what was said of the class that matters for its rows."""
        mapper = self.mapper
        return (
            self.key_names,
            self.version is None,
            mapper.version_id_generator,
            mapper.eager_defaults,
            mapper.passive_updates,
            mapper.passive_deletes,
            mapper.confirm_deleted_rows,
            mapper.batch,
        )

    def has(self, names: Iterable[str], other: WrittenTable) -> bool:
        """Tell whether attributes are written to the same columns as by another class."""
        return all(self.columns.get(name) is other.columns[name] for name in names)

    def _take_values(self) -> None:
        """Sort out where the values of columns come from."""
        columns = self.columns
        # Attributes that are NULL where an object has no value: nothing else would fill them.
        self.null_keys = frozenset(
            key
            for key, column in columns.items()
            if _default(column) is None
            and not _made_by_server(column)
            and not column.primary_key
            # None would be a value of theirs, and not NULL.
            and not column.type.should_evaluate_none
        )
        self.optional = tuple(
            [
                InsertColumn(
                    key,
                    column.key,
                    or_null=key in self.null_keys,
                    keeps_none=bool(column.type.should_evaluate_none),
                )
                for key, column in columns.items()
            ]
        )
        others = {key: c for key, c in columns.items() if all(c is not one for one in self.primary)}
        self.server_made = frozenset(key for key, c in others.items() if _made_by_server(c))
        self.sql_defaults = frozenset(key for key, c in others.items() if _is_sql(_default(c)))
        # What an INSERT that leaves them out does not tell; of the rest it is known to be NULL.
        self.made_later = self.server_made | self.sql_defaults
        # Defaults that look at the rows that are there: each row must see the one before.
        self.counting = frozenset(
            key for key, c in columns.items() if _is_sql(_default(c)) and _looks(_default(c))
        )
        self.counting_updates = frozenset(
            key for key, c in columns.items() if _is_sql(_onupdate(c)) and _looks(_onupdate(c))
        )
        self.onupdate = frozenset(
            key
            for key, column in columns.items()
            if getattr(column, "onupdate", None) is not None
            or getattr(column, "server_onupdate", None) is not None
            or getattr(column, "computed", None) is not None
        )

    def _take_conditions(self) -> None:
        """Name the parameters of conditions: none as a column is named."""
        prefix = WAS
        while any(one.startswith(prefix) for c in self.table.c for one in (c.key, c.name)):
            prefix = "_" + prefix
        self.was = prefix
        self.key_conditions = tuple(
            [column == bindparam(prefix + column.key, type_=column.type) for column in self.primary]
        )
        # A table of a join may have a part of the key only.
        whole = len(self.mapper.primary_key) == 1
        self.key_parts: list[KeyPart] = [
            (prefix + column.key, None if whole else place)
            for place, column in self.primary_places.items()
        ]
        self.key_values: Callable[[Any], dict[str, Any]] = key_maker(self.key_parts)
        version = self.mapper.version_id_col
        here = version is not None and any(version is column for column in self.table.c)
        self.version = version if here else None
        self.version_was = f"{prefix}version_{version.key}" if here else ""
        self.version_condition: tuple[Any, ...] = ()
        if here:
            was = bindparam(self.version_was, type_=version.type)
            # A column of the server's own is of a type that compares with none of ours.
            is_own = getattr(version, "system", False)
            self.version_condition = ((cast(version, version.type) if is_own else version) == was,)
        # By which column each of these finds the row.
        self.found_by = {prefix + column.key: column for column in self.primary}
        if here:
            self.found_by[self.version_was] = version


def _primary_here(mapper: Any, table: Any) -> dict[int, Any]:
    """Return the columns of a table that have values of the primary key, by their places in it."""
    same = {
        mine: theirs for above in mapper.iterate_to_root() for theirs, mine in above.inherit_pairs
    }
    found = {}
    for place, column in enumerate(mapper.primary_key):
        here = column
        if column.table is not table:
            here = next((one for one in table.c if _root(same, one) is column), None)
        if here is not None:
            found[place] = here
    return found


def _root(same: dict[Any, Any], column: Any) -> Any:
    while column in same:
        column = same[column]
    return column


def _made_by_server(column: Any) -> bool:
    return (
        getattr(column, "server_default", None) is not None
        or getattr(column, "identity", None) is not None
        or getattr(column, "computed", None) is not None
    )


def _makes_itself(column: Any) -> bool:
    """Tell whether a part of a key has a value, or may do without, though an object has none."""
    return (
        _default(column) is not None
        or getattr(column, "nullable", True)
        or not column.primary_key
        or _made_by_server(column)
        or getattr(column.table, "autoincrement_column", None) is column
    )


def _default(column: Any) -> Any:
    # A column of a table that was only named knows of none.
    return getattr(column, "default", None)


def _is_sql(default: Any) -> bool:
    return default is not None and (
        getattr(default, "is_clause_element", False) or getattr(default, "is_sequence", False)
    )


def _onupdate(column: Any) -> Any:
    return getattr(column, "onupdate", None)


def _looks(default: Any) -> bool:
    """Tell whether a default may look at rows: it is neither a sequence nor a plain function.

    So may one that names a column and not its table.
    """
    if getattr(default, "is_sequence", False):
        return False
    looks = ("scalar_select", "select", "textclause")
    return any(
        node.visit_name in looks
        or (node.visit_name == "column" and getattr(node, "table", None) is None)
        for node in (default.arg, *default.arg.walked())
    )


class Written:
    """The tables of a class, the one that others refer to first."""

    __slots__ = (
        "alone",
        "by_table",
        "expressions",
        "key_copies",
        "key_names",
        "names",
        "needed",
        "tables",
        "version",
    )

    def __init__(self, mapper: Any) -> None:
        # What is no table, as a subquery, can be read and no more.
        tables = [table for table in mapper.tables if hasattr(table, "insert")]
        self.tables = tuple([_table_of(mapper, table) for table in tables])
        self.by_table = {one.table: one for one in self.tables}
        # All attributes that are written, with a column of each.
        self.names: dict[str, Any] = {}
        for one in reversed(self.tables):
            self.names.update(one.columns)
        # Each attribute as a set of itself: most objects that change change in one.
        self.alone = {name: frozenset((name,)) for name in self.names}
        self.key_names = tuple([mapper.key_of[column] for column in mapper.primary_key])
        # Parts of the key that objects must have before they are inserted.
        first = mapper.tables[0]
        self.needed = tuple(
            [
                mapper.key_of[column]
                for column in mapper.primary_key
                if column.table is first and not _makes_itself(column)
            ]
        )
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


def _table_of(mapper: Any, table: Any) -> WrittenTable:
    """Return what is known of a table: what the class above knows, if all of it is the same."""
    made = WrittenTable(mapper, table)
    parent = None if mapper.inherits is None else written(mapper.inherits).by_table.get(table)
    if parent is None or parent.told() != made.told():
        return made
    if made.columns.keys() == parent.columns.keys() and made.has(parent.columns, parent):
        return parent
    made.above = parent
    return made


def written(mapper: Any) -> Written:
    """Return what is known of a mapper."""
    found: Written | None = mapper.memo.get("written")
    if found is None:
        found = mapper.memo["written"] = Written(mapper)
    return found
