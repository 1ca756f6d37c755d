"""Making an engine: URL, plugins, dialect, options, pool, put together once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress

from toolkit_core.dialect import DBAPIConnection, Dialect, Driver
from toolkit_core.engine.chosen_dialect import choose_dialect
from toolkit_core.engine.engine import Engine
from toolkit_core.engine.engine_plugin import EnginePlugins
from toolkit_core.engine.execution_options import check_options
from toolkit_core.engine.failure import failed_outside
from toolkit_core.engine.log import EngineLog
from toolkit_core.engine.options import EngineOptions
from toolkit_core.engine.parts import EngineParts
from toolkit_core.engine.pool_driver import EnginePoolDriver
from toolkit_core.engine.pooling import make_pool
from toolkit_core.errors import ArgumentError, OptionError
from toolkit_core.errors.parameters import value_text
from toolkit_core.events import listen
from toolkit_core.facts import ServerFacts
from toolkit_core.pool import Pool
from toolkit_core.url import URL, make_url

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, ClassVar


def create_engine(url: str | URL, **kwargs: Any) -> Engine:
    """Make an engine for a URL.  Nothing is connected before the first use.

    >>> create_engine("sqlite://")
    Engine(sqlite://)

    Every option of ``EngineOptions`` may be given, and those of the driver.
    """
    return made_engine(url, kwargs)


def made_engine(url: str | URL, options: dict[str, Any], *, is_async: bool = False) -> Engine:
    """Make an engine, with ``is_async`` one that an asynchronous engine can be the face of."""
    plugins = EnginePlugins(make_url(url), options)
    engine = _assemble(plugins, options, is_async)
    plugins.created(engine)
    return engine


def create_pool_from_url(url: str | URL, **kwargs: Any) -> Pool:
    """Make only the pool that an engine for this URL would have.

    >>> create_pool_from_url("sqlite://").connect().cursor().execute("select 1").fetchone()
    (1,)
    """
    return create_engine(url, **as_pool_options(kwargs)).pool


def as_pool_options(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the options of an engine that a pool's own names stand for."""
    return {_POOL_NAMES.get(name, name): value for name, value in given.items()}


_POOL_NAMES = {
    "logging_name": "pool_logging_name",
    "echo": "echo_pool",
    "timeout": "pool_timeout",
    "recycle": "pool_recycle",
    "reset_on_return": "pool_reset_on_return",
    "pre_ping": "pool_pre_ping",
    "use_lifo": "pool_use_lifo",
}


def _assemble(plugins: EnginePlugins, kwargs: Mapping[str, Any], is_async: bool) -> Engine:
    url = plugins.url
    dialect, options = choose_dialect(
        url, plugins.offer_dialect(kwargs), plugins.hooks, is_async=is_async
    )
    driver = dialect.glue
    _check_module(driver)  # a missing driver is told now, not at the first connection
    check_options(options.execution_options)
    isolation = options.isolation_level
    if isolation is not None:
        isolation = driver.checked_isolation(isolation)
    connector = Connector(plugins, dialect, options, isolation)
    pool_driver = EnginePoolDriver(
        driver, skip_autocommit_rollback=options.skip_autocommit_rollback
    )
    parts = EngineParts(
        url=url,
        dialect=dialect,
        pool=make_pool(options, dialect, url, connector, pool_driver, plugins.offer_pool),
        cache_size=options.query_cache_size,
        log=EngineLog(options.echo, options.logging_name, hide_parameters=options.hide_parameters),
        hooks=plugins.hooks,
        hide_parameters=options.hide_parameters,
        isolation=isolation,
        skip_autocommit_rollback=options.skip_autocommit_rollback,
        page_size=options.insertmanyvalues_page_size if options.use_insertmanyvalues else 1,
        from_linting=options.enable_from_linting,
    )
    engine = Engine(parts, options=options.execution_options)
    connector.engine = pool_driver.engine = engine
    if options.pool is not None:
        listen(options.pool, "connect", connector.set_up_given, insert=True)
    return engine


def _check_module(driver: Driver) -> None:
    module = driver.module
    if not hasattr(module, "Error"):
        raise OptionError(
            f"option 'module' must be a DBAPI module, not {value_text(module)}",
            hint=f"a module as PEP 249 describes it, such as {driver.module_name}",
        )


class Connector:
    """What the pool calls for a new connection, set up as the engine wants it."""

    engine: Engine
    # Tells the pool what it would find out by importing ``inspect``.
    wants_record: ClassVar = True

    def __init__(
        self,
        plugins: EnginePlugins,
        dialect: Dialect,
        options: EngineOptions,
        isolation: str | None,
    ) -> None:
        self.driver = dialect.glue
        self.isolation = isolation
        self.creator: Callable[[], Any] | None = options.creator
        self._server_is_known = False
        args, kwargs = self.driver.connect_arguments(plugins.url)
        self.args: list[Any] = list(args)
        self.kwargs: dict[str, Any] = {**kwargs, **(options.connect_args or {})}
        plugins.hooks.call(
            "toolkit_connect_arguments", url=plugins.url, args=self.args, kwargs=self.kwargs
        )

    def __call__(self, record: Any) -> DBAPIConnection:
        """Connect; an error of the driver is wrapped, and listeners may look at it."""
        try:
            connection = self._connect(record)
            self._set_up(connection)
        except Exception as error:  # noqa: BLE001 - failed_outside() raises
            failed_outside(self.engine, error)
        return connection

    def set_up_given(self, connection: DBAPIConnection, record: Any) -> None:
        """Set a connection up that the user's own pool has made."""
        self._set_up(connection)

    def _connect(self, record: Any) -> DBAPIConnection:
        args, kwargs = list(self.args), dict(self.kwargs)
        engine = self.engine
        for heard in engine.dispatch.do_connect:
            made: DBAPIConnection | None = heard(engine.dialect, record, args, kwargs)
            if made is not None:
                return _checked(made, "a do_connect listener")
        if self.creator is not None:
            return _checked(self.creator(), "the engine's creator")
        return self.driver.connect(args, kwargs)

    def _set_up(self, connection: DBAPIConnection) -> None:
        try:
            self._prepare(connection)
        except BaseException:
            # Nobody else knows of it yet, so nobody else would close it.
            with suppress(Exception):
                self.driver.terminate(connection)
            raise

    def _prepare(self, connection: DBAPIConnection) -> None:
        self.driver.prepare(connection)
        if not self._server_is_known:
            # Threads that meet here ask twice and learn the same; a lock might never open
            # again in a child process.
            parts = self.engine._parts
            parts.dialect = parts.dialect.knowing(self._ask_server(connection))
            self._server_is_known = True
        if self.isolation is not None:
            self.driver.set_isolation(connection, self.isolation)

    def _ask_server(self, connection: DBAPIConnection) -> ServerFacts:
        server = self.driver.ask_server(connection)
        if server.default_isolation is None and self.driver.isolation_levels:
            # Connections whose level is changed go back with this one.
            return server.but(default_isolation=self.driver.get_isolation(connection))
        return server


def _checked(made: Any, maker: str) -> DBAPIConnection:
    if not hasattr(made, "cursor"):
        raise ArgumentError(
            f"{maker} has returned a {type(made).__name__}, which is no connection",
            hint="return what the driver's connect() returns",
        )
    connection: DBAPIConnection = made
    return connection
