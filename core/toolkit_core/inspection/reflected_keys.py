"""Foreign keys of reflected tables, and the tables that they bring along."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit_core.schema import BLANK_SCHEMA, ForeignKeyConstraint, ForeignKeyTarget, Table

if TYPE_CHECKING:
    from toolkit_core.inspection.inspector import Inspector


def add_foreign_keys(
    found: Any, inspector: Inspector, *, resolve: bool, extend_on: set[Any] | None
) -> None:
    """Give a table its foreign keys; the tables that they point to are reflected, too."""
    for one in found.ask("foreign_keys"):
        names = one["constrained_columns"]
        if any(name not in found.columns for name in names):
            continue
        if resolve:
            _reflect_other(found, inspector, one, extend_on)
        schema, table = one["referred_schema"], one["referred_table"]
        targets = [ForeignKeyTarget(schema, table, name) for name in one["referred_columns"]]
        made = ForeignKeyConstraint(
            [found.columns[name] for name in names],
            targets,
            one["name"],
            link_to_name=True,
            comment=one.get("comment"),
            **(one.get("options") or {}),
        )
        if made._table is None:
            found.table.append_constraint(made)


def _reflect_other(found: Any, inspector: Any, key: Any, extend_on: set[Any] | None) -> None:
    schema = key["referred_schema"]
    options: dict[str, Any] = dict(found.options)
    if extend_on is not None:
        options.update(extend_existing=True, _extend_on=extend_on)
    Table(
        key["referred_table"],
        found.table.metadata,
        schema=BLANK_SCHEMA if schema is None else schema,
        autoload_with=inspector,
        **options,
    )
