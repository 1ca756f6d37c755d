"""Objects compared in SQL: every kind of relationship, every comparison, aliases, other objects."""

import re
import warnings
from operator import eq, ne
from typing import Optional

from sqlalchemy import (
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Select,
    Table,
    create_engine,
    inspect,
    null,
    or_,
    select,
)
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    Session,
    aliased,
    mapped_column,
    relationship,
    with_parent,
)

warnings.simplefilter("ignore")


class Base(DeclarativeBase):
    pass


ug = Table(
    "ug",
    Base.metadata,
    Column("uid", ForeignKey("u.id"), primary_key=True),
    Column("gid", ForeignKey("g.id"), primary_key=True),
)


class U(Base):
    __tablename__ = "u"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[Optional[str]]
    boss_id: Mapped[Optional[int]] = mapped_column(ForeignKey("u.id"))
    adr: Mapped[list["A"]] = relationship(back_populates="user", order_by="A.id")
    prof: Mapped[Optional["Pr"]] = relationship(back_populates="user")
    groups: Mapped[list["G"]] = relationship(secondary=ug, back_populates="users")
    boss: Mapped[Optional["U"]] = relationship(remote_side=[id], back_populates="staff")
    staff: Mapped[list["U"]] = relationship(back_populates="boss")
    acmp: Mapped[list["A"]] = relationship(
        primaryjoin="and_(U.id==A.user_id, A.mail.like('%x%'))", viewonly=True
    )


class A(Base):
    __tablename__ = "a"
    id: Mapped[int] = mapped_column(primary_key=True)
    mail: Mapped[Optional[str]]
    user_id: Mapped[Optional[int]] = mapped_column(ForeignKey("u.id"))
    user: Mapped[Optional[U]] = relationship(back_populates="adr")


class Pr(Base):
    __tablename__ = "pr"
    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("u.id"))
    user: Mapped[U] = relationship(back_populates="prof")


class G(Base):
    __tablename__ = "g"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[Optional[str]]
    users: Mapped[list[U]] = relationship(secondary=ug, back_populates="groups")


class H(Base):
    __tablename__ = "h"
    a: Mapped[int] = mapped_column(primary_key=True)
    b: Mapped[int] = mapped_column(primary_key=True)
    ls: Mapped[list["L"]] = relationship(back_populates="h")


class L(Base):
    __tablename__ = "l"
    id: Mapped[int] = mapped_column(primary_key=True)
    ha: Mapped[Optional[int]]
    hb: Mapped[Optional[int]]
    __table_args__ = (ForeignKeyConstraint(["ha", "hb"], ["h.a", "h.b"]),)
    h: Mapped[Optional[H]] = relationship(back_populates="ls")


e = create_engine("sqlite://")
Base.metadata.create_all(e)
s = Session(e)
u1, u2, u3 = U(id=1, name="a"), U(id=2, name="b", boss_id=1), U(id=3, name="c", boss_id=1)
s.add_all(
    [
        u1,
        u2,
        u3,
        A(id=1, mail="x1", user_id=1),
        A(id=2, mail="y", user_id=1),
        A(id=3, mail="x3", user_id=2),
        A(id=4),
        Pr(id=1, user_id=2),
        G(id=1, name="g1", users=[u1, u2]),
        G(id=2, name="g2"),
        H(a=1, b=1),
        H(a=1, b=2),
        L(id=1, ha=1, hb=2),
        L(id=2, ha=1),
        L(id=3),
    ]
)
s.commit()
a1, a3, g1, pr1, h12 = s.get(A, 1), s.get(A, 3), s.get(G, 1), s.get(Pr, 1), s.get(H, (1, 2))
B = aliased(U)
AA = aliased(A)


def both(name, condition, entity=U):
    """Report the SQL of a condition, its parameters unnamed, and what it selects."""
    try:
        made = condition()
        statement = made if isinstance(made, Select) else select(entity).where(made)
        text = re.sub(r":\w+", ":p", " ".join(str(made).split()))
        found = s.scalars(statement).unique().all()
        report(name, (text, sorted(str(inspect(one).identity) for one in found)))
    except Exception as error:  # noqa: BLE001 - its class is reported
        report(name, type(error).__name__)


REFUSED = "an object of another class is refused, not compared"
for name in ("== wrong", "contains wrong", "with_parent wrong inst"):
    differs(name, why=REFUSED)
