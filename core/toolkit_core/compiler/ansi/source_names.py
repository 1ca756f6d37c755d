"""The names of sources."""

from __future__ import annotations

from typing import Any

from toolkit_core.compiler.writer import Writer


def plain_name(w: Writer, source: Any) -> str:
    """Return what a source is called, as it is: its own name, or one that is found for it."""
    name: str | None = source.name
    if name is not None:
        return name
    return w.anonymous(id(source), source.names_alias or "anon")


def source_name(w: Writer, source: Any) -> str:
    """Return what a source is called in SQL, with its schema."""
    name = w.style.quoted(plain_name(w, source))
    if source.visit_name != "table":
        return name
    schema = source.schema
    if w.schemas is not None:
        schema = w.schemas.get(schema, schema)
    return name if schema is None else f"{w.style.quoted(schema)}.{name}"
