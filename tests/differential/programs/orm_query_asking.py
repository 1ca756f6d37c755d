"""``session.query()``: what asks, changes and listens, by what it returns and sends."""

import re
import warnings
from typing import List, Optional

from sqlalchemy import (
    Column,
    ForeignKey,
    Table,
    create_engine,
    event,
    func,
    literal,
    select,
)
from sqlalchemy.orm import (
    Bundle,
    DeclarativeBase,
    Mapped,
    Query,
    Session,
    aliased,
    contains_eager,
    joinedload,
    mapped_column,
    merge_frozen_result,
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


q = s.query
ua = aliased(User)
aa = aliased(Address)

step("first", lambda: q(User).order_by(User.id.desc()).first())
step("first cols", lambda: q(User.id, User.name).order_by(User.id.desc()).first())
step(
    "first joined",
    lambda: q(User).options(joinedload(User.addresses)).order_by(User.id.desc()).first(),
)
step("one joined", lambda: q(User).options(joinedload(User.addresses)).filter(User.id == 3).one())
step(
    "iter joined",
    lambda: [u.id for u in q(User).options(joinedload(User.addresses)).order_by(User.id)],
)
step(
    "first sliced",
    lambda: (
        q(User).order_by(User.id)[1:].first()
        if False
        else q(User).order_by(User.id).slice(1, 3).first()
    ),
)
step("first limit", lambda: q(User).order_by(User.id).limit(3).offset(2).first())
step("one many", lambda: q(User).one())
step("one none", lambda: q(User).filter_by(id=99).one())
step("oon many", lambda: q(User).one_or_none())
step("scalar", lambda: q(User.name).filter(User.id == 1).scalar())
step("scalar many", lambda: q(User.name).scalar())
step("scalar none", lambda: q(User.name).filter(User.id == 99).scalar())
step("scalar ent", lambda: q(User).filter(User.id == 1).scalar())
step(
    "slices",
    lambda: [
        [x.id for x in r]
        for r in (
            q(User).order_by(User.id)[1:3],
            q(User).order_by(User.id)[:2],
            q(User).order_by(User.id)[2:],
            q(User).order_by(User.id)[0:4:2],
        )
    ],
)
step("idx", lambda: q(User).order_by(User.id)[2].id)
step("neg", lambda: q(User).order_by(User.id)[-1])
step("negs", lambda: q(User).order_by(User.id)[-2:])
step("idx oob", lambda: q(User)[99])
step("empty slice", lambda: q(User)[3:3])
step("step slice", lambda: [u.id for u in q(User).order_by(User.id)[::2]])
step(
    "upd",
    lambda: (
        q(User).filter(User.id == 1).update({"age": 5}),
        q(User.age).filter(User.id == 1).scalar(),
        s.rollback(),
    ),
)
step(
    "upd expr",
    lambda: (
        q(User).filter(User.id == 1).update({User.age: User.age + 5}, synchronize_session="fetch"),
        q(User.age).filter(User.id == 1).scalar(),
        s.rollback(),
    ),
)
step(
    "upd args",
    lambda: (
        q(User)
        .filter(User.id == 1)
        .update([(User.age, 7)], update_args={"preserve_parameter_order": True}),
        s.rollback(),
    ),
)
step("upd limit", lambda: q(User).limit(1).update({"age": 1}))
step("upd join", lambda: q(User).join(Address).update({"age": 1}))
step("upd order", lambda: q(User).order_by(User.id).update({"age": 1}))
step("upd group", lambda: q(User).group_by(User.id).update({"age": 1}))
step("upd distinct", lambda: q(User).distinct().update({"age": 1}))
step("upd bad sync", lambda: q(User).update({"age": 1}, synchronize_session="zz"))
step("upd bad key", lambda: q(User).update({"agee": 1}))
step(
    "upd two",
    lambda: (
        q(User)
        .filter(User.id == Address.user_id, Address.id == 20)
        .update({"age": 1}, synchronize_session=False),
        s.rollback(),
    ),
)
step("upd select_from", lambda: q(User).select_from(Address).update({"age": 1}))
step("del", lambda: (q(Address).filter(Address.id == 20).delete(), s.rollback()))
step("del limit", lambda: q(Address).limit(2).delete())
step(
    "del fetch",
    lambda: (
        q(Address).filter(Address.user_id.in_(q(User.id).filter(User.id == 2))).delete("fetch"),
        s.rollback(),
    ),
)
step("del bad", lambda: q(Address).delete("zz"))
step("in query", lambda: q(User.id).filter(User.id.in_(q(Address.user_id))).order_by(User.id).all())
step(
    "eq query",
    lambda: q(User.id).filter(User.id == q(func.max(Address.user_id)).scalar_subquery()).all(),
)
step("eq query coerced", lambda: q(User.id).filter(User.id == q(func.max(Address.user_id))).all())
step("select_from query", lambda: q(func.count()).select_from(q(User).subquery()).scalar())
step("unique rows", lambda: q(User).join(User.orders).filter(User.id == 1).all())
step("unique two", lambda: len(q(User, Order).join(User.orders).filter(User.id == 1).all()))
step("unique cols", lambda: q(User.id).join(User.orders).filter(User.id == 1).all())
step("unique alias", lambda: len(q(ua).join(ua.orders).filter(ua.id == 1).all()))
step("row type", lambda: q(User.id, User.name.label("nm")).filter(User.id == 1).one()._asdict())
step("bundle", lambda: q(Bundle("b", User.id, User.name)).filter(User.id == 1).one())


class MyQ(Query):
    def active(self):
        return self.filter(User.id < 3)


s2 = Session(engine, query_cls=MyQ)
step("query_cls", lambda: [u.id for u in s2.query(User).active().order_by(User.id)])


@event.listens_for(Query, "before_compile", retval=True)
def bc(query):
    for d in query.column_descriptions:
        if d["entity"] is Item:
            query = query.enable_assertions(False).filter(Item.id < 3)
    return query


event.remove(Query, "before_compile", bc)


@event.listens_for(Query, "before_compile_update", retval=True)
def bu(query, ctx):
    ctx.values["age"] = 99
    return query.filter(User.id == 2)


step(
    "before_update",
    lambda: (q(User).update({"age": 3}), q(User.id).filter(User.age == 99).all(), s.rollback()),
)
event.remove(Query, "before_compile_update", bu)


@event.listens_for(Query, "before_compile_delete", retval=True)
def bd(query, ctx):
    return query.filter(Address.id == 20)


step("before_delete", lambda: (q(Address).delete(), s.rollback()))
event.remove(Query, "before_compile_delete", bd)


def frozen():
    r = s.execute(select(User).where(User.id == 1)).freeze()
    s3 = Session(engine)
    f = merge_frozen_result(s3, select(User), r, load=False)
    x = f().scalars().all()
    return x, x[0] in s3


step("frozen", frozen)


def frozen2():
    r = s.execute(select(User, User.name).where(User.id == 1)).freeze()
    s3 = Session(engine)
    f = merge_frozen_result(s3, select(User, User.name), r, load=True)
    x = f().all()
    return x, x[0][0] in s3


step("frozen2", frozen2)
step("iter cols", lambda: [tuple(r) for r in q(User.id).order_by(User.id)])
step(
    "contains_eager",
    lambda: (
        q(User).join(User.addresses).options(contains_eager(User.addresses)).order_by(User.id).all()
    ),
)
step("query __bool__", lambda: bool(q(User).filter(User.id == 99)))
step(
    "query label ambiguous",
    lambda: [tuple(r) for r in q(User.id, Address.id).join(Address).order_by("users_id").limit(1)],
)
step("limit none", lambda: len(q(User).limit(None).offset(None).all()))
step("limit expr", lambda: len(q(User).limit(literal(1) + 1).all()))
step("Load wrong", lambda: q(User).options(joinedload(Order.items)).all())
