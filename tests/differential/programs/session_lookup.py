"""Finding, expiring, refreshing, adding and deleting objects, and what is refused."""

import gc
import itertools
import tempfile
import warnings

from sqlalchemy import (
    Column,
    ForeignKey,
    Integer,
    String,
    create_engine,
    event,
    inspect,
    text,
)
from sqlalchemy.orm import (
    Session,
    declarative_base,
    object_session,
    relationship,
    selectinload,
)

warnings.simplefilter("ignore")
Base = declarative_base()
numbers = itertools.count(1)


class Person(Base):
    __tablename__ = "person"
    id = Column(Integer, primary_key=True)
    name = Column(String(30), unique=True)
    note = Column(String(30))
    made = Column(Integer, default=7)
    told = Column(Integer, server_default="9")
    pets = relationship(
        "Pet", back_populates="owner", cascade="all, delete-orphan", order_by="Pet.id"
    )


class Pet(Base):
    __tablename__ = "pet"
    id = Column(Integer, primary_key=True)
    name = Column(String(30))
    owner_id = Column(ForeignKey("person.id"))
    owner = relationship("Person", back_populates="pets")


def database():
    engine = create_engine("sqlite:///" + tempfile.mkdtemp() + "/t.db")

    @event.listens_for(engine, "connect")
    def leave_it_to_us(dbapi_connection, record):
        dbapi_connection.isolation_level = None

    @event.listens_for(engine, "begin")
    def begin(conn):
        conn.exec_driver_sql("BEGIN")

    Base.metadata.create_all(engine)
    with Session(engine) as filling:
        filling.add_all(
            [
                Person(name="a", note=None, pets=[Pet(name="x"), Pet(name="y")]),
                Person(name="b", note=None),
            ]
        )
        filling.commit()
    return engine


def keys(one):
    return sorted(key for key in one.__dict__ if not key.startswith("_"))


def state(one):
    found = inspect(one)
    names = ("transient", "pending", "persistent", "deleted", "detached")
    return next(name for name in names if getattr(found, name))


def say(name, value):
    report(f"{next(numbers)} {name}", value)


def tried(name, function, *arguments, **options):
    attempt(f"{next(numbers)} {name}", function, *arguments, **options)


def count(name):
    report(f"number of statements {next(numbers)} {name}", len(sent()))


e = database()
sent()
s = Session(e)
sent()
# get
tried("get tuple", lambda: s.get(Person, (1,)).name)
tried("get dict", lambda: s.get(Person, {"id": 1}).name)
tried("get str id", lambda: s.get(Person, "1"))
tried("get options", lambda: keys(s.get(Person, 2, options=[selectinload(Person.pets)])))
tried("get wfu", lambda: s.get(Person, 2, with_for_update=True).name)
count("sent")
tried("get wfu dict", lambda: s.get(Person, 2, with_for_update={"nowait": True}).name)
count("sent")
tried("get pe", lambda: s.get(Person, 2, populate_existing=True).name)
count("sent")
tried("get exopt", lambda: s.get(Person, 2, execution_options={"populate_existing": True}).name)
count("sent")
tried("get bindargs", lambda: s.get(Person, 1, bind_arguments={"bind": e}).name)
tried("get mapper", lambda: s.get(inspect(Person), 1).name)
tried("get None", s.get, Person, None)
tried("get_one none", s.get_one, Person, 99)
tried("get_one", lambda: s.get_one(Person, 1).name)
tried("get () ", s.get, Person, ())
tried("get 2", s.get, Person, (1, 2))
tried("get dict bad", s.get, Person, {"idd": 1})
tried("get dict more", s.get, Person, {"id": 1, "name": "x"})
tried("get list", lambda: s.get(Person, [1]).name)
# autoflush by get
a = s.get(Person, 1)
n = Person(name="n1")
s.add(n)
sent()
tried("get no autoflush when cached", lambda: (s.get(Person, 1).name, state(n)))
tried("get autoflush?", lambda: (s.get(Person, 77), state(n)))
s.rollback()
# expire
a = s.get(Person, 1)
a.pets
sent()
s.expire(a, ["note"])
say("ex", (keys(a), sorted(inspect(a).expired_attributes)))
tried("read", lambda: a.note)
s.expire(a, ["pets"])
say("ex", (keys(a), sorted(inspect(a).expired_attributes), a.note))
tried("read", lambda: len(a.pets))
tried("expire none", s.expire, None)
tried("expire other", s.expire, Person())
a.note = "changed"
s.expire(a)
say("dirty", (a in s.dirty, a.note))
a.note = "changed"
s.expire(a, ["name"])
say("dirty", (a in s.dirty, a.note, a.name))
s.expire(a, ["note"])
say("dirty", (a in s.dirty, a.note))
a.pets.append(Pet(name="np"))
s.expire(a)
say("pets", (len(a.pets), len(s.new)))
s.rollback()
a = s.get(Person, 1)
pets = list(a.pets)
s.expire(a)
say("cascade expire", [keys(p) for p in pets])
# refresh
a.name
sent()
pets[0].name
sent()
tried("refresh", lambda: s.refresh(a))
say("k", (keys(a), [keys(p) for p in pets]))
count("k")
a.pets
sent()
tried("refresh", lambda: s.refresh(a))
say("k", keys(a))
count("k")
tried("refresh rel", lambda: s.refresh(a, ["pets"]))
say("k", keys(a))
count("k")
tried("refresh name", lambda: s.refresh(a, ["name"]))
say("k", keys(a))
count("k")
tried("refresh name pets", lambda: s.refresh(a, ["name", "pets"]))
say("k", keys(a))
count("k")
tried("refresh empty", lambda: s.refresh(a, []))
say("k", keys(a))
count("k")
tried("refresh wfu", lambda: s.refresh(a, with_for_update=True))
count("sent")
tried("refresh wfu dict", lambda: s.refresh(a, with_for_update={"read": True}))
count("sent")
tried("refresh wfu {}", lambda: s.refresh(a, with_for_update={}))
count("sent")
tried("refresh wfu false", lambda: s.refresh(a, with_for_update=False))
count("sent")
a.note = "pend"
tried("refresh flushes", lambda: s.refresh(a))
count("sent")
say("n", (a.note, a in s.dirty))
with s.no_autoflush:
    a.note = "pend2"
    tried("refresh no flush", lambda: s.refresh(a))
    count("sent")
    say("n", (a.note, a in s.dirty))
    a.note = "pend3"
    tried("refresh other", lambda: s.refresh(a, ["name"]))
    say("n", (a.note, a in s.dirty))
