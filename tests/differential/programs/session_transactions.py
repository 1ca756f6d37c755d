# begins with: people
"""Transactions of sessions: blocks, failures, joined connections, closed sessions."""

import itertools

from sqlalchemy import (
    select,
    text,
)
from sqlalchemy.orm import (
    Session,
)

e = database()
sent()
# join modes, close, tx
counter = itertools.count()
for mode in ("conditional_savepoint", "rollback_only", "control_fully", "create_savepoint"):
    for nested in (False, True):
        for end in ("commit", "rollback", "close"):
            with e.connect() as c:
                t = c.begin()
                if nested:
                    n = c.begin_nested()
                s = Session(c, join_transaction_mode=mode)
                s.add(Person(name=f"j{next(counter)}"))
                s.flush()
                sent()
                getattr(s, end)()
                say(
                    (mode, nested, end),
                    (
                        t.is_active,
                        c.in_transaction(),
                        c.in_nested_transaction(),
                        n.is_active if nested else None,
                        sent() and None,
                    ),
                )
                tried("cnt", lambda: c.execute(text("select count(*) from person")).scalar())
                sent()

                def again():
                    s.add(Person(name=f"k{next(counter)}"))
                    s.commit()
                    sent()

                tried("again", again)
                s.close()
                say("state", (t.is_active, c.in_transaction(), c.closed))
                t.rollback()
# not begun connection
with e.connect() as c:
    s = Session(c)
    s.add(Person(name="nb"))
    s.flush()
    say("tx", c.in_transaction())
    s.commit()
    say("tx", (c.in_transaction(), c.closed))
    s.close()
    say("tx", (c.in_transaction(), c.closed))
    s.execute(text("delete from person where name='nb'"))
    s.commit()
# begin_nested in joined
with e.connect() as c:
    t = c.begin()
    s = Session(c, join_transaction_mode="create_savepoint")
    s.add(Person(name="z1"))
    s.commit()
    s.add(Person(name="z2"))
    s.rollback()
    say("names", [r[0] for r in c.execute(text("select name from person"))])
    with s.begin_nested():
        s.add(Person(name="z3"))
    s.commit()
    say("names", [r[0] for r in c.execute(text("select name from person"))])
    s.close()
    t.rollback()
# context managers
s = Session(e)


def a1():
    with s.begin():
        s.add(Person(name="cm1"))
    return s.in_transaction()


tried("begin cm", a1)


def a2():
    with s.begin():
        s.add(Person(name="cm2"))
        s.commit()
        return s.in_transaction()


tried("commit inside", a2)


def a3():
    with s.begin():
        s.commit()
        s.execute(text("select 1"))


tried("execute after commit inside", a3)
say("tx", s.in_transaction())
s.rollback()


def a4():
    with s.begin():
        s.rollback()
    return s.in_transaction()


tried("rollback inside", a4)


def a5():
    with s.begin() as tx:
        tx.rollback()
        s.add(Person(name="x"))


tried("tx.rollback inside then add", a5)
s.rollback()


def a6():
    with s.begin_nested() as tx:
        tx.commit()


tried("nested commit inside", a6)


def a7():
    with s.begin_nested():
        s.add(Person(name="a"))


tried("nested fails in commit", a7)
say("tx", (s.in_transaction(), s.is_active, s.in_nested_transaction()))


def a8():
    with s.begin_nested() as tx:
        s.add(Person(name="a"))
        tried("flush", s.flush)
        tried("in", s.execute, text("select 1"))
        say("active", (s.is_active, tx.is_active))


tried("nested flush fails", a8)
say("tx", (s.in_transaction(), s.is_active, s.in_nested_transaction()))
s.rollback()


def a9():
    with Session(e) as q, q.begin():
        q.add(Person(name="a"))


