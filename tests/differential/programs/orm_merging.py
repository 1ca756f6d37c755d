"""Merging, validators, events of mappers, attributes and sessions, pickled objects."""

import pickle
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
from sqlalchemy.orm import Mapper, Session, declarative_base, relationship, sessionmaker, validates

warnings.simplefilter("ignore")
Base = declarative_base()


class Stamped:
    pass


class Person(Stamped, Base):
    __tablename__ = "person"
    id = Column(Integer, primary_key=True)
    name = Column(String(30))
    pets = relationship(
        "Pet", back_populates="owner", cascade="all, delete-orphan", order_by="Pet.id"
    )

    @validates("pets", include_removes=True)
    def check_pet(self, key, pet, is_remove):
        if pet.name == "dragon":
            raise ValueError("too big")
        heard.append(("validated", key, pet.name, is_remove))
        return pet


class Pet(Base):
    __tablename__ = "pet"
    id = Column(Integer, primary_key=True)
    name = Column(String(30))
    owner_id = Column(ForeignKey("person.id"))
    owner = relationship("Person", back_populates="pets")


heard = []


def flushed():
    found = list(heard)
    heard.clear()
    return found


engine = create_engine("sqlite://")
Base.metadata.create_all(engine)
session = Session(engine)

p = Person(name="a", pets=[Pet(name="x"), Pet(name="y")])
report("validated", flushed())
attempt("refused", lambda: p.pets.append(Pet(name="dragon")))
report("not in", len(p.pets))
session.add(p)
session.commit()
report("loaded again", (p.name, [one.name for one in p.pets]))
session.close()
flushed()

# merging a detached graph
sent()
p.name = "b"
p.pets.append(Pet(name="z"))
flushed()
with Session(engine) as s:
    m = s.merge(p)
    report("another", (m is p, m in s, p in s, m.name, [one.name for one in m.pets]))
    report("merged is persistent", inspect(m).persistent)
    s.commit()
    report("written", [tuple(r) for r in s.execute(text("select * from pet order by id"))])
    report("merged again", s.merge(m) is m)
    new = s.merge(Person(id=99, name="new", pets=[Pet(name="n")]))
    report("new", (inspect(new).pending, new.id))
    s.commit()
    report("written new", [tuple(r) for r in s.execute(text("select * from person order by id"))])
    again = s.merge(Person(id=99, name="renamed"))
    report("same", (again is new, new.name, len(new.pets)))
    s.commit()
    nokey = s.merge(Person(name="no key"))
    s.commit()
    report("no key", nokey.id)
    attempt("transient without loading", s.merge, Person(id=1), load=False)
    attempt("not mapped", s.merge, object())

with Session(engine) as s:
    loaded = s.get(Person, 99)
    names = [one.name for one in loaded.pets]
with Session(engine) as s:
    sent()
    m = s.merge(loaded, load=False)
    report("without loading", (m.name, [one.name for one in m.pets], len(sent()), s.is_modified(m)))
    loaded.name = "dirty"
    attempt("dirty without loading", s.merge, loaded, load=False)

# pickled
with Session(engine) as s:
    loaded = s.get(Person, 99)
    names = [one.name for one in loaded.pets]
    data = pickle.dumps(loaded)
flushed()
copy = loaded
report("detached", inspect(copy).detached)


# events
@event.listens_for(Stamped, "before_insert", propagate=True)
def before_insert(mapper, connection, target):
    heard.append(("before_insert", mapper.class_.__name__, target.name))
    target.name = target.name + "!"


@event.listens_for(Mapper, "after_insert")
def after_insert(mapper, connection, target):
    heard.append(("after_insert", type(target).__name__, target.id is not None))


@event.listens_for(Person, "before_update")
def before_update(mapper, connection, target):
    heard.append(("before_update", target.name))
    target.name = target.name + "?"


@event.listens_for(Person, "after_delete")
def after_delete(mapper, connection, target):
    heard.append(("after_delete", target.name))


@event.listens_for(Person, "init")
def init(target, args, kwargs):
    heard.append(("init", sorted(kwargs)))
    kwargs.setdefault("name", "given")


@event.listens_for(Person.name, "set", retval=True)
def set_name(target, value, oldvalue, initiator):
    heard.append(("set", value, oldvalue if isinstance(oldvalue, str) else "-"))
    return value


@event.listens_for(Person.pets, "append")
def append(target, value, initiator):
    heard.append(("append", value.name))


@event.listens_for(Person.pets, "remove")
def remove(target, value, initiator):
    heard.append(("remove", value.name))


@event.listens_for(Pet.owner, "set")
def set_owner(target, value, oldvalue, initiator):
    heard.append(("owner", value and value.name))


Maker = sessionmaker(engine)
for name in (
    "before_flush",
    "after_flush",
    "after_flush_postexec",
    "before_commit",
    "after_commit",
    "after_rollback",
    "after_soft_rollback",
    "after_begin",
    "after_attach",
    "transient_to_pending",
    "pending_to_persistent",
    "persistent_to_deleted",
    "deleted_to_detached",
    "persistent_to_transient",
    "pending_to_transient",
    "deleted_to_persistent",
    "detached_to_persistent",
    "persistent_to_detached",
):
    event.listen(Maker, name, lambda *args, name=name: heard.append(name))

q = Person()
report("init", (q.name, flushed()))
with Maker() as s:
    q.name = "q"
    pet = Pet(name="qp", owner=q)
    differs("set", why="the attribute that was set tells first, then the other side")
    report("set", flushed())
    s.add(q)
    report("add", flushed())
    s.commit()
    report("commit", flushed())
    q.name = "qq"
    s.flush()
    report("update", flushed())
    s.rollback()
    report("rollback", flushed())
    q.pets.remove(pet)
    differs("removed", why="the attribute that was changed tells first, then the other side")
    report("removed", flushed())
    s.delete(q)
    s.flush()
    report("delete", flushed())
    s.rollback()
    report("delete taken back", flushed())
    r = Person(name="r")
    s.add(r)
    s.flush()
    t = Person(name="t")
    s.add(t)
    flushed()
    s.rollback()
    report("inserts taken back", sorted(map(str, flushed())))
    s.expunge(q)
    s.add(q)
    report("out and in", flushed())
    s.delete(q)
    s.commit()
    report("deleted", flushed())
event.remove(Person.name, "set", set_name)
event.remove(Person, "init", init)
Person(name="silent")
report("removed listener", flushed())
attempt("no such event", event.listen, Person, "before_insrt", print)
attempt("no such session event", event.listen, Session, "before_flsh", print)

# Other programs have mappers, too.
event.remove(Mapper, "after_insert", after_insert)
