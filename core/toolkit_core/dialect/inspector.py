"""The contract by which a dialect tells what is in a database.

Everything is asked for many tables at once: a dialect answers each question with a number of
queries that does not depend on the number of tables.  What is asked for one table is the same
question, with one name in it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from toolkit_core.dialect.reflected import (
    ObjectKind,
    ObjectScope,
    ReflectedCheckConstraint,
    ReflectedColumn,
    ReflectedComputed,
    ReflectedForeignKeyConstraint,
    ReflectedIdentity,
    ReflectedIndex,
    ReflectedPrimaryKeyConstraint,
    ReflectedTableComment,
    ReflectedUniqueConstraint,
    Relation,
)
from toolkit_core.errors import UnreflectableTableError
from toolkit_core.records import Record
from toolkit_core.types import NULLTYPE, NullType

if TYPE_CHECKING:
    from toolkit_core.dialect.dialect import Dialect

# Sends SQL with ``:name`` parameters, of which those that are lists stand behind IN.
Ask = Callable[..., "Sequence[Any]"]


class Wanted(Record, eq=False):
    """The tables that something is asked of, all in one schema."""

    schema: str | None
    relations: Sequence[Relation]
    # Whether these are all that there are: then a query need not name them.
    all: bool = False
    # What the caller said beside: the dialect's own arguments.
    options: Mapping[str, Any] = {}

    @property
    def names(self) -> list[str]:
        """The names of the tables."""
        return [one.name for one in self.relations]

    @property
    def keys(self) -> list[Any]:
        """What the dialect finds the tables by."""
        return [one.key for one in self.relations]


class Catalogue:
    """What a dialect reads of its database; subclassed by each.

    The methods that take a ``Wanted`` return a dictionary by table; tables of which there is
    nothing to say may be left out.
    """

    # Where the class is that users see: ``Inspector``, or one with further methods.
    inspector_path: ClassVar[str] = "toolkit_core.inspection.inspector:Inspector"
    # The kinds of relations that the database knows, beside tables and views.
    materialized_views: ClassVar[bool] = False
    # Whether ``relations`` tells which of them are temporary.
    temporary: ClassVar[bool] = False
    # ``dialect_…`` arguments of Table that the methods are given as options.
    reflection_options: ClassVar[tuple[str, ...]] = ()

    def __init__(self, ask: Ask, dialect: Dialect) -> None:
        self.ask = ask
        self.dialect = dialect
        self.server = dialect.server

    # -- lists ----------------------------------------------------------------------------

    def schema_names(self) -> list[str]:
        """Return the names of the schemas."""
        raise NotImplementedError

    def relations(self, schema: str | None, options: Mapping[str, Any]) -> list[Relation]:
        """Return the tables and views of a schema; None is the default one."""
        raise NotImplementedError

    def hidden(self, name: str, schema: str | None) -> Relation | None:
        """Return a table that is there although it is in no list; by default there is none."""
        return None

    def sequence_names(self, schema: str | None) -> list[str]:
        """Return the names of the sequences of a schema."""
        raise NotImplementedError("this database has no sequences")

    # -- tables ---------------------------------------------------------------------------

    def columns(self, wanted: Wanted) -> Mapping[str, list[ReflectedColumn]]:
        """Return the columns.

        In place of a list, an ``UnreflectableTableError`` may say why there is none.
        """
        raise NotImplementedError

    def pk_constraint(self, wanted: Wanted) -> Mapping[str, ReflectedPrimaryKeyConstraint]:
        """Return the primary keys."""
        raise NotImplementedError

    def foreign_keys(self, wanted: Wanted) -> Mapping[str, list[ReflectedForeignKeyConstraint]]:
        """Return the foreign keys."""
        raise NotImplementedError

    def unique_constraints(self, wanted: Wanted) -> Mapping[str, list[ReflectedUniqueConstraint]]:
        """Return the UNIQUE constraints."""
        raise NotImplementedError

    def check_constraints(self, wanted: Wanted) -> Mapping[str, list[ReflectedCheckConstraint]]:
        """Return the CHECK constraints."""
        raise NotImplementedError

    def indexes(self, wanted: Wanted) -> Mapping[str, list[ReflectedIndex]]:
        """Return the indexes."""
        raise NotImplementedError

    def table_comment(self, wanted: Wanted) -> Mapping[str, ReflectedTableComment]:
        """Return the comments of tables."""
        raise NotImplementedError("this database has no comments on tables")

    def table_options(self, wanted: Wanted) -> Mapping[str, dict[str, Any]]:
        """Return what tables were told for this dialect, as the arguments of Table."""
        return {}

    def view_definition(self, wanted: Wanted) -> Mapping[str, str]:
        """Return the SQL of views."""
        raise NotImplementedError


def by_table(rows: Sequence[Any]) -> dict[str, list[Any]]:
    """Return rows by their first column.

    >>> by_table([("a", 1), ("b", 2), ("a", 3)])
    {'a': [('a', 1), ('a', 3)], 'b': [('b', 2)]}
    """
    found: dict[str, list[Any]] = {}
    for row in rows:
        found.setdefault(row[0], []).append(row)
    return found


__all__ = [
    "NULLTYPE",
    "Ask",
    "Catalogue",
    "NullType",
    "ObjectKind",
    "ObjectScope",
    "ReflectedCheckConstraint",
    "ReflectedColumn",
    "ReflectedComputed",
    "ReflectedForeignKeyConstraint",
    "ReflectedIdentity",
    "ReflectedIndex",
    "ReflectedPrimaryKeyConstraint",
    "ReflectedTableComment",
    "ReflectedUniqueConstraint",
    "Relation",
    "UnreflectableTableError",
    "Wanted",
    "by_table",
]
