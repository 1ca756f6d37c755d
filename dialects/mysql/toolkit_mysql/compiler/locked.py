"""The names of the tables whose rows a SELECT locks."""

from __future__ import annotations

from toolkit_core.compiler.ansi.source_names import plain_name
from toolkit_core.compiler.select_nodes import ForUpdate
from toolkit_core.compiler.writer import Writer


def locked_names(w: Writer, locking: ForUpdate) -> list[str]:
    """Return the names of the tables, each once; of a table by its name without the schema."""
    sources = [getattr(one, "table", None) or one for one in locking.of]
    return list(dict.fromkeys([w.style.quoted(plain_name(w, source)) for source in sources]))
