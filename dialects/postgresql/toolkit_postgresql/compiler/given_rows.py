"""How PostgreSQL writes rows that an UPDATE or DELETE goes by."""

from __future__ import annotations

from toolkit_core.compiler.ansi.given_rows import GivenValue, write_cast_value
from toolkit_core.compiler.writer import Writer
from toolkit_postgresql.compiler.table import postgresql


@postgresql(GivenValue)
def write_given_value(w: Writer, given: GivenValue) -> None:
    """Write the value with its type: in VALUES, NULL and unknown things are taken for text."""
    # https://www.postgresql.org/docs/current/typeconv-union-case.html
    write_cast_value(w, given)
