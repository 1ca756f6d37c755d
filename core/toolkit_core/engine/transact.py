"""What the ends of a transaction do: send it, tell who listens, keep the connection's books.

A connection has at most one root transaction and, inside it, a chain of savepoints.  Ending
one ends all that are inside it.
"""

from __future__ import annotations

from _thread import get_ident
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from toolkit_core.engine.failure import failed
from toolkit_core.errors import InvalidRequestError, PendingRollbackError

if TYPE_CHECKING:
    from toolkit_core.engine.connection import Connection
    from toolkit_core.engine.transaction import (
        NestedTransaction,
        RootTransaction,
        Transaction,
        TwoPhaseTransaction,
    )

_PLEASE_ROLL_BACK = "Please rollback() fully before proceeding"


# -- the root transaction ---------------------------------------------------------------


def begin_root(conn: Connection, root: RootTransaction) -> None:
    """Begin: for most drivers nothing is sent, the first statement will begin."""
    # Before anybody hears of it: a listener may send a BEGIN of its own on the connection.
    conn._transaction = root
    try:
        _begin(conn)
    except BaseException:
        conn._transaction = None
        _undo_beginning(conn)
        raise


def _undo_beginning(conn: Connection) -> None:
    """Roll back what a listener or the driver may have begun before the error."""
    live = conn._proxied_connection()
    if live is None:
        return
    try:
        conn._parts.driver.rollback(live)
    except Exception as error:  # noqa: BLE001 - the first error is the one to see
        conn.invalidate(error)


def _begin(conn: Connection) -> None:
    if conn._heard.active:
        for heard in conn._heard.begin:
            heard(conn)
    if conn._echo:
        note = " (implicit; DBAPI should not BEGIN due to autocommit mode)"
        conn._write("BEGIN" + (note if conn._autocommits() else " (implicit)"))
    parts = conn._parts
    if parts.explicit_begin:
        _send(conn, lambda: parts.driver.begin(conn._live))


def commit_root(conn: Connection, root: RootTransaction) -> None:
    """Commit, and then call who asked to be told of it.

    If the commit fails, nobody knows what is left of the transaction: it must be rolled back.
    """
    if conn._busy:
        refuse_other_thread(conn)
    try:
        refuse_inactive(conn)
        send_commit(conn, root)
    finally:
        _deactivate_all(conn, root)
    _forget_root(conn)
    callbacks, conn._callbacks = conn._callbacks, None
    for callback in callbacks or ():
        callback()


def send_commit(conn: Connection, root: RootTransaction) -> None:
    """Send the commit."""
    driver = conn._parts.driver
    # Not ``_live``: the block of a savepoint that has ended does not keep the root from ending.
    dbapi = conn._proxied_connection()
    xid = getattr(root, "xid", None)
    if xid is not None:
        prepared: bool = root.is_prepared  # type: ignore[attr-defined]
        _tell(conn, "commit_twophase", xid, prepared)
        conn._write_if_echo("COMMIT (two-phase)")
        _send(conn, lambda: driver.commit_twophase(dbapi, xid, prepared))
        return
    if conn._heard.active:
        for heard in conn._heard.commit:
            heard(conn)
    if conn._echo:
        note = " using DBAPI connection.commit(), has no effect due to autocommit mode"
        conn._write("COMMIT" + (note if conn._autocommits() else ""))
    try:
        driver.commit(dbapi)
    except BaseException as error:  # noqa: BLE001 - failed() raises
        failed(conn, error)


def rollback_root(conn: Connection, root: RootTransaction) -> None:
    """Roll back; of a connection that was lost there is nothing to roll back.

    Also after a commit that failed: some databases then leave the transaction open.
    """
    if conn._busy:
        refuse_other_thread(conn)
    try:
        send_rollback(conn, root)
    finally:
        _deactivate_all(conn, root)
        _forget_root(conn)
        conn._callbacks = None


def close_root(conn: Connection, root: RootTransaction) -> None:
    """End the transaction of a connection that is being closed.

    With nobody listening and nothing nested this is all there is to it; else it is done as
    ``rollback()`` does it.
    """
    if conn._attentive or conn._heard.active or conn._nested is not None or conn._live is None:
        root.close()
        return
    unusual = conn._context is not None or conn._parts.skip_autocommit_rollback
    if unusual or getattr(root, "xid", None) is not None:
        root.close()
        return
    root.is_active = False
    conn._transaction = None
    try:
        conn._parts.driver.rollback(conn._live)
    except BaseException as error:  # noqa: BLE001 - failed() raises
        failed(conn, error, unusable=True)


