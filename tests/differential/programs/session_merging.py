# begins with: people
"""Merging graphs: what is loaded for it, what becomes new, what is refused."""

from sqlalchemy import (
    Column,
    ForeignKey,
    Integer,
    String,
    Table,
)
from sqlalchemy.orm import (
    Session,
    relationship,
    selectinload,
)


def of(function, *given):
    return function(*given)


e = database()
sent()
s = Session(e)
a = s.get(Person, 1)
a.pets
s.commit()


class Nocasc(Base):
    __tablename__ = "nocasc"
    id = Column(Integer, primary_key=True)
    name = Column(String(10))
    pid = Column(ForeignKey("person.id"))
    person = relationship(Person, cascade="save-update")
    tags = relationship(
        "Tag",
        secondary=Table(
            "nt",
            Base.metadata,
            Column("n", ForeignKey("nocasc.id"), primary_key=True),
            Column("t", ForeignKey("tag.id"), primary_key=True),
        ),
        collection_class=set,
    )


class Tag(Base):
    __tablename__ = "tag"
    id = Column(Integer, primary_key=True)
    name = Column(String(10))


class Comp(Base):
    __tablename__ = "comp"
    a = Column(Integer, primary_key=True)
    b = Column(Integer, primary_key=True)
    v = Column(String(10))


class Ver(Base):
    __tablename__ = "ver"
    id = Column(Integer, primary_key=True)
    v = Column(String(10))
    version = Column(Integer)
    __mapper_args__ = {"version_id_col": version}


Base.metadata.create_all(e)


def rep2(name, function):
    tried(name, function)
    count(name)


s.close()
sent()
rep2("merge new nokey", lambda: of(lambda m: (state(m), keys(m)), s.merge(Person(name="nk"))))
rep2(
    "merge pk not in db",
    lambda: of(lambda m: (state(m), keys(m), m.id), s.merge(Person(id=70, name="nk70"))),
)
rep2(
    "merge pk in db",
    lambda: of(
        lambda m: (state(m), keys(m), m.name, m in s.dirty), s.merge(Person(id=1, note="merged"))
    ),
)
rep2(
    "merge same value",
    lambda: (
        s.flush(),
        of(
            lambda m: (state(m), m in s.dirty, s.is_modified(m)),
            s.merge(Person(id=1, note="merged")),
        ),
    )[1],
)
rep2("merge None pk", lambda: state(s.merge(Person(id=None, name="x2"))))
rep2("merge persistent", lambda: of(lambda p: s.merge(p) is p, s.get(Person, 1)))
x = Person(name="pend")
s.add(x)
rep2("merge pending", lambda: s.merge(x) is x)
s.rollback()
sent()
rep2(
    "merge graph",
    lambda: of(
        lambda m: (m.name, [(p.name, p.id, state(p)) for p in m.pets]),
        s.merge(Person(id=1, name="g", pets=[Pet(id=1, name="xx"), Pet(name="newpet")])),
    ),
)
rep2("flush", s.flush)
s.rollback()
sent()
rep2(
    "merge m2o",
    lambda: of(
        lambda m: (m.owner.name, m.owner_id, m.owner in s),
        s.merge(Pet(id=1, owner=Person(id=2, name="bb"))),
    ),
)
rep2("flush", s.flush)
s.rollback()
sent()
rep2(
    "merge m2o None", lambda: of(lambda m: (m.owner, m in s.dirty), s.merge(Pet(id=1, owner=None)))
)
s.rollback()
sent()
rep2("merge empty coll", lambda: of(lambda m: len(m.pets), s.merge(Person(id=1, pets=[]))))
s.rollback()
sent()
rep2("merge not loaded coll", lambda: of(lambda m: "pets" in keys(m), s.merge(Person(id=1))))
s.rollback()
sent()
p1 = Person(id=2, name="cyc")
pet = Pet(id=2, name="cp", owner=p1)
rep2("merge cycle", lambda: of(lambda m: (m.pets[0].owner is m, len(m.pets)), s.merge(p1)))
s.rollback()
sent()
rep2(
    "no cascade",
    lambda: of(
        lambda m: (m.person, state(m)), s.merge(Nocasc(id=1, name="n", person=Person(id=1)))
    ),
)
rep2("comp", lambda: of(lambda m: state(m), s.merge(Comp(a=1, b=2, v="x"))))
rep2("comp part", lambda: of(lambda m: state(m), s.merge(Comp(a=1, v="x"))))
s.rollback()
s.add(Ver(id=1, v="a"))
s.commit()
sent()
rep2("ver", lambda: s.merge(Ver(id=1, v="b", version=9)) and None)
rep2("ver ok", lambda: s.merge(Ver(id=1, v="b", version=1)).v)
tried("ver none", lambda: s.merge(Ver(id=1, v="c")).v)
s.rollback()
s.close()
with Session(e) as s2:
    d = s2.get(Person, 1, options=[selectinload(Person.pets)])
