"""The address of a database."""

from toolkit_core.url import URL, make_url

__all__ = ["URL", "make_url"]
