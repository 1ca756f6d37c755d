"""The pool of an engine: which class, with which of the engine's options."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from toolkit_core.dialect import Driver
from toolkit_core.engine.options import EngineOptions, check_pool_options
from toolkit_core.pool import Pool, QueuePool, SingletonThreadPool
from toolkit_core.pool.reset import ResetStyle
from toolkit_core.url import URL

# What each class is told beside what all are told, by the option that tells it.
_ARGUMENTS: dict[type[Pool], dict[str, str]] = {
    QueuePool: {
        "pool_size": "pool_size",
        "max_overflow": "max_overflow",
        "pool_timeout": "timeout",
        "pool_use_lifo": "use_lifo",
    },
    SingletonThreadPool: {"pool_size": "pool_size"},
}


def make_pool(
    options: EngineOptions, driver: Driver, url: URL, creator: Callable[..., Any]
) -> Pool:
    """Make the pool that the options and the driver ask for; or take the one that is given."""
    if options.pool is not None:
        given: Pool = options.pool
        return given
    chosen: type[Pool] = options.poolclass or driver.pool_class(url)
    accepted = _accepted(chosen)
    check_pool_options(
        accepted, options.given, f"{url.get_backend_name()}+{driver.name}/{chosen.__name__}/Engine"
    )
    own = {argument: getattr(options, option) for option, argument in accepted.items()}
    return chosen(
        creator,
        recycle=-1 if options.pool_recycle is None else options.pool_recycle,
        echo=options.echo_pool,
        logging_name=options.pool_logging_name,
        reset_on_return=cast("ResetStyle", options.pool_reset_on_return),
        pre_ping=options.pool_pre_ping,
        driver=driver,
        **own,
    )


def _accepted(chosen: type[Pool]) -> dict[str, str]:
    for parent in chosen.__mro__:
        if parent in _ARGUMENTS:
            return _ARGUMENTS[parent]
    return {}
