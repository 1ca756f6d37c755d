"""Flushes: inheritance, versions, defaults, cycles, keys that change, SQL as values."""

import warnings

from sqlalchemy import (
    JSON,
    Column,
    ForeignKey,
    Integer,
    String,
    create_engine,
    func,
    inspect,
    null,
    text,
)
from sqlalchemy.orm import (
    Session,
    attributes,
    column_property,
    declarative_base,
    relationship,
    validates,
)

warnings.simplefilter("ignore")
Base = declarative_base()


class Person(Base):
    __tablename__ = "person"
    id = Column(Integer, primary_key=True)
    kind = Column(String(20))
    name = Column(String(30))
    version = Column(Integer, nullable=False)
    __mapper_args__ = {
        "polymorphic_on": kind,
        "polymorphic_identity": "person",
        "version_id_col": version,
    }


class Engineer(Person):
    __tablename__ = "engineer"
    engineer_id = Column(ForeignKey("person.id"), primary_key=True)
    skill = Column(String(30))
    __mapper_args__ = {"polymorphic_identity": "engineer"}


class Boss(Engineer):
    __tablename__ = "boss"
    id = Column(ForeignKey("engineer.engineer_id"), primary_key=True)
    golf = Column(Integer)
    __mapper_args__ = {"polymorphic_identity": "boss"}


class Animal(Base):
    __tablename__ = "animal"
    id = Column(Integer, primary_key=True)
    kind = Column(String(20))
    name = Column(String(30))
    __mapper_args__ = {"polymorphic_on": kind, "polymorphic_identity": "animal"}


class Cat(Animal):
    purrs = Column(Integer)
    __mapper_args__ = {"polymorphic_identity": "cat"}


class Dog(Animal):
    barks = Column(Integer)
    __mapper_args__ = {"polymorphic_identity": "dog"}


class Thing(Base):
    __tablename__ = "thing"
    id = Column(Integer, primary_key=True)
    x = Column(Integer)
    y = Column(Integer, server_default="5")
    z = Column(Integer, default=3, onupdate=4)
    j = Column(JSON)
    twice = column_property(x * 2)

    @validates("x")
    def check(self, key, value):
        if value == 13:
            raise ValueError("unlucky")
        return value


class Eager(Base):
    __tablename__ = "eager"
    id = Column(Integer, primary_key=True)
    x = Column(Integer)
    y = Column(Integer, server_default="5", onupdate=func.abs(-6))
    __mapper_args__ = {"eager_defaults": True}


class Never(Base):
    __tablename__ = "never"
    id = Column(Integer, primary_key=True)
    x = Column(Integer)
    y = Column(Integer, server_default="5")
    __mapper_args__ = {"eager_defaults": False}


class Widget(Base):
    __tablename__ = "widget"
    id = Column(Integer, primary_key=True)
    favourite_id = Column(ForeignKey("entry.id"))
    favourite = relationship(
        "Entry", primaryjoin="Widget.favourite_id == Entry.id", post_update=True
    )
    entries = relationship(
        "Entry", primaryjoin="Widget.id == Entry.widget_id", back_populates="widget"
    )


class Entry(Base):
    __tablename__ = "entry"
    id = Column(Integer, primary_key=True)
    widget_id = Column(ForeignKey("widget.id"))
    widget = relationship(
        "Widget", primaryjoin="Widget.id == Entry.widget_id", back_populates="entries"
    )


class Natural(Base):
    __tablename__ = "natural"
    code = Column(String(10), primary_key=True)
    label = Column(String(20))
    parts = relationship("Part", passive_updates=False, order_by="Part.id")


class Part(Base):
    __tablename__ = "part"
    id = Column(Integer, primary_key=True)
    code = Column(ForeignKey("natural.code"))


class Pair(Base):
    __tablename__ = "pair"
    a = Column(Integer, primary_key=True)
    b = Column(Integer, primary_key=True)
    v = Column(Integer)


engine = create_engine("sqlite://")
Base.metadata.create_all(engine)
session = Session(engine)


def rows(table):
    return [tuple(one) for one in session.execute(text(f"select * from {table} order by 1"))]


def here(one, *names):
    return {name: one.__dict__.get(name, "-") for name in names}


