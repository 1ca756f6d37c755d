"""The one change that turns a program for the oracle into one for us: the import name."""

from __future__ import annotations

import re

ORACLE = "sqlalchemy"
OURS = "toolkit"


def ours(source: str) -> str:
    """The program with whole words `sqlalchemy` written `toolkit`.

    >>> ours("from sqlalchemy.exc import SQLAlchemyError")
    'from toolkit.exc import SQLAlchemyError'
    >>> ours("import sqlalchemy_utils")
    'import sqlalchemy_utils'
    """
    return re.sub(rf"\b{ORACLE}\b", OURS, source)
