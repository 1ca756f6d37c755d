"""What PostgreSQL's errors mean, from their SQLSTATE and what the server tells beside it.

https://www.postgresql.org/docs/current/errcodes-appendix.html
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from toolkit_core.dialect import ErrorFacts, IntegrityKind

_KINDS = {
    "23502": IntegrityKind.NOT_NULL,
    "23503": IntegrityKind.FOREIGN_KEY,
    "23505": IntegrityKind.UNIQUE,
    "23514": IntegrityKind.CHECK,
    "23P01": IntegrityKind.EXCLUSION,
}

_GONE = ErrorFacts(disconnect=True)
_AGAIN = ErrorFacts(retryable=True, hint="engine.run(work) tries the transaction again")
_LOCKED = ErrorFacts(
    retryable=True, hint="engine.run(work) tries again; lock_timeout says how long to wait"
)

_FACTS: Mapping[str, ErrorFacts] = {
    "25006": ErrorFacts(hint="the transaction, or the server, only reads: postgresql_readonly"),
    "25P02": ErrorFacts(hint="an earlier statement failed: roll back, or to a savepoint"),
    # The server, or a pooler before it, ends the session.
    "25P03": _GONE,
    "25P04": _GONE,
    "26000": ErrorFacts(
        hint="behind a pooler of transactions, prepared statements are lost: "
        'connect_args={"prepare_threshold": None}'
    ),
    "28000": ErrorFacts(hint="see the user's name, and pg_hba.conf on the server"),
    "28P01": ErrorFacts(hint="see the user's name and password; URL.create() quotes what needs it"),
    "3D000": ErrorFacts(hint="see the database's name in the URL; CREATE DATABASE makes one"),
    "40001": _AGAIN,
    "40P01": _AGAIN,
    "53300": ErrorFacts(
        hint="all processes together may hold max_connections of the server: a smaller pool_size, "
        "or a pooler"
    ),
    "55P03": _LOCKED,
    "57014": ErrorFacts(cancelled=True),
    "57P01": _GONE,
    "57P02": _GONE,
    "57P03": ErrorFacts(disconnect=True, hint="the server is starting or stopping"),
    "57P05": _GONE,
}
_NOTHING = ErrorFacts()
# Only a flush of many rows locks them so, and knows of no view that the table may be.
_UNLOCKED = ErrorFacts(
    hint="rows of a view cannot be locked: have those of its class written one by one, with "
    '__mapper_args__ = {"batch": False}'
)

# libpq tells no SQLSTATE of a connection that was refused: what the server says, in English.
_REFUSED = (
    ("too many c", "53300"),
    ("remaining connection slots", "53300"),
    ("password authentication failed", "28P01"),
    ("no pg_hba.conf entry", "28000"),
    ("is starting up", "57P03"),
    ("is shutting down", "57P03"),
)


def facts_of(sqlstate: str | None, diagnosis: Any, message: str) -> ErrorFacts:
    """Tell what an error with a SQLSTATE means.

    ``diagnosis`` is the driver's, with the fields that the server has filled in.

    >>> facts_of("40001", None, "could not serialize access").retryable
    True
    >>> "pool_size" in facts_of(None, None, "FATAL:  sorry, too many clients already").hint
    True
    """
    if sqlstate is None:
        return _refusal(message)
    kind = _KINDS.get(sqlstate)
    if kind is not None:
        return _violation(sqlstate, kind, diagnosis)
    if sqlstate == "57014" and "statement timeout" in message:
        return ErrorFacts(timeout=True, sqlstate=sqlstate)
    facts = _FACTS.get(sqlstate, _NOTHING)
    if sqlstate == "0A000" and message.startswith("FOR NO KEY UPDATE"):
        facts = _UNLOCKED
    # All of class 08 are about the connection.
    return facts.but(sqlstate=sqlstate, disconnect=facts.disconnect or sqlstate.startswith("08"))


def _refusal(message: str) -> ErrorFacts:
    if "FATAL:" in message:
        for words, sqlstate in _REFUSED:
            if words in message:
                # No state that the server did not tell, only what to do.
                return ErrorFacts(hint=_FACTS[sqlstate].hint)
    return _NOTHING


def _violation(sqlstate: str, kind: IntegrityKind, diagnosis: Any) -> ErrorFacts:
    constraint: str | None = getattr(diagnosis, "constraint_name", None)
    column: str | None = getattr(diagnosis, "column_name", None)
    if kind is IntegrityKind.UNIQUE and constraint is not None and constraint.endswith("_pkey"):
        # The server does not tell them apart; this is the name that it gives itself.
        kind = IntegrityKind.PRIMARY_KEY
    return ErrorFacts(
        sqlstate=sqlstate,
        kind=kind,
        constraint=constraint,
        table=getattr(diagnosis, "table_name", None),
        columns=(column,) if column else key_columns(getattr(diagnosis, "message_detail", None)),
    )


@cache
def _key() -> re.Pattern[str]:
    # Key (a, "b c")=(1, 2) already exists; the words differ by language, the brackets do not.
    return re.compile(r"\(((?:[^()\"]|\"(?:[^\"]|\"\")*\")*)\)=\(")


@cache
def _name() -> re.Pattern[str]:
    return re.compile(r'"((?:[^"]|"")*)"|([^,\s]+)')


def key_columns(detail: str | None) -> tuple[str, ...]:
    """Read the names of the columns in the detail of a message; of expressions there are none.

    >>> key_columns('Key (a, "b, c")=(1, 2) already exists.')
    ('a', 'b, c')
    >>> key_columns("Key (lower(a))=(x) already exists.")
    ()
    """
    found = _key().search(detail or "")
    if found is None or (found.start() and detail and detail[found.start() - 1] != " "):
        return ()
    return tuple(
        [quoted.replace('""', '"') or plain for quoted, plain in _name().findall(found[1])]
    )
