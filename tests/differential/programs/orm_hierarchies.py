# begins with: orders, paths
"""Classes that inherit, in one table and in joined ones, loaded in every way."""

from typing import Optional

from sqlalchemy import (
    ForeignKey,
    func,
    insert,
    select,
)
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    aliased,
    joinedload,
    mapped_column,
    relationship,
    selectin_polymorphic,
    selectinload,
    with_polymorphic,
)

B2 = type("B2", (DeclarativeBase,), {})


class Company(B2):
    __tablename__ = "company"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    employees: Mapped[list["Employee"]] = relationship(
        back_populates="company", order_by="Employee.id"
    )


class Employee(B2):
    __tablename__ = "employee"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    type: Mapped[str]
    company_id: Mapped[Optional[int]] = mapped_column(ForeignKey("company.id"))
    company: Mapped[Optional[Company]] = relationship(back_populates="employees")
    __mapper_args__ = {"polymorphic_on": "type", "polymorphic_identity": "employee"}


class Manager(Employee):
    __tablename__ = "manager"
    id: Mapped[int] = mapped_column(ForeignKey("employee.id"), primary_key=True)
    level: Mapped[int]
    papers: Mapped[list["Paper"]] = relationship()
    __mapper_args__ = {"polymorphic_identity": "manager"}


class Engineer(Employee):
    __tablename__ = "engineer"
    id: Mapped[int] = mapped_column(ForeignKey("employee.id"), primary_key=True)
    lang: Mapped[str]
    __mapper_args__ = {"polymorphic_identity": "engineer"}


class Paper(B2):
    __tablename__ = "paper"
    id: Mapped[int] = mapped_column(primary_key=True)
    manager_id: Mapped[int] = mapped_column(ForeignKey("manager.id"))
    title: Mapped[str]


class Animal(B2):
    __tablename__ = "animal"
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    owner_id: Mapped[Optional[int]] = mapped_column(ForeignKey("company.id"))
    __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": "animal"}


class Cat(Animal):
    lives: Mapped[Optional[int]] = mapped_column(nullable=True)
    __mapper_args__ = {"polymorphic_identity": "cat"}


class Lion(Cat):
    __mapper_args__ = {"polymorphic_identity": "lion"}


class Dog(Animal):
    tricks: Mapped[Optional[str]] = mapped_column(nullable=True)
    __mapper_args__ = {"polymorphic_identity": "dog"}


B2.metadata.create_all(engine)
for t, r in [
    ("company", [{"id": 1, "name": "c"}]),
    (
        "employee",
        [
            {"id": 1, "name": "e", "type": "employee", "company_id": 1},
            {"id": 2, "name": "m", "type": "manager", "company_id": 1},
            {"id": 3, "name": "g", "type": "engineer", "company_id": 1},
            {"id": 4, "name": "m2", "type": "manager", "company_id": 1},
        ],
    ),
    ("manager", [{"id": 2, "level": 3}, {"id": 4, "level": 5}]),
    ("engineer", [{"id": 3, "lang": "py"}]),
    ("paper", [{"id": 1, "manager_id": 2, "title": "p"}]),
    (
        "animal",
        [
            {"id": 1, "kind": "animal", "lives": None, "tricks": None},
            {"id": 2, "kind": "cat", "lives": 9, "tricks": None},
            {"id": 3, "kind": "dog", "lives": None, "tricks": "sit"},
            {"id": 4, "kind": "lion", "lives": 1, "tricks": None},
        ],
    ),
]:
    s.execute(insert(B2.metadata.tables[t]), r)
