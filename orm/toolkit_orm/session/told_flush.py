"""A flush as listeners are told of it: made for them only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit_orm.session.session_events import tell
from toolkit_orm.session.transaction_state import SessionTransactionOrigin

if TYPE_CHECKING:
    from toolkit_orm.session.session import Session


class UOWTransaction:
    """The ``flush_context`` that listeners are given."""

    def __init__(self, session: Session) -> None:
        self.session = session


class FlushTransaction:
    """The part of a transaction that one flush is: it ends with it."""

    origin = SessionTransactionOrigin.SUBTRANSACTION
    nested = False

    def __init__(self, session: Session, parent: Any) -> None:
        self.session = session
        self.parent = self._parent = parent
        self.is_active = True


class ToldFlush:
    """Tells of one flush."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.context = UOWTransaction(session)
        self._part: FlushTransaction | None = None

    def begin(self, transaction: Any) -> None:
        """Tell that it begins, in a transaction."""
        self._part = FlushTransaction(self.session, transaction)
        tell(self.session, "after_transaction_create", self._part)

    def end(self, *, failed: bool) -> None:
        """Tell that it has ended."""
        if self._part is not None:
            self._part.is_active = False
            tell(self.session, "after_transaction_end", self._part)
            if failed:
                tell(self.session, "after_soft_rollback", self._part)
