"""What listeners hear of a flush, in which order, and what becomes of what they change."""

import warnings

from sqlalchemy import Column, ForeignKey, Integer, String, create_engine, event, inspect, text
from sqlalchemy.orm import Mapper, Session, declarative_base, object_session, relationship

warnings.simplefilter("ignore")
Base = declarative_base()


class U(Base):
    __tablename__ = "u"
    id = Column(Integer, primary_key=True)
    name = Column(String(20))
    log = Column(String(20))
    n = Column(Integer, default=1)
    posts = relationship("Post", backref="user", cascade="all, delete-orphan")


class Post(Base):
    __tablename__ = "post"
    id = Column(Integer, primary_key=True)
    uid = Column(ForeignKey("u.id"))
    t = Column(String(20))


class Audit(Base):
    __tablename__ = "audit"
    id = Column(Integer, primary_key=True)
    what = Column(String(50))


class B(Base):
    __tablename__ = "b"
    id = Column(Integer, primary_key=True)
    kind = Column(String(5))
    x = Column(Integer)
    __mapper_args__ = {"polymorphic_on": kind, "polymorphic_identity": "b"}


class C(B):
    __tablename__ = "c"
    id = Column(ForeignKey("b.id"), primary_key=True)
    y = Column(Integer)
    __mapper_args__ = {"polymorphic_identity": "c"}


class NoBatch(Base):
    __tablename__ = "nobatch"
    id = Column(Integer, primary_key=True)
    x = Column(Integer)
    __mapper_args__ = {"batch": False}


engine = create_engine("sqlite://")
Base.metadata.create_all(engine)
session = Session(engine)


def rows(t):
    return [tuple(r) for r in session.execute(text(f"select * from {t} order by 1"))]


log = []


def listen_to(cls, *names):
    for n in names:

        @event.listens_for(cls, n, propagate=True)
        def f(mapper, connection, target, n=n):
            log.append((n, mapper.class_.__name__, type(target).__name__, target.id))


def take():
    r = list(log)
    log.clear()
    return r


ALL = [
    "before_insert",
    "after_insert",
    "before_update",
    "after_update",
    "before_delete",
    "after_delete",
]
for cl in (U, Post, B, NoBatch):
    listen_to(cl, *ALL)


@event.listens_for(U, "before_insert")
def bi(m, c, t):
    t.name = (t.name or "") + "!"
    c.execute(Audit.__table__.insert().values(what="bi " + t.name))


@event.listens_for(U, "after_insert")
def ai(m, c, t):
    c.execute(Audit.__table__.insert().values(what=f"ai {t.id}"))
    c.execute(U.__table__.update().where(U.__table__.c.id == t.id).values(log="ai"))


@event.listens_for(U, "before_update")
def bu(m, c, t):
    t.log = "bu"
    c.execute(Audit.__table__.insert().values(what=f"bu {t.id}"))


@event.listens_for(U, "after_update")
def au(m, c, t):
    t.n = 55


@event.listens_for(U, "before_delete")
def bd(m, c, t):
    c.execute(Audit.__table__.insert().values(what=f"bd {t.id}"))


u = U(name="a", posts=[Post(t="1"), Post(t="2")])
session.add(u)
session.flush()
report("ins", (take(), rows("u"), rows("post"), rows("audit")))
u.name = "b"
session.flush()
report("upd", (take(), rows("u"), u.__dict__.get("n"), u in session.dirty, session.is_modified(u)))
session.flush()
report("upd again", (take(), rows("u")))
u.posts.append(Post(t="3"))
session.flush()
report("append", (take(), rows("u")))
u.posts[0].t = "x"
session.flush()
report("child", take())
u.posts.pop()
session.flush()
report("removed", take())
u.name = "b"
session.flush()
report("no net change", take())
u.name = "zz"
u.name = "b"
session.flush()
report("no net change 2", (take(), rows("u")))
us = [U(name="x"), U(name="y")]
session.add_all(us)
session.flush()
report("two", take())
for x in us:
    x.name += "?"
