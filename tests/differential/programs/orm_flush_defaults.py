"""Where values come from in a flush: defaults of Python's, of SQL, of the server; None and NULL."""

import warnings

from sqlalchemy import (
    JSON,
    Column,
    Computed,
    FetchedValue,
    Integer,
    Sequence,
    String,
    create_engine,
    func,
    inspect,
    literal,
    null,
    select,
    text,
)
from sqlalchemy.orm import Session, declarative_base

warnings.simplefilter("ignore")
Base = declarative_base()
calls = []
for step in [
    "nulls",
    "many",
    "AE expr",
    "AE expr2",
    "AE ins expr",
    "AE literal",
    "AN literal",
    "json here",
]:
    differs(step, why="what SQL makes of a value comes back with the statement")


def ctx_default(context):
    v = context.get_current_parameters().get("x")
    return (v or 0) * 2


class A(Base):
    __tablename__ = "a"
    id = Column(Integer, primary_key=True)
    x = Column(Integer)
    d = Column(Integer, default=3)
    c = Column(Integer, default=lambda: 5)
    cc = Column(Integer, default=ctx_default)
    sq = Column(Integer, default=select(func.count()).select_from(text("a")).scalar_subquery())
    sf = Column(Integer, default=func.abs(-3))
    sd = Column(String(10), server_default="abc")
    st = Column(Integer, server_default=text("(1 + 1)"))
    fv = Column(Integer, FetchedValue())
    ou = Column(Integer, onupdate=7)
    ouf = Column(Integer, onupdate=func.abs(-9))
    ouc = Column(Integer, onupdate=lambda: 11)
    comp = Column(Integer, Computed("x * 10"))
    dnn = Column(Integer, default=1, nullable=False)


class AE(Base):
    __tablename__ = "ae"
    id = Column(Integer, primary_key=True)
    x = Column(Integer)
    sf = Column(Integer, default=func.abs(-3))
    sd = Column(String(10), server_default="abc")
    fv = Column(Integer, FetchedValue())
    ouf = Column(Integer, onupdate=func.abs(-9))
    comp = Column(Integer, Computed("x * 10"))
    sou = Column(Integer, server_onupdate=FetchedValue())
    __mapper_args__ = {"eager_defaults": True}


class AN(Base):
    __tablename__ = "an"
    id = Column(Integer, primary_key=True)
    x = Column(Integer)
    sf = Column(Integer, default=func.abs(-3))
    sd = Column(String(10), server_default="abc")
    fv = Column(Integer, FetchedValue())
    ouf = Column(Integer, onupdate=func.abs(-9))
    comp = Column(Integer, Computed("x * 10"))
    sou = Column(Integer, server_onupdate=FetchedValue())
    __mapper_args__ = {"eager_defaults": False}


class Seq(Base):
    __tablename__ = "sq"
    id = Column(Integer, Sequence("sq_id", optional=True), primary_key=True)
    other = Column(Integer)


class StrKey(Base):
    __tablename__ = "strkey"
    id = Column(String(10), primary_key=True, default=lambda: f"k{len(calls)}")
    x = Column(Integer)


class SqlKey(Base):
    __tablename__ = "sqlkey"
    id = Column(Integer, primary_key=True, default=func.abs(-50))
    x = Column(Integer)


class SelKey(Base):
    __tablename__ = "selkey"
    id = Column(
        Integer, primary_key=True, default=text("(select coalesce(max(id), 100) + 1 from selkey)")
    )
    x = Column(Integer)


class SrvKey(Base):
    __tablename__ = "srvkey"
    id = Column(
        String(40), primary_key=True, server_default=text("(lower(hex(randomblob(2))) || 'z')")
    )
    x = Column(Integer)


class J(Base):
    __tablename__ = "j"
    id = Column(Integer, primary_key=True)
    j = Column(JSON)
    jn = Column(JSON(none_as_null=True))
    jd = Column(JSON, default={"a": 1})
    js = Column(JSON, server_default=text("'[1]'"))
    jnn = Column(JSON, nullable=False)
    ev = Column(String(10).evaluates_none(), default="dflt")


engine = create_engine("sqlite://")
Base.metadata.create_all(engine)
session = Session(engine)


def rows(t):
    return [tuple(r) for r in session.execute(text(f"select * from {t} order by 1"))]


def here(o, *n):
    return {k: o.__dict__.get(k, "-") for k in n}


