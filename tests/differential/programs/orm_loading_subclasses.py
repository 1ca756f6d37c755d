# begins with: trees
"""Classes that inherit: which columns come at once, which by queries of subclasses."""

import warnings
from typing import List, Optional

from sqlalchemy import ForeignKey, create_engine, or_, select, text
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    Session,
    contains_eager,
    defer,
    joinedload,
    load_only,
    mapped_column,
    relationship,
    selectin_polymorphic,
    selectinload,
    subqueryload,
    undefer,
    with_polymorphic,
)

warnings.simplefilter("ignore")
engine = create_engine("sqlite://")
s = Session(engine)


for name in (
    "sip Boss: statements",
    "wp inline sh: statements",
    "joinedload options sip: statements",
):
    differs(name, why="one query for all owners in place of one for each")
for name in (
    "sub opts no sip",
    "sub opts no sip: statements",
    "sub opts joined no sip",
    "sub opts joined no sip: statements",
):
    differs(name, why="the option of a subclass's relationship is honoured without its columns")
for name in ("joinedload of_type wp", "joinedload of_type wp: statements"):
    differs(name, why="an alias is made where none was, in place of an error")
for name in ("unknown joined", "unknown single"):
    differs(name, why="the error is documented, not an assertion")


class HB(DeclarativeBase):
    pass


class Company(HB):
    __tablename__ = "company"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    emps: Mapped[List["Emp"]] = relationship(back_populates="company", order_by="Emp.id")


class Emp(HB):
    __tablename__ = "emp"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    type: Mapped[str]
    company_id: Mapped[Optional[int]] = mapped_column(ForeignKey("company.id"))
    company: Mapped[Optional[Company]] = relationship(back_populates="emps")
    __mapper_args__ = {"polymorphic_on": "type", "polymorphic_identity": "emp"}


class Mgr(Emp):
    __tablename__ = "mgr"
    id: Mapped[int] = mapped_column(ForeignKey("emp.id"), primary_key=True)
    mname: Mapped[str]
    papers: Mapped[List["Paper"]] = relationship(order_by="Paper.id")
    __mapper_args__ = {"polymorphic_identity": "mgr"}


class Eng(Emp):
    __tablename__ = "eng"
    id: Mapped[int] = mapped_column(ForeignKey("emp.id"), primary_key=True)
    info: Mapped[str]
    big: Mapped[Optional[str]] = mapped_column(deferred=True)
    machines: Mapped[List["Machine"]] = relationship(order_by="Machine.id")
    __mapper_args__ = {"polymorphic_identity": "eng"}


class Boss(Mgr):
    __tablename__ = "boss"
    id: Mapped[int] = mapped_column(ForeignKey("mgr.id"), primary_key=True)
    golf: Mapped[str]
    __mapper_args__ = {"polymorphic_identity": "boss"}


class Paper(HB):
    __tablename__ = "paper"
    id: Mapped[int] = mapped_column(primary_key=True)
    t: Mapped[str]
    mgr_id: Mapped[int] = mapped_column(ForeignKey("mgr.id"))


class Machine(HB):
    __tablename__ = "machine"
    id: Mapped[int] = mapped_column(primary_key=True)
    t: Mapped[str]
    eng_id: Mapped[int] = mapped_column(ForeignKey("eng.id"))


class An(HB):
    __tablename__ = "an"
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    name: Mapped[str]
    __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": "an"}


class Dog(An):
    bark: Mapped[Optional[str]]
    toys: Mapped[List["Toy"]] = relationship()
    __mapper_args__ = {"polymorphic_identity": "dog"}


class Cat(An):
    meow: Mapped[Optional[str]]
    __mapper_args__ = {"polymorphic_identity": "cat"}


class Puppy(Dog):
    cute: Mapped[Optional[int]]
    __mapper_args__ = {"polymorphic_identity": "puppy"}


class Toy(HB):
    __tablename__ = "toy"
    id: Mapped[int] = mapped_column(primary_key=True)
    an_id: Mapped[int] = mapped_column(ForeignKey("an.id"))


