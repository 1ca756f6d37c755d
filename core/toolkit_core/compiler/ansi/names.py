"""Names of constraints and indexes, which have to fit."""

from __future__ import annotations

from hashlib import md5

from toolkit_core.compiler.writer import Writer
from toolkit_core.errors import IdentifierError
from toolkit_core.schema.names import made_name

# What is left of a name that is cut: the end is replaced by a mark made of the whole name.
_CUT = 8


def fitting(w: Writer, name: str) -> str:
    """Return a name that is not too long; one that the user wrote is never changed.

    https://docs.sqlalchemy.org/en/21/core/constraints.html#creating-specific-names
    """
    limit = w.style.max_identifier
    if len(name) <= limit:
        return name
    if not isinstance(name, made_name):
        raise IdentifierError(
            f"Identifier {str(name)!r} exceeds maximum length of {limit} characters",
            hint="shorten it; names that a naming convention makes are shortened by themselves",
        )
    # Not for safety: the same name must always give the same mark.
    mark = md5(name.encode(), usedforsecurity=False).hexdigest()[-4:]
    return f"{name[: max(limit - _CUT, 0)]}_{mark}"
