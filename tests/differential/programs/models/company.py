"""Users and orders, a tree, a company whose staff is of several classes; steps that count."""

import re
import warnings
from typing import List, Optional

from sqlalchemy import (
    Column,
    ForeignKey,
    Table,
    create_engine,
)
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    Session,
    mapped_column,
    relationship,
)

warnings.simplefilter("ignore")


class Base(DeclarativeBase):
    pass


order_items = Table(
    "order_item",
    Base.metadata,
    Column("order_id", ForeignKey("orders.id"), primary_key=True),
    Column("item_id", ForeignKey("item.id"), primary_key=True),
)


class User(Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    fullname: Mapped[Optional[str]] = mapped_column("full_name")
    age: Mapped[Optional[int]]
    addresses: Mapped[List["Address"]] = relationship(back_populates="user", order_by="Address.id")
    orders: Mapped[List["Order"]] = relationship(back_populates="user", order_by="Order.id")


class Address(Base):
    __tablename__ = "address"
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str]
    user_id: Mapped[Optional[int]] = mapped_column(ForeignKey("users.id"))
    user: Mapped[Optional[User]] = relationship(back_populates="addresses")


class Order(Base):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)
    descr: Mapped[str]
    user_id: Mapped[Optional[int]] = mapped_column(ForeignKey("users.id"))
    address_id: Mapped[Optional[int]] = mapped_column(ForeignKey("address.id"))
    user: Mapped[Optional[User]] = relationship(back_populates="orders")
    address: Mapped[Optional[Address]] = relationship()
    items: Mapped[List["Item"]] = relationship(
        secondary=order_items, back_populates="orders", order_by="Item.id"
    )


class Item(Base):
    __tablename__ = "item"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    orders: Mapped[List[Order]] = relationship(
        secondary=order_items, back_populates="items", order_by="Order.id"
    )


class Node(Base):
    __tablename__ = "node"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    parent_id: Mapped[Optional[int]] = mapped_column(ForeignKey("node.id"))
    children: Mapped[List["Node"]] = relationship(back_populates="parent", order_by="Node.id")
    parent: Mapped[Optional["Node"]] = relationship(back_populates="children", remote_side=[id])


class Company(Base):
    __tablename__ = "company"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    employees: Mapped[List["Employee"]] = relationship(
        back_populates="company", order_by="Employee.id"
    )


class Employee(Base):
    __tablename__ = "employee"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    kind: Mapped[str]
    company_id: Mapped[Optional[int]] = mapped_column(ForeignKey("company.id"))
    company: Mapped[Optional[Company]] = relationship(back_populates="employees")
    __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": "employee"}


class Engineer(Employee):
    __tablename__ = "engineer"
    id: Mapped[int] = mapped_column(ForeignKey("employee.id"), primary_key=True)
    lang: Mapped[Optional[str]]
    machines: Mapped[List["Machine"]] = relationship(order_by="Machine.id")
    __mapper_args__ = {"polymorphic_identity": "engineer"}


class Manager(Employee):
    __tablename__ = "manager"
    id: Mapped[int] = mapped_column(ForeignKey("employee.id"), primary_key=True)
    level: Mapped[Optional[int]]
    __mapper_args__ = {"polymorphic_identity": "manager"}


class Boss(Employee):
    perk: Mapped[Optional[str]]
    __mapper_args__ = {"polymorphic_identity": "boss"}


class Machine(Base):
    __tablename__ = "machine"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    engineer_id: Mapped[int] = mapped_column(ForeignKey("engineer.id"))


engine = create_engine("sqlite://")
Base.metadata.create_all(engine)
with Session(engine) as _s:
    _items = [Item(id=i, name=f"i{i}") for i in range(1, 6)]
    for u in range(1, 5):
        _s.add(
            User(
                id=u,
                name=f"u{u}",
                fullname=f"U {u}",
                age=u * 10,
                addresses=[Address(id=u * 10 + k, email=f"a{u}{k}") for k in range(u - 1)],
                orders=[
                    Order(id=u * 10 + k, descr=f"o{u}{k}", items=_items[k : k + 2 + u % 2])
                    for k in range(3)
                ],
            )
        )
    _s.add(
        Node(
            id=1,
            name="root",
            children=[Node(id=2, name="a", children=[Node(id=4, name="aa")]), Node(id=3, name="b")],
        )
    )
    _s.add(
        Company(
            id=1,
            name="c1",
            employees=[
                Employee(id=1, name="e1"),
                Engineer(
                    id=2,
                    name="e2",
                    lang="py",
                    machines=[Machine(id=1, name="m1"), Machine(id=2, name="m2")],
                ),
                Manager(id=3, name="e3", level=5),
                Boss(id=4, name="e4", perk="car"),
            ],
        )
    )
    _s.add(Company(id=2, name="c2", employees=[Engineer(id=5, name="e5", lang="c")]))
    _s.commit()

s = Session(engine)


def shown(found, depth=0):
    """What is found, with what is loaded of each object."""
    if hasattr(type(found), "__mapper__"):
        if depth > 3:
            return type(found).__name__
        values = {k: v for k, v in vars(found).items() if k[0] != "_"}
        return (type(found).__name__, [(k, shown(values[k], depth + 1)) for k in sorted(values)])
    if isinstance(found, (list, tuple)) or hasattr(found, "_mapping"):
        return [shown(one, depth) for one in found]
    if isinstance(found, (int, float, type(None))):
        return found
    return re.sub(r"0x[0-9a-f]+", "0x", " ".join(str(found).split()))


def step(name, function, count=True):
    """Report what a function returns or raises, and how many statements it has sent."""
    s.expunge_all()
    sent()
    attempt(name, lambda: shown(function()))
    if count:
        report(f"number of statements of {name}", len(sent()))
