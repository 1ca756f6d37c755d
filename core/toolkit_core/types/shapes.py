"""What some types can do beside being stored: be joined to each other, be looked into."""

from __future__ import annotations

from typing import Any

from toolkit_core.types.type_engine import Later


class Concatenable:
    """Marks types whose ``+`` joins two values end to end, as strings and arrays."""

    Comparator: Any = Later("toolkit_core.expression.comparator:Comparator")


class Indexable:
    """Marks types whose values have parts: ``expression[index]``."""

    Comparator: Any = Later("toolkit_core.expression.comparator:Comparator")
