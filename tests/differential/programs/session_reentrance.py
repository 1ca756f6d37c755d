# begins with: people
"""What listeners may do to the session that tells them, and what is refused."""

import warnings

from sqlalchemy import (
    event,
    text,
)
from sqlalchemy.orm import (
    sessionmaker,
)
from sqlalchemy.orm.session import SessionTransactionOrigin

e = database()
S = sessionmaker(e)
say("origins", [(one.name, one.value) for one in SessionTransactionOrigin])


def ended(s, name):
    if name.startswith(("before_flush", "after_flush")):
        s.get(Person, 1).note = f"note {next(numbers)}"
        s.flush()
    elif "rollback" in name:
        s.rollback()
    else:
        s.commit()


def done(s, what):
    if what == "execute":
        return s.execute(text("select 1")).scalar()
    if what == "add":
        return s.add(Person(name=f"added {next(numbers)}", note=None))
    return getattr(s, what)() and None


EVENTS = (
    "before_commit",
    "after_commit",
    "after_rollback",
    "after_soft_rollback",
    "before_flush",
    "after_flush",
    "after_flush_postexec",
    "after_transaction_end",
)
for name in EVENTS:
    for what in (
        "execute",
        "commit",
        "rollback",
        "close",
        "flush",
        "begin",
        "add",
        "begin_nested",
    ):
        s = S()
        s.get(Person, 1)

        def heard(*arguments, name=name, what=what):
            tried(f"{what} in {name}", done, arguments[0], what)

        event.listen(s, name, heard, once=True)
        tried(name, ended, s, name)
        say("in transaction", s.in_transaction())
        tried("then", lambda s=s: s.get(Person, 2).name)
        tried("close", s.close)
s = S()


def ab(session, tx, conn):
    tried("in after_begin close", session.close)


event.listen(s, "after_begin", ab)
tried("conn", lambda: s.connection() and None)
tried("close", s.close)
s = S()
s.connection()
warnings.simplefilter("always")
with warnings.catch_warnings(record=True) as w:
    s.connection(execution_options={"isolation_level": "READ UNCOMMITTED"})
say("warned", [str(x.message) for x in w])
s.close()
