"""What happens to sessions and to the objects in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit_core.events import Events

if TYPE_CHECKING:
    from toolkit_orm.session.session import Session


class SessionEvents(Events):
    """Listen to a ``Session``, a ``sessionmaker``, a ``scoped_session``, or the class."""

    def after_transaction_create(self, session: Any, transaction: Any) -> None:
        """A transaction, or a savepoint, begins."""

    def after_transaction_end(self, session: Any, transaction: Any) -> None:
        """A transaction, or a savepoint, has ended."""

    def after_begin(self, session: Any, transaction: Any, connection: Any) -> None:
        """A transaction has begun on a connection."""

    def before_commit(self, session: Any) -> None:
        """A commit begins; what changes now is still flushed."""

    def after_commit(self, session: Any) -> None:
        """The database has committed; the session can execute nothing now."""

    def after_rollback(self, session: Any) -> None:
        """The database was rolled back; the session can execute nothing now."""

    def after_soft_rollback(self, session: Any, previous_transaction: Any) -> None:
        """A transaction or savepoint was rolled back; the one around it can be used."""

    def before_flush(self, session: Any, flush_context: Any, instances: Any) -> None:
        """A flush begins; what changes now is part of it."""

    def after_flush(self, session: Any, flush_context: Any) -> None:
        """A flush was written; ``new``, ``dirty`` and ``deleted`` are as they were before."""

    def after_flush_postexec(self, session: Any, flush_context: Any) -> None:
        """A flush has ended; objects are in their new states."""

    def before_attach(self, session: Any, instance: Any) -> None:
        """An object is about to be put into a session."""

    def after_attach(self, session: Any, instance: Any) -> None:
        """An object was put into a session."""

    def do_orm_execute(self, orm_execute_state: Any) -> Any:
        """A statement is about to be executed; it may be changed, or a result returned."""

    def after_bulk_update(self, update_context: Any) -> None:
        """``Query.update()`` has updated rows."""

    def after_bulk_delete(self, delete_context: Any) -> None:
        """``Query.delete()`` has deleted rows."""

    def loaded_as_persistent(self, session: Any, instance: Any) -> None:
        """An object was made of a row."""

    def transient_to_pending(self, session: Any, instance: Any) -> None:
        """A new object was put into a session."""

    def pending_to_transient(self, session: Any, instance: Any) -> None:
        """An object that was not flushed left its session."""

    def persistent_to_transient(self, session: Any, instance: Any) -> None:
        """The INSERT of an object was rolled back."""

    def pending_to_persistent(self, session: Any, instance: Any) -> None:
        """An object was inserted."""

    def detached_to_persistent(self, session: Any, instance: Any) -> None:
        """An object with a row was put into a session."""

    def persistent_to_deleted(self, session: Any, instance: Any) -> None:
        """The row of an object was deleted."""

    def deleted_to_persistent(self, session: Any, instance: Any) -> None:
        """The DELETE of an object was rolled back."""

    def deleted_to_detached(self, session: Any, instance: Any) -> None:
        """The DELETE of an object was committed."""

    def persistent_to_detached(self, session: Any, instance: Any) -> None:
        """An object left its session."""


def tell(session: Session, event: str, *told: Any) -> None:
    """Call who listens to an event of a session."""
    if session.dispatch.active:
        for heard in getattr(session.dispatch, event):
            heard(session, *told)


def tell_each(session: Session, event: str, states: Any) -> None:
    """Call who listens to an event of a session, for each of some objects."""
    if session.dispatch.active:
        for heard in getattr(session.dispatch, event):
            for state in list(states):
                instance = state()
                if instance is not None:
                    heard(session, instance)
