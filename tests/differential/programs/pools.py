"""Pools: their status and their events, alone and behind an engine, and how they refuse."""

import sqlite3
import warnings

from sqlalchemy import create_engine, event, text
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.pool import (
    AssertionPool,
    NullPool,
    QueuePool,
    SingletonThreadPool,
    StaticPool,
)

warnings.simplefilter("ignore")
EVENTS = [
    "connect",
    "first_connect",
    "checkout",
    "checkin",
    "reset",
    "invalidate",
    "soft_invalidate",
    "close",
    "detach",
    "close_detached",
]


def connect():
    return sqlite3.connect(":memory:", check_same_thread=False)


def listening(kind, **options):
    pool = kind(connect, **options)
    heard = []
    for name in EVENTS:
        event.listen(pool, name, lambda *_, _name=name: heard.append(_name))
    return pool, heard


def said(heard):
    notes = list(heard)
    heard.clear()
    return notes


def counts(pool):
    names = ("size", "checkedin", "checkedout", "overflow")
    found = {}
    for name in names:
        member = getattr(pool, name, None)
        found[name] = member() if callable(member) else member
    return found


for name in ("QueuePool", "NullPool", "StaticPool", "SingletonThreadPool", "AssertionPool"):
    differs(f"{name}: cursor of a returned one", why="toolkit says in words that it is closed")
differs("StaticPool: last return", why="toolkit tells of every return, also of a shared one")
differs("StaticPool: replaced", why="toolkit closes what was invalidated when it is replaced")
differs("refused 2 times", why="toolkit tries a third connection, as many as documented")
differs("heard when refused 2 times", why="toolkit tries a third connection")
differs("heard when refused 3 times", why="toolkit tries a third connection")

for kind in (QueuePool, NullPool, StaticPool, SingletonThreadPool, AssertionPool):
    label = kind.__name__
    pool, heard = listening(kind)
    first = pool.connect()
    report(f"{label}: first checkout", said(heard))
    report(f"{label}: is valid", (first.is_valid, first.is_detached))
    if kind is QueuePool:
        report(f"{label}: counts", counts(pool))
        report(f"{label}: status", pool.status())
    if kind is not AssertionPool:
        second = pool.connect()
        report(f"{label}: second checkout", said(heard))
        report(f"{label}: same", first.dbapi_connection is second.dbapi_connection)
        if kind is QueuePool:
            report(f"{label}: status of two", pool.status())
        second.close()
        report(f"{label}: first return", said(heard))
    first.close()
    report(f"{label}: last return", said(heard))
    report(f"{label}: is not valid", (first.is_valid, first.is_detached))
    attempt(f"{label}: cursor of a returned one", first.cursor)
    attempt(f"{label}: close twice", first.close)
    if kind is QueuePool:
        report(f"{label}: status in the end", pool.status())
    lost = pool.connect()
    said(heard)
    lost.invalidate()
    report(f"{label}: invalidate", said(heard))
    report(f"{label}: invalidated", (lost.is_valid, lost.is_detached))
    lost.close()
    report(f"{label}: close the invalidated", said(heard))
    soft = pool.connect()
    said(heard)
    soft.invalidate(soft=True)
    report(f"{label}: invalidate softly", said(heard))
    soft.close()
    report(f"{label}: close the softly invalidated", said(heard))
    detached = pool.connect()
    report(f"{label}: replaced", said(heard))
    detached.info["mine"] = 1
    detached.detach()
    report(f"{label}: detach", said(heard))
    report(f"{label}: detached", (detached.is_valid, detached.is_detached, detached.info))
    detached.close()
    report(f"{label}: close the detached", said(heard))
    with pool.connect() as last:
        last.info["mine"] = 2
        last.record_info["ours"] = 3
    said(heard)
    again = pool.connect()
    report(f"{label}: info", (again.info, again.record_info))
    again.close()
    said(heard)
    pool.dispose()
    report(f"{label}: dispose", said(heard))
    other = pool.recreate()
    report(f"{label}: recreate", type(other).__name__)
    other.dispose()

