"""Objects of a session: their states, what a flush, a commit and a rollback do to them."""

import warnings

from sqlalchemy import (
    Column,
    ForeignKey,
    Integer,
    String,
    create_engine,
    event,
    inspect,
    select,
    text,
)
from sqlalchemy.orm import (
    Session,
    declarative_base,
    make_transient,
    make_transient_to_detached,
    object_session,
    relationship,
    sessionmaker,
)

warnings.simplefilter("ignore")
Base = declarative_base()


class Person(Base):
    __tablename__ = "person"
    id = Column(Integer, primary_key=True)
    name = Column(String(30), unique=True)
    note = Column(String(30))
    made = Column(Integer, default=7)
    told = Column(Integer, server_default="9")
    pets = relationship("Pet", back_populates="owner", cascade="all, delete-orphan")


class Pet(Base):
    __tablename__ = "pet"
    id = Column(Integer, primary_key=True)
    name = Column(String(30))
    owner_id = Column(ForeignKey("person.id"))
    owner = relationship("Person", back_populates="pets")


engine = create_engine("sqlite://")


@event.listens_for(engine, "connect")
def leave_it_to_us(dbapi_connection, record):
    dbapi_connection.isolation_level = None


@event.listens_for(engine, "begin")
def begin(conn):
    conn.exec_driver_sql("BEGIN")


Base.metadata.create_all(engine)
sent()


def state(one):
    found = inspect(one)
    return {
        name: getattr(found, name)
        for name in (
            "transient",
            "pending",
            "persistent",
            "deleted",
            "detached",
            "was_deleted",
            "has_identity",
            "modified",
            "identity",
        )
    } | {"unloaded": sorted(found.unloaded), "key": found.key is not None}


def values(one):
    return {
        k: v for k, v in sorted(one.__dict__.items()) if k in ("id", "name", "note", "made", "told")
    }


session = Session(engine)
person = Person(name="a", note=None)
report("transient", state(person))
report("values of a new one", values(person))
report("object_session of a new one", object_session(person) is None)
session.add(person)
report("pending", state(person))
report("new", (person in session.new, len(session.new), len(session.dirty), person in session))
report("is modified", session.is_modified(person))
session.flush()
report("persistent", state(person))
report("values after the flush", values(person))
report("read what the server made", person.told)
report("sent 1", len(sent()))
session.commit()
report("after commit", state(person))
report("expired", values(person))
report("read", (person.id, person.name, person.note, person.made, person.told))
report("sent 2", len(sent()))
person.name = "b"
report("modified", state(person))
report("dirty", (person in session.dirty, session.is_modified(person)))
report("history", tuple(inspect(person).attrs.name.history))
report("history of unchanged", tuple(inspect(person).attrs.note.history))
person.name = "a"
report("dirty, same value", (person in session.dirty, session.is_modified(person)))
session.flush()
report("no statement", sent())
person.name = "c"
session.rollback()
report("after rollback", (values(person), person.name))
session.delete(person)
report(
    "marked", (state(person), person in session.deleted, person in session, len(session.deleted))
)
session.flush()
report("deleted", (state(person), person in session, object_session(person) is session))
session.rollback()
report("back", (state(person), person in session))
report("back value", person.name)
session.delete(person)
session.commit()
report("gone", (state(person), person in session, object_session(person)))
attempt("add what is gone", session.add, person)
make_transient(person)
report("transient again", state(person))
session.add(person)
session.commit()
report("again", (person.id, person.name))

other = Person(name="z", note=None)
session.add(other)
session.flush()
key = other.id
session.rollback()
report("new one rolled back", (state(other), values(other), other in session))
session.add(other)
session.flush()
session.expunge(other)
report("expunged", (state(other), other in session))
attempt("expunge again", session.expunge, other)
session.rollback()
report("expunged after rollback", state(other))

detached = Person(id=person.id)
make_transient_to_detached(detached)
report("made detached", state(detached))
attempt("second of a key", session.add, detached)
session.expunge(person)
session.add(detached)
report("attached", (state(detached), detached.name))
attempt("unmapped", session.add, object())
attempt("a class", session.add, Person)
attempt("delete a new one", session.delete, Person(name="q"))
attempt("refresh a new one", session.refresh, Person(name="q"))
attempt("expire a new one", session.expire, Person(name="q"))
attempt("expunge a new one", session.expunge, Person(name="q"))

