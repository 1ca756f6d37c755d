"""Giving a MetaData the tables of a schema."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from toolkit_core.dialect.inspector import ObjectKind, ObjectScope
from toolkit_core.errors import InvalidRequestError, UnreflectableTableError, warn
from toolkit_core.inspectable import inspect
from toolkit_core.nearest import nearest
from toolkit_core.schema import MetaData, Table
from toolkit_core.schema.fullname import table_key

if TYPE_CHECKING:
    from toolkit_core.inspection.inspector import Inspector

# What is asked for all tables at once, before the first of them is made.
_ASKED = (
    "columns",
    "pk_constraint",
    "foreign_keys",
    "indexes",
    "unique_constraints",
    "check_constraints",
    "table_options",
)


def reflect_metadata(
    metadata: MetaData,
    bind: Any,
    schema: str | None,
    views: bool,
    only: Sequence[str] | Callable[[str, MetaData], bool] | None,
    extend_existing: bool,
    autoload_replace: bool,
    resolve_fks: bool,
    options: dict[str, Any],
) -> None:
    """Make the tables that a schema has, all or some of them."""
    schema = metadata.schema if schema is None else schema
    # An Inspector that is handed in may have read what has changed since.
    inspector: Inspector = inspect(bind)
    with inspector._held():
        kind = ObjectKind.ANY if views else ObjectKind.TABLE
        there = inspector._reading.chosen(schema, None, kind, ObjectScope.DEFAULT, {})
        names = _names(metadata, bind, schema, [one.name for one in there], only)
        if not extend_existing:
            names = [one for one in names if table_key(one, schema) not in metadata.tables]
        chosen = set(names)
        _read_ahead(inspector, schema, [one for one in there if one.name in chosen], options)
        more: dict[str, Any] = {**options, "schema": schema, "resolve_fks": resolve_fks}
        if extend_existing:
            more.update(extend_existing=True, autoload_replace=autoload_replace)
            more["_extend_on"] = set()
        for name in names:
            try:
                Table(name, metadata, autoload_with=inspector, **more)
            except UnreflectableTableError as error:
                warn(f"Skipping table {name}: {error}")


def _read_ahead(
    inspector: Inspector, schema: str | None, wanted: list[Any], options: dict[str, Any]
) -> None:
    reading = inspector._reading
    known = reading.catalogue.reflection_options
    said = {name: options[name] for name in known if name in options}
    more = ("table_comment",) if inspector.dialect.capabilities.comments else ()
    for what in (*_ASKED, *more):
        reading.many(what, schema, wanted, said)


def _names(
    metadata: MetaData,
    bind: Any,
    schema: str | None,
    there: list[str],
    only: Sequence[str] | Callable[[str, MetaData], bool] | None,
) -> list[str]:
    if only is None:
        return there
    if callable(only):
        return [name for name in there if only(name, metadata)]
    wanted = [only] if isinstance(only, str) else list(only)
    known = set(there)
    missing = [name for name in wanted if name not in known]
    if missing:
        where = f" schema '{schema}'" if schema else ""
        near = nearest(missing[0], there)
        raise InvalidRequestError(
            f"Could not reflect: requested table(s) not available in {bind.engine!r}{where}: "
            f"({', '.join(missing)})",
            hint=f"did you mean {near!r}?" if near else None,
        )
    return wanted
