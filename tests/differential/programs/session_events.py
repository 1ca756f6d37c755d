# begins with: people
"""What listeners to a session are told, and in which order."""

from sqlalchemy import (
    delete,
    event,
    insert,
    select,
    update,
)
from sqlalchemy.orm import (
    Session,
    make_transient,
    scoped_session,
    sessionmaker,
)

e = database()
sent()
# events
log = []
S = sessionmaker(e)
names = [
    "after_attach",
    "after_begin",
    "after_commit",
    "after_flush",
    "after_flush_postexec",
    "after_rollback",
    "after_soft_rollback",
    "after_transaction_create",
    "after_transaction_end",
    "before_attach",
    "before_commit",
    "before_flush",
    "deleted_to_detached",
    "deleted_to_persistent",
    "detached_to_persistent",
    "loaded_as_persistent",
    "pending_to_persistent",
    "pending_to_transient",
    "persistent_to_deleted",
    "persistent_to_detached",
    "persistent_to_transient",
    "transient_to_pending",
]


def listen(name):
    def heard(*arguments):
        shown = [one.__dict__.get("name") for one in arguments if isinstance(one, (Person, Pet))]
        log.append(" ".join([name, *map(str, shown)]))

    event.listen(S, name, heard)


for name in names:
    listen(name)


def fl():
    found = list(log)
    log.clear()
    return found


def step(name, function):
    tried(name, lambda: function() and None)
    say(name, sorted(fl()) if name.startswith("in any order") else fl())


s = S()
step("get", lambda: s.get(Person, 1))
step("commit", s.commit)
step("empty commit", s.commit)
step("empty rollback", s.rollback)
step("begin", s.begin)
step("connection", s.connection)
step("nested", s.begin_nested)
step("nested rollback", lambda: s.get_nested_transaction().rollback())
step("nested", s.begin_nested)
p = Person(name="new")
step("add", lambda: s.add(p))
step("add again", lambda: s.add(p))
step("nested commit", lambda: s.get_nested_transaction().commit())
step("rollback", s.rollback)
step("add", lambda: s.add(p))
step("expunge pending", lambda: s.expunge(p))
step("add", lambda: s.add(p))
step("flush", s.flush)
step("nested", s.begin_nested)
step("delete", lambda: s.delete(p))
step("flush", s.flush)
step("nested rollback", lambda: s.get_nested_transaction().rollback())
step("delete", lambda: s.delete(p))
step("flush", s.flush)
step("commit", s.commit)
a = s.get(Person, 1)
fl()
step("change", lambda: setattr(a, "note", "z"))
step("autoflush", lambda: s.scalars(select(Pet)).all())
step("close", s.close)
step("expunge_all", s.expunge_all)
step("add", lambda: s.add(a))
step("make_transient", lambda: make_transient(a))
s.rollback()
fl()
a = s.get(Person, 1)
fl()
step("bulk update", lambda: s.execute(update(Person).values(note="bulk")))
step("bulk delete", lambda: s.execute(delete(Person).where(Person.id == 2)))
step("core update", lambda: s.execute(update(Person.__table__).values(note="bulk")))
step("bulk insert", lambda: s.execute(insert(Person), [{"name": "bi"}]))
step("rollback", s.rollback)
d = Person(name="a")
step("add dup", lambda: s.add(d))
step("flush fails", s.flush)
step("rollback", s.rollback)
step("backref cascade", lambda: s.add(Person(name="g", pets=[Pet(name="1"), Pet(name="2")])))
a = s.get(Person, 1)
fl()
step("delete a", lambda: s.delete(a))
step("in any order: commit", s.commit)
b = s.get(Person, 2)
fl()
step("merge new", lambda: s.merge(Person(id=55, name="m")))
step("merge existing", lambda: s.merge(Person(id=2, name="m2")))
with S() as s2:
    b = s2.get(Person, 2)
fl()
step("merge load false", lambda: s.merge(b, load=False))
step("close", s.close)
o = Person(name="orph", pets=[Pet(name="op")])
s.add(o)
s.commit()
fl()
pp = o.pets[0]
fl()
step("orphan", lambda: o.pets.remove(pp))
step("flush", s.flush)
step("rollback", s.rollback)
pn = Pet(name="pending orphan")
step("append", lambda: o.pets.append(pn))
step("remove", lambda: o.pets.remove(pn))
step("flush", s.flush)
say("orphan", state(pn))


# with block exceptions
def blk():
    with s.begin():
        raise ValueError("x")


s.rollback()
fl()
step("blk", blk)
# names & propagation
sc = scoped_session(S)


def sc1():
    @event.listens_for(sc, "after_commit")
    def f(session):
        log.append("scoped")

    sc.commit()
    sc.remove()


step("scoped", sc1)
inst = S()


@event.listens_for(inst, "after_begin")
def ab(session, transaction, connection):
    log.append(f"inst {type(transaction).__name__} {type(connection).__name__}")


step("inst", inst.connection)
inst.close()
fl()


class MyS(Session):
    pass


@event.listens_for(MyS, "after_begin")
def ab2(session, transaction, connection):
    log.append("MyS")


m = MyS(e)
step("MyS", m.connection)
m.close()


@event.listens_for(S, "before_flush", once=True)
def bf(session, ctx, instances):
    log.append(("bf", type(ctx).__name__, instances))


@event.listens_for(S, "persistent_to_detached", named=True)
def nm(**kw):
    log.append(sorted(kw))


s = S()
s.add(Person(name="nm1"))
step("flush", s.flush)
step("close", s.close)