session.flush()
report("two upd", take())
for x in us:
    session.delete(x)
session.flush()
report("two del", take())
session.delete(u)
session.flush()
report("del", (take(), rows("audit")))
bs = [B(x=1), C(x=2, y=3), B(x=4), C(x=5, y=6)]
session.add_all(bs)
sent()
session.flush()
report("poly", (take(), [b.id for b in bs]))
report("number of statements of a hierarchy", len(sent()))
for b in bs:
    b.x = 9
session.flush()
report("poly upd", take())
for b in bs:
    session.delete(b)
session.flush()
report("poly del", take())
nb = [NoBatch(x=1), NoBatch(x=2)]
session.add_all(nb)
session.flush()
report("nobatch", take())
for x in nb:
    x.x = 5
session.flush()
report("nobatch upd", take())
for x in nb:
    session.delete(x)
session.flush()
report("nobatch del", take())
session.commit()


# raising listener
class R(Base):
    __tablename__ = "r"
    id = Column(Integer, primary_key=True)
    x = Column(Integer)


Base.metadata.create_all(engine)


@event.listens_for(R, "before_insert")
def boom(m, c, t):
    if t.x == 13:
        raise ValueError("boom")


session.add_all([R(x=1), R(x=13)])
attempt("boom", session.flush)
attempt("after boom", lambda: session.execute(text("select 1")).scalar())
session.rollback()
report("boom rows", rows("r"))


# setting relationship in before_insert
@event.listens_for(R, "before_insert")
def flushin(m, c, t):
    if t.x == 14:
        object_session(t).flush()


session.add(R(x=14))
attempt("flush in flush", session.flush)
session.rollback()
# retval/raw
raw = []


@event.listens_for(R, "before_update")
def rawl(m, c, t):
    raw.append((t.x, inspect(t).identity))


r = R(x=1)
session.add(r)
session.flush()
r.x = 2
session.flush()
report("raw", raw)
# listen to mapper() all
allm = []


def every(m, c, t):
    allm.append(type(t).__name__)


event.listen(Mapper, "before_insert", every)
session.add_all([R(x=5), B(x=1), C(x=1, y=2)])
session.flush()
report("every", allm)
event.remove(Mapper, "before_insert", every)
session.add_all([R(x=5)])
session.flush()
report("every removed", allm)


# session.new in before_flush
@event.listens_for(session, "before_flush")
def bf(sess, ctx, inst):
    log.append(("bf", len(sess.new), len(sess.dirty), len(sess.deleted), ctx is not None, inst))
    for o in list(sess.new):
        if isinstance(o, R) and o.x == 20:
            sess.add(R(x=21))


@event.listens_for(session, "after_flush")
def af(sess, ctx):
    log.append(("af", len(sess.new), len(sess.dirty), len(sess.deleted), ctx is not None))


@event.listens_for(session, "after_flush_postexec")
def afp(sess, ctx):
    log.append(("afp", len(sess.new), len(sess.dirty), len(sess.deleted), ctx is not None))


take()
session.add(R(x=20))
session.flush()
report("session flush events", (take(), rows("r")))
session.flush()
report("nothing to flush", take())
r.x = r.x
session.flush()
report("no net", take())
# delete object in after_flush, new object in after_flush
session.commit()
take()
done = []


@event.listens_for(session, "after_flush")
def af2(sess, ctx):
    if not done:
        done.append(1)
        sess.add(R(x=99))


r.x = 30
session.commit()
report("add in after_flush", (rows("r")[-1], [x[:4] for x in take()]))


# attribute changes in after_insert are seen
@event.listens_for(Post, "after_insert")
def api(m, c, t):
    t.t = "changed after"


p = Post(t="q", user=U(name="n"))
session.add(p)
session.flush()
report(
    "changed after insert",
    (p.t, p in session.dirty, session.is_modified(p), [r[2] for r in rows("post")]),
)
session.commit()
report("committed", [r[2] for r in rows("post")])