def send_rollback(conn: Connection, root: RootTransaction) -> None:
    """Send the rollback, also when a listener fails: nobody may inherit the transaction."""
    if conn._proxied_connection() is None:
        return
    xid = getattr(root, "xid", None)
    if xid is not None:
        prepared: bool = root.is_prepared  # type: ignore[attr-defined]
        try:
            _tell(conn, "rollback_twophase", xid, prepared)
        finally:
            conn._write_if_echo("ROLLBACK (two-phase)")
            driver = conn._parts.driver
            _send_last(conn, lambda dbapi: driver.rollback_twophase(dbapi, xid, prepared))
        return
    try:
        if conn._heard.active:
            for heard in conn._heard.rollback:
                heard(conn)
    finally:
        _send_plain_rollback(conn)


def _send_plain_rollback(conn: Connection) -> None:
    parts = conn._parts
    autocommits = (conn._echo or parts.skip_autocommit_rollback) and conn._autocommits()
    if conn._echo:
        note = " using DBAPI connection.rollback(), has no effect due to autocommit mode"
        if autocommits and parts.skip_autocommit_rollback:
            note = " (skipped due to autocommit mode)"
        conn._write("ROLLBACK" + (note if autocommits else ""))
    if autocommits and parts.skip_autocommit_rollback:
        return
    _send_last(conn, parts.driver.rollback)


def _send_last(conn: Connection, send: Callable[[Any], Any]) -> None:
    """Send what ends a transaction for good: if it fails, the connection is of no more use."""
    dbapi = conn._proxied_connection()
    if dbapi is None:  # a listener has thrown it away
        return
    try:
        send(dbapi)
    except BaseException as error:  # noqa: BLE001 - failed() raises
        failed(conn, error, unusable=True)


def prepare(conn: Connection, root: TwoPhaseTransaction) -> None:
    """Send the first phase of a two-phase commit."""
    refuse_inactive(conn)
    _tell(conn, "prepare_twophase", root.xid)
    conn._write_if_echo("PREPARE (two-phase)")
    _send(conn, lambda: conn._parts.driver.prepare_twophase(conn._live, root.xid))


def begin_twophase(conn: Connection, root: TwoPhaseTransaction) -> None:
    """Begin a two-phase transaction under its identifier."""
    _tell(conn, "begin_twophase", root.xid)
    conn._write_if_echo("BEGIN TWOPHASE (implicit)")
    _send(conn, lambda: conn._parts.driver.begin_twophase(conn._live, root.xid))
    conn._transaction = root


def of_prepared(conn: Connection, what: str, *values: Any) -> Any:
    """Have the driver deal with transactions that others have left prepared."""
    if values and conn._transaction is not None:
        raise InvalidRequestError(
            "A prepared transaction can't be ended inside of another",
            hint="commit() or rollback() first",
        )
    live = conn._ready(begin=False)
    driver = conn._parts.driver
    try:
        if values:
            # Some drivers are in a transaction because they have looked for something.
            driver.rollback(live)
        return getattr(driver, what)(live, *values)
    except BaseException as error:  # noqa: BLE001 - failed() raises
        failed(conn, error)


# -- savepoints -------------------------------------------------------------------------


def set_savepoint(conn: Connection, nested: NestedTransaction) -> None:
    """Set a savepoint; it becomes the innermost."""
    _tell(conn, "savepoint", nested.name)
    driver = conn._parts.driver
    _send(conn, lambda: driver.before_savepoint(conn._live))
    conn._send_sql(driver.savepoint_sql(nested.name))
    conn._nested = nested


def release(conn: Connection, nested: NestedTransaction) -> None:
    """Release a savepoint, and with it those that were set after it."""
    try:
        refuse_inactive(conn)
        _tell(conn, "release_savepoint", nested.name, None)
        sql = conn._parts.driver.release_sql(nested.name)
        if sql is not None:
            conn._send_sql(sql)
    except BaseException:
        _deactivate_nested(conn, nested)
        _free_or_block(conn)
        raise
    _end_nested(conn, nested)


