"""Transactions as the documentation has them: autobegin, begin once, savepoints, blocks, misuse."""

import warnings

from sqlalchemy import create_engine, text

warnings.simplefilter("ignore")
engine = create_engine("sqlite://")
count = text("select count(*) from t")
insert = text("insert into t values (:x)")

with engine.connect() as conn:
    conn.execute(text("create table t (x integer)"))
    report("autobegin", conn.in_transaction())
    conn.commit()
    report("after commit", conn.in_transaction())
    conn.execute(insert, {"x": 1})
    conn.rollback()
    report("rolled back", conn.execute(count).scalar())
    conn.rollback()

    transaction = conn.begin()
    transaction.commit()
    attempt("commit twice", transaction.commit)
    attempt("rollback after commit", transaction.rollback)
    attempt("close after commit", transaction.close)
    transaction = conn.begin()
    transaction.rollback()
    attempt("commit after rollback", transaction.commit)
    attempt("rollback twice", transaction.rollback)

    conn.begin()
    attempt("begin twice", conn.begin)
    conn.rollback()
    conn.execute(count)
    attempt("begin after autobegin", conn.begin)
    conn.rollback()

with engine.begin() as conn:
    conn.execute(insert, {"x": 2})
with engine.connect() as conn:
    report("begin block commits", conn.execute(count).scalar())


def failing_block():
    with engine.begin() as conn:
        conn.execute(insert, {"x": 3})
        raise ValueError("the block fails")


attempt("failing block", failing_block)
with engine.connect() as conn:
    report("failing block rolls back", conn.execute(count).scalar())
    conn.execute(insert, {"x": 4})
with engine.connect() as conn:
    report("closing rolls back", conn.execute(count).scalar())
    conn.rollback()

    with conn.begin() as transaction:
        report("active in block", transaction.is_active)
        conn.execute(insert, {"x": 5})
    report("inactive after block", transaction.is_active)
    report("block committed", conn.execute(count).scalar())
    conn.rollback()

    def commit_inside():
        with conn.begin() as transaction:
            transaction.commit()
            conn.execute(count)

    attempt("execute after commit inside a block", commit_inside)
    attempt("and the connection works after it", lambda: conn.execute(count).scalar())
    conn.rollback()

    def rollback_savepoint_inside():
        with conn.begin_nested() as savepoint:
            savepoint.rollback()
            conn.execute(count)

    attempt("execute after rollback inside a savepoint's block", rollback_savepoint_inside)
    conn.rollback()

    def ended_inside():
        with conn.begin() as transaction:
            transaction.rollback()
        return transaction.is_active

    attempt("a block whose transaction ended inside", ended_inside)
