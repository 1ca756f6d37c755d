"""Giving a table what it has in the database."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from toolkit_core.errors import warn
from toolkit_core.expression.elements import literal_column
from toolkit_core.expression.text import text
from toolkit_core.inspection.reflected_keys import add_foreign_keys
from toolkit_core.schema import (
    CheckConstraint,
    Column,
    Computed,
    DefaultClause,
    Identity,
    Index,
    UniqueConstraint,
)
from toolkit_core.schema.events import heard

if TYPE_CHECKING:
    from toolkit_core.inspection.inspector import Inspector
    from toolkit_core.schema import Table


class Found:
    """What was read of one table, and what of it the table is to have."""

    def __init__(
        self,
        inspector: Inspector,
        table: Table,
        include: Collection[str] | None,
        exclude: Collection[str],
    ) -> None:
        self.inspector = inspector
        self.reading = inspector._reading
        self.table = table
        self.include = include
        self.exclude = exclude
        self.dialect: str = inspector.dialect.name
        self.schema = _translated(inspector.bind, table.schema)
        known = self.reading.catalogue.reflection_options
        self.options = {name: table._options[name] for name in known if name in table._options}
        self.relation = self.reading.table(str(table.name), self.schema, self.options)
        # The columns by the names that they have in the database.
        self.columns: dict[str, Any] = {}

    def ask(self, what: str) -> Any:
        """Return something of the table."""
        return self.reading.one(what, self.relation, self.schema, self.options)

    def wants(self, name: str) -> bool:
        """Tell whether the table is to have a column."""
        if self.include is not None and name not in self.include:
            return False
        return name not in self.exclude


def reflect_table(
    inspector: Inspector,
    table: Table,
    include_columns: Collection[str] | None,
    exclude_columns: Collection[str],
    resolve_fks: bool,
    extend_on: set[Any] | None,
) -> None:
    """Give a table its columns, constraints, indexes, comment and options."""
    if extend_on is not None:
        if table in extend_on:
            return
        extend_on.add(table)
    with inspector._held():
        found = Found(inspector, table, include_columns, exclude_columns)
        _add_columns(found)
        _add_key(found)
        add_foreign_keys(found, inspector, resolve=resolve_fks, extend_on=extend_on)
        _add_indexes(found)
        _add_unique(found)
        _add_checks(found)
        options = found.ask("table_options")
        if options:
            table._options = {**options, **table._options}
        if inspector.dialect.capabilities.comments:
            comment = found.ask("table_comment")["text"]
            if comment is not None:
                table.comment = comment


# -- columns ------------------------------------------------------------------------------


def _add_columns(found: Found) -> None:
    table = found.table
    listeners = (*heard(table.metadata, "column_reflect"), *heard(table, "column_reflect"))
    said = found.ask("columns")
    key = set(found.ask("pk_constraint")["constrained_columns"])
    for one in said:
        info = one
        name = one["name"]
        if listeners:
            info = dict(one)
            for listener in listeners:
                listener(found.inspector, table, info)
        if found.wants(name):
            column = _column(info, found.dialect, primary=name in key)
            found.columns[name] = column
            column._attach_to(table, None, replace=True)


def _column(info: Mapping[str, Any], dialect: str, *, primary: bool) -> Column[Any]:
    given: dict[str, Any] = {
        word: info[word] for word in _COLUMN_WORDS if info.get(word) is not None
    }
    options = info.get("dialect_options")
    if options:
        given.update({f"{dialect}_{name}": value for name, value in options.items()})
    items: list[Any] = []
    default = info.get("default")
    if "computed" in info:
        items.append(Computed(text(_plain(info["computed"]["sqltext"])), _persisted(info)))
    elif info.get("identity") is not None:
        items.append(Identity(**info["identity"]))
    elif default is not None:
        if isinstance(default, str):
            default = DefaultClause(text(_plain(default)), _reflected=True)
        given["server_default"] = default
    column: Column[Any] = Column(info["name"], info["type"], *items, primary_key=primary, **given)
    return column


_COLUMN_WORDS = ("nullable", "autoincrement", "quote", "info", "key", "comment", "system", "doc")


def _persisted(info: Mapping[str, Any]) -> bool | None:
    persisted: bool | None = info["computed"].get("persisted")
    return persisted


def _plain(sql: str) -> str:
    r"""Return SQL as ``text()`` takes it: with no colon that could begin a parameter.

    >>> _plain("'a:b'::text")
    "'a\\:b'\\:\\:text"
    """
    return sql.replace(":", "\\:")


# -- constraints and indexes --------------------------------------------------------------


def _add_key(found: Found) -> None:
    said = found.ask("pk_constraint")
    columns = [found.columns[name] for name in said["constrained_columns"] if name in found.columns]
    if not columns:
        return
    key: Any = found.table.primary_key
    if said.get("name") is not None:
        key.name = said["name"]
    if said.get("comment") is not None:
        key.comment = said["comment"]
    key._take_options(said.get("dialect_options") or {})
    for column in columns:
        column.primary_key = True
    own = [one for one in key._columns if all(one is not other for other in columns)]
    # In the key's own order, which is not always that of the table.
    key._columns._set((column.key, column) for column in (*columns, *own))


def _add_indexes(found: Found) -> None:
    for one in found.ask("indexes"):
        if one.get("duplicates_constraint"):
            continue
        names = one.get("expressions") or one["column_names"]
        plain = [name for name in one["column_names"] if name is not None]
        if len(plain) < len(one["column_names"]) and found.include is not None:
            # Nobody can tell whether the columns of an expression are among those wanted.
            continue
        if not _has_all(found, plain, "index"):
            continue
        elements = [
            _plain_column(found, name) if known is not None else literal_column(name)
            for name, known in zip(names, one["column_names"], strict=True)
        ]
        sorting = one.get("column_sorting") or {}
        elements = [
            _sorted(element, sorting.get(name, ()))
            for element, name in zip(elements, names, strict=True)
        ]
        options = {word: _as_sql(said) for word, said in (one.get("dialect_options") or {}).items()}
        Index(one["name"], *elements, _table=found.table, unique=bool(one["unique"]), **options)


def _as_sql(said: Any) -> Any:
    """Return an option that is SQL as such: of an index, that is what is a string with blanks."""
    return text(_plain(said)) if isinstance(said, str) and " " in said else said


def _sorted(element: Any, words: tuple[str, ...]) -> Any:
    for word in words:
        element = getattr(element, word)()
    return element


def _plain_column(found: Found, name: str) -> Any:
    there = found.columns.get(name)
    if there is not None:
        return there
    return next(column for column in found.table._columns if column.name == name)


def _add_unique(found: Found) -> None:
    for one in found.ask("unique_constraints"):
        if one.get("duplicates_index") or not _has_all(found, one["column_names"], "unique"):
            continue
        columns = [_plain_column(found, name) for name in one["column_names"]]
        made = UniqueConstraint(
            *columns,
            name=one["name"],
            comment=one.get("comment"),
            **(one.get("dialect_options") or {}),
        )
        if made._table is None:
            found.table.append_constraint(made)


def _add_checks(found: Found) -> None:
    for one in found.ask("check_constraints"):
        made = CheckConstraint(
            text(_plain(one["sqltext"])),
            name=one["name"],
            comment=one.get("comment"),
            **_prefixed(one.get("dialect_options") or {}, found.dialect),
        )
        found.table.append_constraint(made)


def _prefixed(options: Mapping[str, Any], dialect: str) -> dict[str, Any]:
    """Return options as arguments: some are said without the dialect's name."""
    start = f"{dialect}_"
    return {
        name if name.startswith(start) else start + name: said for name, said in options.items()
    }


def _has_all(found: Found, names: Collection[str], what: str) -> bool:
    there = {*found.columns, *[str(column.name) for column in found.table._columns]}
    missing = [name for name in names if name not in there]
    if missing and found.include is None:
        words = {"index": "index key", "unique": "unique constraint key"}
        warn(
            f"Omitting {words[what]} for ({', '.join(names)}), columns not found in table "
            f"{found.table.fullname}: {', '.join(missing)}"
        )
    return not missing


def _translated(bind: Any, schema: str | None) -> str | None:
    options: Mapping[str, Any] = bind.get_execution_options()
    translated: str | None = (options.get("schema_translate_map") or {}).get(schema, schema)
    return translated
