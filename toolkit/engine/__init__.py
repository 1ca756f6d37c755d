"""Engines, connections, transactions and results."""

from toolkit_core.engine import *  # noqa: F403 - the list is kept there
from toolkit_core.engine import __all__ as _engine_names
from toolkit_core.url import URL, make_url

__all__ = [*_engine_names, "URL", "make_url"]  # noqa: PLE0604 - a list of strings
