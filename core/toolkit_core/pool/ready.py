"""Making a connection ready for who takes it: replaced if stale, asked for a sign of life."""

from __future__ import annotations

from toolkit_core.errors import DisconnectionError, InvalidatePoolError, InvalidRequestError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from toolkit_core.pool.checkout import PoolProxiedConnection
    from toolkit_core.pool.entry import ConnectionPoolEntry
    from toolkit_core.pool.pool import Pool

# A listener may refuse a connection this often before the checkout fails.
ATTEMPTS = 3


def make_ready(pool: Pool, entry: ConnectionPoolEntry) -> None:
    """Leave the entry with a connection that may be handed out."""
    if entry.dbapi_connection is not None:
        reason = _stale(pool, entry)
        if reason:
            pool.log.info("Connection %r %s; recycling", entry.dbapi_connection, reason)
            entry.close(terminate=True)
        elif pool.pre_ping:
            _ping_or_invalidate(pool, entry)
    if entry.dbapi_connection is None:
        entry.connect()


def meet_task(pool: Pool, entry: ConnectionPoolEntry) -> None:
    """Note which task takes an entry, and let go of a connection whose event loop has ended."""
    entry.task = pool.driver.task_name()
    conn = entry.dbapi_connection
    if conn is None:
        return
    try:
        lost = pool.driver.loop_lost(conn)
    except BaseException:
        pool.keep(entry)  # the connection is as good as it was, for who may use it
        raise
    if lost:
        pool.log.info("Connection %r belongs to an event loop that has ended; recycling", conn)
        entry.close(terminate=True)


def _stale(pool: Pool, entry: ConnectionPoolEntry) -> str | None:
    if pool.recycle > -1 and pool.clock() - entry.connected_at > pool.recycle:
        return "exceeded timeout"
    if entry.soft_invalidated:
        return "invalidated due to local soft invalidation"
    if entry.generation is not pool.generation:
        return "invalidated due to pool invalidation"
    return None


def _ping_or_invalidate(pool: Pool, entry: ConnectionPoolEntry) -> None:
    """Invalidate the whole pool if the connection is dead: what killed it killed the others."""
    conn = entry.dbapi_connection
    idle = pool.clock() - entry.returned_at
    if idle < pool.ping_idle:
        pool.log.debug("Connection %r was in use %.3fs ago, skipping pre-ping", conn, idle)
        return
    pool.log.debug("Pool pre-ping on connection %r", conn)
    if not _alive(pool, conn):
        pool.log.debug("Pool pre-ping on connection %r failed, will invalidate pool", conn)
        _disconnected(pool, entry, InvalidatePoolError())


def _alive(pool: Pool, conn: Any) -> bool:
    try:
        return pool.driver.ping(conn)
    except Exception as error:
        if not pool.driver.classify(error, conn).disconnect:
            raise
        return False


def _disconnected(pool: Pool, entry: ConnectionPoolEntry, error: DisconnectionError) -> None:
    if error.invalidate_pool:
        pool.log.info(
            "Disconnection detected on checkout, invalidating all pooled connections prior to "
            "current timestamp (reason: %r)",
            error,
        )
        pool.invalidate_older_than_now()
    else:
        pool.log.info(
            "Disconnection detected on checkout, invalidating individual connection %r "
            "(reason: %r)",
            entry.dbapi_connection,
            error,
        )
    entry.invalidate(error)


def announce_checkout(
    pool: Pool, entry: ConnectionPoolEntry, proxied: PoolProxiedConnection
) -> None:
    """Tell the listeners of a checkout; one of them may ask for another connection."""
    pool.log.debug("Connection %r checked out from pool", proxied.dbapi_connection)
    listeners = pool.dispatch.checkout
    if not listeners:
        return
    try:
        for attempt in range(ATTEMPTS):
            try:
                if attempt:
                    entry.connect()
                    proxied.dbapi_connection = entry.dbapi_connection
                for listener in listeners:
                    listener(proxied.dbapi_connection, entry, proxied)
            except DisconnectionError as error:
                _disconnected(pool, entry, error)
            else:
                return
    except BaseException as error:
        _withdraw(pool, entry, proxied, error)
        raise
    pool.log.info("Reconnection attempts exhausted on checkout")
    _withdraw(pool, entry, proxied, None)
    raise InvalidRequestError(
        "This connection is closed",
        hint=f"a 'checkout' listener refused {ATTEMPTS} connections in a row: see what it checks",
    )


def _withdraw(
    pool: Pool,
    entry: ConnectionPoolEntry,
    proxied: PoolProxiedConnection,
    error: BaseException | None,
) -> None:
    """Take a connection back that was never handed out."""
    if proxied.entry is not None:
        proxied.entry = proxied.dbapi_connection = None
        pool.give_back_broken(entry, error)