# Limits.
pool = QueuePool(connect, pool_size=1, max_overflow=1, timeout=0.01)
held = [pool.connect(), pool.connect()]
attempt("QueuePool: too many", pool.connect)
report("QueuePool: full", pool.status())
held.pop().close()
report("QueuePool: overflow goes", pool.status())
held.pop().close()
report("QueuePool: kept", pool.status())
pool.dispose()
report("QueuePool: disposed", pool.status())
for size, overflow in ((0, 0), (1, -1), (2, 0)):
    pool = QueuePool(connect, pool_size=size, max_overflow=overflow, timeout=0.01)
    held = [pool.connect() for _ in range(2)]
    report(f"QueuePool: size {size}, overflow {overflow}", (counts(pool), pool.status()))
    for one in held:
        one.close()
    report(f"QueuePool: size {size}, overflow {overflow}, returned", counts(pool))
    pool.dispose()
pool = AssertionPool(connect)
held = pool.connect()
attempt("AssertionPool: two", pool.connect)
held.close()
attempt("AssertionPool: one", lambda: pool.connect().close())
pool.dispose()

for lifo in (False, True):
    pool = QueuePool(connect, pool_size=2, use_lifo=lifo)
    pair = [pool.connect(), pool.connect()]
    ids = [id(one.dbapi_connection) for one in pair]
    for one in pair:
        one.close()
    with pool.connect() as next_one:
        report(f"QueuePool: lifo {lifo}", ids.index(id(next_one.dbapi_connection)))
    pool.dispose()

# What ends the transaction of one that returns.
for style in ("rollback", "commit", None, True, False):
    pool = QueuePool(connect, reset_on_return=style, pool_size=1)
    with pool.connect() as proxied:
        cursor = proxied.cursor()
        cursor.execute("create table t (x integer)")
        cursor.execute("insert into t values (1)")
    with pool.connect() as proxied:
        cursor = proxied.cursor()
        cursor.execute("select count(*) from t")
        report(f"reset {style}", (cursor.fetchone(), proxied.dbapi_connection.in_transaction))
        proxied.rollback()
        cursor.execute("select count(*) from t")
        report(f"reset {style}, rolled back", cursor.fetchone())
    pool.dispose()
attempt("reset wrongly", QueuePool, connect, reset_on_return="what")

# Listeners that refuse.
for refusals in (1, 2, 3):
    pool, heard = listening(QueuePool)
    left = [refusals]

    def refuse(dbapi_connection, record, proxy, left=left):
        if left[0]:
            left[0] -= 1
            raise DisconnectionError

    event.listen(pool, "checkout", refuse)
    attempt(f"refused {refusals} times", lambda pool=pool: pool.connect().close())
    report(f"heard when refused {refusals} times", said(heard))
    report(f"left when refused {refusals} times", pool.status())
    pool.dispose()


def failing():
    raise sqlite3.OperationalError("no")


pool = QueuePool(failing)
attempt("a creator that fails", pool.connect)
report("left by a creator that fails", pool.status())


def by_record(record):
    record.info["made"] = True
    return connect()


pool = QueuePool(by_record)
with pool.connect() as proxied:
    report("a creator that takes the record", proxied.info)
pool.dispose()

# Behind an engine.
for options in ({}, {"poolclass": NullPool}, {"poolclass": StaticPool}, {"pool_size": 2}):
    for url in ("sqlite://", "sqlite:///file.db"):
        label = f"{url} {[getattr(value, '__name__', value) for value in options.values()]}"
        attempt(label, lambda u=url, o=options: type(create_engine(u, **o).pool).__name__)
engine = create_engine("sqlite:///file.db", pool_size=1, max_overflow=0, pool_timeout=0.01)
with engine.connect() as conn:
    conn.execute(text("select 1"))
    attempt("an engine's limit", engine.connect)
    report("an engine's pool", engine.pool.status())
report("an engine's pool, returned", engine.pool.status())
attempt(
    "an engine's own pool", lambda: create_engine("sqlite://", pool=engine.pool).pool is engine.pool
)
engine.dispose()
report("a new pool", engine.pool.status())
attempt("a useless option", lambda: create_engine("sqlite://", poolclass=NullPool, pool_size=3))
attempt("pickle", lambda: __import__("pickle").dumps(engine.raw_connection()))
