"""A table."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING, Any, TypeVar, overload

from toolkit_core.errors import ArgumentError, InvalidRequestError
from toolkit_core.events import listen
from toolkit_core.expression.from_clause import Cols, ColumnCollection, FromClause, Given
from toolkit_core.expression.writable import Writable
from toolkit_core.facts import named
from toolkit_core.lazy_module import lazy_module
from toolkit_core.newer_typing import Self
from toolkit_core.schema.autoload import Autoload, taken_autoload
from toolkit_core.schema.column import Column
from toolkit_core.schema.constants import BLANK_SCHEMA, RETAIN_SCHEMA, SchemaConst
from toolkit_core.schema.constraint import Constraint, UniqueConstraint
from toolkit_core.schema.dialect_options import TakesDialectOptions
from toolkit_core.schema.events import tell
from toolkit_core.schema.foreign_key import ForeignKey
from toolkit_core.schema.foreign_key_constraint import ForeignKeyConstraint, constraint_of_one
from toolkit_core.schema.fullname import table_key
from toolkit_core.schema.index import Index
from toolkit_core.schema.item import SchemaItem, attach_all
from toolkit_core.schema.metadata import MetaData
from toolkit_core.schema.primary_key import PrimaryKeyConstraint, autoincrement_column
from toolkit_core.schema.table_copy import copy_table
from toolkit_core.schema.type_constraints import constrain_by_type
from toolkit_core.schema.typed_columns import TypedColumns, columns_from
from toolkit_core.schema.waiting import settle

if TYPE_CHECKING:
    from toolkit_core.schema import create
    from toolkit_core.schema.ddl import ExecutableDDLElement
else:
    # Who creates nothing needs nothing of it.
    create = lazy_module("toolkit_core.schema.create")

Declared = TypeVar("Declared", bound=TypedColumns)

# What is set on a table by keywords that mean what they say.
_PLAIN = ("comment", "info")


class Table(Writable, FromClause[Cols], SchemaItem, TakesDialectOptions):
    """A table of a database.

    A second call with the same name and MetaData returns the table that is there.

    >>> from toolkit_core.types import Integer
    >>> metadata = MetaData()
    >>> people = Table("people", metadata, Column("id", Integer))
    >>> people.c.id
    Column('id', Integer(), table=<people>)
    >>> Table("people", metadata) is people
    True
    """

    visit_name = "table"

    name: Any = None
    schema: Any = None
    if TYPE_CHECKING:
        c: Cols
        columns: Cols
    else:
        # Plain attributes: reading a column goes through no property.
        c = columns = None
    primary_key: Any = None
    foreign_keys: Any = None
    key: Any = None
    comment: str | None = None
    implicit_returning: bool = True
    is_view: bool = False
    _prefixes: tuple[str, ...] = ()
    _complete: bool = False
    _creator_ddl: ExecutableDDLElement | None = None
    _dropper_ddl: ExecutableDDLElement | None = None
    _extra_dependencies: tuple[Table, ...] = ()

    def __new__(cls, *args: Any, **kw: Any) -> Self:
        """Make the table, or return the one that is there under that name."""
        if not args and not kw:
            # So that a pickle may fill it.
            return super().__new__(cls)
        if len(args) < 2:
            raise TypeError(
                "Table() takes at least two positional-only arguments 'name', and 'metadata'"
            )
        name, metadata, *items = args
        if not isinstance(metadata, MetaData):
            raise ArgumentError(f"the second argument of Table() is a MetaData, not {metadata!r}")
        made: Self = _found_or_made(cls, name, metadata, tuple(items), kw)
        return made

    @overload
    def __init__(
        self: Table[Declared],
        name: str,
        metadata: MetaData,
        columns: type[Declared],
        /,
        *args: SchemaItem | type[TypedColumns],
        **kw: Any,
    ) -> None: ...
    @overload
    def __init__(
        self: Table[ColumnCollection],
        name: str,
        metadata: MetaData,
        /,
        *args: SchemaItem,
        schema: str | SchemaConst | None = ...,
        quote: bool | None = ...,
        quote_schema: bool | None = ...,
        keep_existing: bool = ...,
        extend_existing: bool = ...,
        must_exist: bool = ...,
        autoload_with: Any = ...,
        autoload_replace: bool = ...,
        resolve_fks: bool = ...,
        include_columns: Collection[str] | None = ...,
        implicit_returning: bool = ...,
        comment: str | None = ...,
        info: dict[Any, Any] | None = ...,
        listeners: Sequence[tuple[str, Callable[..., Any]]] | None = ...,
        prefixes: Sequence[str] | None = ...,
        **kw: Any,
    ) -> None: ...
    def __init__(
        self,
        name: str,
        metadata: MetaData,
        /,
        *args: SchemaItem | type[TypedColumns],
        schema: str | SchemaConst | None = None,
        quote: bool | None = None,
        quote_schema: bool | None = None,
        keep_existing: bool = False,
        extend_existing: bool = False,
        must_exist: bool = False,
        autoload_with: Any = None,
        autoload_replace: bool = True,
        resolve_fks: bool = True,
        include_columns: Collection[str] | None = None,
        implicit_returning: bool = True,
        comment: str | None = None,
        info: dict[Any, Any] | None = None,
        listeners: Sequence[tuple[str, Callable[..., Any]]] | None = None,
        prefixes: Sequence[str] | None = None,
        **kw: Any,
    ) -> None:
        """Do nothing: ``__new__`` has done it, or has found the table as it is."""

    if TYPE_CHECKING:

        def with_cols(self, type_: type[Given]) -> Table[Given]:
            """Tell type checkers the class that declares the columns."""

    def _start(self, name: str, metadata: MetaData, schema: str | None) -> None:
        self._stamp()
        self.name = name
        self.schema = schema
        self.metadata: MetaData = metadata
        self.key = table_key(name, schema)
        self._columns: ColumnCollection = ColumnCollection()
        state: Any = self
        state.c = state.columns = self._columns
        self.constraints: set[Constraint] = set()
        self.indexes: set[Index] = set()
        self.foreign_keys = set()
        self.primary_key = None
        PrimaryKeyConstraint(_implicit_generated=True)._attach(self)

    def _extend(
        self, items: tuple[Any, ...], options: dict[str, Any], autoload: Autoload | None
    ) -> None:
        """Take what a call gives, the first one or one with ``extend_existing``."""
        for event, listener in options.pop("listeners", None) or ():
            listen(self, event, listener)
        for attribute in _PLAIN:
            if options.get(attribute) is not None:
                setattr(self, attribute, options[attribute])
            options.pop(attribute, None)
        prefixes = options.pop("prefixes", None)
        if prefixes is not None:
            self._prefixes = tuple(prefixes)
        if "implicit_returning" in options:
            self.implicit_returning = options.pop("implicit_returning")
        if options:
            self._take_options(options)
        if items and isinstance(items[0], type):
            items = (*columns_from(items[0]), *items[1:])
        if autoload is not None:
            autoload.into(self)
        # What the call itself says has the last word.
        self._take_items(items, replace=self._complete or autoload is not None)
        self._complete = True

    def _take_items(self, items: tuple[Any, ...], *, replace: bool) -> None:
        for item in items:
            if isinstance(item, Column):
                item._attach_to(self, None, replace=replace)
            else:
                attach_all((item,), self)

    # -- names ----------------------------------------------------------------------------

    @property
    def fullname(self) -> str:
        """The name, behind the schema's if there is one."""
        return table_key(self.name, self.schema)

    @property
    def description(self) -> str:
        """The name."""
        return str(self.name)

    @property
    def entity_namespace(self) -> ColumnCollection:
        """Where ``filter_by`` looks names up."""
        return self._columns

    # -- contents -------------------------------------------------------------------------

    def append_column(self, column: Column[Any], *, replace_existing: bool = False) -> None:
        """Add a column; one of the same key is replaced only if that is wanted."""
        column._attach_to(self, None, replace=replace_existing)

    def insert_column(
        self, column: Column[Any], index: int, *, replace_existing: bool = False
    ) -> None:
        """Add a column at a position."""
        column._attach_to(self, index, replace=replace_existing)

    def append_constraint(self, constraint: Constraint) -> None:
        """Add a constraint."""
        constraint._attach(self)

    def add_is_dependent_on(self, table: Table) -> None:
        """Say that another table must be created before this one."""
        self._extra_dependencies = (*self._extra_dependencies, table)

    @property
    def foreign_key_constraints(self) -> set[ForeignKeyConstraint]:
        """The foreign keys, each of one column or more."""
        return {one for one in self.constraints if isinstance(one, ForeignKeyConstraint)}

    @property
    def autoincrement_column(self) -> Column[int] | None:
        """The column that the server counts up, if there is one."""
        return autoincrement_column(self.primary_key)

    def _constrain(self, key: ForeignKey) -> None:
        """Make the constraint of a foreign key that stands in a column."""
        constraint_of_one(key, self)

    def _take_type(self, column: Column[Any]) -> None:
        """Make the constraint that the type of a column asks for."""
        constrain_by_type(column, self)

    def _make_own_index(self, column: Column[Any]) -> None:
        """Make the index or the constraint that a column asks for."""
        for flag in ("index", "unique"):
            if isinstance(getattr(column, flag), str):
                kind = "indexes" if flag == "index" else "unique constraints or indexes"
                raise ArgumentError(
                    f"The {flag!r} keyword argument on Column is boolean only. To create {kind} "
                    "with a specific name, create an explicit Index or UniqueConstraint object "
                    "external to the Column."
                )
        if column.index:
            Index(None, column, unique=bool(column.unique), _column_flag=True)
        else:
            UniqueConstraint(column, _column_flag=True)

    def _replace(self, old: Any, new: Column[Any]) -> None:
        """Put a column in the place of another, with which its foreign keys go."""
        for key in old.foreign_keys:
            self.foreign_keys.discard(key)
            self.constraints.discard(key.constraint)
        for columns in (self._columns, self.primary_key._columns):
            columns._set(
                [(new.key, new) if one is old else (key, one) for key, one in columns.items()]
            )

    # -- in the database ------------------------------------------------------------------

    def create(self, bind: Any, checkfirst: Any = True) -> None:
        """Create the table in the database, with its indexes."""
        create.create_one(self, bind, checkfirst)

    def drop(self, bind: Any, checkfirst: Any = True) -> None:
        """Drop the table from the database."""
        create.drop_one(self, bind, checkfirst)

    def set_creator_ddl(self, ddl: ExecutableDDLElement) -> None:
        """Create the table by another element than ``CreateTable``."""
        self._creator_ddl = ddl

    def set_dropper_ddl(self, ddl: ExecutableDDLElement) -> None:
        """Drop the table by another element than ``DropTable``."""
        self._dropper_ddl = ddl

    # -- copies ---------------------------------------------------------------------------

    def to_metadata(
        self,
        metadata: MetaData,
        schema: str | SchemaConst | None = RETAIN_SCHEMA,
        referred_schema_fn: Callable[..., Any] | None = None,
        name: str | None = None,
    ) -> Table:
        """Copy the table into another MetaData, or into its own under another name."""
        return copy_table(self, metadata, schema, referred_schema_fn, name)

    def tometadata(
        self,
        metadata: MetaData,
        schema: str | SchemaConst | None = RETAIN_SCHEMA,
        referred_schema_fn: Callable[..., Any] | None = None,
        name: str | None = None,
    ) -> Table:
        """Copy the table; the former name of ``to_metadata``."""
        return copy_table(self, metadata, schema, referred_schema_fn, name)

    def __str__(self) -> str:
        return self.fullname

    def __repr__(self) -> str:
        parts = [repr(str(self.name)), "MetaData()"]
        parts += [repr(column) for column in self._columns]
        parts.append(f"schema={None if self.schema is None else str(self.schema)!r}")
        return f"Table({', '.join(parts)})"