session.close()
report("closed", state(detached))
one = session.get(Person, 1)
report("get", one.name)
sent()
report("get again", session.get(Person, 1) is one)
report("no statement for it", len(sent()))
report("none", session.get(Person, 99))
attempt("get one", session.get_one, Person, 99)
attempt("get by none", session.get, Person, None)
attempt("get with too many", session.get, Person, (1, 2))
attempt("get by name", lambda: session.get(Person, {"id": 1}).name)
attempt("get by wrong name", session.get, Person, {"idd": 1})
session.expire(one, ["name"])
sent()
report("one expired", (state(one), one.name, len(sent())))
session.refresh(one)
report("refreshed", len(sent()))
session.execute(text("update person set name = 'outside' where id = 1"))
report("stale", one.name)
session.refresh(one, ["name"])
report("fresh", one.name)
session.execute(text("update person set name = 'outside2' where id = 1"))
session.expire_all()
report("fresh again", one.name)
session.execute(text("delete from person where id = 1"))
session.expire(one)
attempt("row is gone", lambda: one.name)
attempt("refresh what is gone", session.refresh, one)
report("get what is gone", session.get(Person, 1))
session.rollback()

session.add(Person(id=1, name="dup"))
attempt("duplicate", session.flush)
attempt("after a failed flush", session.execute, select(Person))
attempt("after a failed flush, get", session.get, Person, 55)
report("active", session.is_active)
session.rollback()
report("active again", session.is_active)
report("still there", session.get(Person, 1).name)

# savepoints
session.rollback()
one = session.get(Person, 1)
nested = session.begin_nested()
one.name = "inner"
fresh = Person(name="fresh", note=None)
session.add(fresh)
session.flush()
nested.rollback()
report(
    "inner rolled back",
    (one.name, state(fresh), session.in_transaction(), session.in_nested_transaction()),
)
one.note = "outer"
with session.begin_nested():
    one.name = "released"
session.rollback()
report("outer rolled back", (one.name, one.note))
one.note = "kept"
with session.begin_nested():
    session.add(fresh)
inner = session.begin_nested()
session.delete(fresh)
session.flush()
report("deleted inside", state(fresh))
inner.rollback()
report("back again", state(fresh))
session.commit()
report("kept", (one.note, fresh.name, state(fresh)))


def duplicate():
    with session.begin_nested():
        session.add(Person(name=fresh.name))


attempt("duplicate inside", duplicate)
report("outer lives", (session.is_active, len(session.scalars(select(Person)).all())))
session.close()

make = sessionmaker(engine, expire_on_commit=False)
with make.begin() as s:
    kept = Person(name="not expired", note=None)
    s.add(kept)
report("not expired", (values(kept), state(kept)))
attempt("detached refresh", lambda: kept.told)
attempt("detached lazy", lambda: kept.pets)

with Session(engine, autoflush=False) as s:
    s.add(Person(name="unflushed"))
    report("no autoflush", len(s.scalars(select(Person).where(Person.name == "unflushed")).all()))
with Session(engine) as s:
    s.add(Person(name="flushed"))
    with s.no_autoflush:
        report(
            "no autoflush in block",
            len(s.scalars(select(Person).where(Person.name == "flushed")).all()),
        )
    report("autoflush", len(s.scalars(select(Person).where(Person.name == "flushed")).all()))

with Session(engine, autobegin=False) as s:
    attempt("no autobegin", s.execute, select(Person))
    with s.begin():
        report("begun", len(s.scalars(select(Person)).all()))
    attempt("no autobegin again", s.execute, select(Person))
with Session(engine) as s:
    s.begin()
    attempt("begin twice", s.begin)
s = Session(engine, close_resets_only=False)
s.close()
attempt("closed for good", s.execute, select(Person))
attempt("bad mode", Session, engine, join_transaction_mode="never")
attempt("no bind", Session().execute, select(Person))
attempt("no bind, text", Session().execute, text("select 1"))
