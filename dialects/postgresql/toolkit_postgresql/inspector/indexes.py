"""Indexes, from the rows of the catalogue.

https://www.postgresql.org/docs/current/catalog-pg-index.html
"""

from __future__ import annotations

from typing import Any

from toolkit_core.dialect.inspector import ReflectedIndex


def indexes_of(rows: list[Any]) -> ReflectedIndex:
    """Return one index, from a row for each of its columns and expressions."""
    first = rows[0]
    keys, included = rows[: first.indnkeyatts], rows[first.indnkeyatts :]
    names = [row.attname for row in keys]
    found: ReflectedIndex = {
        "name": first.index_name,
        "unique": first.indisunique,
        "column_names": names,
    }
    shown = [row.expression if row.attname is None else row.attname for row in keys]
    if None in names:
        found["expressions"] = shown
    sorting = {name: _sorting(row.option) for name, row in zip(shown, keys, strict=True)}
    sorting = {name: words for name, words in sorting.items() if words}
    if sorting:
        found["column_sorting"] = sorting
    if first.made_for is not None:
        found["duplicates_constraint"] = first.made_for
    found["dialect_options"] = _options(first, keys, [row.attname for row in included])
    return found


def _sorting(option: int) -> tuple[str, ...]:
    """Return what is not the default: rising, with NULL at the end that comes last."""
    falling, nulls_first = bool(option & 1), bool(option & 2)
    if falling:
        return ("desc",) if nulls_first else ("desc", "nulls_last")
    return ("nulls_first",) if nulls_first else ()


def _options(first: Any, keys: list[Any], included: list[str]) -> dict[str, Any]:
    options: dict[str, Any] = {"postgresql_include": included}
    if first.not_distinct:
        options["postgresql_nulls_not_distinct"] = True
    if first.parameters:
        options["postgresql_with"] = dict(one.split("=", 1) for one in first.parameters)
    if first.method != "btree":
        options["postgresql_using"] = first.method
    if first.condition:
        options["postgresql_where"] = first.condition
    operators = {row.attname: row.operators for row in keys if row.attname and row.operators}
    if operators:
        options["postgresql_ops"] = operators
    return options