differs("and_ any", why="what and_() says is asked for as well")
differs("== transient no id", why="told without the statement")
differs("m2o is_", why="is_(None) is == None")
differs("m2o is_not", why="is_not(None) is != None")
differs("with_parent None", why="refused with a message")
both("m2o ==", lambda: A.user == u1, A)
both("m2o !=", lambda: A.user != u1, A)
both("m2o None", lambda: eq(A.user, None), A)
both("m2o !None", lambda: ne(A.user, None), A)
both("m2o is_", lambda: A.user.is_(None), A)
both("m2o is_not", lambda: A.user.is_not(None), A)
both("m2o == null()", lambda: A.user == null(), A)
both("o2m None", lambda: eq(U.adr, None))
both("o2m !None", lambda: ne(U.adr, None))
both("o2m == obj", lambda: U.adr == a1)
both("o2m != obj", lambda: U.adr != a1)
both("o2m contains", lambda: U.adr.contains(a1))
both("o2m ~contains", lambda: ~U.adr.contains(a1))
both("o2m any", lambda: U.adr.any())
both("o2m ~any", lambda: ~U.adr.any())
both("o2m any crit", lambda: U.adr.any(A.mail == "x1"))
both("o2m any kw", lambda: U.adr.any(mail="x1"))
both("o2m any both", lambda: U.adr.any(A.id > 0, mail="x1"))
both("o2m any bad kw", lambda: U.adr.any(mial="x1"))
both("o2m has", lambda: U.adr.has())
both("m2o has", lambda: A.user.has(), A)
both("m2o has kw", lambda: A.user.has(name="a"), A)
both("m2o ~has", lambda: ~A.user.has(name="a"), A)
both("m2o any", lambda: A.user.any(), A)
both("m2o contains", lambda: A.user.contains(u1), A)
both("o2o ==", lambda: U.prof == pr1)
both("o2o != ", lambda: U.prof != pr1)
both("o2o None", lambda: eq(U.prof, None))
both("o2o !None", lambda: ne(U.prof, None))
both("o2o has", lambda: U.prof.has())
both("m2m contains", lambda: U.groups.contains(g1))
both("m2m ~contains", lambda: ~U.groups.contains(g1))
both("m2m any", lambda: U.groups.any(G.name == "g1"))
both("m2m any kw", lambda: U.groups.any(name="g1"))
both("m2m None", lambda: eq(U.groups, None))
both("m2m == ", lambda: U.groups == g1)
both("m2m !=", lambda: U.groups != g1)
both("self ==", lambda: U.boss == u1)
both("self !=", lambda: U.boss != u1)
both("self has", lambda: U.boss.has(U.name == "a"))
both("self has kw", lambda: U.boss.has(name="a"))
both("self any", lambda: U.staff.any(name="b"))
both("self any alias", lambda: U.staff.of_type(B).any(B.name == "b"))
both("self contains", lambda: U.staff.contains(u2))
both("self None", lambda: eq(U.boss, None))
both("comp ==", lambda: L.h == h12, L)
both("comp !=", lambda: L.h != h12, L)
both("comp None", lambda: eq(L.h, None), L)
both("comp !None", lambda: ne(L.h, None), L)
both("comp contains", lambda: H.ls.contains(s.get(L, 1)), H)
both("comp any", lambda: H.ls.any(id=1), H)
both("viewonly any", lambda: U.acmp.any())
both("viewonly contains", lambda: U.acmp.contains(a1))
both("and_ any", lambda: U.adr.and_(A.mail == "y").any())
both("of_type any", lambda: U.adr.of_type(AA).any(AA.mail == "y"))
both("alias any", lambda: select(B).where(B.adr.any(mail="y")))
both("alias has", lambda: select(AA).where(AA.user.has(name="a")))
both("alias ==", lambda: select(AA).where(AA.user == u1))
both("alias contains", lambda: select(B).where(B.groups.contains(g1)))
both("== transient", lambda: A.user == U(id=2), A)
both("== transient no id", lambda: A.user == U(), A)
both("!= transient", lambda: A.user != U(id=2), A)
both("== class", lambda: A.user == U, A)
both("== int", lambda: A.user == 1, A)
both("== str", lambda: A.user == "x", A)
both("== wrong", lambda: A.user == a1, A)
both("contains wrong", lambda: U.adr.contains(u1))
both("contains None", lambda: U.adr.contains(None))
both("in_", lambda: A.user.in_([u1]), A)
both("like", lambda: A.user.like("x"), A)
both("lt", lambda: A.user < u1, A)
both("with_parent", lambda: with_parent(u1, U.adr), A)
both("with_parent m2o", lambda: with_parent(a1, A.user), U)
both("with_parent m2m", lambda: with_parent(u1, U.groups), G)
both("with_parent self", lambda: with_parent(u1, U.staff), U)
both("with_parent alias", lambda: select(AA).where(with_parent(u1, U.adr.of_type(AA))))
both("with_parent from", lambda: select(AA).where(with_parent(u1, U.adr, from_entity=AA)))
both("with_parent bad", lambda: with_parent(u1, U.name), A)
both("with_parent str", lambda: with_parent(u1, "adr"), A)
both("with_parent wrong inst", lambda: with_parent(a1, U.adr), A)
both("with_parent transient", lambda: with_parent(U(id=1), U.adr), A)
both("with_parent None", lambda: with_parent(None, U.adr), A)
both("with_parent viewonly", lambda: with_parent(u1, U.acmp), A)
both("any nested", lambda: U.groups.any(G.users.any(U.name == "b")))
both("has any", lambda: A.user.has(U.groups.any(name="g1")), A)
both("any subquery crit", lambda: U.adr.any(A.id.in_(select(A.id).where(A.mail == "y"))))
both("any correlated", lambda: U.adr.any(A.mail.like(U.name + "%")))
both("or", lambda: or_(U.adr.any(mail="y"), U.prof.has()))
both("join any", lambda: select(U).join(U.adr).where(U.adr.any(A.mail == "y")))
both("filter_by rel", lambda: select(A).filter_by(user=u1))
both("filter_by rel None", lambda: select(A).filter_by(user=None))

u2.id
s.expire(u2)
both("== expired", lambda: A.user == u2, A)
s.expunge(u3)
both("== detached", lambda: U.boss == u3)
s.rollback()
# A new object has its key when the statement is executed, not when it is written.
new = U(name="later")
statement = select(A).where(A.user == new)
s.add(new)
s.flush()
s.add(A(id=50, user_id=new.id))
s.flush()
report("late", [one.id for one in s.scalars(statement)])
