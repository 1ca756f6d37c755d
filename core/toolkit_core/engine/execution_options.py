"""Options of execution: what each means to a connection, and which it must act on."""

from __future__ import annotations

from collections.abc import Mapping

from toolkit_core.engine import option_kinds as kinds
from toolkit_core.engine.failure import failed
from toolkit_core.errors import ArgumentError, InvalidRequestError
from toolkit_core.errors.parameters import value_text
from toolkit_core.immutabledict import immutabledict

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from toolkit_core.engine.connection import Connection
    from toolkit_core.engine.parts import EngineParts
    from toolkit_core.pool import PoolProxiedConnection

# With one of these, a statement does not take the short way.
ACTED_ON = frozenset(
    {
        "compiled_cache",
        "driver_column_names",
        "logging_token",
        "max_row_buffer",
        "no_parameters",
        "preserve_rowcount",
        "schema_translate_map",
        "stream_results",
        "timeout",
        "yield_per",
    }
)


_KINDS: Mapping[str, kinds.Kind] = {
    "driver_column_names": kinds.SWITCH,
    "isolation_level": kinds.Kind("a string", lambda value: isinstance(value, str)),
    "max_row_buffer": kinds.POSITIVE,
    "no_parameters": kinds.SWITCH,
    "preserve_rowcount": kinds.SWITCH,
    "schema_translate_map": kinds.Kind(
        "a dictionary, or None", lambda value: value is None or isinstance(value, Mapping)
    ),
    "stream_results": kinds.SWITCH,
    "timeout": kinds.Kind(
        "a number of seconds, 0 or more, or None",
        lambda value: kinds.SECONDS.accepts(value) and (value or 0) >= 0,
    ),
    "yield_per": kinds.Kind(
        "a whole number, 0 or more, or None",
        lambda value: value is None or kinds.NATURAL.accepts(value),
    ),
}


def check_options(options: Mapping[str, Any]) -> None:
    """Refuse values that an option cannot have; options of other names are the user's own."""
    for name in options:
        if name in _KINDS:
            _KINDS[name].checked(name, options[name])


def of_statement(*given: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the options that were given for one statement, after a look at them."""
    options: dict[str, Any] = {}
    for more in given:
        if not isinstance(more, Mapping):
            raise ArgumentError(
                f"execution_options must be a dictionary, not {value_text(more)}",
                hint='e.g. execution_options={"yield_per": 100}',
            )
        options.update(more)
    if "isolation_level" in options:
        raise ArgumentError(
            "'isolation_level' execution option may only be specified on "
            "Connection.execution_options(), or per-engine using the isolation_level argument "
            "to create_engine().",
            hint="connection.execution_options(isolation_level=...), before the transaction",
        )
    check_options(options)
    return options


def apply_engine_options(conn: Connection) -> None:
    """Let the options of the engine take effect on a new connection."""
    chosen = conn._options
    conn._attentive = conn._attentive or not ACTED_ON.isdisjoint(chosen)
    if chosen.get("isolation_level") is not None:
        apply_isolation(conn)
    if conn._parts.driver.connection_options:
        _set_of_driver(conn, chosen)


def set_options(conn: Connection, given: Mapping[str, Any]) -> None:
    """Set options on a connection."""
    check_options(given)
    changed = dict(given)
    if conn._heard.active:
        for heard in conn._heard.set_connection_execution_options:
            heard(conn, changed)
    of_driver = conn._parts.driver.connection_options
    if conn._transaction is not None:
        for name in ("isolation_level", *of_driver):
            if name in changed:
                raise InvalidRequestError(
                    "This connection has already initialized a SQLAlchemy Transaction() object "
                    f"via begin() or autobegin; {name} may not be altered unless rollback() or "
                    "commit() is called first."
                )
    if "isolation_level" in changed:
        _set_isolation(conn, changed["isolation_level"])
    if of_driver:
        _set_of_driver(conn, changed)
    conn._options = immutabledict({**conn._options, **changed})
    conn._attentive = conn._attentive or not ACTED_ON.isdisjoint(conn._options)


def apply_isolation(conn: Connection) -> None:
    """Set the isolation level that the options name."""
    _set_isolation(conn, conn._options["isolation_level"])


def apply_again(conn: Connection) -> None:
    """Set what the options say of the connection on one that has taken a lost one's place."""
    if conn._restore_isolation:
        apply_isolation(conn)
    if conn._restore_options:
        _set_of_driver(conn, conn._options)


def get_isolation(conn: Connection) -> str:
    """Ask the driver for the present isolation level."""
    live = _between_transactions(conn)
    try:
        return conn._parts.driver.get_isolation(live)
    except BaseException as error:  # noqa: BLE001 - failed() raises
        failed(conn, error)


def restore(conn: Connection, proxied: PoolProxiedConnection, *, was_reset: bool) -> None:
    """Have a connection go back as it came, in its isolation level and all, or not at all."""
    if not proxied.is_valid:
        return
    driver, default = conn._parts.driver, conn._parts.default_isolation
    try:
        if not was_reset:
            # Some drivers commit what is open when the level changes.
            driver.rollback(proxied.dbapi_connection)
        if default is not None and conn._restore_isolation:
            driver.set_isolation(proxied.dbapi_connection, default)
        for name in conn._restore_options:
            driver.set_connection_option(proxied.dbapi_connection, name, None)
    except BaseException as error:
        proxied.invalidate(error)
        if not isinstance(error, Exception):
            raise


def require(parts: EngineParts, capability: str, what: str) -> None:
    """Refuse by name what the dialect cannot do, before anything is sent."""
    if not getattr(parts.dialect.capabilities, capability):
        raise InvalidRequestError(
            f"The dialect {parts.dialect.name}+{parts.dialect.driver} does not support {what}"
        )


def _set_isolation(conn: Connection, level: Any) -> None:
    driver = conn._parts.driver
    plain = driver.checked_isolation(level)
    live = _between_transactions(conn)
    # Noted first: an error may come when the level has changed in part.
    conn._restore_isolation = True
    try:
        driver.set_isolation(live, plain)
    except BaseException as error:  # noqa: BLE001 - failed() raises
        failed(conn, error)


def _set_of_driver(conn: Connection, given: Mapping[str, Any]) -> None:
    """Set those options that the driver acts on."""
    driver = conn._parts.driver
    chosen = [name for name in driver.connection_options if name in given]
    if not chosen:
        return
    live = _between_transactions(conn)
    for name in chosen:
        conn._restore_options = (*conn._restore_options, name)
        try:
            driver.set_connection_option(live, name, given[name])
        except BaseException as error:  # noqa: BLE001 - failed() raises
            failed(conn, error)


def _between_transactions(conn: Connection) -> Any:
    """Return the driver's connection, also inside the block of a transaction that has ended."""
    live = conn._proxied_connection()
    return conn._ready(begin=False) if live is None else live