names = [c.key for c in A.__table__.c]
a = A(x=1)
session.add(a)
sent()
session.flush()
report("a", (here(a, *names)))
report("a rows", rows("a"))
sent()
a.sd
a.st
a.fv
report("a loads", (here(a, *names)))
a.x = 2
sent()
session.flush()
report("a upd", (here(a, *names)))
report("all", [getattr(a, n) for n in names])
a.ou = 1
a.ouf = 2
a.ouc = 3
session.flush()
report("a onupdate given", (here(a, *names)))
a.x = 2
sent()
session.flush()
report("number of statements without a change", len(sent()))
a.x = None
session.flush()
report("to none", rows("a"))
b = A(x=1, d=None, c=None, sd=None, st=None, dnn=None, sf=None)
session.add(b)
sent()
session.flush()
report("nones", (here(b, *names), rows("a")))
b2 = A(x=null(), d=null(), c=null(), sd=null(), st=null(), sf=null())
session.add(b2)
sent()
session.flush()
report("nulls", (here(b2, *names), rows("a")))
many = [A(x=i) for i in range(4)] + [A(x=5, d=9)] + [A(), A(x=func.abs(-77)), A(x=6)]
session.add_all(many)
sent()
session.flush()
report("many", ([here(o, *names) for o in many]))
for o in many:
    o.x = 50
sent()
session.flush()
report("many upd", ([here(o, *names) for o in many]))
for n, C in (("AE", AE), ("AN", AN)):
    names = [c.key for c in C.__table__.c]
    o = C(x=1)
    session.add(o)
    sent()
    session.flush()
    report(n, (here(o, *names)))
    o2 = [C(x=1), C(x=2)]
    session.add_all(o2)
    sent()
    session.flush()
    report(n + "2", ([here(o, *names) for o in o2]))
    o.x = 5
    sent()
    session.flush()
    report(n + " upd", (here(o, *names)))
    for x in o2:
        x.x = 7
    sent()
    session.flush()
    report(n + " upd2", ([here(o, *names) for o in o2]))
    o.x = C.x + 1
    sent()
    session.flush()
    report(n + " expr", (here(o, *names)))
    report(n + " expr val", o.x)
    o2[0].x = C.x + 1
    o2[1].x = C.x + 2
    sent()
    session.flush()
    report(n + " expr2", ([here(o, *names) for o in o2]))
    o.x = select(func.max(C.x)).scalar_subquery()
    session.flush()
    report(n + " subq", o.x)
    p = C(x=select(func.max(C.x)).scalar_subquery() + 100)
    session.add(p)
    sent()
    session.flush()
    report(n + " ins expr", (here(p, *names)))
    p.x = literal(4)
    session.flush()
    report(n + " literal", here(p, "x"))
    report("r" + n, rows(C.__tablename__))
    p.x = C.x
    report(n + " unflushed", str(p.x))
    session.flush()
q = Seq(other=1)
session.add(q)
session.flush()
report("seq", q.id)
calls.append(1)
k = StrKey(x=1)
session.add(k)
session.flush()
report("strkey", (k.id, inspect(k).identity))
k = SqlKey(x=1)
session.add(k)
sent()
session.flush()
report("sqlkey", (k.id, inspect(k).identity))
k = SelKey(x=1)
session.add(k)
sent()
session.flush()
report("selkey", (k.id, inspect(k).identity))
ks = [SelKey(x=1), SelKey(x=2)]
session.add_all(ks)
sent()
attempt("selkey2", lambda: (session.flush(), [k.id for k in ks])[1])
report("number of statements with keys of SQL", len(sent()))
session.rollback()
k = SrvKey(x=1)
session.add(k)
session.flush()
report("srvkey", (len(k.id), rows("srvkey") == [(k.id, 1)]))
k = SqlKey(id=func.abs(-9), x=1)
session.add(k)
sent()
attempt("key expr", lambda: (session.flush(), k.id)[1])
session.rollback()
jj = J(j=None, jn=None, jd=None, js=None, jnn=None, ev=None)
session.add(jj)
sent()
attempt("json", session.flush)
report("json rows", rows("j"))
jj = J(jnn=1)
session.add(jj)
attempt("json2", session.flush)
report("json2 rows", rows("j"))
jj = J(j=null(), jn=null(), jd=null(), js=null(), jnn={}, ev=null())
session.add(jj)
attempt("json3", session.flush)
report("json3 rows", rows("j"))
report("json here", here(jj, "j", "jn", "jd", "js", "jnn", "ev"))
report("json vals", (jj.j, jj.jn, jj.jd, jj.js, jj.jnn, jj.ev))
jj.j = None
jj.jn = None
session.flush()
report("json set none", rows("j"))
jj.j = JSON.NULL
jj.jn = JSON.NULL
session.flush()
report("json set NULL", rows("j"))
jj.j = null()
session.flush()
report("json set null()", rows("j"))
