"""Relationships whose operators are a comparator's."""

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    RelationshipProperty,
    Session,
    aliased,
    backref,
    joinedload,
    mapped_column,
    relationship,
)


class Base(DeclarativeBase):
    pass


calls = []


class Own(RelationshipProperty.Comparator):
    def __eq__(self, other):
        calls.append("eq")
        return super().__eq__(other)

    __hash__ = RelationshipProperty.Comparator.__hash__

    def contains(self, other, **kw):
        calls.append("contains")
        return super().contains(other, **kw)

    def is_named(self, name):
        calls.append("is_named")
        find = self.any if self.property.uselist else self.has
        return find(C.name == name)

    @property
    def total(self):
        return self.mapper.class_.__name__


class P(Base):
    __tablename__ = "p"
    id: Mapped[int] = mapped_column(primary_key=True)
    cid: Mapped[int | None] = mapped_column(ForeignKey("c.id"))
    c: Mapped["C | None"] = relationship(foreign_keys=cid, comparator_factory=Own)
    cs: Mapped[list["C"]] = relationship(
        foreign_keys="C.pid", comparator_factory=Own, backref=backref("p", comparator_factory=Own)
    )


class C(Base):
    __tablename__ = "c"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str | None]
    pid: Mapped[int | None] = mapped_column(ForeignKey("p.id"))


class Q(P):
    pass


def step(name, function):
    def shown():
        calls.clear()
        return " ".join(str(function()).split()), list(calls)

    attempt(name, shown)


step("none", lambda: P.c == None)  # noqa: E711 - it is SQL
step("object", lambda: P.c == C(id=4))
step("not none", lambda: P.c != None)  # noqa: E711 - it is SQL
step("own method", lambda: P.c.is_named("x"))
step("own method of many", lambda: P.cs.is_named("x"))
step("contains", lambda: P.cs.contains(C(id=5)))
step("property", lambda: P.cs.total)
step("subclass", lambda: Q.cs.is_named("x"))
step("backref", lambda: C.p == None)  # noqa: E711 - it is SQL
step("alias", lambda: aliased(P, name="pp").cs.is_named("x"))
step("alias and none", lambda: aliased(P, name="pp").c == None)  # noqa: E711 - it is SQL
step("any", lambda: P.cs.any())
step("joined with more", lambda: select(P).join(P.cs.and_(C.name == "a")))
step("filter_by", lambda: Session().query(P).filter_by(c=None))
step("loaded", lambda: select(P).options(joinedload(P.c)))
step("comparator", lambda: type(P.c.comparator).__name__)
step("no such thing", lambda: P.c.other)
