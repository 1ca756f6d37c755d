"""How the columns of a SELECT are named."""

from __future__ import annotations

from enum import Enum


class SelectLabelStyle(Enum):
    """What a column is called in the result."""

    LABEL_STYLE_NONE = 0
    """By its own name, also where another has that name."""
    LABEL_STYLE_TABLENAME_PLUS_COL = 1
    """By the names of table and column: ``table_column``."""
    LABEL_STYLE_DISAMBIGUATE_ONLY = 2
    """By its own name, and where another has that name, by one with a number."""
    LABEL_STYLE_DEFAULT = 2  # noqa: PIE796 - a documented name of the same one
    LABEL_STYLE_LEGACY_ORM = 3


LABEL_STYLE_NONE = SelectLabelStyle.LABEL_STYLE_NONE
LABEL_STYLE_TABLENAME_PLUS_COL = SelectLabelStyle.LABEL_STYLE_TABLENAME_PLUS_COL
LABEL_STYLE_DISAMBIGUATE_ONLY = SelectLabelStyle.LABEL_STYLE_DISAMBIGUATE_ONLY
LABEL_STYLE_DEFAULT = SelectLabelStyle.LABEL_STYLE_DEFAULT
LABEL_STYLE_LEGACY_ORM = SelectLabelStyle.LABEL_STYLE_LEGACY_ORM
