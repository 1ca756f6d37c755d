"""What is in a PostgreSQL database, for many tables at once.

https://www.postgresql.org/docs/current/catalogs.html
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

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
    Wanted,
    by_table,
)
from toolkit_postgresql.inspector import queries
from toolkit_postgresql.inspector.columns import columns_of
from toolkit_postgresql.inspector.foreign_keys import foreign_keys_of
from toolkit_postgresql.inspector.indexes import indexes_of
from toolkit_postgresql.inspector.named_types import (
    ReflectedDomain,
    ReflectedEnum,
    domains_of,
    enums_of,
)
from toolkit_postgresql.inspector.relation_filter import among, in_schema

_KINDS = {"v": ObjectKind.VIEW, "m": ObjectKind.MATERIALIZED_VIEW}


class PostgreSQLCatalogue(Catalogue):
    """Reads what is in a database; the key of a relation is its oid."""

    inspector_path = "toolkit_postgresql.inspector.public:PGInspector"
    materialized_views = True
    temporary = True
    reflection_options = ("postgresql_ignore_search_path",)

    # -- lists ----------------------------------------------------------------------------

    def schema_names(self) -> list[str]:
        """Return the schemas, those of the server itself not."""
        return [row[0] for row in self.ask(queries.SCHEMAS)]

    def relations(self, schema: str | None, options: Mapping[str, Any]) -> list[Relation]:
        """Return tables and views; a foreign table is one that is not listed."""
        condition, values = in_schema(schema)
        rows = self.ask(queries.RELATIONS.format(condition=condition), **values)
        return [
            Relation(
                name,
                _KINDS.get(kind, ObjectKind.TABLE),
                ObjectScope.TEMPORARY if persistence == "t" else ObjectScope.DEFAULT,
                oid,
                kind != "f",
            )
            for name, kind, persistence, oid in rows
        ]

    def sequence_names(self, schema: str | None) -> list[str]:
        """Return the sequences, also those of serial and identity columns."""
        condition, values = in_schema(schema)
        rows = self.ask(queries.SEQUENCES.format(condition=condition), **values)
        return [row[0] for row in rows]

    # -- tables ---------------------------------------------------------------------------

    def columns(self, wanted: Wanted) -> Mapping[str, list[ReflectedColumn]]:
        """Return the columns, with enums and domains as types."""
        rows = self._rows(queries.COLUMNS, wanted)
        enums: dict[str, ReflectedEnum] = {}
        domains: dict[str, ReflectedDomain] = {}
        # https://www.postgresql.org/docs/current/catalog-pg-type.html
        kinds = {row.typtype for row in rows}
        if kinds & {"e", "d"}:
            enums = {one["spelled"]: one for one in self.enums("*")}
        if "d" in kinds:
            domains = {one["spelled"]: one for one in self.domains("*")}
        return {name: columns_of(those, enums, domains) for name, those in by_table(rows).items()}

    def pk_constraint(self, wanted: Wanted) -> Mapping[str, ReflectedPrimaryKeyConstraint]:
        """Return the primary keys."""
        found: dict[str, ReflectedPrimaryKeyConstraint] = {}
        for name, rows in by_table(self._rows(queries.KEYS, wanted, kind="p")).items():
            counted = rows[0].indnkeyatts
            found[name] = {
                "name": rows[0].conname,
                "constrained_columns": [row.attname for row in rows[:counted]],
                "comment": rows[0].comment,
                "dialect_options": {"postgresql_include": [row.attname for row in rows[counted:]]},
            }
        return found

    def unique_constraints(self, wanted: Wanted) -> Mapping[str, list[ReflectedUniqueConstraint]]:
        """Return the UNIQUE constraints."""
        found: dict[str, list[ReflectedUniqueConstraint]] = {}
        for name, rows in by_table(self._rows(queries.KEYS, wanted, kind="u")).items():
            for key in _grouped(rows, "conname"):
                counted = key[0].indnkeyatts
                options = {
                    "postgresql_include": [row.attname for row in key[counted:]],
                    "postgresql_nulls_not_distinct": bool(key[0].not_distinct),
                }
                found.setdefault(name, []).append(
                    {
                        "name": key[0].conname,
                        "column_names": [row.attname for row in key[:counted]],
                        "comment": key[0].comment,
                        "dialect_options": options,
                    }
                )
        return found

    def foreign_keys(self, wanted: Wanted) -> Mapping[str, list[ReflectedForeignKeyConstraint]]:
        """Return the foreign keys."""
        ignore = bool(wanted.options.get("postgresql_ignore_search_path"))
        default = self.server.default_schema
        return {
            name: [
                foreign_keys_of(key, wanted.schema, default, ignore_search_path=ignore)
                for key in _grouped(rows, "conname")
            ]
            for name, rows in by_table(self._rows(queries.FOREIGN_KEYS, wanted)).items()
        }

    def check_constraints(self, wanted: Wanted) -> Mapping[str, list[ReflectedCheckConstraint]]:
        """Return the CHECK constraints."""
        found: dict[str, list[ReflectedCheckConstraint]] = {}
        for row in self._rows(queries.CHECKS, wanted):
            one: ReflectedCheckConstraint = {
                "name": row.conname,
                "sqltext": row.condition,
                "comment": row.comment,
            }
            options = {}
            if row.connoinherit:
                options["no_inherit"] = True
            if not row.convalidated:
                options["not_valid"] = True
            if options:
                one["dialect_options"] = options
            found.setdefault(row.relname, []).append(one)
        return found

    def indexes(self, wanted: Wanted) -> Mapping[str, list[ReflectedIndex]]:
        """Return the indexes, those of primary keys not."""
        rows = by_table(self._rows(queries.INDEXES, wanted))
        return {
            name: [indexes_of(index) for index in _grouped(those, "index_name")]
            for name, those in rows.items()
        }

    def table_comment(self, wanted: Wanted) -> Mapping[str, ReflectedTableComment]:
        """Return the comments of tables."""
        return {row[0]: {"text": row[1]} for row in self._rows(queries.COMMENTS, wanted)}

    def table_options(self, wanted: Wanted) -> Mapping[str, dict[str, Any]]:
        """Return storage parameters, tablespaces and the tables that a table inherits from."""
        found: dict[str, dict[str, Any]] = {}
        for row in self._rows(queries.OPTIONS, wanted):
            options: dict[str, Any] = {}
            if row.reloptions:
                options["postgresql_with"] = pairs(row.reloptions)
            if row.spcname:
                options["postgresql_tablespace"] = row.spcname
            if row.parents:
                options["postgresql_inherits"] = tuple(row.parents)
            found[row.relname] = options
        return found

    def view_definition(self, wanted: Wanted) -> Mapping[str, str]:
        """Return the SELECTs of views."""
        return {row[0]: row[1] for row in self._rows(queries.VIEWS, wanted)}

    # -- types ----------------------------------------------------------------------------

    def enums(self, schema: str | None) -> list[ReflectedEnum]:
        """Return the enums of a schema; ``*`` for those of all."""
        condition, values = _types_in(schema)
        return enums_of(self.ask(queries.ENUMS.format(condition=condition), **values))

    def domains(self, schema: str | None) -> list[ReflectedDomain]:
        """Return the domains of a schema; ``*`` for those of all."""
        condition, values = _types_in(schema)
        return domains_of(self.ask(queries.DOMAINS.format(condition=condition), **values))

    def has_type(self, name: str, schema: str | None) -> bool:
        """Tell whether there is a type of that name."""
        condition, values = _types_in(schema)
        return bool(self.ask(queries.HAS_TYPE.format(condition=condition), name=name, **values))

    # -- queries --------------------------------------------------------------------------

    def _rows(self, sql: str, wanted: Wanted, **values: Any) -> list[Any]:
        condition, more = among(wanted)
        return list(self.ask(sql.format(condition=condition), **values, **more))


def pairs(options: Sequence[str]) -> dict[str, str]:
    """Return storage parameters by name.

    >>> pairs(["fillfactor=70"])
    {'fillfactor': '70'}
    """
    return dict(one.split("=", 1) for one in options)


def _types_in(schema: str | None) -> tuple[str, dict[str, Any]]:
    if schema == "*":
        return "true", {}
    if schema is None:
        return "pg_catalog.pg_type_is_visible(t.oid) AND n.nspname <> 'pg_catalog'", {}
    return "n.nspname = :schema", {"schema": schema}


def _grouped(rows: list[Any], field: str) -> list[list[Any]]:
    """Return rows that follow each other together, by one of their fields."""
    found: dict[Any, list[Any]] = {}
    for row in rows:
        found.setdefault(getattr(row, field), []).append(row)
    return list(found.values())
