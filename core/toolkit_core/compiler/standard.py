"""The dialect of nobody: for statements that are only shown."""

from __future__ import annotations

from toolkit_core.compiler.ansi import ansi
from toolkit_core.compiler.rules import Rules
from toolkit_core.facts import ParamStyle, Style

# Words that the standard, or most databases, keep for themselves.
RESERVED = frozenset(
    """
    all analyse analyze and any array as asc asymmetric authorization between binary both case
    cast check collate column constraint create cross current_date current_role current_time
    current_timestamp current_user default deferrable desc distinct do else end except false
    for foreign freeze from full grant group having ilike in initially inner intersect into is
    isnull join leading left like limit localtime localtimestamp natural new not notnull null
    off offset old on only or order outer overlaps placing primary references right select
    session_user set similar some symmetric table then to trailing true union unique user using
    verbose when where
    """.split()
)


class StandardDialect:
    """What the compiler asks of a dialect, without a driver behind it."""

    name = "default"
    positional = False
    paramstyle = ParamStyle.NAMED.value

    def __init__(self) -> None:
        self.style = Style(paramstyle=ParamStyle.NAMED, reserved=RESERVED)
        self.rules: Rules = ansi


STANDARD = StandardDialect()
