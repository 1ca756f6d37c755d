"""Listening to what happens."""

from toolkit_core.events import Events, contains, listen, listens_for, remove

__all__ = ["Events", "contains", "listen", "listens_for", "remove"]
