"""What is in a MySQL or MariaDB database, for many tables at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

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
    ReflectedTableComment,
    ReflectedUniqueConstraint,
    Relation,
    UnreflectableTableError,
    Wanted,
    by_table,
)
from toolkit_mysql.inspector import queries
from toolkit_mysql.inspector.columns import columns_of, unescaped
from toolkit_mysql.inspector.indexes import indexes_of
from toolkit_mysql.inspector.temporary import columns_shown, indexes_shown

_TABLES = ("BASE TABLE", "SYSTEM VERSIONED", "TEMPORARY")
_VIEWS = ("VIEW", "SYSTEM VIEW")


class Facts(NamedTuple):
    """What the list of tables tells of each; a temporary table is in no list."""

    engine: str | None = None
    collation: str | None = None
    charset: str | None = None
    options: str = ""
    comment: str = ""


class MySQLCatalogue(Catalogue):
    """Reads what is in a database; the key of a relation is what the list says of it."""

    # -- lists ----------------------------------------------------------------------------

    @property
    def is_mariadb(self) -> bool:
        """Whether this is MariaDB."""
        return self.server.product == "MariaDB"

    def schema_names(self) -> list[str]:
        """Return the databases of the server."""
        return [row[0] for row in self.ask(queries.SCHEMAS)]

    def relations(self, schema: str | None, options: Mapping[str, Any]) -> list[Relation]:
        """Return tables and views."""
        found: list[Relation] = []
        for name, kind, *facts in self._listed(schema):
            if kind in _TABLES or kind in _VIEWS:
                what = ObjectKind.VIEW if kind in _VIEWS else ObjectKind.TABLE
                scope = ObjectScope.TEMPORARY if kind == "TEMPORARY" else ObjectScope.DEFAULT
                engine, collation, charset, told, comment = facts
                # Of a view that is broken, the comment tells why.
                known = Facts(engine, collation, charset, told or "", comment or "")
                found.append(Relation(name, what, scope, known))
        return sorted(found, key=lambda one: one.name)

    def hidden(self, name: str, schema: str | None) -> Relation | None:
        """Return a temporary table, which is in no list."""
        try:
            self.ask(f"SHOW COLUMNS FROM {self._spelled(name, schema)}")
        except DBAPIError:
            return None
        return Relation(name, ObjectKind.TABLE, ObjectScope.TEMPORARY, Facts())

    def sequence_names(self, schema: str | None) -> list[str]:
        """Return the sequences, which MariaDB has."""
        if not self.is_mariadb:
            raise NotImplementedError("MySQL has no sequences; MariaDB does")
        return [row[0] for row in self._listed(schema) if row[1] == "SEQUENCE"]

    def _listed(self, schema: str | None) -> list[Any]:
        if not self.is_mariadb:
            return list(self.ask(queries.RELATIONS, schema=self._schema(schema)))
        version = self.server.version or ()
        name = "full_collation_name" if version[:2] >= (10, 10) else "collation_name"
        return list(
            self.ask(queries.RELATIONS_OF_MARIADB.format(name=name), schema=self._schema(schema))
        )

    # -- tables ---------------------------------------------------------------------------

    def columns(self, wanted: Wanted) -> Mapping[str, list[ReflectedColumn]]:
        """Return the columns; in place of those of a view that is broken, what is wrong."""
        rows = by_table(self._rows(queries.COLUMNS, wanted))
        found: dict[str, Any] = {}
        for one in wanted.relations:
            if one.name in rows:
                charset = one.key.charset if one.kind is ObjectKind.TABLE else None
                found[one.name] = columns_of(
                    rows[one.name], charset, mariadb=self.is_mariadb, default=one.key.collation
                )
            elif one.kind is ObjectKind.VIEW:
                found[one.name] = UnreflectableTableError(
                    f"Table or view named `{one.name}` could not be reflected: {one.key.comment}"
                )
            elif one.scope is ObjectScope.TEMPORARY:
                shown = self.ask(f"SHOW FULL COLUMNS FROM {self._spelled(one.name, wanted.schema)}")
                found[one.name] = columns_of(
                    columns_shown(shown, one.name), None, mariadb=self.is_mariadb, default=None
                )
        return found

    def pk_constraint(self, wanted: Wanted) -> Mapping[str, ReflectedPrimaryKeyConstraint]:
        """Return the primary keys, whose names MySQL does not keep."""
        return {
            name: {
                "constrained_columns": [row.column_name for row in rows],
                "name": None,
            }
            for name, indexes in self._indexes(wanted).items()
            for index, rows in indexes.items()
            if index == "PRIMARY"
        }

    def indexes(self, wanted: Wanted) -> Mapping[str, list[ReflectedIndex]]:
        """Return the indexes, also those of UNIQUE constraints and foreign keys."""
        return {
            name: [
                indexes_of(rows, self.dialect.name)
                for index, rows in indexes.items()
                if index != "PRIMARY"
            ]
            for name, indexes in self._indexes(wanted).items()
        }

    def unique_constraints(self, wanted: Wanted) -> Mapping[str, list[ReflectedUniqueConstraint]]:
        """Return the UNIQUE constraints, which are the unique indexes."""
        return {
            name: [
                {
                    "name": index,
                    "column_names": [row.column_name for row in rows],
                    "duplicates_index": index,
                }
                for index, rows in indexes.items()
                if index != "PRIMARY" and not rows[0].non_unique
            ]
            for name, indexes in self._indexes(wanted).items()
        }

    def _indexes(self, wanted: Wanted) -> dict[str, dict[str, list[Any]]]:
        # https://dev.mysql.com/doc/refman/9.0/en/information-schema-statistics-table.html
        sql = queries.INDEXES.replace("{expression}", "NULL" if self.is_mariadb else "c.expression")
        rows = list(self._rows(sql, wanted))
        for one in wanted.relations:
            if one.scope is ObjectScope.TEMPORARY:
                shown = self.ask(f"SHOW INDEX FROM {self._spelled(one.name, wanted.schema)}")
                rows += indexes_shown(shown, one.name)
        found: dict[str, dict[str, list[Any]]] = {}
        for row in rows:
            found.setdefault(row.table_name, {}).setdefault(row.index_name, []).append(row)
        return found

    def foreign_keys(self, wanted: Wanted) -> Mapping[str, list[ReflectedForeignKeyConstraint]]:
        """Return the foreign keys."""
        found: dict[str, dict[str, ReflectedForeignKeyConstraint]] = {}
        for row in self._rows(queries.FOREIGN_KEYS, wanted):
            there = row.referenced_table_schema
            here = wanted.schema is None and there == self.server.default_schema
            key = found.setdefault(row.table_name, {}).setdefault(
                row.constraint_name,
                {
                    "name": row.constraint_name,
                    "constrained_columns": [],
                    "referred_schema": None if here else there,
                    "referred_table": row.referenced_table_name,
                    "referred_columns": [],
                    "options": self._actions(row),
                },
            )
            key["constrained_columns"].append(row.column_name)
            key["referred_columns"].append(row.referenced_column_name)
        return {name: list(keys.values()) for name, keys in found.items()}

    def _actions(self, row: Any) -> dict[str, Any]:
        # MariaDB says RESTRICT where nothing was said.
        silent = ("NO ACTION", "RESTRICT") if self.is_mariadb else ("NO ACTION",)
        said = (("onupdate", row.update_rule), ("ondelete", row.delete_rule))
        return {event: action for event, action in said if action not in silent}

    def check_constraints(self, wanted: Wanted) -> Mapping[str, list[ReflectedCheckConstraint]]:
        """Return the CHECK constraints; MariaDB's own, that JSON is JSON, are left out."""
        found: dict[str, list[ReflectedCheckConstraint]] = {}
        for table, name, clause in self._checks(wanted):
            if clause != f"json_valid(`{name}`)":
                found.setdefault(table, []).append({"name": name, "sqltext": clause})
        return found

    def _checks(self, wanted: Wanted) -> list[tuple[str, str, str]]:
        """Return table, name and condition of the CHECK constraints."""
        if self.is_mariadb:
            return self._rows(queries.CHECKS_OF_MARIADB, wanted)
        named = self._rows(queries.CHECKS, wanted)
        if not named:
            return []
        # Their names are unique in the whole database.
        clauses = dict(self.ask(queries.CLAUSES, schema=self._schema(wanted.schema)))
        return [(table, name, unescaped(clauses[name])) for table, name in named]

    def table_comment(self, wanted: Wanted) -> Mapping[str, ReflectedTableComment]:
        """Return the comments of tables."""
        return {
            one.name: {"text": one.key.comment or None}
            for one in wanted.relations
            if one.kind is ObjectKind.TABLE
        }

    def table_options(self, wanted: Wanted) -> Mapping[str, dict[str, Any]]:
        """Return engine, character set, row format and the like."""
        parts = {row[0]: row[1:] for row in self._rows(queries.PARTITIONS, wanted)}
        found: dict[str, dict[str, Any]] = {}
        for one in wanted.relations:
            facts: Facts = one.key
            if one.kind is ObjectKind.TABLE and facts.engine is not None:
                said = {
                    "engine": facts.engine,
                    "default charset": facts.charset,
                    "collate": facts.collation,
                    "comment": facts.comment or None,
                    **_written(facts.options),
                    **_partitioned(*parts.get(one.name, (None, None, 0))),
                }
                found[one.name] = {
                    f"{self.dialect.name}_{name}": value for name, value in said.items() if value
                }
        return found

    def view_definition(self, wanted: Wanted) -> Mapping[str, str]:
        """Return the CREATE VIEW statements; it is a single one that is asked for."""
        found: dict[str, str] = {}
        for one in wanted.relations:
            spelled = self._spelled(one.name, wanted.schema)
            found[one.name] = self.ask(f"SHOW CREATE VIEW {spelled}")[0][1]
        return found

    # -- queries --------------------------------------------------------------------------

    def _rows(self, sql: str, wanted: Wanted) -> list[Any]:
        if wanted.all:
            return list(self.ask(sql.replace("{names}", ""), schema=self._schema(wanted.schema)))
        filtered = sql.replace("{names}", " AND c.table_name IN :names")
        return list(self.ask(filtered, schema=self._schema(wanted.schema), names=wanted.names))

    def _schema(self, schema: str | None) -> str | None:
        return self.server.default_schema if schema is None else schema

    def _spelled(self, name: str, schema: str | None) -> str:
        parts = [part for part in (schema, name) if part is not None]
        # What is sent is read for parameters, which begin with a colon.
        return ".".join("`{}`".format(part.replace("`", "``")) for part in parts).replace(
            ":", "\\:"
        )


def _written(options: str) -> dict[str, str]:
    """Return what CREATE TABLE said, of which only this is kept as it was.

    >>> _written("row_format=DYNAMIC partitioned KEY_BLOCK_SIZE=8")
    {'row_format': 'DYNAMIC', 'key_block_size': '8'}
    """
    pairs = (one.partition("=") for one in options.split())
    return {name.lower(): value.strip("\"'") for name, sign, value in pairs if sign}


def _partitioned(method: str | None, expression: str | None, count: int) -> dict[str, str]:
    if method is None or not method.endswith(("HASH", "KEY")):
        return {}
    return {"partition_by": f"{method} ({expression or ''})", "partitions": str(count)}
