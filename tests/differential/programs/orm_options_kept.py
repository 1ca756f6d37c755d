"""What statements said about loading goes with objects that are pickled, added and merged."""

import pickle

from sqlalchemy import ForeignKey, create_engine, select
from sqlalchemy.orm import (
    DeclarativeBase,
    Load,
    Mapped,
    Session,
    defaultload,
    defer,
    lazyload,
    mapped_column,
    raiseload,
    relationship,
    selectinload,
    undefer,
)


class Base(DeclarativeBase):
    pass


class P(Base):
    __tablename__ = "p"
    id: Mapped[int] = mapped_column(primary_key=True)
    x: Mapped[int | None]
    big: Mapped[str | None] = mapped_column(deferred=True)
    cs: Mapped[list["C"]] = relationship(order_by="C.id")


class C(Base):
    __tablename__ = "c"
    id: Mapped[int] = mapped_column(primary_key=True)
    pid: Mapped[int | None] = mapped_column(ForeignKey("p.id"))
    y: Mapped[int | None]
    gs: Mapped[list["G"]] = relationship(order_by="G.id")


class G(Base):
    __tablename__ = "g"
    id: Mapped[int] = mapped_column(primary_key=True)
    cid: Mapped[int | None] = mapped_column(ForeignKey("c.id"))


engine = create_engine("sqlite://")
Base.metadata.create_all(engine)
with Session(engine) as s:
    below = [C(id=1, y=4, gs=[G(id=1)]), C(id=2, gs=[G(id=2), G(id=3)])]
    s.add(P(id=1, x=1, big="b", cs=below))
    s.commit()


def way_down(p):
    return [(c.id, [g.id for g in c.gs]) for c in p.cs]


def columns(p):
    return [("y" in vars(c), c.id) for c in p.cs]


OPTIONS = {
    "nothing": (None, way_down),
    "lazy, then joined": (lazyload(P.cs).joinedload(C.gs), way_down),
    "lazy, then selectin": (lazyload(P.cs).selectinload(C.gs), way_down),
    "default, then selectin": (defaultload(P.cs).selectinload(C.gs), way_down),
    "raise": (raiseload(P.cs), way_down),
    "raise all": (raiseload("*"), way_down),
    "lazy, then raise": (lazyload(P.cs).raiseload(C.gs), way_down),
    "lazy, then raise all": (lazyload(P.cs).raiseload("*"), way_down),
    "selectin, then lazy": (selectinload(P.cs).lazyload(C.gs), way_down),
    "selectin, then raise": (selectinload(P.cs).raiseload(C.gs), way_down),
    "all lazy": (Load(P).lazyload("*"), way_down),
    "lazy, then defer": (lazyload(P.cs).defer(C.y), columns),
    "lazy, then load_only": (lazyload(P.cs).load_only(C.id), columns),
    "undefer": (undefer(P.big), lambda p: "big" in vars(p)),
}
WAYS = {
    "added": lambda s, p: s.add(p) or p,
    "merged": lambda s, p: s.merge(p),
    "merged without loading": lambda s, p: s.merge(p, load=False),
}
for name, (option, look) in OPTIONS.items():
    for way, enter in WAYS.items():
        with Session(engine) as s:
            statement = select(P) if option is None else select(P).options(option)
            pickled = pickle.dumps(s.scalars(statement).one())
        with Session(engine) as s:
            found = enter(s, pickle.loads(pickled))
            sent()
            attempt(f"{name}, {way}", look, found)
            report(f"number of statements for {name}, {way}", len(sent()))

with Session(engine) as s:
    found = pickle.loads(
        pickle.dumps(s.scalars(select(P).options(defer(P.x, raiseload=True))).one())
    )
with Session(engine) as s:
    s.add(found)
    attempt("a refused column", lambda: found.x)
