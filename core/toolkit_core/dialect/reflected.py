"""What is read of a database: plain dictionaries, with the documented keys.

Keys that stand in a class marked ``total=False`` are there only where there is something to say.
"""

from __future__ import annotations

from enum import Flag
from typing import Any, NamedTuple, TypedDict

from toolkit_core.types import TypeEngine


class ObjectKind(Flag):
    """The kinds of things that have columns.

    >>> ObjectKind.VIEW in ObjectKind.ANY_VIEW
    True
    """

    TABLE = 1
    VIEW = 2
    MATERIALIZED_VIEW = 4
    ANY_VIEW = VIEW | MATERIALIZED_VIEW
    ANY = TABLE | VIEW | MATERIALIZED_VIEW


class ObjectScope(Flag):
    """Whether a thing is there for all, or for one connection.

    >>> ObjectScope.TEMPORARY in ObjectScope.ANY
    True
    """

    DEFAULT = 1
    TEMPORARY = 2
    ANY = DEFAULT | TEMPORARY


class Relation(NamedTuple):
    """A thing that has columns, as a dialect lists it.

    ``key`` is whatever the dialect finds it by later.
    """

    name: str
    kind: ObjectKind = ObjectKind.TABLE
    scope: ObjectScope = ObjectScope.DEFAULT
    key: Any = None
    # Whether it is among the names of tables: foreign tables have a list of their own.
    listed: bool = True


class ReflectedIdentity(TypedDict):
    """How an identity column counts."""

    always: bool
    on_null: bool
    start: int
    increment: int
    minvalue: int
    maxvalue: int
    nominvalue: bool
    nomaxvalue: bool
    cycle: bool
    cache: int | None
    order: bool


class _Computed(TypedDict):
    sqltext: str


class ReflectedComputed(_Computed, total=False):
    """The expression of a computed column."""

    persisted: bool


class _Column(TypedDict):
    name: str
    type: TypeEngine[Any]
    nullable: bool
    default: str | None


class ReflectedColumn(_Column, total=False):
    """A column."""

    autoincrement: bool
    comment: str | None
    computed: ReflectedComputed
    identity: ReflectedIdentity
    primary_key: int
    dialect_options: dict[str, Any]


class _Constraint(TypedDict):
    name: str | None


class ReflectedConstraint(_Constraint, total=False):
    """What all constraints have."""

    comment: str | None


class _Check(TypedDict):
    sqltext: str


class ReflectedCheckConstraint(ReflectedConstraint, _Check, total=False):
    """A CHECK constraint."""

    dialect_options: dict[str, Any]


class _Unique(TypedDict):
    column_names: list[str]


class ReflectedUniqueConstraint(ReflectedConstraint, _Unique, total=False):
    """A UNIQUE constraint; ``duplicates_index`` names the index that it is the other side of."""

    duplicates_index: str | None
    dialect_options: dict[str, Any]


class _Key(TypedDict):
    constrained_columns: list[str]


class ReflectedPrimaryKeyConstraint(ReflectedConstraint, _Key, total=False):
    """A primary key, of no columns where there is none."""

    dialect_options: dict[str, Any]


class _ForeignKey(TypedDict):
    constrained_columns: list[str]
    referred_schema: str | None
    referred_table: str
    referred_columns: list[str]


class ReflectedForeignKeyConstraint(ReflectedConstraint, _ForeignKey, total=False):
    """A foreign key; ``options`` are arguments of ``ForeignKeyConstraint``."""

    options: dict[str, Any]


class _Index(TypedDict):
    name: str | None
    column_names: list[str | None]
    unique: bool


class ReflectedIndex(_Index, total=False):
    """An index; where ``column_names`` has None, ``expressions`` has the SQL."""

    expressions: list[str]
    duplicates_constraint: str | None
    include_columns: list[str]
    column_sorting: dict[str, tuple[str, ...]]
    dialect_options: dict[str, Any]
    comment: str | None


class ReflectedTableComment(TypedDict):
    """The comment of a table; ``text`` is None where there is none."""

    text: str | None