# joined tables
boss = Boss(name="b", skill="s", golf=3)
report("knows its kind", (boss.kind, Engineer().kind, Person().kind, Animal().kind))
session.add_all([Person(name="p"), Engineer(name="e", skill="x"), boss])
sent()
session.flush()
report("statements", len(sent()) <= 6)
report("rows", (rows("person"), rows("engineer"), rows("boss")))
report("key", (boss.id, boss.engineer_id, inspect(boss).identity))
session.commit()
boss.golf = 4
sent()
session.flush()
report("version with a lower table", (rows("person"), rows("boss"), boss.version))
boss.name = "bb"
session.flush()
report("version", boss.version)
boss.golf = 4
session.flush()
report("no change, no version", boss.version)
session.commit()
report("version again", boss.version)
boss.name = "c"
session.execute(text("update person set version = 77 where name = 'bb'"))
attempt("stale", session.flush)
session.rollback()
report("as it was", (boss.name, boss.version))
session.execute(text("update person set version = 77 where name = 'bb'"))
report("version of another", boss.version)
session.delete(boss)
attempt("stale delete", session.flush)
session.rollback()
session.delete(boss)
session.commit()
report("deleted", (rows("person"), rows("engineer"), rows("boss")))

# one table
session.add_all([Cat(name="c", purrs=1), Dog(name="d", barks=2), Animal(name="a")])
session.commit()
report("single", rows("animal"))

# values
t = Thing(x=1)
session.add(t)
session.flush()
report("inserted", here(t, "id", "x", "y", "z"))
report("expression", t.twice)
t.x = 5
session.flush()
report("onupdate", (t.z, t.twice))
t.x = Thing.x + 10
session.flush()
report("expired", here(t, "x"))
report("sql as value", t.x)
t.y = None
session.flush()
report("null", rows("thing"))
u = Thing(x=func.abs(-9), y=None, z=None, j=None)
session.add(u)
session.flush()
report("none and defaults", rows("thing"))
report("values", (u.x, u.y, u.z))
w = Thing(x=null(), y=null(), z=null(), j=null())
session.add(w)
session.add(Thing(x=2, y=3, z=4, j={"a": 1}))
session.flush()
report("nulls", rows("thing"))
w.j = {"b": 2}
session.flush()
w.j["b"] = 3
session.flush()
report("changed in place", rows("thing")[2])
attributes.flag_modified(w, "j")
session.flush()
report("flagged", rows("thing")[2])
attempt("flag what is not there", attributes.flag_modified, Thing(), "x")

attempt("validator", setattr, w, "x", 13)
report("not set", w.x)
attempt("misspelt", Thing, xx=3)

e = Eager(x=1)
session.add(e)
session.flush()
report("eager", here(e, "id", "x", "y"))
e.x = 2
session.flush()
report("eager update", here(e, "x", "y"))
n = Never(x=1)
session.add(n)
session.flush()
report("never", here(n, "id", "x", "y"))
report("never read", n.y)

# cycles
wi = Widget(entries=[Entry(), Entry()])
wi.favourite = wi.entries[1]
session.add(wi)
session.flush()
report("post update", (rows("widget"), rows("entry")))
wi.favourite = wi.entries[0]
session.commit()
report("pointed elsewhere", rows("widget"))
session.delete(wi.entries[0])
attempt("still pointed at?", session.flush)
report("pointed", rows("widget"))
session.rollback()
for entry in list(wi.entries):
    session.delete(entry)
session.delete(wi)
session.commit()
report("all gone", (rows("widget"), rows("entry")))

# keys
na = Natural(code="k1", label="one", parts=[Part(), Part()])
session.add(na)
session.commit()
na.code = "k2"
session.flush()
report(
    "new key",
    (rows("natural"), rows("part"), inspect(na).identity, session.get(Natural, "k2") is na),
)
session.rollback()
report("old key", (na.code, inspect(na).identity, session.get(Natural, "k1") is na))
na.code = "k3"
session.commit()
report("third key", (rows("natural"), rows("part")))
session.add(Pair(a=1, b=2, v=3))
session.commit()
pair = session.get(Pair, (1, 2))
pair.b = 5
session.commit()
report("pair", (rows("pair"), session.get(Pair, {"a": 1, "b": 5}) is pair))
session.delete(pair)
session.add(Pair(a=1, b=5, v=9))
session.commit()
report("row switch", rows("pair"))
for refused in ("no key", "half a key"):
    differs(refused, why="it is refused before a statement is sent, by an IntegrityError, too")
attempt("no key", lambda: session.add(Pair(a=None, b=None)) or session.flush())
session.rollback()
attempt("half a key", lambda: session.add(Pair(a=1)) or session.flush())
session.rollback()
na = session.get(Natural, "k3")
session.execute(text("delete from part"))
session.execute(text("delete from natural"))
na.label = "gone"
attempt("row gone", session.flush)
session.rollback()
session.execute(text("delete from part"))
session.execute(text("delete from natural"))
session.delete(na)
attempt("row gone, deleted", session.flush)
session.rollback()
