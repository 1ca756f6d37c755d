"""The Inspector: a door to what is in a database; how it is read stands in other files."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from toolkit_core.dialect.inspector import Catalogue, ObjectKind, ObjectScope
from toolkit_core.errors import ArgumentError, UnreflectableTableError
from toolkit_core.inspectable import inspect, inspects_itself
from toolkit_core.inspection.reading import Reading
from toolkit_core.inspection.reflect_table import reflect_table
from toolkit_core.inspection.table_order import SortedNames, sorted_foreign_keys, sorted_names
from toolkit_core.plugins import load_object

if TYPE_CHECKING:
    from toolkit_core.dialect import Dialect
    from toolkit_core.dialect.reflected import (
        ReflectedCheckConstraint,
        ReflectedColumn,
        ReflectedForeignKeyConstraint,
        ReflectedIndex,
        ReflectedPrimaryKeyConstraint,
        ReflectedTableComment,
        ReflectedUniqueConstraint,
    )
    from toolkit_core.newer_typing import Self
    from toolkit_core.schema import Table

# Schema and name of a table.
TableKey = tuple["str | None", str]


@inspects_itself
class Inspector:
    """Tells what is in a database; ``inspect(engine)`` or ``inspect(connection)`` makes one.

    What was read is kept until ``clear_cache()``: an Inspector shows the database as it was when
    it first looked.

    >>> from toolkit_core.engine import create_engine
    >>> from toolkit_core.inspectable import inspect
    >>> engine = create_engine("sqlite://")
    >>> with engine.begin() as connection:
    ...     result = connection.execute("create table person (id integer primary key)")
    >>> inspector = inspect(engine)
    >>> inspector.get_table_names()
    ['person']
    >>> inspector.get_pk_constraint("person")["constrained_columns"]
    ['id']
    """

    def __init__(self, bind: Any) -> None:
        if not hasattr(bind, "engine") or not hasattr(bind.engine, "connect"):
            raise ArgumentError(f"An Inspector is made of an engine or a connection, not {bind!r}")
        self.bind = bind
        self.engine = bind.engine
        self.info_cache: dict[Any, Any] = {}
        if bind is self.engine:
            # The first connection tells which server this is.
            bind.connect().close()
        self._reading = Reading(bind, self.info_cache)

    @classmethod
    def from_engine(cls, bind: Any) -> Self:
        """Make one; the former spelling of ``inspect(bind)``."""
        made: Self = inspect(bind)
        return made

    @property
    def dialect(self) -> Dialect:
        """The dialect."""
        found: Dialect = self.engine.dialect
        return found

    @property
    def default_schema_name(self) -> str | None:
        """The schema of tables that name none."""
        return self.dialect.default_schema_name

    def clear_cache(self) -> None:
        """Forget what was read, so that the database is asked anew."""
        self.info_cache.clear()

    # -- lists ----------------------------------------------------------------------------

    def get_schema_names(self, **kw: Any) -> list[str]:
        """Return the names of the schemas."""
        return list(self._reading.kept("schemas", self._reading.catalogue.schema_names))

    def get_table_names(self, schema: str | None = None, **kw: Any) -> list[str]:
        """Return the names of the tables of a schema, views and temporary tables not."""
        return self._names(schema, ObjectKind.TABLE, ObjectScope.DEFAULT, kw)

    def get_view_names(self, schema: str | None = None, **kw: Any) -> list[str]:
        """Return the names of the views of a schema."""
        return self._names(schema, ObjectKind.VIEW, ObjectScope.DEFAULT, kw)

    def get_materialized_view_names(self, schema: str | None = None, **kw: Any) -> list[str]:
        """Return the names of the materialized views of a schema."""
        self._require(self._reading.catalogue.materialized_views, "materialized views")
        return self._names(schema, ObjectKind.MATERIALIZED_VIEW, ObjectScope.DEFAULT, kw)

    def get_temp_table_names(self, **kw: Any) -> list[str]:
        """Return the names of the temporary tables of this connection."""
        self._require(self._reading.catalogue.temporary, "lists of temporary tables")
        return self._names(None, ObjectKind.TABLE, ObjectScope.TEMPORARY, kw)

    def get_temp_view_names(self, **kw: Any) -> list[str]:
        """Return the names of the temporary views of this connection."""
        self._require(self._reading.catalogue.temporary, "lists of temporary views")
        return self._names(None, ObjectKind.VIEW, ObjectScope.TEMPORARY, kw)

    def get_sequence_names(self, schema: str | None = None, **kw: Any) -> list[str]:
        """Return the names of the sequences of a schema."""
        reading = self._reading
        return list(
            reading.kept(("sequences", schema), lambda: reading.catalogue.sequence_names(schema))
        )

    def get_sorted_table_and_fkc_names(
        self, schema: str | None = None, **kw: Any
    ) -> list[SortedNames]:
        """Return the tables in the order in which they can be created.

        Each comes with the names of those of its foreign keys that can be created along with
        it; the last pair has None, and those that must be added when all tables are there.
        """
        names = self.get_table_names(schema, **kw)
        keys = self.get_multi_foreign_keys(schema, filter_names=names, **kw)
        return sorted_names(names, {name: keys[schema, name] for name in names}, schema)

    def sort_tables_on_foreign_key_dependency(
        self, consider_schemas: Collection[str | None] = (None,), **kw: Any
    ) -> list[tuple[TableKey | None, list[tuple[TableKey, str | None]]]]:
        """Do as ``get_sorted_table_and_fkc_names``, over many schemas."""
        every: dict[TableKey, Sequence[Any]] = {}
        for schema in consider_schemas:
            found = self.get_multi_foreign_keys(schema, **kw)
            every.update(found)
        return sorted_foreign_keys(every)

    # -- questions ------------------------------------------------------------------------

    def has_table(self, table_name: str, schema: str | None = None, **kw: Any) -> bool:
        """Tell whether there is a table, a view or a temporary table of that name."""
        return self._reading.found(table_name, schema, kw) is not None

    def has_multi_table(
        self, table_names: Iterable[str], schema: str | None = None, **kw: Any
    ) -> dict[TableKey, bool]:
        """Tell of many names whether there is a table or a view; one question for all."""
        there = {one.name for one in self._reading.relations(schema, kw)}
        return {(schema, name): name in there for name in table_names}

    def has_schema(self, schema_name: str, **kw: Any) -> bool:
        """Tell whether there is a schema of that name."""
        return schema_name in self.get_schema_names()

    def has_index(
        self, table_name: str, index_name: str, schema: str | None = None, **kw: Any
    ) -> bool:
        """Tell whether a table has an index of that name."""
        if not self.has_table(table_name, schema):
            return False
        return any(one["name"] == index_name for one in self.get_indexes(table_name, schema, **kw))

    def has_sequence(self, sequence_name: str, schema: str | None = None, **kw: Any) -> bool:
        """Tell whether there is a sequence of that name."""
        return sequence_name in self.get_sequence_names(schema)

    # -- one table ------------------------------------------------------------------------

    def get_columns(
        self, table_name: str, schema: str | None = None, **kw: Any
    ) -> list[ReflectedColumn]:
        """Return the columns of a table or view."""
        return self._list("columns", table_name, schema, kw)

    def get_pk_constraint(
        self, table_name: str, schema: str | None = None, **kw: Any
    ) -> ReflectedPrimaryKeyConstraint:
        """Return the primary key of a table."""
        found: ReflectedPrimaryKeyConstraint = self._dict("pk_constraint", table_name, schema, kw)
        return found

    def get_foreign_keys(
        self, table_name: str, schema: str | None = None, **kw: Any
    ) -> list[ReflectedForeignKeyConstraint]:
        """Return the foreign keys of a table."""
        return self._list("foreign_keys", table_name, schema, kw)

    def get_unique_constraints(
        self, table_name: str, schema: str | None = None, **kw: Any
    ) -> list[ReflectedUniqueConstraint]:
        """Return the UNIQUE constraints of a table."""
        return self._list("unique_constraints", table_name, schema, kw)

    def get_check_constraints(
        self, table_name: str, schema: str | None = None, **kw: Any
    ) -> list[ReflectedCheckConstraint]:
        """Return the CHECK constraints of a table."""
        return self._list("check_constraints", table_name, schema, kw)

    def get_indexes(
        self, table_name: str, schema: str | None = None, **kw: Any
    ) -> list[ReflectedIndex]:
        """Return the indexes of a table."""
        return self._list("indexes", table_name, schema, kw)

    def get_table_comment(
        self, table_name: str, schema: str | None = None, **kw: Any
    ) -> ReflectedTableComment:
        """Return the comment of a table."""
        found: ReflectedTableComment = self._dict("table_comment", table_name, schema, kw)
        return found

    def get_table_options(
        self, table_name: str, schema: str | None = None, **kw: Any
    ) -> dict[str, Any]:
        """Return what a table was told for its dialect, as arguments of ``Table``."""
        found: dict[str, Any] = self._dict("table_options", table_name, schema, kw)
        return found

    def get_view_definition(self, view_name: str, schema: str | None = None, **kw: Any) -> str:
        """Return the SQL of a view."""
        found: str = self._one("view_definition", view_name, schema, kw)
        return found

    # -- many tables ----------------------------------------------------------------------

    def get_multi_columns(
        self,
        schema: str | None = None,
        filter_names: Sequence[str] | None = None,
        kind: ObjectKind = ObjectKind.TABLE,
        scope: ObjectScope = ObjectScope.DEFAULT,
        **kw: Any,
    ) -> dict[TableKey, list[ReflectedColumn]]:
        """Return the columns of many tables."""
        return self._multi("columns", schema, filter_names, kind, scope, kw)

    def get_multi_pk_constraint(
        self,
        schema: str | None = None,
        filter_names: Sequence[str] | None = None,
        kind: ObjectKind = ObjectKind.TABLE,
        scope: ObjectScope = ObjectScope.DEFAULT,
        **kw: Any,
    ) -> dict[TableKey, ReflectedPrimaryKeyConstraint]:
        """Return the primary keys of many tables."""
        return self._multi("pk_constraint", schema, filter_names, kind, scope, kw)

    def get_multi_foreign_keys(
        self,
        schema: str | None = None,
        filter_names: Sequence[str] | None = None,
        kind: ObjectKind = ObjectKind.TABLE,
        scope: ObjectScope = ObjectScope.DEFAULT,
        **kw: Any,
    ) -> dict[TableKey, list[ReflectedForeignKeyConstraint]]:
        """Return the foreign keys of many tables."""
        return self._multi("foreign_keys", schema, filter_names, kind, scope, kw)

    def get_multi_unique_constraints(
        self,
        schema: str | None = None,
        filter_names: Sequence[str] | None = None,
        kind: ObjectKind = ObjectKind.TABLE,
        scope: ObjectScope = ObjectScope.DEFAULT,
        **kw: Any,
    ) -> dict[TableKey, list[ReflectedUniqueConstraint]]:
        """Return the UNIQUE constraints of many tables."""
        return self._multi("unique_constraints", schema, filter_names, kind, scope, kw)

    def get_multi_check_constraints(
        self,
        schema: str | None = None,
        filter_names: Sequence[str] | None = None,
        kind: ObjectKind = ObjectKind.TABLE,
        scope: ObjectScope = ObjectScope.DEFAULT,
        **kw: Any,
    ) -> dict[TableKey, list[ReflectedCheckConstraint]]:
        """Return the CHECK constraints of many tables."""
        return self._multi("check_constraints", schema, filter_names, kind, scope, kw)

    def get_multi_indexes(
        self,
        schema: str | None = None,
        filter_names: Sequence[str] | None = None,
        kind: ObjectKind = ObjectKind.TABLE,
        scope: ObjectScope = ObjectScope.DEFAULT,
        **kw: Any,
    ) -> dict[TableKey, list[ReflectedIndex]]:
        """Return the indexes of many tables."""
        return self._multi("indexes", schema, filter_names, kind, scope, kw)

    def get_multi_table_comment(
        self,
        schema: str | None = None,
        filter_names: Sequence[str] | None = None,
        kind: ObjectKind = ObjectKind.TABLE,
        scope: ObjectScope = ObjectScope.DEFAULT,
        **kw: Any,
    ) -> dict[TableKey, ReflectedTableComment]:
        """Return the comments of many tables."""
        return self._multi("table_comment", schema, filter_names, kind, scope, kw)

    def get_multi_table_options(
        self,
        schema: str | None = None,
        filter_names: Sequence[str] | None = None,
        kind: ObjectKind = ObjectKind.TABLE,
        scope: ObjectScope = ObjectScope.DEFAULT,
        **kw: Any,
    ) -> dict[TableKey, dict[str, Any]]:
        """Return what many tables were told for their dialect."""
        return self._multi("table_options", schema, filter_names, kind, scope, kw)

    # -- into tables ----------------------------------------------------------------------

    def reflect_table(
        self,
        table: Table,
        include_columns: Collection[str] | None,
        exclude_columns: Collection[str] = (),
        resolve_fks: bool = True,
        _extend_on: set[Any] | None = None,
    ) -> None:
        """Give a table the columns, constraints and indexes that it has in the database.

        >>> from toolkit_core.engine import create_engine
        >>> from toolkit_core.inspectable import inspect
        >>> from toolkit_core.schema import MetaData, Table
        >>> engine = create_engine("sqlite://")
        >>> result = engine.execute("create table person (id integer primary key)")
        >>> person = Table("person", MetaData())
        >>> inspect(engine).reflect_table(person, None)
        >>> person.c.keys()
        ['id']
        """
        reflect_table(self, table, include_columns, exclude_columns, resolve_fks, _extend_on)

    # -- behind the door ------------------------------------------------------------------

    @contextmanager
    def _held(self) -> Iterator[Self]:
        """Keep one connection for all that is asked within."""
        with self._reading.connected():
            yield self

    def _names(
        self, schema: str | None, kind: ObjectKind, scope: ObjectScope, options: dict[str, Any]
    ) -> list[str]:
        return [
            one.name
            for one in self._reading.relations(schema, options)
            if one.listed and one.kind in kind and one.scope in scope
        ]

    def _one(self, what: str, table: str, schema: str | None, options: dict[str, Any]) -> Any:
        relation = self._reading.table(table, schema, options)
        return self._reading.one(what, relation, schema, options)

    def _list(
        self, what: str, table: str, schema: str | None, options: dict[str, Any]
    ) -> list[Any]:
        return [dict(one) for one in self._one(what, table, schema, options)]

    def _dict(self, what: str, table: str, schema: str | None, options: dict[str, Any]) -> Any:
        return dict(self._one(what, table, schema, options))

    def _multi(
        self,
        what: str,
        schema: str | None,
        names: Sequence[str] | None,
        kind: ObjectKind,
        scope: ObjectScope,
        options: dict[str, Any],
    ) -> dict[TableKey, Any]:
        wanted = self._reading.chosen(schema, names, kind, scope, options)
        found = self._reading.many(what, schema, wanted, options)
        # What cannot be reflected is left out; who asks for it alone is told why.
        return {
            (schema, name): _copied(said)
            for name, said in found.items()
            if not isinstance(said, UnreflectableTableError)
        }

    def _require(self, there: bool, what: str) -> None:
        if not there:
            raise NotImplementedError(f"{self.dialect.name} does not have {what}")


def _copied(said: Any) -> Any:
    """Return what callers may change."""
    return dict(said) if isinstance(said, dict) else [dict(one) for one in said]


def make_inspector(bind: Any) -> Inspector:
    """Make the Inspector of an engine or a connection: that of its dialect."""
    catalogue: type[Catalogue] = load_object(bind.dialect.inspector_path)
    made: Inspector = load_object(catalogue.inspector_path)(bind)
    return made
