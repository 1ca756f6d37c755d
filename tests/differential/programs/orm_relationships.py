"""Relationships written: keys copied, rows between, cascades, orphans, both sides in step."""

import warnings

from sqlalchemy import (
    Column,
    ForeignKey,
    Integer,
    String,
    Table,
    create_engine,
    event,
    inspect,
    select,
    text,
)
from sqlalchemy.orm import Session, backref, declarative_base, relationship

warnings.simplefilter("ignore")
Base = declarative_base()

user_tags = Table(
    "user_tags",
    Base.metadata,
    Column("user_id", ForeignKey("users.id"), primary_key=True),
    Column("tag_id", ForeignKey("tags.id"), primary_key=True),
)


class User(Base):
    __tablename__ = "users"
    id = Column(Integer, primary_key=True)
    name = Column(String(30))
    addresses = relationship("Address", back_populates="user", order_by="Address.id")
    notes = relationship("Note", cascade="all, delete-orphan", order_by="Note.id", backref="user")
    tags = relationship(
        "Tag", secondary=user_tags, backref=backref("users", order_by="User.id"), order_by="Tag.id"
    )
    profile = relationship(
        "Profile", uselist=False, back_populates="user", cascade="all, delete-orphan"
    )
    logs = relationship("Log", passive_deletes="all")


class Address(Base):
    __tablename__ = "addresses"
    id = Column(Integer, primary_key=True)
    email = Column(String(30))
    user_id = Column(ForeignKey("users.id"))
    user = relationship("User", back_populates="addresses")


class Note(Base):
    __tablename__ = "notes"
    id = Column(Integer, primary_key=True)
    body = Column(String(30))
    user_id = Column(ForeignKey("users.id"))


class Profile(Base):
    __tablename__ = "profiles"
    id = Column(Integer, primary_key=True)
    user_id = Column(ForeignKey("users.id"), nullable=False)
    user = relationship("User", back_populates="profile")


class Log(Base):
    __tablename__ = "logs"
    id = Column(Integer, primary_key=True)
    user_id = Column(Integer, ForeignKey("users.id"))


class Tag(Base):
    __tablename__ = "tags"
    id = Column(Integer, primary_key=True)
    word = Column(String(30))


class Node(Base):
    __tablename__ = "nodes"
    id = Column(Integer, primary_key=True)
    name = Column(String(30))
    parent_id = Column(ForeignKey("nodes.id"))
    children = relationship(
        "Node", cascade="all", backref=backref("parent", remote_side=[id]), order_by="Node.id"
    )


class Assoc(Base):
    __tablename__ = "assoc"
    user_id = Column(ForeignKey("users.id"), primary_key=True)
    node_id = Column(ForeignKey("nodes.id"), primary_key=True)
    how = Column(String(10))
    user = relationship("User")
    node = relationship("Node")


engine = create_engine("sqlite://")


@event.listens_for(engine, "connect")
def strict(dbapi_connection, record):
    dbapi_connection.execute("pragma foreign_keys=on")


Base.metadata.create_all(engine)
session = Session(engine)


def rows(table):
    return [tuple(one) for one in session.execute(text(f"select * from {table} order by 1, 2"))]


def everything():
    return {
        name: rows(name)
        for name in ("users", "addresses", "notes", "profiles", "user_tags", "nodes")
    }


def attr(one, key):
    return tuple([[getattr(x, "id", x) for x in part] for part in inspect(one).attrs[key].history])


u = User(name="u1", addresses=[Address(email="a1"), Address(email="a2")])
report("back", u.addresses[0].user is u)
late = Address(email="a3", user=u)
report("forth", [one.email for one in u.addresses])
u.notes.append(Note(body="n1"))
u.notes = [Note(body="n2"), *u.notes]
u.tags.extend([Tag(word="t1"), Tag(word="t2")])
u.profile = Profile()
session.add(u)
report("cascaded", sorted(type(one).__name__ for one in session.new))
sent()
session.flush()
report("inserts", len(sent()) <= 10)
report("1", everything())
session.commit()

a = u.addresses[0]
v = User(name="v", addresses=[a])
report("moved", (a.user is v, [one.email for one in u.addresses], v in session))
session.add(v)
sent()
session.commit()
report("2", (len(sent()) <= 5, everything()))
a.user = u
report("moved back unloaded", [one.email for one in u.addresses])
report("v has none", [one.email for one in v.addresses])
session.commit()
u.addresses.remove(a)
report("parted", (a.user, attr(u, "addresses"), attr(a, "user")))
session.commit()
report("3", everything())

