"""What is known of a driver's error: the answers of a dialect's table of errors."""

from __future__ import annotations

from enum import Enum

from toolkit_core.records import Record


class IntegrityKind(str, Enum):
    """Which kind of constraint refused a row."""

    UNIQUE = "unique"
    PRIMARY_KEY = "primary key"
    FOREIGN_KEY = "foreign key"
    NOT_NULL = "not null"
    CHECK = "check"
    EXCLUSION = "exclusion"

    __str__ = str.__str__


class ErrorFacts(Record):
    """One driver error, understood: every field is what the server told, or its default.

    >>> ErrorFacts(kind=IntegrityKind.UNIQUE, table="users", columns=("email",)).retryable
    False
    """

    disconnect: bool = False
    retryable: bool = False
    timeout: bool = False
    cancelled: bool = False
    sqlstate: str | None = None
    kind: IntegrityKind | None = None
    constraint: str | None = None
    table: str | None = None
    columns: tuple[str, ...] = ()
    hint: str | None = None


NOTHING_KNOWN = ErrorFacts()
