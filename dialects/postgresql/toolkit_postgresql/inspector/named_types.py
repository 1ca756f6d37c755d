"""Enums and domains: types with a name of their own.

https://www.postgresql.org/docs/current/catalog-pg-type.html
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypedDict


class ReflectedNamedType(TypedDict):
    """What all types with a name have."""

    name: str
    schema: str
    # Whether it can be named without its schema.
    visible: bool


class ReflectedEnum(ReflectedNamedType):
    """An enum."""

    labels: list[str]
    # As columns name it.
    spelled: str


class ReflectedDomainConstraint(TypedDict):
    """A condition that a domain's values meet."""

    name: str
    check: str


class ReflectedDomain(ReflectedNamedType):
    """A domain."""

    type: str
    nullable: bool
    default: str | None
    constraints: list[ReflectedDomainConstraint]
    collation: str | None
    collation_schema: str | None
    spelled: str


def enums_of(rows: Sequence[Any]) -> list[ReflectedEnum]:
    """Return enums, from a row for each of their labels."""
    found: dict[str, ReflectedEnum] = {}
    for row in rows:
        one = found.setdefault(
            row.spelled,
            {
                "name": row.typname,
                "schema": row.nspname,
                "visible": row.visible,
                "labels": [],
                "spelled": row.spelled,
            },
        )
        if row.enumlabel is not None:
            one["labels"].append(row.enumlabel)
    return list(found.values())


def domains_of(rows: Sequence[Any]) -> list[ReflectedDomain]:
    """Return domains, from a row for each of their conditions."""
    found: dict[str, ReflectedDomain] = {}
    for row in rows:
        one = found.setdefault(
            row.spelled,
            {
                "name": row.typname,
                "schema": row.nspname,
                "visible": row.visible,
                "type": row.base,
                "nullable": not row.typnotnull,
                "default": row.typdefault,
                "constraints": [],
                "collation": row.collation,
                "collation_schema": row.collation_schema,
                "spelled": row.spelled,
            },
        )
        if row.condition is not None:
            one["constraints"].append({"name": row.conname, "check": row.condition})
    return list(found.values())
