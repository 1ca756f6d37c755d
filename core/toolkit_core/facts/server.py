"""What the first connection tells about the server."""

from __future__ import annotations

from collections.abc import Mapping

from toolkit_core.immutabledict import EMPTY
from toolkit_core.records import Record


class ServerFacts(Record):
    """Asked once per engine, on its first connection."""

    version: tuple[int | str, ...] | None = None
    default_schema: str | None = None
    default_isolation: str | None = None
    # What it calls itself, where servers of several makes are spoken to in the same way.
    product: str | None = None
    # Those of its settings that decide how its dialect writes.
    settings: Mapping[str, str] = EMPTY


UNKNOWN_SERVER = ServerFacts()
