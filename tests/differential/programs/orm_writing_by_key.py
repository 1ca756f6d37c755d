"""Rows that are updated by their keys: their versions, and what Python makes for them."""

from sqlalchemy import ForeignKey, create_engine, select, update
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column


class Base(DeclarativeBase):
    pass


class V(Base):
    __tablename__ = "v"
    id: Mapped[int] = mapped_column(primary_key=True)
    x: Mapped[int | None]
    kind: Mapped[str] = mapped_column()
    ver: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": ver, "polymorphic_on": kind, "polymorphic_identity": "v"}


class W(V):
    __tablename__ = "w"
    id: Mapped[int] = mapped_column(ForeignKey("v.id"), primary_key=True)
    y: Mapped[int | None]
    up: Mapped[int | None] = mapped_column(onupdate=lambda: 9)
    __mapper_args__ = {"polymorphic_identity": "w"}


class M(Base):
    __tablename__ = "m"
    id: Mapped[int] = mapped_column(primary_key=True)
    x: Mapped[int | None]
    ver: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": ver, "version_id_generator": False}


engine = create_engine("sqlite://")
Base.metadata.create_all(engine)


def step(name, cls, rows, **values):
    with Session(engine) as s:
        first = {"ver": 1} if cls is M else {}
        s.add_all([cls(id=number, x=number, **first) for number in (1, 2, 3)])
        s.flush()
        s.expire_all()
        found = s.scalars(select(cls).order_by(cls.id)).all()
        sent()
        statement = update(cls).values(**values) if values else update(cls)

        def write():
            s.execute(statement, rows)
            told = [(one.x, getattr(one, "y", None)) for one in found]
            names = ", ".join(sorted({line.split()[0] for line in sent()}))
            return told, names

        attempt(name, write)
        report(f"number of statements after {name}", len(sent()))
        table = cls.__table__.c if cls is M else V.__table__.c
        columns = [table.id, table.x, table.ver]
        attempt(f"stored by {name}", lambda: s.connection().execute(select(*columns)).all())


step("version", V, [{"id": 1, "x": 5, "ver": 1}])
step("old version", V, [{"id": 1, "x": 5, "ver": 0}])
step("old version of two", V, [{"id": 1, "x": 5, "ver": 1}, {"id": 2, "x": 5, "ver": 0}])
step("two", V, [{"id": 1, "x": 5, "ver": 1}, {"id": 2, "x": 6, "ver": 1}])
step("only the version", V, [{"id": 1, "ver": 1}])
step("both tables", W, [{"id": 1, "x": 5, "ver": 1, "y": 7}])
step("the last table", W, [{"id": 1, "ver": 1, "y": 7}])
step("the first table", W, [{"id": 1, "ver": 1, "x": 7}])
step("a version of the user's", M, [{"id": 1, "x": 5, "ver": 1}])
step("a wrong one", M, [{"id": 1, "x": 5, "ver": 7}])
differs("fixed values", why="objects have what their rows were set to")
step("fixed values", V, [{"id": 1, "ver": 1}, {"id": 2, "ver": 1}], x=12)