sent()
rep2(
    "load False",
    lambda: of(
        lambda m: (state(m), keys(m), [state(p) for p in m.pets], m in s.dirty),
        s.merge(d, load=False),
    ),
)
d.note = "dirty"
s.close()
sent()
rep2("load False dirty", lambda: s.merge(d, load=False) and None)
rep2("load False transient", lambda: s.merge(Person(id=5), load=False) and None)
rep2("load True detached", lambda: of(lambda m: (m.note, m in s.dirty), s.merge(d)))
s.close()
sent()
with Session(e) as s2:
    d = s2.get(Person, 1)
    s2.expire(d, ["note"])
sent()
rep2("load False expired attr", lambda: of(lambda m: (keys(m), m.note), s.merge(d, load=False)))
s.close()
sent()
rep2("load True expired attr", lambda: of(lambda m: (keys(m), m.note), s.merge(d)))
rep2(
    "options",
    lambda: (
        (s.expunge_all(), s.merge(Person(id=1, name="o"), options=[selectinload(Person.pets)]))[
            1
        ].__dict__.keys()
        >= {"pets"}
    ),
)
s.rollback()
s.close()
sent()
rep2(
    "merge_all",
    lambda: [state(m) for m in s.merge_all([Person(id=1), Person(id=2), Person(name="q")])],
)
rep2(
    "merge_all dup",
    lambda: of(
        lambda found: (found[0] is found[1], found[0].name),
        s.merge_all([Person(id=300, name="A"), Person(id=300, name="B")]),
    ),
)
s.rollback()
sent()
rep2(
    "merge deleted",
    lambda: of(lambda a: (s.delete(a), s.flush(), state(s.merge(a))), s.get(Person, 2)),
)
s.rollback()
sent()
rep2(
    "merge deleted marked",
    lambda: of(lambda a: (s.delete(a), s.merge(a) is a, a in s.deleted), s.get(Person, 2)),
)
s.rollback()
sent()
rep2(
    "merge of row deleted",
    lambda: of(
        lambda a: (s.delete(a), s.flush(), state(s.merge(Person(id=2, name="again")))),
        s.get(Person, 2),
    ),
)
s.rollback()
sent()
rep2(
    "autoflush in merge",
    lambda: (s.add(Person(id=88, name="p88")), state(s.merge(Person(id=88, name="m88")))),
)
s.rollback()
sent()
other = Session(e)
theirs = other.get(Person, 1)
rep2(
    "merge other session",
    lambda: of(lambda q: (theirs is not q, state(theirs), q.name), s.merge(theirs)),
)
other.close()
s.rollback()
sub = Session(e)
rep2(
    "expunged graph back",
    lambda: of(
        lambda a: (sub.expunge(a), sub.add(a), [state(p) for p in a.pets]), sub.get(Person, 1)
    ),
)
sub.rollback()
sub.close()
pet = Pet(name="pp")
own = Person(name="own")
pet.owner = own
say("backref", (pet in own.pets,))
sub.add(pet)
say("both", (state(own), state(pet)))
sub.expunge(own)
say("exp", (state(own), state(pet)))
sub.close()
a = sub.get(Person, 1)
pn = Pet(name="viaowner")
pn.owner = a
say("no cascade backrefs", (state(pn), pn in sub.new))
sub.rollback()
a = sub.get(Person, 1)
pn = Pet(name="via")
a.pets.append(pn)
say("append", state(pn))
a.pets.remove(pn)
say("removed", state(pn))
sub.rollback()