def rollback_to(conn: Connection, nested: NestedTransaction) -> None:
    """Undo what was done since a savepoint, and end it.

    Also after a release that failed, and inside the block of a transaction that has ended.
    """
    if conn._busy:
        refuse_other_thread(conn)
    try:
        live = conn._proxied_connection()
        if live is not None and is_nested_in(conn, nested):
            conn._live = live
            _send_rollback_to(conn, nested)
    finally:
        _end_nested(conn, nested)
        if conn._callbacks is not None:
            del conn._callbacks[nested.callbacks_before :]


def _send_rollback_to(conn: Connection, nested: NestedTransaction) -> None:
    try:
        _tell(conn, "rollback_savepoint", nested.name, None)
    finally:
        try:
            conn._send_sql(conn._parts.driver.rollback_to_sql(nested.name))
        except BaseException:
            # What should have been undone is still there, and must not be committed.
            if conn._transaction is not None:
                conn._transaction.is_active = False
            raise


def is_nested_in(conn: Connection, nested: NestedTransaction) -> bool:
    """Tell whether the savepoint is among the connection's present ones."""
    current = conn._nested
    while current is not None and current is not nested:
        current = current.previous
    return current is not None


# -- blocks -----------------------------------------------------------------------------


def enter_context(conn: Connection, transaction: Transaction) -> None:
    """Note that a ``with`` block of this transaction is open."""
    transaction.outer_context = conn._context
    conn._context = transaction
    if conn._blocked or not transaction.is_active:
        _free_or_block(conn)


def leave_context(conn: Connection, transaction: Transaction) -> None:
    """Note that the block is over: what it had blocked is free, unless an outer one blocks it."""
    if conn._context is transaction:
        conn._context = transaction.outer_context
        transaction.outer_context = None
    if conn._blocked or conn._context is not None:
        _free_or_block(conn)


def refuse(conn: Connection) -> None:
    """Say why the connection cannot execute now; the caller has seen that it cannot."""
    if conn._blocked:
        raise InvalidRequestError(
            "Can't operate on closed transaction inside context manager.  "
            "Please complete the context manager before emitting further commands."
        )
    refuse_inactive(conn)


def refuse_inactive(conn: Connection) -> None:
    """Refuse to go on in a transaction that was lost, or whose end has failed."""
    root, nested = conn._transaction, conn._nested
    if conn.invalidated and root is not None:
        kind = "savepoint " if nested is not None else ""
        raise PendingRollbackError(
            f"Can't reconnect until invalid {kind}transaction is rolled back.  "
            + _PLEASE_ROLL_BACK,
            code="8s2b",
        )
    for transaction in (nested, root):
        if transaction is not None and not transaction.is_active:
            raise PendingRollbackError(
                f"This connection is on an inactive {transaction.kind}transaction.  "
                + _PLEASE_ROLL_BACK,
                code="8s2a",
            )


def refuse_other_thread(conn: Connection) -> None:
    """Refuse what is asked for while another thread executes on the connection."""
    thread = get_ident()
    if conn._busy != thread:
        conn._refuse_thread(thread)


# -- books ------------------------------------------------------------------------------


def _deactivate_all(conn: Connection, root: RootTransaction) -> None:
    """End the root and all savepoints in it; until a rollback nothing more can be done."""
    while conn._nested is not None:
        conn._nested.is_active = False
        conn._nested = conn._nested.previous
    root.is_active = False
    if conn._transaction is root:
        conn._live = None


def _forget_root(conn: Connection) -> None:
    conn._transaction = None
    _free_or_block(conn)


def _deactivate_nested(conn: Connection, nested: NestedTransaction) -> None:
    inner = conn._nested
    while inner is not None and inner is not nested:
        inner.is_active = False
        inner = inner.previous
    nested.is_active = False


def _end_nested(conn: Connection, nested: NestedTransaction) -> None:
    _deactivate_nested(conn, nested)
    conn._nested = nested.previous
    _free_or_block(conn)


def _free_or_block(conn: Connection) -> None:
    """Let the connection go on, unless it is inside the block of a transaction that ended."""
    conn._blocked = conn._context is not None and not conn._context.is_active
    nested, root = conn._nested, conn._transaction
    failed = (nested and not nested.is_active) or (root and not root.is_active)
    conn._live = None if conn._blocked or failed else conn._proxied_connection()


def _tell(conn: Connection, event: str, *values: Any) -> None:
    if conn._heard.active:
        for heard in getattr(conn._heard, event):
            heard(conn, *values)


def _send(conn: Connection, send: Callable[[], Any]) -> None:
    try:
        send()
    except BaseException as error:  # noqa: BLE001 - failed() raises
        failed(conn, error)
