"""From a declarative class to its table and its mapper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit_core.errors import ArgumentError, InvalidRequestError, SADeprecationWarning, warn
from toolkit_core.schema import Column, MetaData, Table
from toolkit_orm.instrument.attribute import QueryableAttribute
from toolkit_orm.mapping.attribute_options import NO_ARG
from toolkit_orm.mapping.column_property import ColumnProperty
from toolkit_orm.mapping.declared_attr import being_mapped, is_mapped, mapped_parent
from toolkit_orm.mapping.declared_columns import name_column, settle
from toolkit_orm.mapping.mapped_column import MappedColumn
from toolkit_orm.mapping.mapped_dataclass import make_dataclass
from toolkit_orm.mapping.mapper import Mapper
from toolkit_orm.mapping.property import MapperProperty
from toolkit_orm.mapping.scan import Scan
from toolkit_orm.mapping.synonym import SynonymProperty

if TYPE_CHECKING:
    from toolkit_orm.mapping.registry import registry as Registry  # noqa: N812 - a class


# Classes that are not mapped until their tables are read from a database.
WAITING: list[tuple[Registry, type]] = []


def declare(registry: Registry, cls: type, reflected: dict[str, Any] | None = None) -> None:
    """Map a class by what it and its mixins declare.

    ``reflected`` is what its table is told to be read from a database.
    """
    if cls.__dict__.get("__abstract__"):
        return
    if reflected is None and getattr(cls, "__waits_for_reflection__", False):
        WAITING.append((registry, cls))
        return
    being_mapped[cls] = {}
    try:
        _Declaration(registry, cls, reflected or {}).map()
    finally:
        del being_mapped[cls]


class _Declaration:
    """One class on its way: scanned, then its table made, then mapped."""

    def __init__(self, registry: Registry, cls: type, reflected: dict[str, Any]) -> None:
        self.registry = registry
        self.cls = cls
        self.reflected = reflected
        self.scan = Scan(cls)
        parent = mapped_parent(cls)
        self.inherits: Mapper | None = None if parent is None else parent.__dict__["__mapper__"]
        self.properties: dict[str, Any] = {}
        # The columns of the table, with the attributes that they are declared by.
        self.columns: list[tuple[str, Any, Any]] = []

    def map(self) -> None:
        """Do it."""
        if "__table__" in self.cls.__dict__:
            self._leave_to_table()
        for found in self.scan.found.values():
            settle(found, self.cls, self.registry)
        make_dataclass(self.cls, self.scan)
        self._sort_out()
        table = self._table()
        arguments = self._mapper_arguments()
        inherits = self.inherits
        if table is None:
            if inherits is None:
                raise InvalidRequestError(
                    f"Class {self.cls!r} does not have a __table__ or __tablename__ specified and "
                    "does not inherit from an existing table-mapped class.",
                    hint=f"__tablename__ = {self.cls.__name__.lower()!r}; or __abstract__ = True "
                    "for what is only to be inherited from",
                )
            self._join_parent_table(inherits)
        given = arguments.pop("properties", {})
        Mapper(
            self.cls,
            table,
            {**self.properties, **given},
            self.registry,
            **{"inherits": inherits, **arguments},
        )

        self._warn_of_left_out()

    # -- attributes -----------------------------------------------------------------------

    def _leave_to_table(self) -> None:
        """Take annotations of what a given table has for what they are: words to checkers."""
        found = self.scan.found
        for name in [name for name, one in found.items() if one.value is NO_ARG]:
            del found[name]

    def _warn_of_left_out(self) -> None:
        mapper: Mapper = self.cls.__dict__["__mapper__"]
        if mapper.include_properties is None and mapper.exclude_properties is None:
            return
        for name, column, _ in self.columns:
            if column not in mapper.key_of:
                warn(
                    f"Attribute '{name}' declared on {self.cls} is excluded from the mapping by "
                    "the exclude_properties / include_properties mapper arguments; excluding "
                    "attributes that are declared on the class is deprecated, and does not "
                    "reliably remove them from the mapping.  To declare a column that is part of "
                    "the table and not mapped, use __table__, or __table_args__.",
                    SADeprecationWarning,
                )

    def _sort_out(self) -> None:
        """Tell columns of the table from attributes that are something else."""
        self._warn_of_repeated()
        for name, found in self.scan.found.items():
            value = found.value
            if isinstance(value, QueryableAttribute):
                self.properties[name] = SynonymProperty(value.key)
            elif isinstance(value, MappedColumn):
                name_column(value.column, name)
                prop = value.as_property()
                self._add_column(name, value.column, value)
                self._put(name, value.column, prop)
            elif isinstance(value, Column):
                name_column(value, name)
                self._add_column(name, value, None)
                self._put(name, value, None)
            else:
                self.properties[name] = value
                if isinstance(value, ColumnProperty):
                    self._property_columns(name, value)

    def _warn_of_repeated(self) -> None:
        """Leave a column that several attributes are to be to the last of them."""
        found = self.scan.found
        if len({id(one.value) for one in found.values()}) == len(found):
            return
        names: dict[int, str] = {}
        for name, one in list(found.items()):
            if not isinstance(one.value, (Column, MappedColumn)):
                continue
            there = names.get(id(one.value))
            if there is not None:
                warn(
                    f"On class {self.cls.__name__!r}, Column object {there!r} named directly "
                    f"multiple times, only one will be used: {there}, {name}. Consider using "
                    "orm.synonym instead"
                )
                del found[there]
            names[id(one.value)] = name

    def _put(self, name: str, column: Any, prop: Any) -> None:
        if prop is not None:
            self.properties[name] = prop
        elif column.key != name:
            self.properties[name] = column

    def _add_column(self, name: str, column: Any, declared: Any) -> None:
        if column.table is None:
            self.columns.append((name, column, declared))

    def _property_columns(self, name: str, prop: ColumnProperty) -> None:
        prop.columns = [
            one.column if isinstance(one, MappedColumn) else one for one in prop.columns
        ]
        for column in prop.columns:
            if isinstance(column, Column) and column.table is None:
                known = any(column is other for _, other, _ in self.columns)
                if not known:
                    name_column(column, name)
                    self.columns.append((name, column, None))

    # -- the table ------------------------------------------------------------------------

    def _table(self) -> Any:
        cls = self.cls
        own = cls.__dict__.get("__table__")
        if own is None and self.inherits is None:
            own = getattr(cls, "__table__", None)
        if own is not None:
            table = own.__get__(None, cls) if hasattr(own, "fget") else own
            if self.reflected:
                kept: Any = {"extend_existing": True, "autoload_replace": False}
                Table(table.name, table.metadata, schema=table.schema, **kept, **self.reflected)
            self._check_no_more(table)
            return table
        name = self.scan.special.get("__tablename__")
        if name is None:
            return None
        args, options = _table_arguments(self.scan.special.get("__table_args__"))
        metadata = self._metadata()
        maker = getattr(cls, "__table_cls__", Table)
        return maker(name, metadata, *self._ordered_columns(), *args, **options, **self.reflected)

    def _metadata(self) -> Any:
        """Return the MetaData for the table: of the class, or the registry's."""
        for parent in self.cls.__mro__:
            found = parent.__dict__.get("metadata")
            if isinstance(found, MetaData):
                return found
        return self.registry.metadata

    def _ordered_columns(self) -> list[Any]:
        def place(entry: tuple[str, Any, Any]) -> int:
            declared = entry[2]
            order = getattr(declared, "sort_order", 0)
            return order if isinstance(order, int) else 0

        return [column for _, column, _ in sorted(self.columns, key=place)]

    def _check_no_more(self, table: Any) -> None:
        for _, column, _ in self.columns:
            if not table.c.contains_column(column):
                raise ArgumentError(
                    f"Can't add additional column {column.key!r} when specifying __table__",
                    hint="put it into the Table, or use column_property() for an expression",
                )

    def _join_parent_table(self, inherits: Mapper) -> None:
        """Put the columns of a class without a table into that of its parent."""
        cls = self.cls
        if self.scan.special.get("__table_args__") and "__table_args__" in cls.__dict__:
            raise ArgumentError(
                "Can't place __table_args__ on an inherited class with no table.",
                hint=f"give {cls.__name__} a __tablename__, or move them to "
                f"{inherits.class_.__name__}",
            )
        table: Any = inherits.local_table
        for name, column, declared in self.columns:
            if column.primary_key:
                raise ArgumentError(
                    "Can't place primary key columns on an inherited class with no table."
                )
            there = table.c.get(column.key)
            if there is None:
                table.append_column(column)
            elif there is not column:
                self._use_existing(name, column, declared, there)

    def _use_existing(self, name: str, column: Any, declared: Any, there: Any) -> None:
        if declared is None or not declared.use_existing_column:
            raise ArgumentError(
                f"Column '{column.key}' on class {self.cls.__name__} conflicts with existing "
                f"column '{there}'.  If using Declarative, consider using the use_existing_column "
                "parameter of mapped_column() to resolve conflicts."
            )
        prop = self.properties.get(name)
        if isinstance(prop, ColumnProperty):
            prop.columns = [there if one is column else one for one in prop.columns]
        else:
            self.properties[name] = there

    # -- the mapper -----------------------------------------------------------------------

    def _mapper_arguments(self) -> dict[str, Any]:
        given = dict(self.scan.special.get("__mapper_args__") or {})
        for key in ("version_id_col", "polymorphic_on"):
            if key in given:
                given[key] = self._column(given[key])
        for key in ("primary_key", "exclude_properties", "include_properties"):
            if key in given:
                many = given[key]
                many = [many] if isinstance(many, str) or not hasattr(many, "__iter__") else many
                given[key] = [self._column(one) for one in many]
        parent = given.get("inherits", self.inherits)
        if isinstance(parent, type):
            if not issubclass(self.cls, parent):
                raise InvalidRequestError(
                    f"mapper inherits argument given for non-inheriting class {parent!r}"
                )
            parent = parent.__dict__.get("__mapper__")
        self.inherits = parent
        given.pop("inherits", None)
        return given

    def _column(self, given: Any) -> Any:
        copies = self.scan.copies
        if not isinstance(given, str) and given in copies:
            return copies[given]
        return given.column if isinstance(given, MappedColumn) else given


