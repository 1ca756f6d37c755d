"""Plugins that take part in making one engine, named by it or registered for all."""

from __future__ import annotations

from collections.abc import Mapping

from toolkit_core.dialect import Dialect
from toolkit_core.engine.options import KINDS
from toolkit_core.errors import ArgumentError
from toolkit_core.plugins import Hooks, plugins
from toolkit_core.pool import Pool
from toolkit_core.url import URL

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

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

    def handle_dialect_kwargs(
        self, dialect_cls: type[Dialect], dialect_args: dict[str, Any]
    ) -> None:
        """Change, in place, those options of ``create_engine`` that are about the dialect."""

    def handle_pool_kwargs(self, pool_cls: type[Pool], pool_args: dict[str, Any]) -> None:
        """Change, in place, the arguments of the pool."""

    def engine_created(self, engine: Engine) -> None:
        """Do what is to be done with the finished engine."""


class EnginePlugins:
    """The plugins of one engine, and the URL as they leave it."""

    def __init__(self, url: URL, kwargs: dict[str, Any]) -> None:
        names = [
            *_names(url.query.get("plugin")),
            *_names(url.query.get("plugins")),
            *_names(kwargs.pop("plugins", None)),
        ]
        loaded = {name: plugins.load(name) for name in names}
        self.hooks = Hooks([plugin for plugin in loaded.values() if not isinstance(plugin, type)])
        self.made: list[CreateEnginePlugin] = [
            _made(name, plugin, url, kwargs)
            for name, plugin in loaded.items()
            if isinstance(plugin, type)
        ]
        for plugin in self.made:
            url = plugin.update_url(url)
        url = url.difference_update_query(["plugin", "plugins"])
        for changed in self.hooks.call("toolkit_url", url=url):
            url = changed if changed is not None else url
        self.url = url

    def offer_dialect(self, kwargs: Mapping[str, Any]) -> dict[str, Any]:
        """Return the options as the plugins leave them: they may change what is the dialect's."""
        about = {key: value for key, value in kwargs.items() if _is_about_dialect(key)}
        rest = {key: value for key, value in kwargs.items() if not _is_about_dialect(key)}
        for plugin in self.made:
            plugin.handle_dialect_kwargs(Dialect, about)
        return {**rest, **about}

    def offer_pool(self, pool_cls: type[Pool], pool_args: dict[str, Any]) -> None:
        """Let the plugins change the arguments of the pool."""
        for plugin in self.made:
            plugin.handle_pool_kwargs(pool_cls, pool_args)

    def created(self, engine: Engine) -> None:
        """Show the finished engine to all of them."""
        for plugin in self.made:
            plugin.engine_created(engine)
        self.hooks.call("toolkit_engine_created", engine=engine)


# The documented options that are about the dialect; so is all that only a driver knows.
_ABOUT_DIALECT = frozenset(
    {
        "enable_from_linting",
        "insertmanyvalues_page_size",
        "isolation_level",
        "json_deserializer",
        "json_serializer",
        "label_length",
        "max_identifier_length",
        "module",
        "paramstyle",
        "skip_autocommit_rollback",
        "use_insertmanyvalues",
    }
)


def _is_about_dialect(option: str) -> bool:
    return option in _ABOUT_DIALECT or option not in KINDS


def _made(name: str, plugin: type, url: URL, kwargs: dict[str, Any]) -> CreateEnginePlugin:
    if not issubclass(plugin, CreateEnginePlugin):
        raise ArgumentError(
            f"The plugin {name!r} is the class {plugin.__name__!r}, which has no hooks",
            hint="a class of a plugin inherits from CreateEnginePlugin, or has hooks",
        )
    return plugin(url, kwargs)


def _names(given: Any) -> list[str]:
    if given is None:
        return []
    if isinstance(given, str):
        return [name.strip() for name in given.split(",") if name.strip()]
    return [name for one in given for name in (_names(one) if isinstance(one, str) else [one])]