note = u.notes[0]
u.notes.remove(note)
report("orphan", (note.user, note in session))
session.flush()
report("orphan is deleted", (inspect(note).deleted, everything()["notes"]))
session.rollback()
report("and back", (note.user is u, len(u.notes)))
u.notes.remove(note)
u.notes.append(note)
session.commit()
report("taken out and put in", len(u.notes))
pending = Note(body="pending")
u.notes.append(pending)
u.notes.remove(pending)
report("pending orphan", pending in session)
session.commit()
report("4", everything()["notes"])
u.notes = []
session.commit()
report("5", everything()["notes"])

lost = Note(body="lost")
session.add(lost)
attempt("orphan without parent", session.flush)
session.rollback()
report("lost", lost in session)

old = u.profile
u.profile = Profile()
report("old one", old.user)
session.commit()
report("replaced", (everything()["profiles"], inspect(old).detached))

t1, t2 = u.tags
v.tags.append(t1)
t2.users.append(v)
session.commit()
report("6", everything()["user_tags"])
u.tags.remove(t1)
t2.users.remove(u)
report("both sides", ([t.word for t in u.tags], [x.name for x in t1.users]))
session.commit()
report("7", everything()["user_tags"])
session.delete(t1)
session.commit()
report("8", everything()["user_tags"])
v.tags.append(t2) if t2 not in v.tags else None
session.commit()
v.tags = []
session.rollback()
report("9", [t.word for t in v.tags])

session.delete(u)
session.commit()
report("deleted", everything())
session.delete(v)
session.commit()
report("deleted v", everything())

root = Node(name="root", children=[Node(name="c1", children=[Node(name="g1")]), Node(name="c2")])
session.add(root)
session.commit()
report("tree", rows("nodes"))
c1 = root.children[0]
c2 = root.children[1]
c2.children.append(c1)
session.commit()
report("moved in tree", rows("nodes"))
c2.parent = None
session.commit()
report("a second root", (rows("nodes"), [n.name for n in root.children]))
session.delete(c2)
session.commit()
report("branch deleted", rows("nodes"))

u = User(name="w")
session.add(Assoc(user=u, node=root, how="x"))
session.commit()
report("association", rows("assoc"))
link = session.scalars(select(Assoc)).one()
report("key", inspect(link).identity)
report("get composite", session.get(Assoc, (u.id, root.id)) is link)
link.node = Node(name="other")
session.commit()
report("key changed", (rows("assoc"), inspect(link).identity))
link.user = None
attempt("blank key", session.flush)
session.rollback()
session.delete(link)
session.commit()

session.add(Log(user_id=u.id))
session.commit()
session.delete(u)
attempt("passive all", session.flush)
session.rollback()
session.execute(text("delete from logs"))
session.commit()

u = session.scalars(select(User).where(User.name == "w")).one()
differs("wrong type", why="refused when it is appended, naming both classes")
attempt("wrong type", lambda: u.addresses.append(Note()) or session.flush())
session.rollback()
attempt("not a list", setattr, u, "addresses", Address())
attempt("not an object", setattr, u, "addresses", None)
session.rollback()
x = Address(email="x")
x.user = u
report("joins by backref?", x in session)
session.add(x)
u.addresses[:] = []
report("slice", x.user)
u.addresses += [x, Address(email="y")]
report("iadd", [one.email for one in u.addresses])
u.addresses[0] = Address(email="z")
report("setitem", (x.user, [one.email for one in u.addresses]))
del u.addresses[0]
report("delitem", [one.email for one in u.addresses])
u.addresses.insert(0, x)
report("insert", [one.email for one in u.addresses])
report("pop", (u.addresses.pop(0) is x, x.user))
u.addresses.clear()
report("clear", u.addresses)
session.commit()
report("10", rows("addresses"))

sent()
with Session(engine) as s:
    many = [User(name=f"m{n}", addresses=[Address(email=f"m{n}")]) for n in range(5)]
    s.add_all(many)
    s.flush()
    report("batched", len(sent()) <= 10)
    s.delete(many[0])
    s.delete(many[1])
    s.flush()
    report("deletes", len(sent()) <= 10)
    s.expunge(many[2])
    report("expunge", (many[2] in s, many[2].addresses[0] in s))