def _table_arguments(given: Any) -> tuple[tuple[Any, ...], dict[str, Any]]:
    """Return positional and keyword arguments of a table from ``__table_args__``."""
    if given is None:
        return (), {}
    if isinstance(given, dict):
        return (), dict(given)
    if not isinstance(given, (tuple, list)):
        raise ArgumentError(
            "__table_args__ value must be a tuple, dict, or None",
            hint="a tuple of one needs a comma: (UniqueConstraint('a'),)",
        )
    if given and isinstance(given[-1], dict):
        return tuple(given[:-1]), dict(given[-1])
    return tuple(given), {}


def add_attribute(cls: Any, key: str, value: Any) -> None:
    """Set an attribute of a class that is mapped: what can be mapped becomes a part of it."""
    mapper: Mapper = cls.__dict__["__mapper__"]
    if isinstance(value, MappedColumn):
        name_column(value.column, key)
        _append(mapper, value.column)
        mapper.add_property(key, value.as_property() or value.column)
    elif isinstance(value, Column):
        name_column(value, key)
        _append(mapper, value)
        mapper.add_property(key, value)
    elif isinstance(value, ColumnProperty):
        for column in value.columns:
            if isinstance(column, Column) and column.table is None:
                name_column(column, key)
                _append(mapper, column)
        mapper.add_property(key, value)
    elif isinstance(value, MapperProperty):
        mapper.add_property(key, value)
    elif isinstance(value, QueryableAttribute) and value.key != key:
        mapper.add_property(key, SynonymProperty(value.key))
    else:
        type.__setattr__(cls, key, value)


def _append(mapper: Mapper, column: Any) -> None:
    if column.table is None:
        mapper.local_table.append_column(column, replace_existing=True)


def remove_attribute(cls: Any, key: str) -> None:
    """Refuse to take a mapped attribute away; take another."""
    mapper = cls.__dict__.get("__mapper__") if is_mapped(cls) else None
    if mapper is not None and key in mapper.props:
        raise NotImplementedError("Can't un-map individual mapped attributes on a mapped class.")
    type.__delattr__(cls, key)


def add_mapped_attribute(target: type, key: str, attr: Any) -> None:
    """Add an attribute to a class that is mapped already.

    >>> from toolkit.orm import DeclarativeBase, Mapped, mapped_column
    >>> from toolkit.types import String
    >>> class Base(DeclarativeBase):
    ...     pass
    >>> class Person(Base):
    ...     __tablename__ = "person"
    ...     id: Mapped[int] = mapped_column(primary_key=True)
    >>> add_mapped_attribute(Person, "name", mapped_column(String))
    >>> Person.__table__.c.keys()
    ['id', 'name']
    """
    if not is_mapped(target):
        raise InvalidRequestError(f"Class {target.__name__} is not mapped")
    add_attribute(target, key, attr)
