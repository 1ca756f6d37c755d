"""Words for what None cannot say."""

from __future__ import annotations

from enum import Enum, Flag
from typing import Any, Final


class SchemaConst(Enum):
    """Arguments that are no value of their own."""

    RETAIN_SCHEMA = 1
    BLANK_SCHEMA = 2
    NULL_UNSPECIFIED = 3


RETAIN_SCHEMA: Final = SchemaConst.RETAIN_SCHEMA
BLANK_SCHEMA: Final = SchemaConst.BLANK_SCHEMA
NULL_UNSPECIFIED: Final = SchemaConst.NULL_UNSPECIFIED


class CheckFirst(Flag):
    """What is looked for before it is created or dropped.

    >>> CheckFirst(True) is CheckFirst.ALL, CheckFirst(False) is CheckFirst.NONE
    (True, True)
    """

    NONE = 0
    TABLES = 2
    VIEWS = 4
    INDEXES = 8
    SEQUENCES = 16
    TYPES = 32
    ALL = TABLES | VIEWS | INDEXES | SEQUENCES | TYPES

    @classmethod
    def _missing_(cls, value: object) -> Any:
        # True is 1, which is no member.
        return cls.ALL if value is True or value == 1 else super()._missing_(value)


class Missing:
    """In place of an argument that was not given, where None is a value."""


MISSING: Final = Missing()
