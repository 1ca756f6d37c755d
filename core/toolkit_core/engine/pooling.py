"""The pool of an engine: which class, with which of the engine's options."""

from __future__ import annotations

from collections.abc import Callable

from toolkit_core.dialect import Dialect
from toolkit_core.engine.options import EngineOptions, check_pool_options
from toolkit_core.engine.pool_driver import EnginePoolDriver
from toolkit_core.errors import ArgumentError, OptionError
from toolkit_core.errors.parameters import value_text
from toolkit_core.pool import Pool, QueuePool, SingletonThreadPool
from toolkit_core.url import URL

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

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
    options: EngineOptions,
    dialect: Dialect,
    url: URL,
    creator: Callable[..., Any],
    pool_driver: EnginePoolDriver,
    offer: Callable[[type[Pool], dict[str, Any]], None],
) -> Pool:
    """Make the pool that the options and the driver ask for; or take the one that is given.

    ``offer`` shows its arguments to the engine's plugins, which may change them.
    """
    if options.pool is not None:
        given: Pool = _checked("pool", options.pool, isinstance(options.pool, Pool), "a pool")
        _check_kind(type(given), dialect.is_async)
        return given
    chosen: type[Pool] = _asked_for(options.poolclass) or dialect.glue.pool_class(url)
    _check_kind(chosen, dialect.is_async)
    accepted = _accepted(chosen)
    using = f"{url.get_backend_name()}+{dialect.driver}/{chosen.__name__}/Engine"
    check_pool_options(accepted, options.given, using)
    arguments: dict[str, Any] = {
        "recycle": -1 if options.pool_recycle is None else options.pool_recycle,
        "echo": options.echo_pool,
        "logging_name": options.pool_logging_name,
        "reset_on_return": options.pool_reset_on_return,
        "pre_ping": options.pool_pre_ping,
        "dialect": dialect,
        **{argument: getattr(options, option) for option, argument in accepted.items()},
    }
    offer(chosen, arguments)
    return chosen(creator, driver=pool_driver, **arguments)


def _asked_for(poolclass: Any) -> Any:
    fits = poolclass is None or (isinstance(poolclass, type) and issubclass(poolclass, Pool))
    return _checked("poolclass", poolclass, fits, "a class of pool")


def _check_kind(chosen: type[Pool], is_async: bool) -> None:
    if chosen.is_asyncio is not None and chosen.is_asyncio is not is_async:
        kind = "asyncio" if is_async else "non-asyncio"
        raise ArgumentError(
            f"Pool class {chosen.__name__} cannot be used with {kind} engine", code="pcls"
        )


def _checked(option: str, value: Any, fits: bool, expected: str) -> Any:
    if not fits:
        raise OptionError(
            f"option {option!r} must be {expected}, not {value_text(value)}",
            hint="toolkit.pool has QueuePool, NullPool, StaticPool and others",
        )
    return value


def _accepted(chosen: type[Pool]) -> dict[str, str]:
    for parent in chosen.__mro__:
        if parent in _ARGUMENTS:
            return _ARGUMENTS[parent]
    return {}
