"""A column of a table."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from toolkit_core.errors import ArgumentError, DuplicateColumnError
from toolkit_core.expression.elements import ColumnElement
from toolkit_core.facts import named
from toolkit_core.schema.constants import MISSING, NULL_UNSPECIFIED, SchemaConst
from toolkit_core.schema.defaults import (
    ColumnDefault,
    DefaultClause,
    DefaultGenerator,
    FetchedValue,
    SentinelDefault,
)
from toolkit_core.schema.dialect_options import TakesDialectOptions
from toolkit_core.schema.events import tell
from toolkit_core.schema.item import SchemaItem, attach_all
from toolkit_core.schema.named import Named
from toolkit_core.schema.waiting import settle
from toolkit_core.types import NULLTYPE, Integer, TypeEngine

if TYPE_CHECKING:
    from toolkit_core.schema.foreign_key import ForeignKey
    from toolkit_core.schema.generated import Computed, Identity
    from toolkit_core.schema.table import Table

T = TypeVar("T")

AutoIncrement = bool | Literal["auto", "ignore_fk"]
TypeArgument = TypeEngine[T] | type[TypeEngine[T]]


class Column(ColumnElement[T], SchemaItem, TakesDialectOptions, Named[T]):
    """A column of a table: as an expression, it stands for itself.

    >>> from toolkit_core.types import Integer
    >>> Column("id", Integer, primary_key=True)
    Column('id', Integer(), table=None, primary_key=True, nullable=False)
    """

    visit_name = "column"

    # What was not given is not stored.
    key: Any = None
    table: Table | None = None
    primary_key: bool = False
    nullable: bool | None = True
    index: bool | None = None
    unique: bool | None = None
    system: bool = False
    doc: str | None = None
    comment: str | None = None
    autoincrement: Any = "auto"
    default: Any = None
    onupdate: Any = None
    server_default: Any = None
    server_onupdate: Any = None
    computed: Computed | None = None
    identity: Identity | None = None
    _foreign_keys: set[ForeignKey] | None = None
    _constraints: set[Any] | None = None
    _nullable_given: bool = False
    _insert_sentinel: bool = False
    _omit_from_statements: bool = False
    _waiters: tuple[Callable[[Any, Any], None], ...] = ()

    def __init__(
        self,
        name_pos: str | TypeArgument[T] | SchemaItem | None = None,
        type_pos: TypeArgument[T] | SchemaItem | None = None,
        /,
        *args: SchemaItem,
        name: str | None = None,
        type_: TypeArgument[T] | None = None,
        autoincrement: AutoIncrement = "auto",
        default: Any = MISSING,
        insert_default: Any = MISSING,
        doc: str | None = None,
        key: str | None = None,
        index: bool | None = None,
        unique: bool | None = None,
        info: dict[Any, Any] | None = None,
        nullable: bool | SchemaConst | None = NULL_UNSPECIFIED,
        onupdate: Any = None,
        primary_key: bool = False,
        server_default: Any = None,
        server_onupdate: Any = None,
        quote: bool | None = None,
        system: bool = False,
        comment: str | None = None,
        insert_sentinel: bool = False,
        _omit_from_statements: bool = False,
        **dialect_kwargs: Any,
    ) -> None:
        found, type_found, items = _positional(name_pos, type_pos, args)
        name = _one_of("name", found, name)
        type_ = _one_of("type_", type_found, type_)
        # A column may be named later, but before it is put into a table.
        self.name: str = name if quote is None or name is None else named(name, quote)
        self.key = self.names_parameter = name if key is None else key
        self.type = NULLTYPE if type_ is None else type_() if isinstance(type_, type) else type_
        if nullable is not NULL_UNSPECIFIED:
            self._nullable_given = True
            self.nullable = nullable  # type: ignore[assignment]
        elif primary_key:
            self.nullable = False
        if autoincrement != "auto":
            self.autoincrement = autoincrement
        if primary_key:
            self.primary_key = primary_key
        told = (index, unique, doc, comment, info, system, insert_sentinel, _omit_from_statements)
        if told != _NOTHING_TOLD:
            _keep(self, told)
        if dialect_kwargs:
            self._take_options(dialect_kwargs)
        _take_default(self, default, insert_default)
        if onupdate is not None:
            _take_onupdate(self, onupdate)
        if server_default is not None or server_onupdate is not None:
            _take_server_defaults(self, server_default, server_onupdate)
        if items:
            attach_all(items, self)

    # -- what hangs on it -----------------------------------------------------------------

    @property
    def foreign_keys(self) -> set[ForeignKey]:
        """Its foreign keys; of most columns none, and these keep no set for that."""
        found = self._foreign_keys
        return set() if found is None else found

    @foreign_keys.setter
    def foreign_keys(self, keys: set[ForeignKey]) -> None:
        self._foreign_keys = keys

    @property
    def constraints(self) -> set[Any]:
        """The constraints that were put into the column itself."""
        if self._constraints is None:
            self._constraints = set()
        return self._constraints

    def references(self, column: Column[Any]) -> bool:
        """Tell whether a foreign key of this column points to the other."""
        return any(key.column is column for key in self._foreign_keys or ())

    def append_foreign_key(self, fk: ForeignKey) -> None:
        """Put one more foreign key into the column."""
        fk._attach(self)

    # -- becoming part of a table ---------------------------------------------------------

    def _when_in_table(self, waiter: Callable[[Any, Any], None]) -> None:
        """Call a function with column and table, now or when the column is put into one."""
        if self.table is not None:
            waiter(self, self.table)
        else:
            self._waiters = (*self._waiters, waiter)

    def _attach_to(self, table: Table, position: int | None, *, replace: bool) -> None:
        tell(self, "before_parent_attach", self, table)
        self._enter(table, position, replace=replace)
        tell(self, "after_parent_attach", self, table)

    def _set_parent(self, parent: Any) -> None:
        if getattr(parent, "visit_name", None) != "table":
            raise ArgumentError(f"A Column is put into a Table, not into {parent!r}")
        self._enter(parent, None, replace=False)

    def _enter(self, table: Table, position: int | None, *, replace: bool) -> None:
        _check_name(self)
        if self.table is not None:
            raise ArgumentError(
                f"Column object '{self.name}' already assigned to Table '{self.table.fullname}'",
                hint="make a new Column for each table, or use Table.to_metadata()",
            )
        there = table._columns.get(self.key)
        if there is None and replace and self.key != self.name:
            # Under its name, a column that was read from the database.
            there = table._columns.get(self.name)
        if there is None:
            table._columns._add(self.key, self, position)
        else:
            _check_replacement(self, there, table, replace=replace)
            table._replace(there, self)
        self.table = table
        if self.primary_key:
            table.primary_key._add_column(self)
        table._take_type(self)
        if self.index or self.unique:
            table._make_own_index(self)
        waiters = self.__dict__.pop("_waiters", ())
        for waiter in waiters:
            waiter(self, table)
        if table.metadata._waiting:
            settle(table.metadata, table.key)

    def _become_primary_key(self) -> None:
        self.primary_key = True
        if not self._nullable_given:
            self.nullable = False

    # -- copies ---------------------------------------------------------------------------

    def copy(self, **kw: Any) -> Column[T]:
        """Return a copy that belongs to no table."""
        return self._copy(**kw)

    def _copy(self, **kw: Any) -> Column[T]:
        """Return a copy that belongs to no table."""
        items: list[Any] = [one._copy() for one in self.constraints if not one._type_bound]
        items += [key._copy() for key in self.foreign_keys if key.constraint is None]
        for attribute in ("computed", "identity"):
            found = getattr(self, attribute)
            if found is not None:
                items.append(found._copy())
        if isinstance(self.default, DefaultGenerator) and self.default.is_sequence:
            items.append(self.default._copy())
        made = self._blank_copy()
        attach_all(tuple(items), made)
        return made

    def _blank_copy(self) -> Column[T]:
        made = type(self).__new__(type(self))
        left_out = ("table", "_foreign_keys", "_constraints", "_waiters", "_key", "_leaves")
        made.__dict__.update(
            {k: v for k, v in self.__dict__.items() if k not in left_out and k != "dispatch"}
        )
        for attribute in ("default", "onupdate", "server_default", "server_onupdate"):
            given = made.__dict__.pop(attribute, None)
            if given is None or given is self.computed or given is self.identity:
                continue
            if isinstance(given, DefaultGenerator) and given.is_sequence:
                continue
            setattr(made, attribute, given)
        made.__dict__.pop("computed", None)
        made.__dict__.pop("identity", None)
        if "info" in self.__dict__:
            made.info = dict(self.info)
        return made

    def __str__(self) -> str:
        if self.table is None:
            return str(self.name)
        return f"{self.table.name}.{self.name}"

    def __repr__(self) -> str:
        parts = [_shown(self.name), repr(self.type)]
        parts += [repr(key) for key in self._foreign_keys or ()]
        parts += [repr(one) for one in self._constraints or ()]
        parts.append("table=None" if self.table is None else f"table=<{self.table.fullname}>")
        if self.key != self.name:
            parts.append(f"key={self.key!r}")
        if self.primary_key:
            parts.append("primary_key=True")
        if not self.nullable:
            parts.append("nullable=False")
        for attribute in ("onupdate", "default", "server_default", "comment"):
            found = getattr(self, attribute)
            if found is not None:
                parts.append(f"{attribute}={found!r}")
        return f"Column({', '.join(parts)})"


# What few columns are told, by the order in which ``__init__`` looks at it.
_SELDOM = (
    "index",
    "unique",
    "doc",
    "comment",
    "info",
    "system",
    "_insert_sentinel",
    "_omit_from_statements",
)
_NOTHING_TOLD = (None, None, None, None, None, False, False, False)


def _keep(column: Column[Any], told: tuple[Any, ...]) -> None:
    """Store what differs from its default."""
    for attribute, value in zip(_SELDOM, told, strict=True):
        if value is not None and value is not False:
            column.__dict__[attribute] = value


def _shown(name: str | None) -> str:
    return repr(name if name is None else str(name))


def insert_sentinel(
    name: str | None = None,
    type_: Any = None,
    *,
    default: Any = None,
    omit_from_statements: bool = True,
) -> Column[Any]:
    """Make a column that only puts the rows of one INSERT in order.

    >>> insert_sentinel("mark").nullable
    True
    """
    return Column(
        name=name,
        type_=type_ or Integer,
        default=default if default is not None else SentinelDefault(),
        _omit_from_statements=omit_from_statements,
        insert_sentinel=True,
    )


def _positional(
    first: Any, second: Any, rest: tuple[Any, ...]
) -> tuple[str | None, Any, tuple[Any, ...]]:
    """Tell name, type and the other items apart; name and type may be left out."""
    given = rest
    name = type_ = None
    if second is not None:
        given = (second, *given)
    if isinstance(first, str):
        name = first
    elif first is not None:
        given = (first, *given)
    if given and is_type(given[0]):
        type_, given = given[0], given[1:]
    return name, type_, given


def is_type(given: Any) -> bool:
    """Tell whether an argument is a type, as an instance or a class."""
    if isinstance(given, type):
        return issubclass(given, TypeEngine)
    return isinstance(given, TypeEngine)


def _one_of(what: str, positional: Any, keyword: Any) -> Any:
    """Return what was given by position or by keyword, which must not be both."""
    if positional is None:
        return keyword
    if keyword is not None:
        raise ArgumentError(f"May not pass {what} positionally and as a keyword.")
    return positional


def _take_default(column: Column[Any], default: Any, insert_default: Any) -> None:
    if insert_default is not MISSING:
        if default is not MISSING:
            raise ArgumentError(
                "The 'default' and 'insert_default' parameters of Column are mutually exclusive"
            )
        default = insert_default
    if default is not MISSING and default is not None:
        if not isinstance(default, DefaultGenerator):
            default = ColumnDefault(default)
        default._attach(column)


def _take_onupdate(column: Column[Any], onupdate: Any) -> None:
    if not isinstance(onupdate, DefaultGenerator):
        onupdate = ColumnDefault(onupdate, for_update=True)
    onupdate.for_update = True
    onupdate._attach(column)


def _take_server_defaults(column: Column[Any], default: Any, onupdate: Any) -> None:
    if default is not None:
        if not isinstance(default, FetchedValue):
            default = DefaultClause(default)
        default._clone(for_update=False)._attach(column)
    if onupdate is not None:
        if not isinstance(onupdate, FetchedValue):
            onupdate = DefaultClause(onupdate, for_update=True)
        onupdate._clone(for_update=True)._attach(column)


def _check_name(column: Column[Any]) -> None:
    if not column.name:
        raise ArgumentError(
            "Column must be constructed with a non-blank name or assign a non-blank .name before "
            "adding to a Table."
        )
    if column.key is None:
        column.key = column.names_parameter = column.name


def _check_replacement(column: Column[Any], there: Any, table: Table, *, replace: bool) -> None:
    if replace:
        if table.primary_key.contains_column(there) and not column.primary_key:
            raise ArgumentError(
                f"Trying to redefine primary-key column '{column.name}' as a non-primary-key "
                f"column on table '{table.fullname}'"
            )
        return
    what = f"name '{column.name}'" if column.key == column.name else f"key '{column.key}'"
    raise DuplicateColumnError(
        f"A column with {what} is already present in table '{table.fullname}'."
        + (
            " Specify replace_existing=True to Table.append_column() or Table.insert_column() to "
            "replace an existing column."
            if table._complete
            else ""
        )
    )
