"""What is in an SQLite database, for many tables at once.

The pragmas are used as tables, joined to the list of all tables; the rest stands in the
statements that SQLite keeps.  https://sqlite.org/pragma.html#pragfunc
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from toolkit_core.dialect import DBAPIError
from toolkit_core.dialect.inspector import (
    Catalogue,
    ObjectKind,
    ObjectScope,
    ReflectedCheckConstraint,
    ReflectedColumn,
    ReflectedForeignKeyConstraint,
    ReflectedIndex,
    ReflectedPrimaryKeyConstraint,
    ReflectedUniqueConstraint,
    Relation,
    UnreflectableTableError,
    Wanted,
    by_table,
)
from toolkit_sqlite.inspector.create_table import Statement
from toolkit_sqlite.inspector.foreign_keys import foreign_keys_of
from toolkit_sqlite.inspector.indexes import index_of, unique_of
from toolkit_sqlite.inspector.options import options_of
from toolkit_sqlite.inspector.types import type_named

_KINDS = {"table": ObjectKind.TABLE, "view": ObjectKind.VIEW}

_TABLES = """
SELECT name, type, sql, {literal} FROM {schema}.sqlite_master WHERE type IN ('table', 'view')
"""
_COLUMNS = """
SELECT m.name, x.name, x.type, x."notnull", x.dflt_value, x.pk, x.hidden
FROM {schema}.sqlite_master AS m JOIN pragma_table_xinfo(m.name, {literal}) AS x
WHERE m.type IN ('table', 'view'){names} ORDER BY m.rowid, x.cid
"""
_KEYS = """
SELECT m.name, x.pk, x.name FROM {schema}.sqlite_master AS m
JOIN pragma_table_info(m.name, {literal}) AS x
WHERE m.type = 'table' AND x.pk > 0{names} ORDER BY m.rowid, x.pk
"""
_FOREIGN_KEYS = """
SELECT m.name, x.id, x."table", x."from", x."to" FROM {schema}.sqlite_master AS m
JOIN pragma_foreign_key_list(m.name, {literal}) AS x
WHERE m.type = 'table'{names} ORDER BY m.rowid, x.id, x.seq
"""
_INDEXES = """
SELECT m.name, l.name, l."unique", l.origin, i.sql, x.name, x."desc"
FROM {schema}.sqlite_master AS m
JOIN pragma_index_list(m.name, {literal}) AS l
JOIN pragma_index_xinfo(l.name, {literal}) AS x
LEFT JOIN {schema}.sqlite_master AS i ON i.type = 'index' AND i.name = l.name
WHERE m.type = 'table' AND x.key{names} ORDER BY m.rowid, l.name, x.seqno
"""


class SQLiteCatalogue(Catalogue):
    """Reads what is in a database; the key of a relation is its database and statement."""

    temporary = True

    # -- lists ----------------------------------------------------------------------------

    def schema_names(self) -> list[str]:
        """Return the databases that are attached, the one of temporary tables not."""
        found = self.ask("SELECT name FROM pragma_database_list ORDER BY seq")
        return [row[0] for row in found if row[0] != "temp"]

    def relations(self, schema: str | None, options: Mapping[str, Any]) -> list[Relation]:
        """Return tables and views; without a schema those of the connection alone, too."""
        databases = ("main", "temp") if schema is None else (schema,)
        single = [_TABLES.format(schema=_quoted(one), literal=_literal(one)) for one in databases]
        rows = self.ask(" UNION ALL ".join(single) + " ORDER BY 1")
        shown = options.get("sqlite_include_internal")
        return [
            Relation(
                name,
                _KINDS[kind],
                ObjectScope.TEMPORARY if database == "temp" else ObjectScope.DEFAULT,
                (database, Statement(sql)),
            )
            for name, kind, sql, database in rows
            if shown or not name.startswith("sqlite_")
        ]

    # -- tables ---------------------------------------------------------------------------

    def columns(self, wanted: Wanted) -> Mapping[str, list[ReflectedColumn]]:
        """Return the columns; hidden ones of virtual tables are left out."""
        try:
            rows = by_table(self._rows(_COLUMNS, wanted))
        except DBAPIError:
            # A view that names what is not there keeps all the others from being read.
            return self._columns_of_each(wanted)
        return {one.name: _columns(rows.get(one.name, []), one.key[1]) for one in wanted.relations}

    def _columns_of_each(self, wanted: Wanted) -> Mapping[str, Any]:
        found: dict[str, Any] = {}
        for one in wanted.relations:
            alone = Wanted(wanted.schema, [one], False, wanted.options)
            try:
                found[one.name] = _columns(self._rows(_COLUMNS, alone), one.key[1])
            except DBAPIError as error:
                found[one.name] = UnreflectableTableError(str(error.orig))
        return found

    def pk_constraint(self, wanted: Wanted) -> Mapping[str, ReflectedPrimaryKeyConstraint]:
        """Return the primary keys, in the order of their columns."""
        rows = by_table(self._rows(_KEYS, wanted))
        found: dict[str, ReflectedPrimaryKeyConstraint] = {}
        for one in wanted.relations:
            columns = [row[2] for row in rows.get(one.name, [])]
            names = [each.name for each in one.key[1].constraints if each.kind == "PRIMARY"]
            name = names[0] if names else None
            found[one.name] = {"constrained_columns": columns, "name": name}
        return found

    def foreign_keys(self, wanted: Wanted) -> Mapping[str, list[ReflectedForeignKeyConstraint]]:
        """Return the foreign keys; one that names no column points to the primary key."""
        rows = by_table(self._rows(_FOREIGN_KEYS, wanted))
        implied = {row[2] for table in rows.values() for row in table if row[4] is None}
        keys: dict[str, list[str]] = {}
        if implied:
            databases = {one.key[0] for one in wanted.relations}
            every = [Relation(name, key=(one, None)) for one in databases for name in implied]
            for name, _, column in self._rows(_KEYS, Wanted(wanted.schema, every)):
                keys.setdefault(name.lower(), []).append(column)
        return {
            one.name: foreign_keys_of(rows[one.name], one.key[1], keys, wanted.schema)
            for one in wanted.relations
            if one.name in rows
        }

    def indexes(self, wanted: Wanted) -> Mapping[str, list[ReflectedIndex]]:
        """Return the indexes; those that SQLite makes for constraints only if asked for."""
        automatic = wanted.options.get("include_auto_indexes")
        return self._by_index(
            wanted,
            lambda rows, statement: index_of(rows) if rows[0][3] == "c" or automatic else None,
        )

    def unique_constraints(self, wanted: Wanted) -> Mapping[str, list[ReflectedUniqueConstraint]]:
        """Return the UNIQUE constraints, which have the names that their table says."""
        return self._by_index(
            wanted,
            lambda rows, statement: unique_of(rows, statement) if rows[0][3] == "u" else None,
        )

    def check_constraints(self, wanted: Wanted) -> Mapping[str, list[ReflectedCheckConstraint]]:
        """Return the CHECK constraints as they were written."""
        return {
            one.name: [
                {"sqltext": each.sql, "name": each.name}
                for each in one.key[1].constraints
                if each.kind == "CHECK"
            ]
            for one in wanted.relations
        }

    def table_options(self, wanted: Wanted) -> Mapping[str, dict[str, Any]]:
        """Return what stands behind the parentheses."""
        return {one.name: options_of(one.key[1].sql) for one in wanted.relations}

    def view_definition(self, wanted: Wanted) -> Mapping[str, str]:
        """Return the CREATE VIEW statements."""
        return {one.name: one.key[1].sql for one in wanted.relations if one.kind is ObjectKind.VIEW}

    # -- queries --------------------------------------------------------------------------

    def _rows(self, sql: str, wanted: Wanted) -> list[Any]:
        """Ask each of the databases that the relations are in, which are two at the most."""
        databases: dict[str, list[str]] = {}
        for one in wanted.relations:
            databases.setdefault(one.key[0], []).append(one.name)
        found: list[Any] = []
        for database, names in databases.items():
            filled = sql.format(
                schema=_quoted(database),
                literal=_literal(database),
                names="" if wanted.all else " AND m.name COLLATE NOCASE IN :names",
            )
            found += self.ask(filled, **({} if wanted.all else {"names": names}))
        return found

    def _by_index(
        self, wanted: Wanted, made: Callable[[list[Any], Statement], Any]
    ) -> dict[str, list[Any]]:
        rows = by_table(self._rows(_INDEXES, wanted))
        found: dict[str, list[Any]] = {}
        for one in wanted.relations:
            indexes: dict[str, list[Any]] = {}
            for row in rows.get(one.name, []):
                indexes.setdefault(row[1], []).append(row)
            all_made = [made(each, one.key[1]) for each in indexes.values()]
            found[one.name] = [each for each in all_made if each is not None]
        return found


def _columns(rows: list[Any], statement: Statement) -> list[ReflectedColumn]:
    computed: dict[str, str] = {}
    if any(row[6] in (2, 3) for row in rows):
        computed = {
            each.columns[0]: each.sql for each in statement.constraints if each.kind == "GENERATED"
        }
    found: list[ReflectedColumn] = []
    for _, name, declared, required, default, key, hidden in rows:
        if hidden == 1:
            continue
        column: ReflectedColumn = {
            "name": name,
            "type": type_named(declared),
            "nullable": not required,
            "default": default,
            "primary_key": key,
        }
        if hidden:
            column["computed"] = {"sqltext": computed.get(name, ""), "persisted": hidden == 3}
        found.append(column)
    return found


def _quoted(name: str) -> str:
    return '"{}"'.format(name.replace('"', '""'))


def _literal(name: str) -> str:
    return "'{}'".format(name.replace("'", "''"))
