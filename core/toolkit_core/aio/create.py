"""Making asynchronous engines, and pools for asyncio."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from toolkit_core.aio.engine import AsyncEngine
from toolkit_core.aio.errors import AsyncMethodRequired
from toolkit_core.engine.coercion import DOCUMENTED_PREFIX
from toolkit_core.engine.config import configured_options
from toolkit_core.engine.create import as_pool_options, made_engine
from toolkit_core.errors import ArgumentError
from toolkit_core.pool import Pool
from toolkit_core.url import URL


def create_async_engine(url: str | URL, **kw: Any) -> AsyncEngine:
    """Make an asynchronous engine for a URL.  Nothing is connected before the first use.

    It takes what ``create_engine()`` takes.  In place of ``creator`` there is ``async_creator``,
    an asynchronous function that returns a connection of the driver's own.

    >>> create_async_engine("sqlite+aiosqlite://")
    AsyncEngine(sqlite+aiosqlite://)
    """
    if kw.get("server_side_cursors", False):
        raise AsyncMethodRequired(
            "Can't set server_side_cursors for async engine globally; use the connection.stream() "
            "method for an async streaming result set"
        )
    return AsyncEngine(made_engine(url, _with_creator(kw), is_async=True))


def async_engine_from_config(
    configuration: Mapping[str, Any], prefix: str = DOCUMENTED_PREFIX, **kwargs: Any
) -> AsyncEngine:
    """Make an asynchronous engine of the keys of a configuration that begin with the prefix.

    ``url`` is required; the others are options of ``create_async_engine``, as text or as values.
    """
    options = configured_options(configuration, prefix, **kwargs)
    return create_async_engine(options.pop("url"), **options)


def create_async_pool_from_url(url: str | URL, **kwargs: Any) -> Pool:
    """Make only the pool that an asynchronous engine for this URL would have."""
    return create_async_engine(url, **as_pool_options(kwargs)).pool


def _with_creator(options: Mapping[str, Any]) -> dict[str, Any]:
    """Have an ``async_creator`` called by the driver, which adapts what it returns."""
    if "async_creator" not in options:
        return dict(options)
    if "creator" in options:
        raise ArgumentError("Can only specify one of 'async_creator' or 'creator', not both.")
    kept = {name: value for name, value in options.items() if name != "async_creator"}
    async_creator: Callable[[], Awaitable[Any]] = options["async_creator"]

    def open_connection(*args: Any, **kwargs: Any) -> Awaitable[Any]:
        return async_creator()

    kept["connect_args"] = {**(kept.get("connect_args") or {}), "async_creator_fn": open_connection}
    return kept
