"""Options of execution: what each means to a connection, and which it must act on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from toolkit_core.errors import InvalidRequestError
from toolkit_core.immutabledict import immutabledict

if TYPE_CHECKING:
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


def apply_engine_options(conn: Connection) -> None:
    """Let the options of the engine take effect on a new connection."""
    chosen = conn._options
    conn._attentive = conn._attentive or not ACTED_ON.isdisjoint(chosen)
    level = chosen.get("isolation_level")
    if level is not None:
        _set_isolation(conn, level)


def set_options(conn: Connection, given: Mapping[str, Any]) -> None:
    """Set options on a connection."""
    changed = dict(given)
    if conn._heard.active:
        for heard in conn._heard.set_connection_execution_options:
            heard(conn, changed)
    if "isolation_level" in changed:
        if conn._transaction is not None:
            raise InvalidRequestError(
                "This connection has already initialized a SQLAlchemy Transaction() object via "
                "begin() or autobegin; isolation_level may not be altered unless rollback() or "
                "commit() is called first."
            )
        _set_isolation(conn, changed["isolation_level"])
    conn._options = immutabledict({**conn._options, **changed})
    conn._attentive = conn._attentive or not ACTED_ON.isdisjoint(conn._options)


def restore_isolation(conn: Connection, proxied: PoolProxiedConnection) -> None:
    """Give a connection back with the isolation level that it came with."""
    if not proxied.is_valid:
        return
    driver, default = conn._parts.driver, conn._parts.default_isolation
    if default is not None:
        driver.set_isolation(proxied.dbapi_connection, default)


def require(parts: EngineParts, capability: str, what: str) -> None:
    """Refuse by name what the dialect cannot do, before anything is sent."""
    if not getattr(parts.dialect.capabilities, capability):
        raise InvalidRequestError(
            f"The dialect {parts.dialect.name}+{parts.dialect.driver} does not support {what}"
        )


def _set_isolation(conn: Connection, level: Any) -> None:
    driver = conn._parts.driver
    plain = driver.checked_isolation(level)
    driver.set_isolation(conn._ready(begin=False), plain)
    conn._restore_isolation = True
