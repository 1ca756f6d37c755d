"""Plugins that take part in making one engine, named by it or registered for all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from toolkit_core.plugins import Hooks, plugins
from toolkit_core.url import URL

if TYPE_CHECKING:
    from toolkit_core.engine.engine import Engine


class CreateEnginePlugin:
    """A plugin that an engine names: ``create_engine(url, plugins=["name"])`` or ``?plugin=name``.

    A subclass is registered under that name in the entry point group ``toolkit.plugins``.  It
    may change the arguments of ``create_engine`` in place, must take its own out of them, and
    of the URL by ``update_url``.
    """

    def __init__(self, url: URL, kwargs: dict[str, Any]) -> None:
        self.url = url

    def update_url(self, url: URL) -> URL:
        """Return the URL without what was meant for this plugin."""
        return url

    def handle_dialect_kwargs(self, dialect_cls: Any, dialect_args: dict[str, Any]) -> None:
        """Change the arguments of the dialect."""

    def handle_pool_kwargs(self, pool_cls: Any, pool_args: dict[str, Any]) -> None:
        """Change the arguments of the pool."""

    def engine_created(self, engine: Engine) -> None:
        """Do what is to be done with the finished engine."""


class EnginePlugins:
    """The plugins of one engine, and the URL as they leave it."""

    def __init__(self, url: URL, kwargs: dict[str, Any]) -> None:
        names = [*_names(url.query.get("plugin")), *_names(kwargs.pop("plugins", None))]
        loaded = [plugins.load(name) for name in names]
        self.own = [plugin for plugin in loaded if isinstance(plugin, type)]
        self.hooks = Hooks([plugin for plugin in loaded if not isinstance(plugin, type)])
        self.made: list[CreateEnginePlugin] = [plugin(url, kwargs) for plugin in self.own]
        for plugin in self.made:
            url = plugin.update_url(url)
        url = url.difference_update_query(["plugin", "plugins"])
        for changed in self.hooks.call("toolkit_url", url=url):
            url = changed if changed is not None else url
        self.url = url

    def created(self, engine: Engine) -> None:
        """Show the finished engine to all of them."""
        for plugin in self.made:
            plugin.engine_created(engine)
        self.hooks.call("toolkit_engine_created", engine=engine)


def _names(given: Any) -> list[str]:
    if given is None:
        return []
    if isinstance(given, str):
        return [name.strip() for name in given.split(",") if name.strip()]
    if isinstance(given, Mapping):
        return list(given)
    return list(given)