def _found_or_made(
    cls: type[Any], name: str, metadata: MetaData, items: tuple[Any, ...], options: dict[str, Any]
) -> Any:
    keep, extend, must = (
        options.pop(word, False) for word in ("keep_existing", "extend_existing", "must_exist")
    )
    if keep and extend:
        raise ArgumentError("keep_existing and extend_existing are mutually exclusive.")
    autoload = taken_autoload(options)
    quote, quote_schema = options.pop("quote", None), options.pop("quote_schema", None)
    schema = options.pop("schema", None)
    if schema is None:
        schema = metadata.schema
    elif schema is BLANK_SCHEMA:
        schema = None
    there = metadata.tables.get(table_key(name, schema))
    if there is None:
        if must:
            raise InvalidRequestError(f"Table '{table_key(name, schema)}' not defined")
        schema = None if schema is None else named(schema, quote_schema)
        return _make(cls, named(name, quote), metadata, schema, items, options, autoload)
    if extend:
        if quote is not None or quote_schema is not None:
            raise ArgumentError("Can't redefine 'quote' or 'quote_schema' arguments")
        there._extend(items, options, autoload)
    elif items and not keep:
        raise InvalidRequestError(
            f"Table '{table_key(name, schema)}' is already defined for this MetaData instance.  "
            "Specify 'extend_existing=True' to redefine options and columns on an existing Table "
            "object."
        )
    return there


def _make(
    cls: type[Any],
    name: str,
    metadata: MetaData,
    schema: str | None,
    items: tuple[Any, ...],
    options: dict[str, Any],
    autoload: Autoload | None,
) -> Any:
    made = object.__new__(cls)
    made._start(name, metadata, schema)
    tell(made, "before_parent_attach", made, metadata)
    metadata._add_table(made)
    try:
        made._extend(items, options, autoload)
    except BaseException:
        # A table that could not be made is not there.
        metadata._remove_table(made.key)
        raise
    settle(metadata, made.key)
    tell(made, "after_parent_attach", made, metadata)
    return made