class Sh(HB):
    __tablename__ = "sh"
    id: Mapped[int] = mapped_column(primary_key=True)
    k: Mapped[str]
    __mapper_args__ = {"polymorphic_on": "k", "polymorphic_identity": "sh"}


class Sq(Sh):
    __tablename__ = "sq"
    id: Mapped[int] = mapped_column(ForeignKey("sh.id"), primary_key=True)
    side: Mapped[int]
    __mapper_args__ = {"polymorphic_identity": "sq", "polymorphic_load": "inline"}


class Ci(Sh):
    __tablename__ = "ci"
    id: Mapped[int] = mapped_column(ForeignKey("sh.id"), primary_key=True)
    rad: Mapped[int]
    __mapper_args__ = {"polymorphic_identity": "ci", "polymorphic_load": "selectin"}


class Dot(Ci):
    __tablename__ = "dot"
    id: Mapped[int] = mapped_column(ForeignKey("ci.id"), primary_key=True)
    col: Mapped[str]
    __mapper_args__ = {"polymorphic_identity": "dot", "polymorphic_load": "selectin"}


HB.metadata.create_all(engine)
s.add_all([Company(id=1, name="c1"), Company(id=2, name="c2")])
s.flush()
s.add_all(
    [
        Emp(id=1, name="e1", company_id=1),
        Mgr(id=2, name="m2", mname="mm", company_id=1),
        Eng(id=3, name="e3", info="i3", big="B", company_id=1),
        Boss(id=4, name="b4", mname="bm", golf="g", company_id=2),
        Eng(id=5, name="e5", info="i5", company_id=2),
    ]
)
s.flush()
s.add_all(
    [
        Paper(id=1, t="p", mgr_id=2),
        Paper(id=2, t="p2", mgr_id=4),
        Machine(id=1, t="x", eng_id=3),
        Machine(id=2, t="y", eng_id=3),
    ]
)
s.add_all(
    [
        An(id=1, name="a"),
        Dog(id=2, name="d", bark="w"),
        Cat(id=3, name="c", meow="m"),
        Puppy(id=4, name="p", bark="y", cute=1),
    ]
)
s.flush()
s.add_all([Toy(id=1, an_id=2), Toy(id=2, an_id=4)])
s.add_all([Sh(id=1), Sq(id=2, side=3), Ci(id=3, rad=4), Dot(id=4, rad=1, col="r")])
s.commit()
A = "*"
show("emp", select(Emp).order_by(Emp.id))
show("mgr", select(Mgr).order_by(Mgr.id))
show("boss", select(Boss))
show("an", select(An).order_by(An.id))
show("dog", select(Dog).order_by(Dog.id))
show("puppy", select(Puppy))
show("sh", select(Sh).order_by(Sh.id))
show("ci", select(Ci).order_by(Ci.id))
show("sq", select(Sq))
for sel in ("*", [Mgr], [Eng], [Boss], [Mgr, Eng]):
    nm = sel if sel == "*" else "+".join(c.__name__ for c in sel)
    wp = with_polymorphic(Emp, sel)
    show(f"wp {nm}", select(wp).order_by(wp.id))
    wp = with_polymorphic(Emp, sel, flat=True)
    show(f"wp flat {nm}", select(wp).order_by(wp.id))
    wp = with_polymorphic(Emp, sel, aliased=True)
    show(f"wp aliased {nm}", select(wp).order_by(wp.id))
    if sel != "*":
        show(f"sip {nm}", select(Emp).options(selectin_polymorphic(Emp, sel)).order_by(Emp.id))
