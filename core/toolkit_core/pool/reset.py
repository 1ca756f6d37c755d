"""What happens to a connection on its way back: announced, reset, and counted as returned."""

from __future__ import annotations

import sys
from collections.abc import Callable
from os import getpid

from toolkit_core.errors import ArgumentError, warn
from toolkit_core.events import PoolResetState
from toolkit_core.pool.holders import line_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeAlias

    from toolkit_core.pool.driver import PoolDriver
    from toolkit_core.pool.entry import ConnectionPoolEntry
    from toolkit_core.pool.pool import Pool

# True or "rollback", "commit", None or False: ``resets`` refuses anything else.
ResetStyle: TypeAlias = bool | str | None
Reset: TypeAlias = "Callable[[Any], None] | None"

_ORDERLY = PoolResetState(transaction_was_reset=False, terminate_only=False, asyncio_safe=True)
_RESET_ALREADY = PoolResetState(transaction_was_reset=True, terminate_only=False, asyncio_safe=True)
_TO_BE_CLOSED = PoolResetState(transaction_was_reset=False, terminate_only=True, asyncio_safe=True)
_LOST = PoolResetState(transaction_was_reset=False, terminate_only=True, asyncio_safe=False)

# What a child process has of its parent: referred to, so that no driver's finalizer says goodbye.
left_by_the_parent: list[Any] = []


def resets(style: ResetStyle, driver: PoolDriver) -> tuple[Reset, Reset]:
    """Return what resets a connection, and what does when its transaction is over already."""
    if style in (True, "rollback"):
        return driver.rollback, None
    if style == "commit":
        return driver.commit, driver.commit
    if style in (None, False, "none"):
        return None, None
    raise ArgumentError(
        f"Invalid value for 'reset_on_return': {style!r}",
        hint="True or 'rollback', 'commit', or None",
    )


def announced_return(
    pool: Pool, entry: ConnectionPoolEntry, conn: Any, transaction_was_reset: bool
) -> None:
    """Give a connection back when somebody listens or logs."""
    pool.log.debug("Connection %r being returned to pool", conn)
    try:
        try:
            for listener in pool.dispatch.reset:
                listener(conn, entry, _RESET_ALREADY if transaction_was_reset else _ORDERLY)
            _reset(pool, conn, transaction_was_reset)
        except Exception as error:  # noqa: BLE001 - it is logged, and the connection closed
            reset_failed(pool, entry, conn, error)
        except BaseException as error:
            reset_failed(pool, entry, conn, error)
            raise
        announce_checkin(pool, entry)
    finally:
        pool.keep(entry)


def announce_checkin(pool: Pool, entry: ConnectionPoolEntry) -> None:
    """Tell the listeners that an entry returns, with its connection or without."""
    entry.in_use = False
    entry.returned_at = pool.clock()
    for listener in pool.dispatch.checkin:
        listener(entry.dbapi_connection, entry)


def reset_failed(pool: Pool, entry: ConnectionPoolEntry, conn: Any, error: BaseException) -> None:
    """Throw a connection away that could not be reset: nobody may inherit its transaction."""
    if entry.dbapi_connection is not conn:
        return  # invalidated through its record while it was out: it is closed, and replaced
    pool.log.failure("Exception during reset or similar")
    entry.invalidate(error)


def close_detached(pool: Pool, conn: Any) -> None:
    """Reset and close a connection that no pool knows any more."""
    is_reset = False
    try:
        for listener in pool.dispatch.reset:
            listener(conn, None, _TO_BE_CLOSED)
        _reset(pool, conn, transaction_was_reset=False)
        is_reset = True
    except Exception:  # noqa: BLE001 - it is logged, and the connection closed in any case
        pool.log.failure("Exception during reset or similar")
    finally:
        try:
            for listener in pool.dispatch.close_detached:
                listener(conn)
        finally:
            pool.close_connection(conn, terminate=not is_reset)


def return_lost(pool: Pool, entry: ConnectionPoolEntry, conn: Any) -> None:
    """Save a connection whose proxy was dropped without ``close()``.

    An asynchronous driver cannot be spoken to from here, so its connection is cut off.
    """
    if sys.is_finalizing():
        return  # the program ends, and the driver closes what is left
    if entry.process != getpid():
        left_by_the_parent.append(conn)
        return
    terminate = pool.driver.is_async
    if terminate and pool.is_shared(entry):
        pool.keep(entry)  # it is the others' as well, who go on with it
        return
    fate = "terminated" if terminate else "rolled back and returned to the pool"
    message = (
        f"The garbage collector is trying to clean up non-checked-in connection {conn!r}"
        f"{_origin(entry)}, which will be {fate}.  Please ensure that pooled connections are "
        "returned to the pool explicitly, either by calling ``close()`` or by using appropriate "
        "context managers to manage their lifecycle."
    )
    pool.log.error(message)
    try:
        if terminate:
            _cut_off(pool, entry, conn)
            warn(message)
        else:
            pool.give_back(entry, conn)
    except Exception:  # noqa: BLE001 - whoever might catch it is gone
        pool.log.failure("Exception while saving connection %r", conn)


def _cut_off(pool: Pool, entry: ConnectionPoolEntry, conn: Any) -> None:
    try:
        for listener in pool.dispatch.reset:
            listener(conn, entry, _LOST)
        entry.close(terminate=True)
        announce_checkin(pool, entry)
    finally:
        entry.close(terminate=True)  # unless it is closed: a listener may have failed
        pool.keep(entry)


def _reset(pool: Pool, conn: Any, transaction_was_reset: bool) -> None:
    reset = pool.reset_again if transaction_was_reset else pool.reset
    if reset is not None:
        name = "commit" if reset == pool.driver.commit else "rollback"
        pool.log.debug("Connection %r %s-on-return", conn, name)
        reset(conn)
    elif pool.reset is not None:
        pool.log.debug("Connection %r reset, transaction already reset", conn)


def _origin(entry: ConnectionPoolEntry) -> str:
    code = entry.code
    if code is None:
        return ""
    line = line_of(code, entry.instruction)
    return f" (checked out at {code.co_filename}:{line} in {code.co_name}())"
