"""A column of a declarative class."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from toolkit_core.expression.column_operators import ColumnOperators
from toolkit_core.nearest import nearest
from toolkit_core.schema import Column, insert_sentinel
from toolkit_core.schema.constants import NULL_UNSPECIFIED, SchemaConst
from toolkit_orm.mapping.attribute_options import (
    NO_ARG,
    NO_OPTIONS,
    OPTION_WORDS,
    AttributeOptions,
    NoArgument,
    options_of,
)
from toolkit_orm.mapping.column_property import ColumnProperty
from toolkit_orm.mapping.mapped import Mapped

if TYPE_CHECKING:
    from toolkit_core.newer_typing import Self
    from toolkit_core.schema.item import SchemaItem
    from toolkit_core.types import TypeEngine

T = TypeVar("T")

# What a column is told by the ORM alone, with its default.
_OWN: dict[str, Any] = {
    "deferred": NO_ARG,
    "deferred_group": None,
    "deferred_raiseload": None,
    "use_existing_column": False,
    "sort_order": NO_ARG,
    "active_history": False,
}
# The arguments that are not the column's alone.
_LOOKED_AT = frozenset({*_OWN, *OPTION_WORDS, "insert_default", "nullable"})


class MappedColumn(Mapped[T], ColumnOperators):
    """A column of a declarative class, until the class is mapped.

    In the class's body it stands for its column: in a condition, in ``foreign_keys``.
    """

    # The rest are set on those that differ.
    deferred: Any = NO_ARG
    deferred_group: str | None = None
    deferred_raiseload: bool | None = None
    use_existing_column: bool = False
    sort_order: Any = NO_ARG
    active_history: bool = False
    options: AttributeOptions = NO_OPTIONS
    has_insert_default: bool = False
    # Whether it was told that it may be null, or is left to the annotation.
    nullable_given: bool = False

    if TYPE_CHECKING:
        column: Column[T]

    def __init__(self, *args: Any, **kw: Any) -> None:
        if not _LOOKED_AT.isdisjoint(kw):
            self._take(kw)
        self.__dict__["column"] = Column(*args, **kw)

    def _take(self, kw: dict[str, Any]) -> None:
        """Take what is the ORM's out of the arguments of a column."""
        own = self.__dict__
        for name in _OWN.keys() & kw.keys():
            value = kw.pop(name)
            if value is not _OWN[name]:
                own[name] = value
        insert_default = kw.pop("insert_default", NO_ARG)
        default = kw.get("default", NO_ARG)
        options = options_of(kw)
        if options is not NO_OPTIONS:
            own["options"] = options
        if insert_default is not NO_ARG:
            own["has_insert_default"] = True
            kw["default"] = insert_default
        elif default is not NO_ARG:
            kw["default"] = default
        if "nullable" in kw:
            own["nullable_given"] = True

    @property
    def name(self) -> str:
        """The name of its column."""
        return self.column.name

    @property
    def foreign_keys(self) -> set[Any]:
        """The foreign keys of its column."""
        return self.column.foreign_keys

    def copied(self) -> Self:
        """Return one like it, with a column of its own."""
        made = type(self).__new__(type(self))
        made.__dict__.update(self.__dict__)
        made.__dict__["column"] = self.column._copy()
        return made

    def as_property(self) -> ColumnProperty | None:
        """Return what is mapped where the column alone does not say it all."""
        deferred = self.is_deferred
        default = self._dataclass_default()
        if not deferred and not self.active_history and not default:
            return None
        return ColumnProperty(
            self.column,
            deferred=deferred,
            group=self.deferred_group,
            raiseload=bool(self.deferred_raiseload),
            active_history=self.active_history,
            **default,
        )

    def _dataclass_default(self) -> dict[str, Any]:
        default = self.options.default
        return {} if default is NO_ARG or callable(default) else {"default": default}

    @property
    def is_deferred(self) -> bool:
        """Whether it is loaded only when it is asked for."""
        if self.deferred is not NO_ARG:
            return bool(self.deferred)
        return bool(self.deferred_group or self.deferred_raiseload)

    def __clause_element__(self) -> Column[T]:
        return self.column

    def operate(self, op: Any, *other: Any, **kwargs: Any) -> Any:
        """Apply an operator, with its column on the left."""
        return self.column.operate(op, *other, **kwargs)

    def reverse_operate(self, op: Any, other: Any, **kwargs: Any) -> Any:
        """Apply an operator, with its column on the right."""
        return self.column.reverse_operate(op, other, **kwargs)

    __hash__ = object.__hash__

    def __repr__(self) -> str:
        return f"mapped_column({self.column!r})"