wp = with_polymorphic(Emp, "*")
show("wp filter", select(wp).where(or_(wp.Mgr.mname == "mm", wp.Eng.info == "i5")).order_by(wp.id))
show("wp cols", select(wp.id, wp.Mgr.mname, wp.Eng.info).order_by(wp.id))
show(
    "wp opt sel",
    select(wp).options(selectinload(wp.Mgr.papers), selectinload(wp.Eng.machines)).order_by(wp.id),
)
show(
    "wp opt joined",
    select(wp).options(joinedload(wp.Mgr.papers), joinedload(wp.Eng.machines)).order_by(wp.id),
    uniq=True,
)
show("wp undefer", select(wp).options(undefer(wp.Eng.big)).order_by(wp.id))
show("wp load_only", select(wp).options(load_only(wp.name)).order_by(wp.id))
show("wp defer sub", select(wp).options(defer(wp.Eng.info)).order_by(wp.id))
show("wp inner", select(with_polymorphic(Emp, [Mgr], innerjoin=True)))
show("wp inline sh", (lambda w: select(w).order_by(w.id))(with_polymorphic(Sh, "*")))
show("sip all", select(Emp).options(selectin_polymorphic(Emp, [Mgr, Eng])).order_by(Emp.id))
show(
    "sip sub opt",
    select(Emp)
    .options(
        selectin_polymorphic(Emp, [Mgr, Eng]), selectinload(Mgr.papers), selectinload(Eng.machines)
    )
    .order_by(Emp.id),
)
show(
    "sip sub opt joined",
    select(Emp)
    .options(selectin_polymorphic(Emp, [Mgr, Eng]), joinedload(Eng.machines))
    .order_by(Emp.id),
    uniq=True,
)
show(
    "sip load_only",
    select(Emp)
    .options(selectin_polymorphic(Emp, [Mgr, Eng]), load_only(Emp.name))
    .order_by(Emp.id),
)
show(
    "sip load_only sub",
    select(Emp).options(selectin_polymorphic(Emp, [Eng]), load_only(Eng.info)).order_by(Emp.id),
)
show(
    "sip undefer sub",
    select(Emp).options(selectin_polymorphic(Emp, [Eng]), undefer(Eng.big)).order_by(Emp.id),
)
show("sub opts no sip", select(Emp).options(selectinload(Mgr.papers)).order_by(Emp.id))
show(
    "sub opts joined no sip",
    select(Emp).options(joinedload(Mgr.papers)).order_by(Emp.id),
    uniq=True,
)
show("company emps", select(Company).options(selectinload(Company.emps)).order_by(Company.id))
show(
    "company emps joined",
    select(Company).options(joinedload(Company.emps)).order_by(Company.id),
    uniq=True,
)
for f in (selectinload, joinedload, subqueryload):
    n = f.__name__
    show(
        n + " of_type wp",
        select(Company)
        .options(f(Company.emps.of_type(with_polymorphic(Emp, "*"))))
        .order_by(Company.id),
        uniq=True,
    )
    w2 = with_polymorphic(Emp, "*", flat=True)
    show(
        n + " of_type wp flat",
        select(Company).options(f(Company.emps.of_type(w2))).order_by(Company.id),
        uniq=True,
    )
    show(
        n + " of_type wp below",
        select(Company)
        .options(f(Company.emps.of_type(w2)).selectinload(w2.Mgr.papers))
        .order_by(Company.id),
        uniq=True,
    )
    show(
        n + " of_type sub",
        select(Company).options(f(Company.emps.of_type(Eng))).order_by(Company.id),
        uniq=True,
    )
    show(
        n + " of_type sub below",
        select(Company)
        .options(f(Company.emps.of_type(Eng)).selectinload(Eng.machines))
        .order_by(Company.id),
        uniq=True,
    )
    show(
        n + " sip below",
        select(Company)
        .options(f(Company.emps).selectin_polymorphic([Mgr, Eng]))
        .order_by(Company.id),
        uniq=True,
    )
    attempt(n + " sub attr below", lambda: f(Company.emps).selectinload(Mgr.papers) and 1)
    show(
        n + " options sip",
        select(Company)
        .options(
            f(Company.emps).options(selectin_polymorphic(Emp, [Mgr]), selectinload(Mgr.papers))
        )
        .order_by(Company.id),
        uniq=True,
    )
show(
    "join of_type",
    select(Company, Eng).join(Company.emps.of_type(Eng)).order_by(Company.id, Eng.id),
)
show(
    "join of_type contains",
    select(Company)
    .join(Company.emps.of_type(Eng))
    .options(contains_eager(Company.emps.of_type(Eng)))
    .order_by(Company.id),
    uniq=True,
)
w3 = with_polymorphic(Emp, "*", flat=True)
show(
    "join wp contains",
    select(Company)
    .join(Company.emps.of_type(w3))
    .options(contains_eager(Company.emps.of_type(w3)))
    .order_by(Company.id, w3.id),
    uniq=True,
)
show("get emp is eng", select(Emp).where(Emp.id == 3), look=lambda r: (r[0].info, len(sent())))


