"""Creating and dropping schemas: which statements, in which order.

A ``bind`` is an engine, a connection, or what ``create_mock_engine`` makes.  Of a connection is
asked that it executes DDL elements, has a dialect, and tells what is there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from toolkit_core.errors import CircularDependencyError, warn
from toolkit_core.schema.constants import CheckFirst
from toolkit_core.schema.ddl import (
    AddConstraint,
    CreateIndex,
    CreateSequence,
    CreateTable,
    DropConstraint,
    DropIndex,
    DropSequence,
    DropTable,
    ExecutableDDLElement,
    SetColumnComment,
    SetConstraintComment,
    SetTableComment,
)
from toolkit_core.schema.dependency import Sorted, sort_tables_and_constraints
from toolkit_core.schema.events import heard, tell
from toolkit_core.schema.existing import Existing
from toolkit_core.schema.item import in_order
from toolkit_core.schema.named_types import CreateNamedType, DropNamedType, named_types

if TYPE_CHECKING:
    from toolkit_core.schema.metadata import MetaData


class DDLConnection(Protocol):
    """What is asked of whatever executes DDL."""

    @property
    def dialect(self) -> Any:
        """The dialect, whose capabilities decide what is sent."""

    def execute(self, statement: Any, /) -> Any:
        """Execute a DDL element."""


@contextmanager
def connected(bind: Any) -> Iterator[DDLConnection]:
    """Give a connection: that of an engine is its own, in a transaction."""
    if hasattr(bind, "begin") and not hasattr(bind, "in_transaction"):
        with bind.begin() as connection:
            yield connection
    else:
        yield bind


def create_all(
    metadata: MetaData, bind: Any, tables: Iterable[Any] | None, checkfirst: Any
) -> None:
    """Create the tables of a MetaData, with its sequences."""
    with connected(bind) as connection:
        Creation(connection, CheckFirst(checkfirst)).metadata(metadata, tables)


def drop_all(metadata: MetaData, bind: Any, tables: Iterable[Any] | None, checkfirst: Any) -> None:
    """Drop the tables of a MetaData, with its sequences."""
    with connected(bind) as connection:
        Removal(connection, CheckFirst(checkfirst)).metadata(metadata, tables)


def create_one(item: Any, bind: Any, checkfirst: Any) -> None:
    """Create one table, index or sequence."""
    with connected(bind) as connection:
        Creation(connection, CheckFirst(checkfirst)).one(item)


def drop_one(item: Any, bind: Any, checkfirst: Any) -> None:
    """Drop one table, index or sequence."""
    with connected(bind) as connection:
        Removal(connection, CheckFirst(checkfirst)).one(item)


def create_type(type_: Any, bind: Any, checkfirst: Any) -> None:
    """Create one type that has a name of its own."""
    with connected(bind) as connection:
        Creation(connection, CheckFirst(checkfirst)).named_type(type_)


def drop_type(type_: Any, bind: Any, checkfirst: Any) -> None:
    """Drop one type that has a name of its own."""
    with connected(bind) as connection:
        Removal(connection, CheckFirst(checkfirst)).named_type(type_)


class Walk:
    """Goes through items in order, looks which are there, and executes a statement for each."""

    # How an item is that is not looked for: there, or not.
    otherwise: ClassVar[bool]

    def __init__(self, connection: DDLConnection, checked: CheckFirst) -> None:
        self.connection = connection
        self.dialect = connection.dialect
        self.checked = checked
        self.existing = Existing(connection, checked, otherwise=self.otherwise)
        self.tables: list[Any] | None = None

    def execute(self, statement: ExecutableDDLElement) -> None:
        """Execute a statement unless its item says that it is for other dialects."""
        item = getattr(statement, "element", None)
        condition = getattr(item, "_ddl_if", None)
        if condition is not None and not condition.holds(
            statement, item, self.connection, checkfirst=bool(self.checked), tables=self.tables
        ):
            return
        self.connection.execute(statement)

    def tell(self, item: Any, event: str, **more: Any) -> None:
        """Call who listens."""
        if heard(item, event):
            tell(item, event, item, self.connection, checkfirst=bool(self.checked), **more)


class Creation(Walk):
    """Creates items."""

    otherwise = False

    def metadata(self, metadata: MetaData, tables: Iterable[Any] | None) -> None:
        """Create all that a MetaData has, or only some of its tables."""
        wanted = _tables(metadata, tables)
        self.existing.look_for(wanted)
        ordered = self._ordered([one for one in wanted if not self.existing.has_table(one)])
        sequences = [
            one
            for one in metadata._sequences.values()
            if tables is None and self._creates_sequence(one)
        ]
        self.tables = [table for table, _ in ordered if table is not None]
        self.tell(metadata, "before_create", tables=self.tables)
        whole = metadata if tables is None else None
        self._types(named_types(self.tables, self.dialect, whole))
        for sequence in sequences:
            self._sequence(sequence)
        for table, constraints in ordered:
            if table is not None:
                self.table(table, constraints)
            else:
                for constraint in constraints:
                    self.execute(AddConstraint(constraint, isolate_from_table=False))
        self.tell(metadata, "after_create", tables=self.tables)

    def _ordered(self, tables: list[Any]) -> Sorted:
        if self.dialect.capabilities.alters_constraints:
            return sort_tables_and_constraints(tables, _put_off)
        # Nothing can be added later, so all stands in its table, be what it points to there or not.
        return [
            (table, in_order(table.foreign_key_constraints)) if table is not None else (None, [])
            for table, _ in sort_tables_and_constraints(tables, _put_off)
        ]

    def one(self, item: Any) -> None:
        """Create one item."""
        if item.visit_name == "table":
            self.existing.look_for([item])
            if not self.existing.has_table(item):
                self.tables = [item]
                self._types(named_types(self.tables, self.dialect))
                self.table(item, None)
        elif item.visit_name == "index":
            if not self.existing.has_index(item):
                self._index(item)
        elif self._creates_sequence(item):
            self._sequence(item)

    def table(self, table: Any, constraints: list[Any] | None) -> None:
        """Create a table with its sequences before it, and indexes and comments after it."""
        self.tell(table, "before_create", tables=self.tables)
        for column in table._columns:
            default = column.default
            if default is not None and default.is_sequence and default.metadata is None:
                self._sequence(default)
        statement = table._creator_ddl
        if statement is None:
            inline = None if constraints is None else constraints
            statement = CreateTable(table, include_foreign_key_constraints=inline)
        self.execute(statement)
        for index in in_order(table.indexes):
            self._index(index)
        if self.dialect.capabilities.comments and not self.dialect.capabilities.inline_comments:
            self._comments(table)
        self.tell(table, "after_create", tables=self.tables)

    def _types(self, types: Iterable[Any]) -> None:
        for type_ in types:
            self.named_type(type_)

    def named_type(self, type_: Any) -> None:
        """Create a type that has a name of its own."""
        if not self.existing.has_type(type_):
            self.execute(CreateNamedType(type_))

    def _index(self, index: Any) -> None:
        self.tell(index, "before_create")
        self.execute(CreateIndex(index))
        self.tell(index, "after_create")

    def _creates_sequence(self, sequence: Any) -> bool:
        capabilities = self.dialect.capabilities
        if not capabilities.sequences:
            return False
        if sequence.optional and capabilities.optional_sequences:
            return False
        return not self.existing.has_sequence(sequence)

    def _sequence(self, sequence: Any) -> None:
        self.tell(sequence, "before_create")
        self.execute(CreateSequence(sequence))
        self.tell(sequence, "after_create")

    def _comments(self, table: Any) -> None:
        if table.comment is not None:
            self.execute(SetTableComment(table))
        for column in table._columns:
            if column.comment is not None:
                self.execute(SetColumnComment(column))
        if self.dialect.capabilities.constraint_comments:
            for constraint in in_order(table.constraints):
                if constraint.comment is not None:
                    self.execute(SetConstraintComment(constraint))


class Removal(Walk):
    """Drops items."""

    otherwise = True

    def metadata(self, metadata: MetaData, tables: Iterable[Any] | None) -> None:
        """Drop all that a MetaData has, or only some of its tables."""
        wanted = _tables(metadata, tables)
        self.existing.look_for(wanted)
        there = [one for one in wanted if self.existing.has_table(one)]
        ordered = self._ordered(there)
        self.tables = [table for table, _ in ordered if table is not None]
        self.tell(metadata, "before_drop", tables=self.tables)
        for table, constraints in ordered:
            if table is not None:
                self.table(table)
            else:
                for constraint in constraints:
                    self.execute(DropConstraint(constraint))
        if tables is None and self.dialect.capabilities.sequences:
            for sequence in metadata._sequences.values():
                if self.existing.has_sequence(sequence):
                    self._sequence(sequence)
        if tables is None:
            for type_ in named_types(wanted, self.dialect, metadata):
                self.named_type(type_)
        self.tell(metadata, "after_drop", tables=self.tables)

    def _ordered(self, tables: list[Any]) -> Sorted:
        """Return tables with those that depend on others first."""
        alter = self.dialect.capabilities.alters_constraints

        def dropped_first(constraint: Any) -> bool | None:
            # Only a constraint with a name can be dropped before its table.
            if alter and constraint.name is None:
                return False
            return True if constraint.use_alter else None if alter else False

        try:
            ordered = list(reversed(sort_tables_and_constraints(tables, dropped_first)))
        except CircularDependencyError as error:
            names = ", ".join(sorted(table.fullname for table in error.cycles))
            if not alter:
                warn(
                    "Can't sort tables for DROP; an unresolvable foreign key dependency exists "
                    f"between tables: {names}; and backend does not support ALTER.  To restore "
                    "at least a partial sort, apply use_alter=True to ForeignKey and "
                    "ForeignKeyConstraint objects involved in the cycle to mark these as known "
                    "cycles that will be ignored."
                )
                return [(table, []) for table in tables]
            raise CircularDependencyError(
                "",
                error.cycles,
                error.edges,
                msg="Can't sort tables for DROP; an unresolvable foreign key dependency exists "
                f"between tables: {names}.  Please ensure that the ForeignKey and "
                "ForeignKeyConstraint objects involved in the cycle have names so that they can "
                "be dropped using DROP CONSTRAINT.",
            ) from None
        return ordered if alter else ordered[1:]

    def one(self, item: Any) -> None:
        """Drop one item."""
        if item.visit_name == "table":
            self.existing.look_for([item])
            if self.existing.has_table(item):
                self.tables = [item]
                self.table(item)
        elif item.visit_name == "index":
            if self.existing.has_index(item):
                self.tell(item, "before_drop")
                self.execute(DropIndex(item))
                self.tell(item, "after_drop")
        elif self.dialect.capabilities.sequences and self.existing.has_sequence(item):
            self._sequence(item)

    def table(self, table: Any) -> None:
        """Drop a table."""
        self.tell(table, "before_drop", tables=self.tables)
        self.execute(table._dropper_ddl or DropTable(table))
        self.tell(table, "after_drop", tables=self.tables)

    def named_type(self, type_: Any) -> None:
        """Drop a type that has a name of its own."""
        if self.existing.has_type(type_):
            self.execute(DropNamedType(type_))

    def _sequence(self, sequence: Any) -> None:
        self.tell(sequence, "before_drop")
        self.execute(DropSequence(sequence))
        self.tell(sequence, "after_drop")


def _put_off(constraint: Any) -> bool | None:
    """Say of a foreign key that asks for it that it is added later."""
    return True if constraint.use_alter else None


def _tables(metadata: MetaData, tables: Iterable[Any] | None) -> list[Any]:
    found = metadata.tables.values() if tables is None else tables
    return sorted(found, key=lambda table: str(table.key))
