"""A collection of tables."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from collections.abc import Sequence as Listing
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, NoReturn

from toolkit_core.events import Dispatch
from toolkit_core.facts import named
from toolkit_core.immutabledict import immutabledict
from toolkit_core.inspectable import inspects_itself
from toolkit_core.lazy_module import lazy_module
from toolkit_core.schema.autoload import reflect_all
from toolkit_core.schema.events import DDLEvents
from toolkit_core.schema.fullname import table_key
from toolkit_core.schema.naming import DEFAULT_CONVENTION

if TYPE_CHECKING:
    from toolkit_core.schema import create, dependency
    from toolkit_core.schema.sequence import Sequence
    from toolkit_core.schema.table import Table
else:
    # Who creates nothing needs nothing of it.
    create = lazy_module("toolkit_core.schema.create")
    dependency = lazy_module("toolkit_core.schema.dependency")


class FacadeDict(dict[str, "Table"]):
    """A dictionary that only its owner changes."""

    def _refuse(self, *args: Any, **kw: Any) -> NoReturn:
        raise TypeError("FacadeDict object is immutable")

    __setitem__ = __delitem__ = clear = pop = popitem = setdefault = update = _refuse
    __ior__ = _refuse


@inspects_itself
class MetaData:
    """The tables of a database, by name.

    >>> MetaData(schema="shop").schema
    'shop'
    """

    visit_name = "metadata"
    event_families: ClassVar[tuple[type, ...]] = (DDLEvents,)

    def __init__(
        self,
        schema: str | None = None,
        quote_schema: bool | None = None,
        naming_convention: Mapping[Any, Any] | None = None,
        info: dict[Any, Any] | None = None,
    ) -> None:
        self.schema = None if schema is None else named(schema, quote_schema)
        self.naming_convention: Mapping[Any, Any] = (
            immutabledict(naming_convention) if naming_convention else DEFAULT_CONVENTION
        )
        if info is not None:
            self.info = info
        self.tables: FacadeDict = FacadeDict()
        self._sequences: dict[str, Sequence] = {}
        # Types with names of their own that were given this collection, by schema and name.
        self._named_types: dict[tuple[str | None, str], Any] = {}
        # Foreign keys whose column waits for a type, by the key of the table they wait for.
        self._waiting: dict[str, list[Any]] = {}

    @cached_property
    def info(self) -> dict[Any, Any]:
        """A dictionary for whatever a program wants to keep with the collection."""
        return {}

    @cached_property
    def dispatch(self) -> Dispatch:
        """Who listens to what happens to the collection."""
        return Dispatch.for_target(self)

    # -- contents -------------------------------------------------------------------------

    @property
    def sorted_tables(self) -> list[Table]:
        """The tables, each after those that it depends on."""
        return dependency.sort_tables(sorted(self.tables.values(), key=_key))

    @property
    def schemas(self) -> Collection[str]:
        """The names of the schemas that tables are in."""
        return tuple(dict.fromkeys(one.schema for one in self.tables.values() if one.schema))

    def __contains__(self, table_or_key: object) -> bool:
        key = table_or_key if isinstance(table_or_key, str) else getattr(table_or_key, "key", None)
        return key in self.tables

    def remove(self, table: Table) -> None:
        """Take a table out."""
        self._remove_table(table.key)

    def clear(self) -> None:
        """Take all tables out."""
        dict.clear(self.tables)
        self._waiting.clear()

    def get_schema_objects(self, kind: type, *, schema: Any = None) -> Collection[Any]:
        """Return the objects of a kind beside tables, in one schema: sequences, for instance."""
        return [one for one in self._objects(kind) if one.schema == self._wanted_schema(schema)]

    def get_schema_object_by_name(self, kind: type, name: str, *, schema: Any = None) -> Any:
        """Return the object of a kind and name; None if there is none."""
        wanted = table_key(name, self._wanted_schema(schema))
        found = (one for one in self._objects(kind) if table_key(one.name, one.schema) == wanted)
        return next(found, None)

    def _wanted_schema(self, schema: Any) -> Any:
        return self.schema if schema is None else schema if isinstance(schema, str) else None

    def _objects(self, kind: type) -> list[Any]:
        """Return what of a kind is here: sequences, and types with a name of their own."""
        found: list[Any] = [one for one in self._sequences.values() if isinstance(one, kind)]
        for table in self.tables.values():
            for column in table._columns:
                if isinstance(column.type, kind) and all(column.type is not one for one in found):
                    found.append(column.type)
        return found

    # -- in the database ------------------------------------------------------------------

    def create_all(
        self, bind: Any, tables: Iterable[Table] | None = None, checkfirst: Any = True
    ) -> None:
        """Create the tables in the database; by default only those that are not there."""
        create.create_all(self, bind, tables, checkfirst)

    def drop_all(
        self, bind: Any, tables: Iterable[Table] | None = None, checkfirst: Any = True
    ) -> None:
        """Drop the tables from the database; by default only those that are there."""
        create.drop_all(self, bind, tables, checkfirst)

    def reflect(
        self,
        bind: Any,
        schema: str | None = None,
        views: bool = False,
        only: Listing[str] | Callable[[str, MetaData], bool] | None = None,
        extend_existing: bool = False,
        autoload_replace: bool = True,
        resolve_fks: bool = True,
        **dialect_kwargs: Any,
    ) -> None:
        """Read the tables that are in the database; ``views`` brings views, too.

        ``only`` names the tables, or is called with each name and this object.

        >>> from toolkit_core.engine import create_engine
        >>> engine = create_engine("sqlite://")
        >>> result = engine.execute("create table person (id integer primary key)")
        >>> metadata = MetaData()
        >>> metadata.reflect(engine)
        >>> metadata.tables["person"].c.keys()
        ['id']
        """
        reflect_all(
            self,
            bind,
            schema,
            views,
            only,
            extend_existing,
            autoload_replace,
            resolve_fks,
            dialect_kwargs,
        )

    # -- tables add themselves ------------------------------------------------------------

    def _add_table(self, table: Table) -> None:
        dict.__setitem__(self.tables, table.key, table)

    def _remove_table(self, key: str) -> None:
        dict.pop(self.tables, key, None)

    def _wait(self, key: Any) -> None:
        """Remember a foreign key until the table that it points to is there."""
        wanted = key.target_table_key
        if wanted is None:
            # A column without a table: it says when it has one.
            key._given._when_in_table(lambda column, table: key._try_resolving())
        elif wanted not in self.tables or not key._try_resolving():
            self._waiting.setdefault(wanted, []).append(key)

    # -- pickling -------------------------------------------------------------------------

    def __getstate__(self) -> dict[str, Any]:
        state = {k: v for k, v in self.__dict__.items() if k != "dispatch"}
        state["tables"] = dict(self.tables)
        return state

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self.tables = FacadeDict(state["tables"])

    def __repr__(self) -> str:
        return "MetaData()"


def _key(table: Table) -> str:
    key: str = table.key
    return key