def touch(name, q, f):
    s.expunge_all()

    def run():
        objs = [r[0] for r in s.execute(q).unique().all()]
        sent()
        return [str(f(o)).replace("'", "") for o in objs]

    attempt(name, run)
    report(name + ": statements", len(sent()))


touch(
    "touch sub attr",
    select(Emp).order_by(Emp.id),
    lambda o: getattr(o, "info", None) or getattr(o, "mname", None),
)
touch("touch sub attr boss", select(Emp).where(Emp.id == 4), lambda o: (o.golf, o.mname, tree(o)))
touch("touch boss as mgr", select(Mgr).where(Mgr.id == 4), lambda o: (o.golf, tree(o)))
touch(
    "touch single",
    select(An).order_by(An.id),
    lambda o: (getattr(o, "bark", None), getattr(o, "cute", None), tree(o)),
)
touch(
    "touch single toys",
    select(An).order_by(An.id),
    lambda o: [t.id for t in getattr(o, "toys", [])],
)
touch("touch deferred sub", select(Eng).order_by(Eng.id), lambda o: (o.big, tree(o)))
touch("touch deferred sub base", select(Emp).where(Emp.id == 3), lambda o: (o.big, tree(o)))


def refr(name, cls, i, exp=None):
    s.expunge_all()

    def run():
        o = s.get(cls, i)
        s.expire(o, exp)
        sent()
        o.name
        return tree(o)

    attempt(name, lambda: str(run()))
    report(name + ": statements", len(sent()))


refr("expire eng", Emp, 3)
refr("expire eng2", Eng, 3)
refr("expire boss", Emp, 4)
refr("expire dog", An, 2)
refr("expire dot", Sh, 4)
refr("expire name", Emp, 4, ["name"])
refr("expire name info", Emp, 3, ["name", "info"])
attempt("get wrong class", lambda: s.get(Mgr, 3))
attempt("get wrong class 2", lambda: (s.get(Emp, 3), s.get(Mgr, 3))[1])
attempt("get sub", lambda: str(tree(s.get(Boss, 4))))
s.execute(text("insert into emp (id,name,type) values (90,'x','alien')"))
s.execute(text("insert into an (id,name,kind) values (90,'x','alien')"))
attempt("unknown joined", lambda: s.scalars(select(Emp).where(Emp.id == 90)).all())
attempt("unknown single", lambda: s.scalars(select(An).where(An.id == 90)).all())
attempt("unknown sub", lambda: s.scalars(select(Dog).where(Dog.id == 90)).all())
s.execute(text("insert into mgr (id,mname) values (3,'double')"))
attempt(
    "wrong sub row",
    lambda: [type(x).__name__ for x in s.scalars(select(Mgr).where(Mgr.id == 3)).all()],
)
s.rollback()


class N1(HB):
    __tablename__ = "n1"
    id: Mapped[int] = mapped_column(primary_key=True)
    k: Mapped[Optional[str]]
    __mapper_args__ = {"polymorphic_on": "k", "polymorphic_identity": "n1"}


class N2(N1):
    __mapper_args__ = {"polymorphic_identity": "n2"}


class P1(HB):
    __tablename__ = "p1"
    id: Mapped[int] = mapped_column(primary_key=True)
    k: Mapped[Optional[str]]
    __mapper_args__ = {"polymorphic_on": "k", "polymorphic_abstract": True}


class P2(P1):
    __mapper_args__ = {"polymorphic_identity": "p2"}


HB.metadata.create_all(engine)
s.execute(text("insert into n1 (id,k) values (1,null),(2,'n2'),(3,'n1')"))
s.execute(text("insert into p1 (id,k) values (1,null)"))
s.commit()
attempt(
    "null disc", lambda: [(type(x).__name__, x.id) for x in s.scalars(select(N1).order_by(N1.id))]
)
attempt("null disc abstract", lambda: [(type(x).__name__, x.id) for x in s.scalars(select(P1))])