tried("fails", a9)
s.add(Person(name="a"))
tried("flush", lambda: s.flush())
tried("flush again", lambda: s.flush())
tried("commit", lambda: s.commit())
tried("begin", lambda: s.begin() and None)
tried("begin_nested", lambda: s.begin_nested() and None)
tried("connection", lambda: s.connection() and None)
tried("get", lambda: s.get(Person, 1))
tried("add", lambda: s.add(Person(name="zz")))
tried("query", lambda: len(s.query(Person).all()))
say("new", len(s.new))
tried("rollback", lambda: s.rollback())
say("new", len(s.new))
tried("works", lambda: s.get(Person, 1).name)
s.add(Person(name="a"))
tried("flush", lambda: s.flush())
tried("close", s.close)
tried("works", lambda: s.get(Person, 1).name)
s.rollback()
p = Person(name="a")
s.add(p)
tried("flush", s.flush)
say("p", (state(p), p in s, s.is_active))
s.rollback()
say("p", (state(p), p in s))
a = s.get(Person, 1)
a.note = "m"
s.add(Person(name="a"))
tried("flush", s.flush)
say("a", (keys(a), state(a), a in s.dirty))
s.rollback()
say("a", a.note)
s.delete(a)
s.add(Person(name="b"))
tried("flush", s.flush)
say("a", (state(a), a in s.deleted, a in s))
s.rollback()
# execute error is not flush error
tried("bad sql", lambda: s.execute(text("select nope")))
tried("still ok", lambda: s.execute(text("select 1")).scalar())
s.rollback()
# tx objects
t = s.begin()
tried("t.commit", t.commit)
tried("t.commit2", t.commit)
tried("t.rollback", t.rollback)
tried("t.close", t.close)
t = s.begin()
tried("t.close", t.close)
say("in", s.in_transaction())
t = s.begin()
tried("s.commit", s.commit)
tried("t.commit after s.commit", t.commit)
t = s.begin()
tried("t.connection", lambda: type(t.connection(Person)).__name__)
tried("t.connection e", lambda: type(t.connection(None)).__name__)
s.rollback()
t = s.begin()
tried("t.prepare", t.prepare)
s.rollback()
tried("get_tx", lambda: (s.get_transaction(), s.get_nested_transaction()))
with s:
    s.begin()
    n1 = s.begin_nested()
    n2 = s.begin_nested()
    tried(
        "gt",
        lambda: (
            s.get_nested_transaction() is n2,
            n2.parent is n1,
            n1.parent is s.get_transaction(),
        ),
    )
# close semantic
s = Session(e, close_resets_only=False)
a = s.get(Person, 1)
s.close()
say("closed", (state(a), s.in_transaction()))
for n, f in [
    ("add", lambda: s.add(Person())),
    ("begin", lambda: s.begin() and None),
    ("get", lambda: s.get(Person, 1)),
    ("commit", s.commit),
    ("rollback", s.rollback),
    ("close", s.close),
    ("reset", s.reset),
    ("flush", s.flush),
    ("conn", lambda: s.connection() and None),
    ("expunge_all", s.expunge_all),
    ("is_active", lambda: s.is_active),
    ("begin_nested", lambda: s.begin_nested() and None),
    ("with", lambda: s.__enter__() is s),
]:
    tried("closed " + n, f)
s = Session(e, close_resets_only=False)
s.reset()
tried("reset ok", lambda: s.get(Person, 1).name)
s.invalidate()
tried("inval", lambda: s.get(Person, 1))
s = Session(e, close_resets_only=True)
s.close()
tried("ok", lambda: s.get(Person, 1).name)
s = Session(e, autobegin=False)
for n, f in [
    ("add", lambda: s.add(Person())),
    ("get", lambda: s.get(Person, 1)),
    ("commit", s.commit),
    ("rollback", s.rollback),
    ("flush", s.flush),
    ("conn", lambda: s.connection() and None),
    ("begin_nested", lambda: s.begin_nested() and None),
    ("close", s.close),
    ("delete", lambda: s.delete(Person())),
    ("merge", lambda: s.merge(Person(name="1"))),
    ("expire_all", s.expire_all),
]:
    tried("noauto " + n, f)
s.close()
with s.begin():
    a = s.get(Person, 1)
tried("set attr outside", lambda: setattr(a, "note", "3"))
tried("read attr outside", lambda: a.note)
s.close()
# autobegin on attribute set
s = Session(e)
a = s.get(Person, 1)
s.rollback()
say("in", s.in_transaction())
tried("set", lambda: setattr(a, "note", "3"))
say("in", (s.in_transaction(), a in s.dirty))
s.rollback()
say("rolled", a.note)
s.rollback()
s.expire_all()
say("in", s.in_transaction())
s.expunge(a)
say("in", s.in_transaction())
s.add(a)
say("in", s.in_transaction())
# session in with exit w/o commit
s.close()
with Session(e) as s:
    s.add(Person(name="lost"))
    s.flush()
say("lost", len(Session(e).scalars(select(Person).where(Person.name == "lost")).all()))
