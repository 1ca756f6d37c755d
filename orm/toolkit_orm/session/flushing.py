"""Writing what has changed: changes, a plan of them, and carrying it out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit_core.errors import InvalidRequestError
from toolkit_orm.unit_of_work.changes import changes_of
from toolkit_orm.unit_of_work.execute import carry_out
from toolkit_orm.unit_of_work.plan import Step, steps_of

if TYPE_CHECKING:
    from toolkit_orm.session.session import Session


def flush(session: Session) -> None:
    """Write what has changed."""
    if session._is_flushing:
        raise InvalidRequestError("Session is already flushing")
    modified = session._home.modified
    if not (session._new or session._deleted or modified):
        return
    transaction = session._begun()
    transaction.check()
    session._is_flushing = True
    try:
        changes = changes_of(session._new, modified, session._deleted)
        if changes:
            carry_out(steps_of(changes), session._connection_of, session._home)
    except BaseException as error:
        transaction.fail(error)
        raise
    finally:
        session._is_flushing = False
    transaction.ledger.note(changes.inserted, changes.deleted, modified)
    for state in changes.deleted:
        session._home.forget(state)
        state.is_deleted = True
    for state in modified:
        state.committed = state.waiting = None
    session._new = {}
    session._deleted = {}
    modified.clear()


def autoflush(session: Session) -> None:
    """Flush before a query, if there is anything to write."""
    if session._is_flushing:
        return
    if session._new or session._deleted or session._home.modified:
        try:
            flush(session)
        except Exception as error:
            if hasattr(error, "add_detail"):
                error.add_detail(
                    "raised as a result of Query-invoked autoflush; consider using a "
                    "session.no_autoflush block if this flush is occurring prematurely"
                )
            raise


def explain_flush(session: Session) -> list[Step]:
    """Return the steps that a flush would take, without taking any."""
    return steps_of(changes_of(session._new, session._home.modified, session._deleted))
