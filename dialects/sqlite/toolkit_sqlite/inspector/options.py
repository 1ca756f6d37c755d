"""What stands behind the parentheses of CREATE TABLE.

https://sqlite.org/withoutrowid.html https://sqlite.org/stricttables.html
"""

from __future__ import annotations

from typing import Any

from toolkit_sqlite.inspector.tokens import closing, tokens_of


def options_of(sql: str | None) -> dict[str, Any]:
    """Return the options of a table as arguments of ``Table``.

    >>> options_of("CREATE TABLE t (a INTEGER PRIMARY KEY) WITHOUT ROWID, STRICT")
    {'sqlite_with_rowid': False, 'sqlite_strict': True}
    """
    # Most tables end with their parenthesis.
    if not sql or sql.rstrip().endswith(")"):
        return {}
    tokens = tokens_of(sql)
    opening = next((at for at, token in enumerate(tokens) if token.text == "("), len(tokens) - 1)
    words = [token.word for token in tokens[closing(tokens, opening) :]]
    found: dict[str, Any] = {}
    if "WITHOUT" in words:
        found["sqlite_with_rowid"] = False
    if "STRICT" in words:
        found["sqlite_strict"] = True
    return found