s.commit()
E_ = select(Employee).order_by(Employee.id)
show("base", E_, row)
show(
    "base touch",
    E_,
    lambda r: (shown(r[0]), getattr(r[0], "level", None), getattr(r[0], "lang", None), shown(r[0])),
)
show("sub", select(Manager).order_by(Manager.id), row)
show("sub where", select(Manager).where(Manager.level > 3, Manager.name == "m2"), row)
show("sub attr", select(Manager.name, Manager.level), tuple)
show("sub attr1", select(Manager.name), tuple)
show(
    "company join",
    select(Company.name, Manager.level).join(Company.employees.of_type(Manager)),
    tuple,
)
show(
    "company join2",
    select(Company.name, Manager.name).join(Manager, Company.id == Manager.company_id),
    tuple,
)
show(
    "company any",
    select(Company.name).where(Company.employees.of_type(Manager).any(Manager.level == 5)),
    tuple,
)
show("m company", select(Manager.name, Company.name).join(Manager.company), tuple)
show("m company2", select(Manager).join(Employee.company), row)
wp = with_polymorphic(Employee, [Manager, Engineer])
show("wp", select(wp).order_by(wp.id), row)
show("wp where", select(wp).where(wp.Manager.level == 5), row)
wps = with_polymorphic(Employee, "*", flat=True)
show("wp flat", select(wps).order_by(wps.id), row)
wpi = with_polymorphic(Employee, [Manager], innerjoin=True)
show("wp inner", select(wpi).order_by(wpi.id), row)
wpa = with_polymorphic(Employee, [Manager], aliased=True)
show("wp aliased", select(wpa).order_by(wpa.id), row)
show("selpoly", E_.options(selectin_polymorphic(Employee, [Manager, Engineer])), row)
show(
    "selpoly rel",
    E_.options(selectin_polymorphic(Employee, [Manager]), selectinload(Manager.papers)),
    lambda r: (shown(r[0]), [shown(x) for x in getattr(r[0], "papers", [])]),
)
show(
    "sel emp",
    select(Company).options(selectinload(Company.employees)),
    lambda r: [shown(x) for x in r[0].employees],
)
show(
    "joined emp",
    select(Company).options(joinedload(Company.employees)),
    lambda r: [shown(x) for x in r[0].employees],
    True,
)
show(
    "sel of_type wp",
    select(Company).options(selectinload(Company.employees.of_type(wps))),
    lambda r: [shown(x) for x in r[0].employees],
)
show(
    "joined of_type wp",
    select(Company).options(joinedload(Company.employees.of_type(wps))),
    lambda r: [shown(x) for x in r[0].employees],
    True,
)
show(
    "sel selpoly",
    select(Company).options(
        selectinload(Company.employees).options(selectin_polymorphic(Employee, [Manager, Engineer]))
    ),
    lambda r: [shown(x) for x in r[0].employees],
)
show(
    "sel of_type sub",
    select(Company).options(selectinload(Company.employees.of_type(Manager))),
    lambda r: [shown(x) for x in r[0].employees],
)
am = aliased(Manager)
amf = aliased(Manager, flat=True)
show("alias m", select(am.name, am.level), tuple)
show("alias mf", select(amf).order_by(amf.id), row)
show(
    "join wp",
    select(Company.name, wps.name)
    .join(Company.employees.of_type(wps))
    .where(wps.Engineer.lang == "py"),
    tuple,
)
show("sti base", select(Animal).order_by(Animal.id), row)
show(
    "sti touch",
    select(Animal).order_by(Animal.id),
    lambda r: (getattr(r[0], "lives", None), shown(r[0])),
)
show("sti cat", select(Cat).order_by(Cat.id), row)
show("sti cat attr", select(Cat.id, Cat.lives).order_by(Cat.id), tuple)
show("sti lion", select(Lion), row)
w = with_polymorphic(Animal, [Cat, Dog])
show("sti wp", select(w).order_by(w.id), row)
ac = aliased(Cat)
show("sti alias", select(ac.id), tuple)
show(
    "sti join",
    select(Company.name, Cat.id).join(Cat, Cat.owner_id == Company.id, isouter=True),
    tuple,
)
show("count sub", select(func.count()).select_from(Manager), tuple)
show("count sti", select(func.count(Cat.id)), tuple)
