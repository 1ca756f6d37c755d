"""What SQLite's errors mean, from its result codes and the text of its messages.

Python tells the code since 3.11; before, the message has to do.
https://www.sqlite.org/rescode.html
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from toolkit_core.dialect import ErrorFacts, IntegrityKind

# The columns of a table, and whether each belongs to the primary key; None: no such table.
Columns = Callable[[str], "Mapping[str, bool] | None"]

# Extended result codes of SQLITE_CONSTRAINT.  Those that are missing here, such as a
# trigger's RAISE, are violations of nothing that has a name.
_KINDS = {
    "SQLITE_CONSTRAINT_UNIQUE": IntegrityKind.UNIQUE,
    "SQLITE_CONSTRAINT_PRIMARYKEY": IntegrityKind.PRIMARY_KEY,
    "SQLITE_CONSTRAINT_ROWID": IntegrityKind.PRIMARY_KEY,
    "SQLITE_CONSTRAINT_FOREIGNKEY": IntegrityKind.FOREIGN_KEY,
    "SQLITE_CONSTRAINT_NOTNULL": IntegrityKind.NOT_NULL,
    "SQLITE_CONSTRAINT_CHECK": IntegrityKind.CHECK,
}
_KIND_BY_MESSAGE = {
    "UNIQUE constraint failed: ": IntegrityKind.UNIQUE,
    "FOREIGN KEY constraint failed": IntegrityKind.FOREIGN_KEY,
    "NOT NULL constraint failed: ": IntegrityKind.NOT_NULL,
    "CHECK constraint failed: ": IntegrityKind.CHECK,
}

_BUSY = ErrorFacts(
    retryable=True,
    hint="engine.run(work) tries again; connect_args={'timeout': 30} waits longer",
)
_TABLE_LOCKED = ErrorFacts(
    retryable=True,
    hint="engine.run(work) tries again; another connection with the same shared cache, or an "
    "unread result of this one, holds the table",
)
_READ_ONLY = ErrorFacts(
    hint="see that the file, and its folder, may be written, and that the URL has no mode=ro"
)
_FULL = ErrorFacts(hint="make room on the disk, or raise PRAGMA max_page_count")
_CORRUPT = ErrorFacts(
    hint="PRAGMA integrity_check tells the damage; restore a backup, or try sqlite3's .recover"
)
_NO_DATABASE = ErrorFacts(hint="the file is no SQLite database, or it is encrypted")
_CANNOT_OPEN = ErrorFacts(
    hint="see that the folder exists and may be written: SQLite makes the file, not the folder"
)
_THREAD = ErrorFacts(
    hint="a connection of SQLite belongs to its thread; engine.connect() opens another"
)
_GONE = ErrorFacts(disconnect=True)
_INTERRUPTED = ErrorFacts(cancelled=True)

# By the primary result code, and by how its message begins.
_BY_CODE = {
    "SQLITE_BUSY": _BUSY,
    "SQLITE_LOCKED": _TABLE_LOCKED,
    "SQLITE_READONLY": _READ_ONLY,
    "SQLITE_FULL": _FULL,
    "SQLITE_CORRUPT": _CORRUPT,
    "SQLITE_NOTADB": _NO_DATABASE,
    "SQLITE_CANTOPEN": _CANNOT_OPEN,
    "SQLITE_INTERRUPT": _INTERRUPTED,
}
_BY_MESSAGE = {
    "database is locked": _BUSY,
    "database table is locked": _TABLE_LOCKED,
    "database schema is locked": _TABLE_LOCKED,
    "attempt to write a readonly database": _READ_ONLY,
    "database or disk is full": _FULL,
    "database disk image is malformed": _CORRUPT,
    "file is not a database": _NO_DATABASE,
    "unable to open database file": _CANNOT_OPEN,
    "interrupted": _INTERRUPTED,
    # These two are the driver's own and have no code.
    "Cannot operate on a closed database": _GONE,
    "SQLite objects created in a thread can only be used in that same thread": _THREAD,
}

_NOTHING = ErrorFacts()


def classify(error: BaseException, columns: Columns = lambda table: None) -> ErrorFacts:
    """Tell what an error of SQLite means.

    ``columns`` is asked only where the message alone could be read in more than one way.

    >>> import sqlite3
    >>> facts = classify(sqlite3.IntegrityError("UNIQUE constraint failed: person.email"))
    >>> facts.kind.value, facts.table, facts.columns
    ('unique', 'person', ('email',))
    """
    message = str(error)
    name: str | None = getattr(error, "sqlite_errorname", None)
    if name is not None:
        kind = _KINDS.get(name)
        if kind is not None:
            return _constraint(kind, message, columns)
        return _BY_CODE.get("_".join(name.split("_")[:2]), _NOTHING)
    for beginning, kind in _KIND_BY_MESSAGE.items():
        if message.startswith(beginning):
            return _without_code(_constraint(kind, message, columns), columns)
    for beginning, facts in _BY_MESSAGE.items():
        if message.startswith(beginning):
            return facts
    return _NOTHING


def _without_code(facts: ErrorFacts, columns: Columns) -> ErrorFacts:
    """Tell a primary key from another unique one, for which the message has the same words."""
    if facts.kind is not IntegrityKind.UNIQUE or facts.table is None:
        return facts
    known = columns(facts.table) or {}
    if set(facts.columns) == {name for name, is_key in known.items() if is_key}:
        return facts.but(kind=IntegrityKind.PRIMARY_KEY)
    return facts


def _constraint(kind: IntegrityKind, message: str, columns: Columns) -> ErrorFacts:
    told = message.partition(": ")[2]
    if kind is IntegrityKind.CHECK:
        # The constraint's name; of one without a name, its expression.
        return ErrorFacts(kind=kind, constraint=told or None)
    if told.startswith("index '"):
        # A unique index over expressions is told by its name, quoted as in SQL.
        quoted = told[len("index '") : -1]
        return ErrorFacts(kind=kind, constraint=quoted.replace("''", "'"))
    if not told:
        return ErrorFacts(kind=kind)
    table, names = _table_and_columns(told, columns)
    return ErrorFacts(kind=kind, table=table, columns=names)


def _table_and_columns(told: str, columns: Columns) -> tuple[str | None, tuple[str, ...]]:
    """Read ``table.column, table.column``, where no name is quoted.

    Each dot may be the one after the table's name.  Where there are several, it is the table
    that has all the columns; and if nobody knows, the reading with the most columns, and the
    fewest dots in them.
    """
    readings: list[tuple[str, tuple[str, ...]]] = []
    position = told.find(".")
    while position >= 0:
        table = told[:position]
        readings.append((table, tuple(told[position + 1 :].split(f", {table}."))))
        position = told.find(".", position + 1)
    if not readings:
        return None, ()
    if len(readings) > 1 or "," in readings[0][1][0]:
        for table, names in readings:
            known = columns(table)
            if known is not None and known.keys() >= set(names):
                return table, names
    return max(readings, key=lambda reading: (len(reading[1]), -".".join(reading[1]).count(".")))
