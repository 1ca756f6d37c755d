"""Tables whose columns come from a database.

What reads them stands above this room: it is found by ``inspect()``, or by its address.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING, Any

from toolkit_core.errors import ArgumentError
from toolkit_core.inspectable import inspect
from toolkit_core.plugins import load_object
from toolkit_core.records import Record

if TYPE_CHECKING:
    from toolkit_core.schema.metadata import MetaData

_METADATA = "toolkit_core.inspection.reflect_metadata:reflect_metadata"


class Autoload(Record, eq=False):
    """What a call of ``Table()`` says of reading the table from a database."""

    bind: Any
    include: Collection[str] | None
    resolve: bool
    replace: bool
    extend_on: set[Any] | None

    def into(self, table: Any) -> None:
        """Read the table; columns that are there already stay if they are not to be replaced."""
        inspector = inspect(self.bind)
        if not hasattr(inspector, "reflect_table"):
            raise ArgumentError(
                f"autoload_with takes an engine, a connection or an Inspector, not {self.bind!r}"
            )
        exclude = () if self.replace else [str(column.name) for column in table._columns]
        inspector.reflect_table(
            table, self.include, exclude, self.resolve, _extend_on=self.extend_on
        )


def taken_autoload(options: dict[str, Any]) -> Autoload | None:
    """Take out of the options of a table what is about reading it."""
    bind = options.pop("autoload_with", None)
    include = options.pop("include_columns", None)
    resolve = options.pop("resolve_fks", True)
    replace = options.pop("autoload_replace", True)
    extend_on = options.pop("_extend_on", None)
    if bind is None:
        return None
    return Autoload(bind, include, resolve, replace, extend_on)


def reflect_all(
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
    """Read the tables of a schema into a MetaData."""
    load_object(_METADATA)(
        metadata, bind, schema, views, only, extend_existing, autoload_replace, resolve_fks, options
    )