tried("refresh detached", s.refresh, Person())
tried("refresh none", s.refresh, None)
d = s.get(Person, 2)
s.delete(d)
s.flush()
tried("refresh deleted", s.refresh, d)
tried("expire deleted", s.expire, d)
tried("read expired deleted", lambda: d.name)
s.rollback()
s.execute(text("update person set id=50 where id=2"))
tried("refresh gone", s.refresh, d)
tried("gone attr", lambda: d.name)
s.rollback()
# delete
tried("del none", s.delete, None)
tried("del class", s.delete, Person)
tried("del trans", s.delete, Person())
x = Person(name="pend")
s.add(x)
tried("del pending", s.delete, x)
s.expunge(x)
with Session(e) as s2:
    det = s2.get(Person, 2)
tried("del detached", lambda: (s.delete(det), state(det), det in s.deleted, det in s))
tried("delete_all", lambda: (s.delete_all([s.get(Person, 1), s.get(Person, 2)]), len(s.deleted)))
s.rollback()
tried("delete_all bad", lambda: s.delete_all([s.get(Person, 1), Person()]))
say("n", len(s.deleted))
s.rollback()
tried("add_all not iterable", s.add_all, Person())
tried("add_all bad", lambda: s.add_all([Person(name="ok"), 3]))
say("new", len(s.new))
s.rollback()
tried("add none", s.add, None)
tried("add int", s.add, 3)
tried("add list", s.add, [Person()])
a = s.get(Person, 1)
s.delete(a)
tried("add after delete mark", lambda: (s.add(a), a in s.deleted))
s.delete(a)
s.flush()
tried("add after delete flush", lambda: s.add(a))
say("st", state(a))
s.rollback()
tried("delete twice", lambda: (s.delete(a), s.delete(a), s.flush(), s.delete(a), s.flush()))
s.rollback()
# contains
tried("in", lambda: 3 in s)
tried("in", lambda: None in s)
tried("in", lambda: Person in s)
tried("in", lambda: Person() in s)
# expunge cascade
a = s.get(Person, 1)
pets = list(a.pets)
s.expunge(a)
say("ex", (state(a), [state(p) for p in pets]))
tried("expunge none", s.expunge, None)
tried("expunge twice", s.expunge, a)
# other session
s2 = Session(e)
o = s2.get(Person, 2)
tried("of another", s.add, o)
tried("of another", s.delete, o)
s2.close()
tried("obj_sess", lambda: object_session(3))
tried("obj_sess", lambda: object_session(o) is s2)
q = Person(name="qq")
s.add(q)
tried("object_session pending", lambda: object_session(q) is s)
s.flush()
ss = Session(e)
q2 = ss.get(Person, 1)
del ss
gc.collect()
tried("session gc", lambda: (object_session(q2), state(q2)))
tried("lazy after gc", lambda: q2.pets)
tried("add after gc", lambda: (s.add(q2), state(q2)))