def mapped_column(
    __name_pos: str | TypeEngine[Any] | type[TypeEngine[Any]] | SchemaItem | None = None,
    __type_pos: TypeEngine[Any] | type[TypeEngine[Any]] | SchemaItem | None = None,
    /,
    *args: SchemaItem,
    init: NoArgument | bool = NO_ARG,
    repr: NoArgument | bool = NO_ARG,
    default: Any = NO_ARG,
    default_factory: NoArgument | Callable[[], T] = NO_ARG,
    compare: NoArgument | bool = NO_ARG,
    kw_only: NoArgument | bool = NO_ARG,
    hash: NoArgument | bool | None = NO_ARG,
    nullable: bool | SchemaConst | None = NULL_UNSPECIFIED,
    primary_key: bool | None = False,
    deferred: NoArgument | bool = NO_ARG,
    deferred_group: str | None = None,
    deferred_raiseload: bool | None = None,
    use_existing_column: bool = False,
    name: str | None = None,
    type_: TypeEngine[Any] | type[TypeEngine[Any]] | None = None,
    autoincrement: bool | Literal["auto", "ignore_fk"] = "auto",
    doc: str | None = None,
    key: str | None = None,
    index: bool | None = None,
    unique: bool | None = None,
    info: dict[Any, Any] | None = None,
    onupdate: Any = None,
    insert_default: Any = NO_ARG,
    server_default: Any = None,
    server_onupdate: Any = None,
    active_history: bool = False,
    quote: bool | None = None,
    system: bool = False,
    comment: str | None = None,
    sort_order: NoArgument | int = NO_ARG,
    dataclass_metadata: NoArgument | Mapping[Any, Any] | None = NO_ARG,
    **kw: Any,
) -> MappedColumn[Any]:
    """Declare a column of a mapped class; what is not told, its annotation tells.

    Name, type and items may be given by position, as to ``Column``.  Of the ORM alone are

    - ``deferred``, ``deferred_group``, ``deferred_raiseload``: it is loaded when asked for;
    - ``active_history``: its former value is loaded when it is set;
    - ``use_existing_column``: a subclass without a table may find the column there;
    - ``sort_order``: a lower number comes earlier in the table, the others are 0;
    - ``insert_default``: the column's default where ``default`` is the dataclass's.

    >>> mapped_column("id", primary_key=True).column
    Column('id', NullType(), table=None, primary_key=True, nullable=False)
    """
    given = {
        "init": init,
        "repr": repr,
        "default": default,
        "default_factory": default_factory,
        "compare": compare,
        "kw_only": kw_only,
        "hash": hash,
        "deferred": deferred,
        "deferred_group": deferred_group,
        "deferred_raiseload": deferred_raiseload,
        "name": name,
        "type_": type_,
        "doc": doc,
        "key": key,
        "index": index,
        "unique": unique,
        "info": info,
        "onupdate": onupdate,
        "insert_default": insert_default,
        "server_default": server_default,
        "server_onupdate": server_onupdate,
        "quote": quote,
        "comment": comment,
        "sort_order": sort_order,
        "dataclass_metadata": dataclass_metadata,
        "nullable": None if nullable is NULL_UNSPECIFIED else nullable,
        "autoincrement": None if autoincrement == "auto" else autoincrement,
        "primary_key": True if primary_key else None,
        "use_existing_column": True if use_existing_column else None,
        "active_history": True if active_history else None,
        "system": True if system else None,
    }
    for word in kw:
        near = nearest(word, given)
        if near is not None:
            raise TypeError(
                f"mapped_column() got an unexpected keyword argument {word!r}; did you mean "
                f"{near!r}?"
            )
    told = {
        word: value for word, value in given.items() if value is not None and value is not NO_ARG
    }
    if default is None:
        told["default"] = None
    if insert_default is None:
        told["insert_default"] = None
    return MappedColumn(__name_pos, __type_pos, *args, **told, **kw)


def orm_insert_sentinel(
    name: str | None = None,
    type_: Any = None,
    *,
    default: Any = None,
    omit_from_statements: bool = True,
) -> MappedColumn[Any]:
    """Declare a column that only puts the rows of one INSERT in order.

    >>> orm_insert_sentinel("mark").column.nullable
    True
    """
    from_core = insert_sentinel(
        name, type_, default=default, omit_from_statements=omit_from_statements
    )
    made: MappedColumn[Any] = MappedColumn()
    # Whatever its annotation: a row that is alone needs no place in an order.
    made.__dict__.update(column=from_core, nullable_given=True)
    return made
