"""The expression language of a library, under one name for both.

toolkit's face does not export it yet: until then its names are fetched from the core.
"""

from __future__ import annotations

from importlib import import_module
from types import SimpleNamespace
from typing import Any

HOMES = {
    "create_engine": "toolkit",
    "text": "toolkit",
    "Column": "toolkit_core.schema",
    "MetaData": "toolkit_core.schema",
    "Table": "toolkit_core.schema",
    "Integer": "toolkit_core.types",
    "String": "toolkit_core.types",
    "insert": "toolkit_core.expression.insert",
    "select": "toolkit_core.expression.select",
}


def language(package: str) -> Any:
    """The names that the workloads need."""
    homes = HOMES if package == "toolkit" else dict.fromkeys(HOMES, package)
    return SimpleNamespace(
        **{name: getattr(import_module(home), name) for name, home in homes.items()}
    )


def item_table(library: Any) -> Any:
    """The table of the workloads, as a library declares it."""
    column, integer, string = library.Column, library.Integer, library.String
    return library.Table(
        "item",
        library.MetaData(),
        column("id", integer, primary_key=True),
        column("name", string),
        column("city", string),
        column("age", integer),
        column("score"),
        column("note", string),
    )
