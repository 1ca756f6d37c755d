# begins with: paths
"""Relationships of every kind, loaded in every way: long keys, one to one, own conditions."""

import warnings
from typing import Optional

from sqlalchemy import ForeignKey, ForeignKeyConstraint, and_, create_engine, func, insert, select
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    Session,
    aliased,
    foreign,
    joinedload,
    lazyload,
    mapped_column,
    relationship,
    selectinload,
    subqueryload,
)

warnings.simplefilter("ignore")
engine = create_engine("sqlite://")


class Base(DeclarativeBase):
    pass


class H(Base):
    __tablename__ = "h"
    a: Mapped[int] = mapped_column(primary_key=True)
    b: Mapped[int] = mapped_column(primary_key=True)
    v: Mapped[str]
    ls: Mapped[list["L"]] = relationship(back_populates="h", order_by="L.id")


class L(Base):
    __tablename__ = "l"
    id: Mapped[int] = mapped_column(primary_key=True)
    ha: Mapped[Optional[int]]
    hb: Mapped[Optional[int]]
    __table_args__ = (ForeignKeyConstraint(["ha", "hb"], ["h.a", "h.b"]),)
    h: Mapped[Optional[H]] = relationship(back_populates="ls")


class U(Base):
    __tablename__ = "u7"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    one: Mapped[Optional["D"]] = relationship(back_populates="u", uselist=False)
    big: Mapped[list["T"]] = relationship(
        primaryjoin="and_(U.id==foreign(T.uid), T.size>5)", viewonly=True, order_by="T.id"
    )
    ts: Mapped[set["T"]] = relationship(primaryjoin="U.id==foreign(T.uid)", viewonly=True)


class D(Base):
    __tablename__ = "d7"
    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[int] = mapped_column(ForeignKey("u7.id"))
    u: Mapped[U] = relationship(back_populates="one")


class T(Base):
    __tablename__ = "t7"
    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[int]
    size: Mapped[int]


sub = select(
    T, func.row_number().over(order_by=T.size.desc(), partition_by=T.uid).label("rn")
).subquery()
Top = aliased(T, sub)
U.top = relationship(Top, primaryjoin=and_(U.id == foreign(Top.uid), sub.c.rn < 2), viewonly=True)
Base.metadata.create_all(engine)
s = Session(engine)
for t, r in [
    ("h", [{"a": 1, "b": 1, "v": "x"}, {"a": 1, "b": 2, "v": "y"}]),
    (
        "l",
        [
            {"id": 1, "ha": 1, "hb": 1},
            {"id": 2, "ha": 1, "hb": 2},
            {"id": 3, "ha": None, "hb": 1},
            {"id": 4, "ha": 1, "hb": 2},
        ],
    ),
    ("u7", [{"id": 1, "name": "a"}, {"id": 2, "name": "b"}]),
    ("d7", [{"id": 1, "uid": 2}]),
    ("t7", [{"id": i, "uid": i % 2 + 1, "size": i} for i in range(1, 10)]),
]:
    s.execute(insert(Base.metadata.tables[t]), r)
s.commit()


differs(
    "lazyload comp m2o: statements", why="a key that is NULL in part is no key: nothing is asked"
)
for f in (selectinload, joinedload, subqueryload, lazyload):
    n = f.__name__
    show(
        n + " comp",
        select(H).options(f(H.ls)).order_by(H.a, H.b),
        lambda r: [x.id for x in r[0].ls],
        f is joinedload,
    )
    show(n + " comp m2o", select(L).options(f(L.h)).order_by(L.id), lambda r: r[0].h and r[0].h.v)
    show(n + " one", select(U).options(f(U.one)).order_by(U.id), lambda r: r[0].one and r[0].one.id)
    show(
        n + " big",
        select(U).options(f(U.big)).order_by(U.id),
        lambda r: [x.id for x in r[0].big],
        f is joinedload,
    )
    show(
        n + " set",
        select(U).options(f(U.ts)).order_by(U.id),
        lambda r: (type(r[0].ts).__name__, sorted(x.id for x in r[0].ts)),
        f is joinedload,
    )
    show(
        n + " top",
        select(U).options(f(U.top)).order_by(U.id),
        lambda r: [x.id for x in r[0].top],
        f is joinedload,
    )
show("join comp", select(L.id, H.v).join(L.h).order_by(L.id), tuple)
show("join big", select(U.name, T.id).join(U.big).order_by(T.id), tuple)
show("any comp", select(H.v).where(H.ls.any(L.id == 4)), tuple)
h = s.get(H, (1, 2))
show("eq comp", select(L.id).where(L.h == h), tuple)
show("any big", select(U.name).where(U.big.any(T.id == 8)), tuple)
show("has one", select(U.name).where(U.one.has()), tuple)
show("one none", select(U.name).where(U.one is None), tuple)
show("join top", select(U.name, Top.id).join(U.top).order_by(U.id), tuple)
