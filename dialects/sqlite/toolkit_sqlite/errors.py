"""What SQLite's errors mean, from its result codes and the text of its messages.

https://www.sqlite.org/rescode.html
"""

from __future__ import annotations

import re

from toolkit_core.dialect import ErrorFacts, IntegrityKind

# Extended result codes of SQLITE_CONSTRAINT.
_KINDS = {
    "SQLITE_CONSTRAINT_UNIQUE": IntegrityKind.UNIQUE,
    "SQLITE_CONSTRAINT_PRIMARYKEY": IntegrityKind.PRIMARY_KEY,
    "SQLITE_CONSTRAINT_ROWID": IntegrityKind.PRIMARY_KEY,
    "SQLITE_CONSTRAINT_FOREIGNKEY": IntegrityKind.FOREIGN_KEY,
    "SQLITE_CONSTRAINT_NOTNULL": IntegrityKind.NOT_NULL,
    "SQLITE_CONSTRAINT_CHECK": IntegrityKind.CHECK,
}

# Before Python 3.11 the driver does not tell the code.
_MESSAGES = (
    ("UNIQUE constraint failed", IntegrityKind.UNIQUE),
    ("PRIMARY KEY must be unique", IntegrityKind.PRIMARY_KEY),
    ("FOREIGN KEY constraint failed", IntegrityKind.FOREIGN_KEY),
    ("NOT NULL constraint failed", IntegrityKind.NOT_NULL),
    ("CHECK constraint failed", IntegrityKind.CHECK),
)

_COLUMN = re.compile(r"([^,:.\s]+)\.([^,.]+)")

_BUSY = ("database is locked", "database table is locked", "database schema is locked")

_GONE = "Cannot operate on a closed database."


def classify(error: BaseException) -> ErrorFacts:
    """Tell what an error of SQLite means.

    >>> import sqlite3
    >>> facts = classify(sqlite3.IntegrityError("UNIQUE constraint failed: person.email"))
    >>> facts.kind.value, facts.table, facts.columns
    ('unique', 'person', ('email',))
    """
    message = str(error)
    name = getattr(error, "sqlite_errorname", None)
    kind = _kind(name, message)
    if kind is not None:
        return _constraint(kind, message)
    if message == _GONE:
        return ErrorFacts(disconnect=True)
    if message == "interrupted":
        return ErrorFacts(cancelled=True)
    if message.startswith(_BUSY) or name in ("SQLITE_BUSY", "SQLITE_BUSY_SNAPSHOT"):
        return ErrorFacts(
            retryable=True,
            hint="engine.run(work) tries again; connect_args={'timeout': 30} waits longer",
        )
    return ErrorFacts()


def _kind(name: str | None, message: str) -> IntegrityKind | None:
    if name in _KINDS:
        return _KINDS[name]
    for beginning, kind in _MESSAGES:
        if message.startswith(beginning):
            return kind
    return None


def _constraint(kind: IntegrityKind, message: str) -> ErrorFacts:
    told = message.partition(": ")[2]
    if kind is IntegrityKind.CHECK:
        return ErrorFacts(kind=kind, constraint=told or None)
    if told.startswith("index "):
        # A unique index over expressions is told by its name.
        return ErrorFacts(kind=kind, constraint=told[len("index ") :].strip("'"))
    pairs = _COLUMN.findall(told)
    return ErrorFacts(
        kind=kind,
        table=pairs[0][0] if pairs else None,
        columns=tuple(column for _, column in pairs),
    )
