"""Transactions in any order of calls, right and wrong ones, held against a model."""

from __future__ import annotations

import shutil
import tempfile
import warnings
from collections.abc import Callable
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from tests.core.engine.transaction_model import Error, Handle, ModelConnection, ModelDatabase
from toolkit import Transaction, create_engine, event, exc, text

INSERT = text("insert into t (x, parent) values (:x, :parent)")
SELECT = text("select x from t order by x")
PARENT = text("create table parent (id integer primary key)")
TABLE = text(
    "create table t (x integer primary key, "
    "parent integer references parent deferrable initially deferred)"
)
SELDOM = st.integers(0, 5).map(lambda number: number == 5)
LEVELS = ("SERIALIZABLE", "READ UNCOMMITTED", "AUTOCOMMIT")


def hasten(dbapi_connection: Any, record: Any) -> None:
    dbapi_connection.execute("pragma synchronous = off")
    dbapi_connection.execute("pragma foreign_keys = on")


class TransactionMachine(RuleBasedStateMachine):
    """One connection does as it is told, another sees what is committed."""

    @initialize(listening=st.booleans(), begins_explicitly=st.booleans())
    def start(self, listening: bool, begins_explicitly: bool) -> None:
        self.folder = tempfile.mkdtemp()
        mode = "DEFERRED" if begins_explicitly else None
        self.engine = create_engine(f"sqlite:///{self.folder}/test.db", sqlite_begin=mode)
        event.listen(self.engine, "connect", hasten)
        with self.engine.begin() as connection:
            connection.execute(PARENT)
            connection.execute(TABLE)
        if listening:
            # The long way of executing must do the same as the short one.
            event.listen(self.engine, "before_cursor_execute", lambda *_: None)
        self.observer = self.engine.connect()
        self.connection = self.engine.connect()
        self.model = ModelConnection(ModelDatabase())
        self.handles: list[tuple[Handle, Transaction]] = []
        self.entered: list[Transaction] = []
        self.called: list[int] = []
        self.last_row = 0

    # -- what is done -------------------------------------------------------------------

    @rule(orphan=SELDOM)
    def insert(self, orphan: bool) -> None:
        self.last_row += 1
        row = -self.last_row if orphan else self.last_row
        values = {"x": row, "parent": 1 if orphan else None}
        self.expect(self.model.insert(row), lambda: self.connection.execute(INSERT, values))

    @rule()
    def insert_the_same_twice(self) -> None:
        sets = [{"x": 10**6, "parent": None}] * 2
        twice = text("insert into t (x) values (:x), (:x)")
        expected = self.model.insert_twice()
        self.expect(expected, lambda: self.connection.execute(twice, sets[0]))

    @rule()
    def read(self) -> None:
        found: list[int] = []
        self.expect(
            self.model.execute(),
            lambda: found.extend(self.connection.execute(SELECT).scalars()),
            then=lambda: self.same(found, self.model.database.rows),
        )

    @rule()
    def execute_nonsense(self) -> None:
        expected = self.model.execute() or exc.OperationalError
        self.expect(expected, lambda: self.connection.execute(text("selec")))

    @rule()
    def ask_to_be_called(self) -> None:
        number = self.last_row = self.last_row + 1
        self.expect(
            self.model.on_commit(number),
            lambda: self.connection.on_commit(lambda: self.called.append(number)),
        )

    @rule()
    def begin(self) -> None:
        self.expect(self.model.begin(), self.connection.begin)

    @rule(again=st.booleans())
    def begin_nested(self, again: bool) -> None:
        for _ in range(1 + again):
            self.expect(self.model.begin_nested(), self.connection.begin_nested)

    @rule(nested=st.booleans())
    def begin_a_block(self, nested: bool) -> None:
        if nested:
            self.begin_nested(again=False)
        else:
            self.begin()
        if self.handles:
            self.enter_a_block(which=0)

    @rule()
    def commit(self) -> None:
        self.expect(self.model.commit(self.model.root), self.connection.commit)

    @rule()
    def rollback(self) -> None:
        self.model.rollback(self.model.root)
        self.expect(None, self.connection.rollback)

    @precondition(lambda self: self.handles)
    @rule(which=st.integers(0, 5))
    def commit_a_transaction(self, which: int) -> None:
        handle, transaction = self.pick(which)
        self.expect(self.model.commit(handle), transaction.commit)

    @precondition(lambda self: self.handles)
    @rule(which=st.integers(0, 5))
    def roll_a_transaction_back(self, which: int) -> None:
        handle, transaction = self.pick(which)
        # Rolling back what has ended is worth a warning, no more.
        self.expect(None if self.model.rollback(handle) else exc.SAWarning, transaction.rollback)

    @precondition(lambda self: self.handles)
    @rule(which=st.integers(0, 5))
    def close_a_transaction(self, which: int) -> None:
        handle, transaction = self.pick(which)
        self.model.rollback(handle)
        self.expect(None, transaction.close)

    @precondition(lambda self: self.handles)
    @rule(which=st.integers(0, 5))
    def enter_a_block(self, which: int) -> None:
        handle, transaction = self.pick(which)
        if handle in self.model.contexts:
            return
        self.model.contexts.append(handle)
        self.entered.append(transaction)
        transaction.__enter__()

    @precondition(lambda self: self.entered)
    @rule(by_exception=st.booleans())
    def leave_a_block(self, by_exception: bool) -> None:
        transaction = self.entered.pop()
        error = LookupError() if by_exception else None
        kind = LookupError if by_exception else None
        self.expect(
            self.model.leave(by_exception=by_exception),
            lambda: transaction.__exit__(kind, error, None),
        )

    @rule(and_roll_back=st.booleans())
    def invalidate(self, and_roll_back: bool) -> None:
        self.expect(self.model.invalidate(), self.connection.invalidate)
        if and_roll_back:
            self.rollback()

    @rule(seldom=SELDOM)
    def close(self, seldom: bool) -> None:
        self.model.close()
        self.expect(None, self.connection.close)
        if not seldom:
            self.reopen()

    @precondition(lambda self: self.model.closed)
    @rule()
    def reopen(self) -> None:
        self.connection = self.engine.connect()
        self.model = ModelConnection(ModelDatabase(self.model.database.committed))
        self.handles.clear()
        self.entered.clear()
        self.called.clear()

    @rule(level=st.sampled_from(LEVELS))
    def set_isolation_level(self, level: str) -> None:
        self.expect(
            self.model.set_isolation(autocommit=level == "AUTOCOMMIT"),
            lambda: self.connection.execution_options(isolation_level=level),
        )

    # -- what must hold -----------------------------------------------------------------

    @invariant()
    def the_books_are_right(self) -> None:
        model, connection = self.model, self.connection
        root, nested = model.root, model.nested
        assert connection.closed == model.closed
        assert connection.invalidated == model.invalidated
        assert connection.in_transaction() == (root is not None and root.is_active)
        assert connection.in_nested_transaction() == bool(nested and nested[-1].is_active)
        assert connection.get_transaction() is self.known(root)
        assert connection.get_nested_transaction() is self.known(nested[-1] if nested else None)
        for handle, transaction in self.handles:
            assert transaction.is_active == handle.is_active
            assert transaction.is_valid == (handle.is_active and not model.invalidated)
        assert self.called == model.called

    @invariant()
    def others_see_what_is_committed_and_nothing_else(self) -> None:
        self.same(self.observer.execute(SELECT).scalars().all(), self.model.database.committed)
        self.observer.rollback()

    @invariant()
    def the_pool_counts_right(self) -> None:
        out = 1 if self.model.closed or self.model.invalidated else 2
        assert self.engine.pool.checkedout() == out

    def teardown(self) -> None:
        self.connection.close()
        self.observer.close()
        assert self.engine.pool.checkedout() == 0
        with self.engine.connect() as fresh:
            dbapi_connection = fresh.connection.dbapi_connection
            assert fresh.get_isolation_level() == "SERIALIZABLE"
            assert not dbapi_connection.in_transaction, "a transaction was inherited"
            self.same(fresh.execute(SELECT).scalars().all(), self.model.database.committed)
        self.engine.dispose()
        shutil.rmtree(self.folder)

    # -- the machine itself ---------------------------------------------------------------

    def expect(
        self, error: Error, action: Callable[[], Any], then: Callable[[], None] | None = None
    ) -> None:
        """Do it, and compare the error that comes with the one that must."""
        came: BaseException | None = None
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("error")
                action()
        except (exc.SQLAlchemyError, exc.SAWarning) as raised:
            came = raised
        assert error is not None or came is None, f"there should be no error: {came!r}"
        assert error is None or isinstance(came, error), f"{error.__name__} expected: {came!r}"
        self.note_handles()
        if then is not None and error is None:
            then()

    def note_handles(self) -> None:
        """Learn which transaction object belongs to which of the model's."""
        model, connection = self.model, self.connection
        inner = connection.get_nested_transaction()
        for handle, transaction in (
            (model.root, connection.get_transaction()),
            (model.nested[-1] if model.nested else None, inner),
        ):
            if handle is not None and self.known(handle) is None and transaction is not None:
                self.handles.append((handle, transaction))

    def known(self, handle: Handle | None) -> Transaction | None:
        return next((ours for model, ours in self.handles if model is handle), None)

    def pick(self, which: int) -> tuple[Handle, Transaction]:
        return self.handles[-1 - which % len(self.handles)]

    @staticmethod
    def same(found: Any, expected: frozenset[int]) -> None:
        assert sorted(found) == sorted(expected)


TestTransactionMachine: Any = TransactionMachine.TestCase
TestTransactionMachine.settings = settings(deadline=None, max_examples=120, stateful_step_count=40)
