# begins with: trees
"""Ways of loading that mappings say, and keys of several columns."""

import warnings
from typing import List, Optional

from sqlalchemy import (
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Integer,
    String,
    Table,
    create_engine,
    select,
)
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    Session,
    defaultload,
    immediateload,
    joinedload,
    lazyload,
    mapped_column,
    relationship,
    selectinload,
    subqueryload,
)

warnings.simplefilter("ignore")
engine = create_engine("sqlite://")
s = Session(engine)


for name in ("joined no unique K", "False no unique K"):
    differs(name, why="only rows that do repeat objects must be made unique")
for name in (
    "immediate P",
    "immediate default",
    "comp immediateload kids",
    "comp immediateload par",
    "comp immediateload tags",
    "comp lazyload par: statements",
):
    differs(name, why="one query for all owners in place of one for each")
for name in (
    "immediate K",
    "immediate K kids",
    "immediate K kids: statements",
    "immediate sel opt",
):
    differs(name, why="what is loaded by itself ends where a class comes again")
for name in ("noload refresh", "noload after commit", "None refresh", "None after commit"):
    differs(name, why="what is not loaded is not put there before it is read")


class CB(DeclarativeBase):
    pass


def rel(name, lazy, **kw):
    return relationship(name, lazy=lazy, **kw)


mods = {}
for lz in (
    "select",
    "joined",
    "selectin",
    "subquery",
    "immediate",
    "raise",
    "raise_on_sql",
    "noload",
    True,
    False,
    None,
):
    n = str(lz)
    P = type(
        "P_" + n,
        (CB,),
        {
            "__tablename__": "p_" + n.lower(),
            "id": mapped_column(Integer, primary_key=True),
            "name": mapped_column(String),
            "kids": relationship("K_" + n, lazy=lz, back_populates="par", order_by=f"K_{n}.id"),
        },
    )
    K = type(
        "K_" + n,
        (CB,),
        {
            "__tablename__": "k_" + n.lower(),
            "id": mapped_column(Integer, primary_key=True),
            "p_id": mapped_column(ForeignKey("p_" + n.lower() + ".id")),
            "par": relationship("P_" + n, lazy=lz, back_populates="kids"),
        },
    )
    mods[n] = (P, K)
CB.metadata.create_all(engine)
for P, K in mods.values():
    s.execute(P.__table__.insert(), [{"id": 1, "name": "a"}, {"id": 2, "name": "b"}])
    s.execute(
        K.__table__.insert(), [{"id": 1, "p_id": 1}, {"id": 2, "p_id": 1}, {"id": 3, "p_id": None}]
    )
s.commit()


for n, (P, K) in mods.items():
    touch(n + " P", select(P).order_by(P.id), lambda o: len(o.kids))
    touch(n + " K", select(K).order_by(K.id), lambda o: o.par and o.par.id)
    touch(n + " K kids", select(K).order_by(K.id), lambda o: o.par and len(o.par.kids))
    attempt(n + " get", lambda: str(tree(s.get(P, 1))))
    s.expunge_all()
    touch(n + " limit", select(P).order_by(P.id.desc()).limit(1), lambda o: len(o.kids))
    touch(n + " lazyload *", select(P).options(lazyload("*")).order_by(P.id), lambda o: len(o.kids))
    touch(
        n + " sel opt",
        select(P).options(selectinload(P.kids)).order_by(P.id),
        lambda o: len(o.kids),
    )
    touch(
        n + " default", select(P).options(defaultload(P.kids)).order_by(P.id), lambda o: len(o.kids)
    )
    touch(n + " cols", select(P.id, P.name).order_by(P.id), lambda o: o, False)
    touch(n + " join", select(P).join(P.kids).order_by(P.id, K.id), lambda o: len(o.kids))

    def refresh():
        s.expunge_all()
        p = s.get(P, 1)
        sent()
        s.refresh(p)
        a = len(sent())
        s.expire_all()
        p.name
        return (a, len(sent()), str(tree(p)))

    attempt(n + " refresh", refresh)

    def exp():
        s.expunge_all()
        p = s.get(P, 1)
        s.commit()
        sent()
        p.name
        return (len(sent()), str(tree(p)))

    attempt(n + " after commit", exp)
    attempt(n + " query", lambda: [str(tree(x)) for x in s.query(P).order_by(P.id).all()])
    s.expunge_all()
    attempt(n + " query first", lambda: str(tree(s.query(P).order_by(P.id).first())))
    s.expunge_all()
    attempt(n + " no unique", lambda: len(s.scalars(select(P)).all()))
    s.expunge_all()
    attempt(n + " no unique K", lambda: len(s.scalars(select(K)).all()))
    s.expunge_all()
    attempt(n + " pending", lambda: (P(id=9).kids, K(id=9).par))


class KB(DeclarativeBase):
    pass


class Cp(KB):
    __tablename__ = "cp"
    a: Mapped[int] = mapped_column(primary_key=True)
    b: Mapped[str] = mapped_column(primary_key=True)
    n: Mapped[str]
    kids: Mapped[List["Ck"]] = relationship(back_populates="par", order_by="Ck.id")
    tags: Mapped[List["Tg"]] = relationship(secondary=lambda: cptg, order_by="Tg.id")


class Ck(KB):
    __tablename__ = "ck"
    id: Mapped[int] = mapped_column(primary_key=True)
    pa: Mapped[Optional[int]]
    pb: Mapped[Optional[str]]
    __table_args__ = (ForeignKeyConstraint(["pa", "pb"], ["cp.a", "cp.b"]),)
    par: Mapped[Optional[Cp]] = relationship(back_populates="kids")


class Tg(KB):
    __tablename__ = "tg"
    id: Mapped[int] = mapped_column(primary_key=True)


cptg = Table(
    "cptg",
    KB.metadata,
    Column("a", Integer, primary_key=True),
    Column("b", String, primary_key=True),
    Column("t", ForeignKey("tg.id"), primary_key=True),
    ForeignKeyConstraint(["a", "b"], ["cp.a", "cp.b"]),
)
KB.metadata.create_all(engine)
s.add_all(
    [
        Cp(a=1, b="x", n="1x", kids=[Ck(id=1), Ck(id=2)], tags=[Tg(id=1)]),
        Cp(a=1, b="y", n="1y", kids=[Ck(id=3)]),
        Cp(a=2, b="x", n="2x"),
        Ck(id=4),
        Ck(id=5, pa=1),
    ]
)
s.commit()
for f in (selectinload, joinedload, subqueryload, immediateload, lazyload):
    n = "comp " + f.__name__
    touch(
        n + " kids",
        select(Cp).options(f(Cp.kids)).order_by(Cp.a, Cp.b),
        lambda o: [k.id for k in o.kids],
    )
    touch(n + " par", select(Ck).options(f(Ck.par)).order_by(Ck.id), lambda o: o.par and o.par.n)
    touch(
        n + " tags",
        select(Cp).options(f(Cp.tags)).order_by(Cp.a, Cp.b),
        lambda o: [k.id for k in o.tags],
    )
    touch(
        n + " limit",
        select(Cp).options(f(Cp.kids)).order_by(Cp.a, Cp.b).limit(1),
        lambda o: [k.id for k in o.kids],
    )
attempt("comp get", lambda: s.get(Cp, (1, "x")).n)
attempt("comp get dict", lambda: s.get(Cp, {"a": 1, "b": "y"}).n)
