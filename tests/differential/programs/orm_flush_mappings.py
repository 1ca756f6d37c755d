"""Mappings of all kinds, written: several tables, odd names, keys and deletes of the server."""

import warnings

from sqlalchemy import (
    Column,
    FetchedValue,
    ForeignKey,
    Integer,
    String,
    Table,
    create_engine,
    event,
    func,
    inspect,
    select,
    text,
)
from sqlalchemy.orm import (
    Session,
    column_property,
    declarative_base,
    deferred,
    make_transient,
    relationship,
)

warnings.simplefilter("ignore")
Base = declarative_base()


class B(Base):
    __tablename__ = "b"
    id = Column(Integer, primary_key=True)
    t = Column(String(5))
    x = Column(Integer)
    __mapper_args__ = {"polymorphic_on": t, "polymorphic_identity": "b", "passive_deletes": True}


class C(B):
    __tablename__ = "c"
    id = Column(ForeignKey("b.id", ondelete="cascade"), primary_key=True)
    y = Column(Integer)
    __mapper_args__ = {"polymorphic_identity": "c"}


class P(Base):
    __tablename__ = "p"
    id = Column(Integer, primary_key=True)
    n = Column(Integer)
    ks = relationship("K", passive_deletes=True, cascade="all, delete")
    ls = relationship("L", passive_deletes="all")
    ms = relationship("M")


class K(Base):
    __tablename__ = "k"
    id = Column(Integer, primary_key=True)
    pid = Column(ForeignKey("p.id", ondelete="cascade"))


class L(Base):
    __tablename__ = "l"
    id = Column(Integer, primary_key=True)
    pid = Column(ForeignKey("p.id", ondelete="set null"))


class M(Base):
    __tablename__ = "m"
    id = Column(Integer, primary_key=True)
    pid = Column(ForeignKey("p.id"))


class FK(Base):
    __tablename__ = "fk"
    id = Column(Integer, FetchedValue(), primary_key=True, autoincrement=False)
    x = Column(Integer)


class U(Base):
    __tablename__ = "was_u"
    was_id = Column(Integer, primary_key=True)
    id = Column(Integer)
    was_was_id = Column(Integer)


class MI(Base):
    __tablename__ = "mi"
    id = Column("the id", Integer, primary_key=True)
    x = Column("a x", Integer, key="xx")
    mapped = Column("m%s", Integer)


class Two(Base):
    __table__ = Table(
        "two", Base.metadata, Column("id", Integer, primary_key=True), Column("x", Integer)
    ).join(
        Table(
            "two_b",
            Base.metadata,
            Column("tid", ForeignKey("two.id"), primary_key=True),
            Column("y", Integer),
        )
    )
    id = column_property(__table__.c.two_id, __table__.c.two_b_tid)


class Def(Base):
    __tablename__ = "deff"
    id = Column(Integer, primary_key=True)
    a = deferred(Column(Integer))
    b = Column(Integer, server_default="4")
    ro = column_property(select(func.count(text("*"))).select_from(text("deff")).scalar_subquery())


engine = create_engine("sqlite://")


@event.listens_for(engine, "connect")
def fk(d, r):
    d.execute("pragma foreign_keys=on")


Base.metadata.create_all(engine)
session = Session(engine)


def rows(t):
    return [tuple(r) for r in session.execute(text(f"select * from {t} order by 1"))]


c = C(x=1, y=2)
session.add(c)
session.commit()
c.x
session.delete(c)
sent()
session.flush()
report("joined passive deletes", (len(sent()), rows("b"), rows("c")))
session.rollback()
p = P(ks=[K(), K()], ls=[L()], ms=[M()])
session.add(p)
session.commit()
session.expunge_all()
p = session.get(P, 1)
session.delete(p)
sent()
session.flush()
report("number of statements of passive deletes", len(sent()))
report("passive", (rows("k"), rows("l"), rows("m")))
session.rollback()
p = session.get(P, 1)
p.ks
p.ls
p.ms
session.delete(p)
session.flush()
report("passive loaded", (rows("k"), rows("l"), rows("m")))
session.rollback()
p.ls.pop()
p.ks.pop()
session.flush()
report("passive removed", (rows("k"), rows("l"), rows("m")))
session.rollback()
f = FK(id=5, x=1)
session.add(f)
session.flush()
report("fetched pk", rows("fk"))
session.add(FK(x=3))
attempt("fetched pk none", session.flush)
session.rollback()
u = U(was_id=1, id=2, was_was_id=3)
session.add(u)
session.flush()
u.id = 7
u.was_was_id = 8
session.flush()
report("was", rows("was_u"))
u.was_id = 10
u.id = 9
session.flush()
report("was key", rows("was_u"))
session.delete(u)
session.flush()
report("was gone", rows("was_u"))
m = [MI(id=1, x=2, mapped=3), MI(id=2, x=4, mapped=5)]
session.add_all(m)
session.flush()
report("odd names", rows("mi"))
for o in m:
    o.x = 7
    o.mapped = 8
session.flush()
report("odd names upd", rows("mi"))
m[0].x = MI.x + MI.mapped
m[0].id = 30
session.flush()
report("odd expr", (rows("mi"), m[0].x))
session.delete(m[0])
session.delete(m[1])
session.flush()
report("odd gone", rows("mi"))
t = Two(x=1, y=2)
session.add(t)
session.flush()
report("join mapped", (rows("two"), rows("two_b"), t.id))
t.x = 5
t.y = 6
session.flush()
report("join upd", (rows("two"), rows("two_b")))
session.delete(t)
session.flush()
report("join del", (rows("two"), rows("two_b")))
d = Def(a=1)
session.add(d)
session.flush()
report("ro", d.ro)
session.commit()
d.b
sent()
d.a = 5
session.flush()
report("deferred set", rows("deff"))
session.expire(d)
d.a = 9
sent()
session.flush()
report("expired set", rows("deff"))
session.expire(d)
d.id = 77
session.flush()
report("expired key set", (rows("deff"), inspect(d).identity))

# objects changed in flush repeatedly
d = Def(a=1)
session.add(d)
session.flush()
session.delete(d)
session.flush()
attempt("deleted re-add", lambda: session.add(d))
make_transient(d)
session.add(d)
session.flush()
report("readded", (len(rows("deff")), inspect(d).persistent))
session.rollback()
# add + delete before flush
d = Def(a=1)
session.add(d)
attempt("delete pending", lambda: session.delete(d))
session.expunge(d)
# no_autoflush and get
d = Def(id=500, a=1)
session.add(d)
report("get pending", session.get(Def, 500) is d)
session.rollback()
# large batch
ds = [Def(a=i) for i in range(2500)]
session.add_all(ds)
sent()
session.flush()
report("number of statements for many", len(sent()))
report("ids in order", [d.id for d in ds] == sorted(d.id for d in ds))
report("count", session.execute(text("select count(*), sum(a) from deff")).one()._tuple())
for d in ds:
    d.b = 5
sent()
session.flush()
report("number of statements for many updates", len(sent()))
for d in ds:
    session.delete(d)
sent()
session.flush()
report("number of statements for many deletes", len(sent()))
session.rollback()
