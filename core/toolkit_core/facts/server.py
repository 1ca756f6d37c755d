"""What the first connection tells about the server."""

from __future__ import annotations

from toolkit_core.records import Record


class ServerFacts(Record):
    """Asked once per engine, on its first connection."""

    version: tuple[int | str, ...] | None = None
    default_schema: str | None = None
    default_isolation: str | None = None


UNKNOWN_SERVER = ServerFacts()
