"""Asking which server the SQL is for, where its version matters."""

from __future__ import annotations

from toolkit_core.compiler.writer import Writer


def before(w: Writer, version: tuple[int, ...]) -> bool:
    """Tell whether the server is known to be older; as long as nothing is known, it is not."""
    server = getattr(w.dialect, "server", None)
    known = None if server is None else server.version
    return known is not None and tuple(known) < version
