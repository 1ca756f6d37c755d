"""Primary keys that change: followed by the database, and by the session."""

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
    text,
)
from sqlalchemy.orm import Session, backref, declarative_base, relationship

warnings.simplefilter("ignore")


def classes(passive):
    """Classes whose keys are followed by the database, or by the session."""
    base = declarative_base()
    follows = {"onupdate": "cascade"} if passive else {}
    between = Table(
        "um",
        base.metadata,
        Column("u", ForeignKey("u.name", **follows), primary_key=True),
        Column("m", ForeignKey("m.name", **follows), primary_key=True),
    )

    class U(base):
        __tablename__ = "u"
        name = Column(String(20), primary_key=True)
        x = Column(Integer)
        addresses = relationship(
            "A", passive_updates=passive, back_populates="user", order_by="A.id"
        )

    class A(base):
        __tablename__ = "a"
        id = Column(Integer, primary_key=True)
        uname = Column(ForeignKey("u.name", **follows))
        user = relationship("U", passive_updates=passive, back_populates="addresses")

    class M(base):
        __tablename__ = "m"
        name = Column(String(20), primary_key=True)
        us = relationship("U", secondary=between, passive_updates=passive, backref="ms")

    class N(base):
        __tablename__ = "n"
        name = Column(String(20), primary_key=True)
        parent_name = Column(ForeignKey("n.name", **follows))
        kids = relationship(
            "N",
            passive_updates=passive,
            backref=backref("parent", remote_side=[name], passive_updates=passive),
        )

    class D(base):
        __tablename__ = "d"
        uname = Column(ForeignKey("u.name", **follows), primary_key=True)
        num = Column(Integer, primary_key=True)
        user = relationship(
            "U",
            passive_updates=passive,
            backref=backref("ds", passive_updates=passive, cascade="all, delete-orphan"),
        )

    class P(base):
        __tablename__ = "p"
        name = Column(String(20), primary_key=True)
        t = Column(String(5))
        x = Column(Integer)
        __mapper_args__ = {
            "polymorphic_on": t,
            "polymorphic_identity": "p",
            "passive_updates": passive,
        }

    class E(P):
        __tablename__ = "e"
        name = Column(ForeignKey("p.name", **follows), primary_key=True)
        y = Column(Integer)
        __mapper_args__ = {"polymorphic_identity": "e", "passive_updates": passive}

    return U, A, M, N, D, P, E


def keep_keys(connection, record):
    connection.execute("pragma foreign_keys=on")


def rows(t):
    return [tuple(r) for r in session.execute(text(f"select * from {t} order by 1"))]


for n, passive in (("passive", True), ("active", False)):
    U, A, M, N, D, P, E = classes(passive)
    engine = create_engine("sqlite://")
    if passive:
        event.listen(engine, "connect", keep_keys)
    U.metadata.create_all(engine)
    session = Session(engine)
    u = U(name="a", addresses=[A(), A()], ms=[M(name="m1")], ds=[D(num=1)])
    session.add(u)
    session.commit()
    u.name = "b"
    sent()
    session.flush()
    report(n + " unloaded", (rows("u"), rows("a"), rows("um"), rows("d")))
    report(n + " seen", ([a.uname for a in u.addresses], inspect(u).identity, u.ds[0].uname))
    session.commit()
    report(n + " loaded", ([a.uname for a in u.addresses], len(u.ms)))
    u.addresses[0].user
    u.ds
    u.name = "c"
    sent()
    attempt(n + " flush loaded", session.flush)
    report(n + " rows2", (rows("u"), rows("a"), rows("um"), rows("d")))
    report(
        n + " values",
        (
            [a.__dict__.get("uname") for a in u.addresses],
            [inspect(d).identity for d in u.ds],
            session.get(U, "c") is u,
        ),
    )
    session.rollback()
    report(n + " rolled back", (u.name, inspect(u).identity, [inspect(d).identity for d in u.ds]))
    a = u.addresses[0]
    session.commit()
    u2 = U(name="z")
    session.add(u2)
    a.user = u2
    u2.name = "y"
    session.commit()
    report(n + " moved", rows("a"))
    u2.name = "yy"
    a.user
    u.addresses.append(a)
    attempt(n + " key and move", session.commit)
    session.rollback()
    report(n + " moved back", rows("a"))
    m = session.query(M).one()
    m.name = "m2"
    session.commit()
    report(n + " m2m other side", rows("um"))
    m.us
    u.ms
    m.name = "m3"
    session.commit()
    report(n + " m2m other side loaded", rows("um"))
    r = N(name="root", kids=[N(name="k1"), N(name="k2", kids=[N(name="kk")])])
    session.add(r)
    session.commit()
    r.name = "R"
    session.commit()
    report(n + " self", rows("n"))
    k2 = session.get(N, "k2")
    k2.kids
    k2.parent
    k2.name = "K2"
    r.name = "RR"
    session.commit()
    report(n + " self both", rows("n"))
    ee = E(name="e1", x=1, y=2)
    session.add(ee)
    session.commit()
    ee.name = "e2"
    attempt(n + " joined", session.commit)
    session.rollback()
    report(n + " joined rows", (rows("p"), rows("e")))
    ee.y = 9
    ee.name = "e3"
    attempt(n + " joined 2", session.commit)
    session.rollback()
    report(n + " joined rows 2", (rows("p"), rows("e")))
    d = session.query(D).one()
    d.num = 5
    session.commit()
    report(n + " pair", (rows("d"), inspect(d).identity))
    # swap keys
    x1, x2 = U(name="s1"), U(name="s2")
    session.add_all([x1, x2])
    session.commit()
    x1.x, x2.x
    x1.name, x2.name = "s2", "s1"
    attempt(n + " swap", session.flush)
    session.rollback()
    # change key then delete another with it
    x1.x
    session.delete(x2)
    x1.name = "s2"
    attempt(n + " take key of deleted", session.flush)
    session.rollback()
    report(n + " taken", [r[0] for r in rows("u")])
    # key to none
    x1 = session.get(U, "s1")
    x1.x
    x1.name = None
    attempt(n + " none key", session.flush)
    session.rollback()
    # key changed, then expired/refresh
    x1.x
    x1.x = 5
    x1.name = "nn"
    session.flush()
    session.refresh(x1)
    report(n + " refreshed", (x1.name, x1.x))
    session.rollback()
    with session.no_autoflush:
        x1.x
        x1.name = "qq"
        report(n + " lazy old key", len(x1.addresses))
        session.rollback()
    x1.x
    x1.name = "ww"
    session.delete(x1)
    attempt(n + " changed and deleted", session.commit)
    session.rollback()
    report(n + " cd", [r[0] for r in rows("u")])
