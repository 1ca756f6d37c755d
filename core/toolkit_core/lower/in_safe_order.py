"""Settings for a database that makes them one by one, each seeing those before it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from toolkit_core.errors import UnsupportedCompilationError
from toolkit_core.expression.node import Node


def in_safe_order(
    settings: Mapping[str, Node], where: Node | None, table: Any, dialect: str
) -> list[str]:
    """Return the names of columns in an order in which none is read after it was set.

    ``settings`` is what columns of a table are set to, ``where`` a condition of them all.
    """
    always = set() if where is None else set(columns_read(where, table))
    reads = {
        name: ((set(columns_read(found, table)) | always) & settings.keys()) - {name}
        for name, found in settings.items()
    }
    ordered: list[str] = []
    left = dict(reads)
    while left:
        # What nobody that is left reads may be set now.
        free = [name for name in left if not any(name in reads[other] for other in left)]
        if not free:
            raise UnsupportedCompilationError(
                f"The database of dialect {dialect!r} sets columns one after the other, and "
                f"{', '.join(sorted(left))} are each read for another after they were set",
                hint="set fewer columns by what is there already, or update in a second statement",
            )
        ordered += free
        for name in free:
            del left[name]
    return ordered


def columns_read(node: Node, table: Any) -> Iterator[str]:
    """Yield the keys of the columns of a table that an expression reads."""
    if getattr(node, "table", None) is table:
        key: Any = getattr(node, "key", None)
        yield key
        return
    for below in node.child_nodes():
        yield from columns_read(below, table)
