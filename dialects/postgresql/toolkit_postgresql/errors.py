"""What PostgreSQL's errors mean, from their SQLSTATE and what the server tells beside it.

https://www.postgresql.org/docs/current/errcodes-appendix.html
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from toolkit_core.dialect import ErrorFacts, IntegrityKind

_KINDS = {
    "23502": IntegrityKind.NOT_NULL,
    "23503": IntegrityKind.FOREIGN_KEY,
    "23505": IntegrityKind.UNIQUE,
    "23514": IntegrityKind.CHECK,
    "23P01": IntegrityKind.EXCLUSION,
}


def classify(sqlstate: str | None, diagnosis: Any) -> ErrorFacts:
    """Tell what an error means."""
    kind = _KINDS.get(sqlstate or "")
    return ErrorFacts(sqlstate=sqlstate, kind=kind)


FACTS: Mapping[str, ErrorFacts] = {}
