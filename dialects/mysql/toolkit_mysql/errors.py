"""What the errors of MySQL and MariaDB mean, from their numbers and messages.

https://dev.mysql.com/doc/mysql-errors/9.0/en/server-error-reference.html
https://mariadb.com/docs/server/reference/error-codes/mariadb-error-code-reference
"""

from __future__ import annotations

from collections.abc import Mapping

from toolkit_core.dialect import ErrorFacts, IntegrityKind

_BY_CODE: Mapping[int, ErrorFacts] = {
    1048: ErrorFacts(kind=IntegrityKind.NOT_NULL),
    1062: ErrorFacts(kind=IntegrityKind.UNIQUE),
    1451: ErrorFacts(kind=IntegrityKind.FOREIGN_KEY),
    1452: ErrorFacts(kind=IntegrityKind.FOREIGN_KEY),
}
_NOTHING = ErrorFacts()


def classify(error: BaseException) -> ErrorFacts:
    """Tell what an error means."""
    code = error.args[0] if error.args else None
    return _BY_CODE.get(code, _NOTHING) if isinstance(code, int) else _NOTHING
