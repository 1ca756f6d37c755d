"""Versions: counted by Python, by the server, by hand; rows that are stale, or gone."""

import warnings

from sqlalchemy import Column, FetchedValue, ForeignKey, Integer, String, create_engine, text
from sqlalchemy.orm import Session, attributes, backref, declarative_base, relationship

warnings.simplefilter("ignore")
Base = declarative_base()


class V(Base):
    __tablename__ = "v"
    id = Column(Integer, primary_key=True)
    x = Column(Integer)
    ver = Column("version_no", Integer, nullable=False)
    __mapper_args__ = {"version_id_col": ver}


counter = iter(range(1000))


class G(Base):
    __tablename__ = "g"
    id = Column(Integer, primary_key=True)
    x = Column(Integer)
    ver = Column(String(40), nullable=False)
    __mapper_args__ = {
        "version_id_col": ver,
        "version_id_generator": lambda version: f"{version}-{next(counter)}",
    }


class S(Base):
    __tablename__ = "s"
    id = Column(Integer, primary_key=True)
    x = Column(Integer)
    y = Column(Integer)
    ver = Column(Integer, server_default="1", server_onupdate=FetchedValue())
    __mapper_args__ = {"version_id_col": ver, "version_id_generator": False}


class Man(Base):
    __tablename__ = "man"
    id = Column(Integer, primary_key=True)
    x = Column(Integer)
    ver = Column(Integer, nullable=False)
    __mapper_args__ = {"version_id_col": ver, "version_id_generator": False}


class P(Base):
    __tablename__ = "p"
    id = Column(Integer, primary_key=True)
    x = Column(Integer)
    t = Column(String(5))
    ver = Column(Integer, nullable=False)
    kids = relationship("K", backref="parent", passive_deletes=False)
    __mapper_args__ = {"version_id_col": ver, "polymorphic_on": t, "polymorphic_identity": "p"}


class Q(P):
    __tablename__ = "q"
    id = Column(ForeignKey("p.id"), primary_key=True)
    z = Column(Integer)
    __mapper_args__ = {"polymorphic_identity": "q"}


class K(Base):
    __tablename__ = "k"
    id = Column(Integer, primary_key=True)
    pid = Column(ForeignKey("p.id"))
    x = Column(Integer)
    ver = Column(Integer, nullable=False)
    __mapper_args__ = {"version_id_col": ver}


class NV(Base):
    __tablename__ = "nv"
    id = Column(Integer, primary_key=True)
    x = Column(Integer)
    __mapper_args__ = {"confirm_deleted_rows": False}


class NW(Base):
    __tablename__ = "nw"
    id = Column(Integer, primary_key=True)
    x = Column(Integer)


engine = create_engine("sqlite://")
Base.metadata.create_all(engine)
with engine.begin() as c:
    c.exec_driver_sql(
        "create trigger tr after update on s "
        "begin update s set ver = ver + 1 where id = new.id; end"
    )
session = Session(engine)


def rows(t):
    return [tuple(r) for r in session.execute(text(f"select * from {t} order by 1"))]


def here(o, *n):
    return {k: o.__dict__.get(k, "-") for k in n}


v = V(x=1)
session.add(v)
session.flush()
report("v1", v.ver)
v.x = 2
sent()
session.flush()
report("v2", (v.ver, sent()))
v.ver = 10
sent()
session.flush()
report("v set", (here(v, "ver"), sent(), rows("v")))
v.x = 3
v.ver = 20
session.flush()
report("v set both", (v.ver, rows("v")))
session.commit()
v2 = V(x=1, ver=7)
session.add(v2)
session.flush()
report("given version", rows("v"))
session.commit()
session.execute(text("update v set version_no = 99"))
v.x = 8
v2.x = 9
attempt("stale two", session.flush)
session.rollback()
session.delete(v)
session.execute(text("update v set version_no = 99"))
attempt("stale del", session.flush)
session.rollback()
# merge with version
m = session.merge(V(id=v.id, x=5, ver=v.ver))
session.flush()
report("merged", rows("v"))
attempt("merge stale", lambda: session.merge(V(id=v.id, x=5, ver=1)))
session.rollback()
g = G(x=1)
session.add(g)
session.flush()
report("g", g.ver)
g.x = 2
session.flush()
report("g2", g.ver)
session.commit()
g.x = 3
session.commit()
report("g3", g.ver)
session.execute(text("drop trigger tr"))
session.commit()
sv = S(x=1)
session.add(sv)
session.flush()
report("s", here(sv, "ver", "x"))
report("sver", sv.ver)
sv.x = 2
sent()
session.flush()
report("s upd", (here(sv, "ver"), sent()))
report("s2", sv.ver)
session.execute(text("update s set ver=1"))
session.commit()
sv.x = 3
session.flush()
sv.x = 4
sent()
session.flush()
report("s consecutive", (sent(), sv.ver))
session.commit()
session.execute(text("update s set x = 8"))
sv.x = 5
attempt("s stale", session.flush)
session.rollback()
many = [S(x=i) for i in range(3)]
session.add_all(many)
session.flush()
for o in many:
    o.x += 1
