"""Which statements may leave their rows on the server: those that do nothing but return rows."""

from __future__ import annotations

import re
from functools import cache


def is_query(sql: str) -> bool:
    r"""Tell whether a statement does nothing but return rows: only then may they be streamed.

    >>> is_query("-- all\nSELECT 1"), is_query("WITH a AS (DELETE FROM t RETURNING 1) SELECT 2")
    (True, False)
    """
    found = _query().match(sql)
    return found is not None and not (found[1].upper() == "WITH" and _writing().search(sql))


@cache
def _query() -> re.Pattern[str]:
    blank = r"(?:\s|\(|--[^\n]*\n|/\*.*?\*/)*"
    return re.compile(blank + r"(SELECT|WITH|VALUES|TABLE)\b", re.IGNORECASE | re.DOTALL)


@cache
def _writing() -> re.Pattern[str]:
    return re.compile(r"\b(?:INSERT|UPDATE|DELETE|MERGE)\b", re.IGNORECASE)
