"""What a connection must do, in plain Python: the model that the state machine compares with.

Too simple to be wrong: rows are numbers in sets, a savepoint is a copy of such a set.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from toolkit import exc

Error = type[Exception] | None

CLOSED = exc.ResourceClosedError
BLOCKED = exc.InvalidRequestError
INACTIVE = exc.InvalidRequestError
PENDING = exc.PendingRollbackError
VIOLATION = exc.IntegrityError


@dataclass(eq=False)
class Handle:
    """A transaction or a savepoint, as its owner sees it."""

    is_savepoint: bool
    callbacks_before: int = 0
    is_active: bool = True


@dataclass
class ModelDatabase:
    """One session of a database: what is committed, what is not, the savepoints between.

    A row below zero is an orphan: it refers to a parent that does not exist, which is checked
    at the end of the transaction.
    """

    committed: frozenset[int] = frozenset()
    pending: frozenset[int] | None = None
    # Those that the database still has: rolling back to one does not end it.
    savepoints: list[tuple[Handle, frozenset[int]]] = field(default_factory=list)

    @property
    def rows(self) -> frozenset[int]:
        """What the session itself sees."""
        return self.committed if self.pending is None else self.pending

    def insert(self, row: int, *, autocommits: bool) -> Error:
        if autocommits and self.pending is None:
            if row < 0:
                return VIOLATION
            self.committed |= {row}
        else:
            self.pending = self.rows | {row}
        return None

    def savepoint(self, handle: Handle) -> None:
        self.pending = self.rows
        self.savepoints.append((handle, self.pending))

    def release(self, handle: Handle, *, autocommits: bool) -> Error:
        """End a savepoint; the outermost one is the whole transaction if none was begun."""
        place = self._place(handle)
        if autocommits and place == 0:
            return self.commit()
        del self.savepoints[place:]
        return None

    def rollback_to(self, handle: Handle) -> None:
        place = self._place(handle)
        self.pending = self.savepoints[place][1]
        del self.savepoints[place + 1 :]

    def commit(self) -> Error:
        if any(row < 0 for row in self.rows):
            return VIOLATION
        self.committed = self.rows
        self.rollback()
        return None

    def rollback(self) -> None:
        self.pending = None
        self.savepoints.clear()

    def _place(self, handle: Handle) -> int:
        return next(n for n, (known, _) in enumerate(self.savepoints) if known is handle)


@dataclass
class ModelConnection:
    """The books of one connection: which transactions there are, and what it may do now.

    Each method returns the class of the error that must come, or None.
    """

    database: ModelDatabase
    root: Handle | None = None
    nested: list[Handle] = field(default_factory=list)
    contexts: list[Handle] = field(default_factory=list)
    # Whom ``on_commit`` was told to call, and who was called.
    callbacks: list[int] = field(default_factory=list)
    called: list[int] = field(default_factory=list)
    autocommits: bool = False
    closed: bool = False
    invalidated: bool = False

    # -- may it? ------------------------------------------------------------------------

    def refusal(self) -> Error:
        """Why nothing can be executed now."""
        if self.closed:
            return CLOSED
        if self.contexts and not self.contexts[-1].is_active:
            return BLOCKED
        return self.pending_rollback()

    def pending_rollback(self) -> Error:
        if self.root is None:
            return None
        if self.invalidated or not self.root.is_active:
            return PENDING
        return PENDING if self.nested and not self.nested[-1].is_active else None

    def is_current(self, handle: Handle) -> bool:
        return handle is self.root or handle in self.nested

    def autobegin(self) -> None:
        self.invalidated = False
        self.root = self.root or Handle(is_savepoint=False)

    # -- executing ----------------------------------------------------------------------

    def execute(self) -> Error:
        error = self.refusal()
        if error is None:
            self.autobegin()
        return error

    def insert(self, row: int) -> Error:
        return self.execute() or self.database.insert(row, autocommits=self.autocommits)

    def insert_twice(self) -> Error:
        error = self.execute()
        if error is None and not self.autocommits:
            # The driver begins before the statement, which fails.
            self.database.pending = self.database.rows
        return error or VIOLATION

    def on_commit(self, number: int) -> Error:
        error = self.execute()
        if error is None:
            self.callbacks.append(number)
        return error

    # -- transactions -------------------------------------------------------------------

    def begin(self) -> Error:
        if self.root is not None:
            return exc.InvalidRequestError
        return self.execute()

    def begin_nested(self) -> Error:
        error = self.execute()
        if error is None:
            handle = Handle(is_savepoint=True, callbacks_before=len(self.callbacks))
            self.database.savepoint(handle)
            self.nested.append(handle)
        return error

    def commit(self, handle: Handle | None) -> Error:
        if handle is None:
            return None
        if not handle.is_active:
            return PENDING if self.is_current(handle) else INACTIVE
        return self._release(handle) if handle.is_savepoint else self._commit_root(handle)

    def _commit_root(self, root: Handle) -> Error:
        error = self.pending_rollback() or self.database.commit()
        self._end_savepoints(0)
        root.is_active = False
        if error is None:
            self.root = None
            self.called += self.callbacks
            self.callbacks = []
        return error

    def _release(self, savepoint: Handle) -> Error:
        place = self.nested.index(savepoint)
        error = self.pending_rollback() or self.refusal()
        error = error or self.database.release(savepoint, autocommits=self.autocommits)
        if error is None:
            self._end_savepoints(place)
        else:
            for handle in self.nested[place:]:
                handle.is_active = False
        return error

    def rollback(self, handle: Handle | None) -> bool:
        """Roll back, if there is something to; tell whether there was."""
        if handle is None or not (handle.is_active or self.is_current(handle)):
            return False
        if handle.is_savepoint:
            if not self.invalidated:
                self.database.rollback_to(handle)
            self._end_savepoints(self.nested.index(handle))
            del self.callbacks[handle.callbacks_before :]
        else:
            self._rollback_root(handle)
        return True

    def _rollback_root(self, root: Handle) -> None:
        self.database.rollback()
        self._end_savepoints(0)
        root.is_active = False
        self.root = None
        self.callbacks = []

    def _end_savepoints(self, first: int) -> None:
        for handle in self.nested[first:]:
            handle.is_active = False
        del self.nested[first:]

    # -- the connection itself ----------------------------------------------------------

    def leave(self, *, by_exception: bool) -> Error:
        """Leave the innermost ``with`` block."""
        handle = self.contexts.pop()
        if by_exception or not handle.is_active:
            if by_exception:
                self.rollback(handle)
            return None
        error = self.commit(handle)
        if error is not None:
            self.rollback(handle)
        return error

    def invalidate(self) -> Error:
        if self.closed:
            return CLOSED
        self.invalidated = True
        self.database.rollback()
        return None

    def close(self) -> None:
        if self.root is not None:
            self._rollback_root(self.root)
        self.closed = True
        self.invalidated = False

    def set_isolation(self, *, autocommit: bool) -> Error:
        if self.root is not None:
            return exc.InvalidRequestError
        error = self.refusal() if self.closed or self.invalidated else None
        if error is None:
            self.invalidated = False
            self.autocommits = autocommit
        return error