sent()
session.flush()
session.flush()
report("many s rows", rows("s"))
for o in many:
    session.delete(o)
session.flush()
report("s deleted", rows("s"))
session.rollback()
ma = Man(x=1, ver=1)
session.add(ma)
session.commit()
ma.x = 2
session.commit()
report("manual not bumped", (ma.ver, rows("man")))
ma.x = 3
ma.ver = 2
session.commit()
report("manual bumped", (ma.ver, rows("man")))
session.execute(text("update man set ver=50"))
ma.x = 4
attempt("manual stale", session.flush)
session.rollback()
q = Q(x=1, z=2, kids=[K(x=1)])
p = P(x=9)
session.add_all([q, p])
session.commit()
report("q", (q.ver, p.ver))
q.z = 5
sent()
session.flush()
report("only lower", (sent(), q.ver, rows("p")))
q.kids.append(K(x=2))
sent()
session.flush()
report("relationship", (len(sent()), q.ver, rows("p")))
q.x = 5
q.z = 6
session.flush()
report("both", rows("p"))
session.commit()
session.execute(text("update p set ver = 44"))
q.z = 10
attempt("stale lower", session.flush)
session.rollback()
session.execute(text("update p set ver = 44"))
q.x = 10
attempt("stale upper", session.flush)
session.rollback()
session.rollback()
q = session.get(P, 1)
q.kids
session.delete(q)
session.execute(text("update p set ver = 44 where id=1"))
attempt("stale lower del", session.flush)
session.rollback()
q = session.get(P, 1)
q.kids
session.execute(text("update k set ver = 44"))
session.delete(q)
attempt("stale kid", session.flush)
session.rollback()
session.delete(q)
session.commit()
report("gone", (rows("p"), rows("q"), rows("k")))


def warned(f):
    with warnings.catch_warnings(record=True) as w:
        warnings.simplefilter("always")
        f()
    return [(x.category.__name__, str(x.message)) for x in w]


for C in (NV, NW):
    o1, o2 = C(x=1), C(x=2)
    session.add_all([o1, o2])
    session.flush()
    session.execute(text(f"delete from {C.__tablename__} where x=1"))
    session.delete(o1)
    session.delete(o2)
    report("warned " + C.__name__, warned(session.flush))
    o3 = C(x=1)
    session.add(o3)
    session.flush()
    session.execute(text(f"delete from {C.__tablename__}"))
    o3.x = 5
    attempt("update gone " + C.__name__, session.flush)
    session.rollback()
# update of versioned during loaded expired
v = session.get(V, 1)
session.expire(v)
v.x = 77
sent()
session.flush()
report("expired version", rows("v"))
# no net change
v.x = 77
v.x = 77
session.flush()
report("no net", v.ver)
# flag_modified
attributes.flag_modified(v, "x")
session.flush()
report("flagged", v.ver)


class Knot(Base):
    __tablename__ = "knot"
    id = Column(Integer, primary_key=True)
    above_id = Column(ForeignKey("knot.id"))
    ver = Column(Integer, nullable=False)
    below = relationship(
        "Knot", cascade="all, delete-orphan", backref=backref("above", remote_side=[id])
    )
    __mapper_args__ = {"version_id_col": ver}


Knot.__table__.create(engine)
TWICE = "what is deleted already is not deleted again: the oracle looks for its row, which is gone"
for how in ("itself", "with its owner", "out of a collection"):
    differs(f"deleted again, {how}", why=TWICE)
    with Session(engine) as session:
        owner, one = Knot(), Knot()
        owner.below.append(one)
        session.add(owner)
        session.commit()
        report(f"there before, {how}", len(owner.below))
        if how == "out of a collection":
            owner.below.remove(one)
        else:
            session.delete(one)
        session.flush()
        session.delete(owner if how == "with its owner" else one)
        attempt(f"deleted again, {how}", session.flush)
        session.rollback()
        report(f"there after all, {how}", [one in session, owner in session])
