"""Transactions in any order, at random: the same seeds give the same steps on both sides.

Left out is what is known to differ, and meant to: a savepoint that ends before those inside it
(toolkit ends them with it), or is rolled back inside the block of one that has ended (toolkit
does so), and what follows from a failed commit on SQLite (see failed_ends.py).
"""

import random
import sqlite3
import warnings

from sqlalchemy import NestedTransaction, create_engine, event, text

warnings.simplefilter("ignore")
SEQUENCES = 150
SIMPLE = ["begin", "nested", "nested", "commit", "rollback", "insert", "insert", "insert", "select"]
SIMPLE += ["violation", "nonsense", "invalidate", "close", "reopen", "isolation"]
OF_HANDLES = ["commit_one", "roll_one_back", "close_one"]
BLOCKS = ["begin_block", "nested_block", "nested_block"]
LEVELS = ["AUTOCOMMIT", "SERIALIZABLE"]

watching = sqlite3.connect("random.db", isolation_level=None, timeout=0)
watching.execute("create table t (x integer primary key)")
engine = create_engine("sqlite:///random.db", connect_args={"timeout": 0})


# The documented recipe: pysqlite must not begin by itself, or savepoints do not hold.
@event.listens_for(engine, "connect")
def leave_it_to_us(dbapi_connection, record):
    dbapi_connection.isolation_level = None


@event.listens_for(engine, "begin")
def begin(conn):
    if "AUTOCOMMIT" not in str(conn.get_execution_options().get("isolation_level")):
        conn.exec_driver_sql("BEGIN")


class LeftByError(Exception):
    pass


class Sequence:
    """One connection, and the transactions that it has had."""

    def __init__(self, seed):
        self.dice = random.Random(seed)
        self.notes = []
        watching.execute("delete from t")
        self.handles = []
        self.blocks = []
        self.conn = engine.connect()

    def run(self, steps, depth=0):
        for _ in range(steps):
            blocks = BLOCKS if depth < 3 else []
            what = self.dice.choice(SIMPLE + OF_HANDLES + blocks)
            number = self.dice.randrange(10**6)
            if self.conn.closed and what.startswith("nested"):
                continue  # an assertion there, an error here
            if what in OF_HANDLES and not self.may_end_newest():
                continue
            self.note(what, lambda w=what, n=number: getattr(self, w)(n, depth))

    def note(self, what, action):
        try:
            outcome = action()
        except Exception as error:  # noqa: BLE001 - errors are what is compared
            names = [kind.__name__ for kind in type(error).__mro__]
            known = ("PendingRollbackError", "InvalidRequestError")
            outcome = next((name for name in known if name in names), names[-4])
        conn = self.conn
        state = (conn.in_transaction(), conn.in_nested_transaction(), conn.closed, conn.invalidated)
        active = [handle.is_active for handle in self.handles]
        others = watching.execute("select x from t order by x").fetchall()
        self.notes.append((what, outcome, state, active, others))

    def newest(self):
        """The innermost transaction in progress: those around it are not ended before it."""
        return self.conn.get_nested_transaction() or self.conn.get_transaction()

    def may_end_newest(self):
        newest = self.newest()
        blocked = any(not block.is_active for block in self.blocks)
        return newest and not (blocked and isinstance(newest, NestedTransaction))

    def keep(self, handle):
        self.handles.append(handle)
        return handle

    def begin(self, number, depth):
        self.keep(self.conn.begin())

    def nested(self, number, depth):
        self.keep(self.conn.begin_nested())

    def commit(self, number, depth):
        self.conn.commit()

    def rollback(self, number, depth):
        self.conn.rollback()

    def commit_one(self, number, depth):
        self.newest().commit()

    def roll_one_back(self, number, depth):
        self.newest().rollback()

    def close_one(self, number, depth):
        self.newest().close()

    def insert(self, number, depth):
        self.conn.execute(text("insert into t values (:x)"), {"x": number})

    def select(self, number, depth):
        return self.conn.execute(text("select x from t order by x")).scalars().all()

    def violation(self, number, depth):
        self.conn.execute(text("insert into t values (1), (1)"))

    def nonsense(self, number, depth):
        self.conn.execute(text("selec"))

    def invalidate(self, number, depth):
        self.conn.invalidate()

    def close(self, number, depth):
        if number % 3 == 0:
            self.conn.close()

    def reopen(self, number, depth):
        if not depth:
            self.conn.close()
            self.conn = engine.connect()

    def isolation(self, number, depth):
        # Refused, the oracle's options say what is not so.
        if not self.conn.invalidated and not self.conn.get_transaction():
            self.conn.execution_options(isolation_level=LEVELS[number % 2])

    def begin_block(self, number, depth):
        self.block(self.conn.begin(), number, depth)

    def nested_block(self, number, depth):
        self.block(self.conn.begin_nested(), number, depth)

    def block(self, handle, number, depth):
        conn = self.conn
        with self.keep(handle):
            self.blocks.append(handle)
            self.run(number % 5, depth + 1)
            self.blocks.pop()
            # Those inside it end first.
            while isinstance(handle, NestedTransaction) and handle.is_active:
                inner = conn.get_nested_transaction()
                if inner is handle or inner is None:
                    break
                inner.rollback()
            if number % 4 == 0:
                raise LeftByError


for seed in range(SEQUENCES):
    sequence = Sequence(seed)
    sequence.run(sequence.dice.randint(3, 12))
    sequence.note("end", sequence.conn.close)
    report(f"sequence {seed}", sequence.notes)
report("nothing is out", engine.pool.checkedout())
watching.close()
engine.dispose()
