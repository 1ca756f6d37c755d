"""INSERT and UPDATE of many rows of a class, and what a session returns of them."""

import re
import warnings
from typing import List, Optional

from sqlalchemy import (
    Column,
    ForeignKey,
    Table,
    bindparam,
    create_engine,
    delete,
    func,
    insert,
    select,
    text,
    update,
)
from sqlalchemy import exc as sexc
from sqlalchemy.dialects.sqlite import insert as sins
from sqlalchemy.orm import (
    Bundle,
    DeclarativeBase,
    Mapped,
    Session,
    aliased,
    load_only,
    mapped_column,
    relationship,
    selectinload,
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


class T(Base):
    __tablename__ = "t"
    id: Mapped[int] = mapped_column(primary_key=True)
    a: Mapped[Optional[str]] = mapped_column("col_a")
    b: Mapped[Optional[int]] = mapped_column(default=5)
    c: Mapped[Optional[int]] = mapped_column(server_default="9")
    d: Mapped[Optional[int]] = mapped_column(onupdate=77)


class TU(Base):
    __tablename__ = "tu"
    id: Mapped[int] = mapped_column(primary_key=True)
    k: Mapped[str] = mapped_column(unique=True)
    v: Mapped[Optional[int]]


Base.metadata.create_all(engine)


def table(n="t"):
    return [tuple(r) for r in s.connection().execute(text(f"select * from {n} order by 1"))]


def dml(name, *fs, n="t"):
    def f():
        out = []
        for x in fs:
            r = x()
            if hasattr(r, "all") and hasattr(r, "mappings"):
                try:
                    r = r.all()
                except sexc.ResourceClosedError:
                    r = []
            out.append(r)
        tables = [table(x) for x in n.split()]
        return out, tables

    try:
        step(name, f, count=False)
    finally:
        s.rollback()


ex = s.execute
dml("ins many", lambda: ex(insert(T), [{"a": "x"}, {"a": "y"}]))
dml(
    "ins hetero",
    lambda: ex(insert(T), [{"a": "x"}, {"a": "y", "b": 2}, {"a": "z"}, {"b": None}, {"a": None}]),
)
dml("ins nulls", lambda: ex(insert(T), [{"a": None, "c": None}, {"a": "y", "c": None}, {"c": 1}]))
dml(
    "ins render_nulls",
    lambda: ex(
        insert(T).execution_options(render_nulls=True),
        [{"a": None, "c": None}, {"a": "y", "c": None}, {"a": "q", "c": 1}],
    ),
)
dml(
    "ins render_nulls opt",
    lambda: ex(
        insert(T),
        [{"a": None, "c": None}, {"a": "y", "c": 1}],
        execution_options={"render_nulls": True},
    ),
)
dml("ins values expr", lambda: ex(insert(T).values(a=func.lower("XX")), [{"b": 1}, {"b": 2}]))
dml("ins values many", lambda: ex(insert(T).values([{"a": "x"}, {"a": func.lower("YY")}])))
dml("ins values many attr", lambda: ex(insert(T).values([{T.a: "x"}, {T.a: "y"}])))
dml("ins values tuple", lambda: ex(insert(T).values((1, "x", 2, 3, 4))))
dml("ins values attr", lambda: ex(insert(T).values({T.a: "x"})))
dml(
    "ins one", lambda: (lambda r: (r.inserted_primary_key, r.rowcount))(ex(insert(T).values(a="x")))
)
dml("ins ret", lambda: ex(insert(T).returning(T), [{"a": "x"}, {"a": "y", "b": 2}]))
dml(
    "ins ret order",
    lambda: ex(insert(T).returning(T, sort_by_parameter_order=True), [{"a": "x"}, {"a": "y"}]),
)
dml("ins ret cols", lambda: ex(insert(T).returning(T.id, T.a), [{"a": "x"}, {"a": "y"}]))
dml(
    "ins ret mixed",
    lambda: ex(insert(T).returning(T, T.a, func.upper(T.a)), [{"a": "x"}, {"a": "y"}]),
)
dml("ins ret scalars", lambda: s.scalars(insert(T).returning(T), [{"a": "x"}, {"a": "y"}]).all())
dml("ins ret one", lambda: s.scalar(insert(T).values(a="q").returning(T)))
dml(
    "ins ret bundle",
    lambda: ex(insert(T).returning(Bundle("b", T.id, T.a)), [{"a": "x"}, {"a": "y"}]),
)
dml(
    "ins ret names",
    lambda: (lambda r: (list(r.keys()), r.first()._asdict()))(
        ex(insert(T).returning(T.id, T.a), [{"a": "x"}])
    ),
)
dml(
    "ins ret rowattr",
    lambda: (lambda r: (r.T.a, r.a))(ex(insert(T).returning(T, T.a), [{"a": "x"}]).one()),
)
dml("ins ret load_only", lambda: ex(insert(T).returning(T).options(load_only(T.a)), [{"a": "x"}]))
dml(
    "ins ret options",
    lambda: (
        ex(insert(User).returning(User).options(selectinload(User.addresses)), [{"name": "x"}])
        .all()[0][0]
        .__dict__.get("addresses")
    ),
)
dml("ins colname values", lambda: ex(insert(T).values(col_a="x")))
dml("ins empty", lambda: ex(insert(T), []))
dml("ins none", lambda: ex(insert(T)))
dml("ins empty dicts", lambda: ex(insert(T), [{}, {}]))
dml(
    "ins from select attrs",
    lambda: ex(insert(T).from_select([T.a, T.b], select(User.name, User.age)).returning(T)),
)
dml(
    "ins inh",
    lambda: ex(insert(Engineer), [{"name": "n1", "lang": "x"}, {"name": "n2", "lang": "y"}]),
    n="employee engineer",
)
dml(
    "ins inh hetero",
    lambda: ex(insert(Engineer), [{"name": "n1"}, {"name": "n2", "lang": "y", "company_id": 1}]),
    n="employee engineer",
)
dml(
    "ins inh ret",
    lambda: ex(
        insert(Engineer).returning(Engineer),
        [{"name": "n1", "lang": "x"}, {"name": "n2", "lang": "y"}],
    ),
    n="employee engineer",
)
dml(
    "ins inh ret cols",
    lambda: ex(
        insert(Engineer).returning(Engineer.id, Engineer.lang, Engineer.name),
        [{"name": "n1", "lang": "x"}, {"name": "n2", "lang": "y"}],
    ),
    n="employee engineer",
)
dml(
    "ins inh values",
    lambda: ex(insert(Engineer).values(name="n1", lang="x")),
    n="employee engineer",
)
dml("ins inh one", lambda: ex(insert(Engineer), {"name": "n1", "lang": "x"}), n="employee engineer")
dml("ins single inh", lambda: ex(insert(Boss), [{"name": "n1", "perk": "x"}]), n="employee")
dml("ins single inh values", lambda: ex(insert(Boss).values(name="n1", perk="x")), n="employee")
dml(
    "ins inh pk given",
    lambda: ex(
        insert(Engineer),
        [{"id": 50, "name": "n1", "lang": "x"}, {"id": 51, "name": "n2", "lang": "y"}],
    ),
    n="employee engineer",
)


def ups(**k):
    st = sins(TU)
    return st.on_conflict_do_update(index_elements=[TU.k], set_={"v": st.excluded.v})


dml(
    "upsert",
    lambda: ex(ups(), [{"k": "a", "v": 1}, {"k": "b", "v": 2}]),
    lambda: ex(ups(), [{"k": "a", "v": 10}, {"k": "c", "v": 3}]),
    n="tu",
)
dml(
    "upsert ret",
    lambda: ex(ups().returning(TU), [{"k": "a", "v": 1}, {"k": "b", "v": 2}]),
    lambda: ex(ups().returning(TU), [{"k": "a", "v": 10}, {"k": "c", "v": 3}]),
    n="tu",
)


def upsert_pe(pe):
    one = TU(k="a", v=1)
    s.add(one)
    s.flush()
    r = s.scalars(
        ups().returning(TU),
        [{"k": "a", "v": 10}, {"k": "c", "v": 3}],
        execution_options={"populate_existing": pe},
    ).all()
    return one.v, [(x.k, x.v) for x in r], r[0] is one


dml("upsert pe", lambda: upsert_pe(True), n="tu")
dml("upsert no pe", lambda: upsert_pe(False), n="tu")
dml(
    "upsert values",
    lambda: ex(
        sins(TU)
        .values([{"k": "a", "v": 1}])
        .on_conflict_do_update(index_elements=["k"], set_={"v": 5})
        .returning(TU)
    ),
    n="tu",
)
dml(
    "upsert nothing",
    lambda: ex(sins(TU).on_conflict_do_nothing(), [{"k": "a", "v": 1}, {"k": "a", "v": 2}]),
    n="tu",
)
dml(
    "upsert set attr",
    lambda: ex(
        sins(TU)
        .values(k="a", v=1)
        .on_conflict_do_update(index_elements=[TU.k], set_={TU.v: TU.v + 1}, where=TU.v > 0)
    ),
    n="tu",
)
dml(
    "upsert from_statement",
    lambda: ex(
        select(TU)
        .from_statement(
            sins(TU)
            .values([{"k": "a", "v": 1}])
            .on_conflict_do_update(index_elements=["k"], set_={"v": 5})
            .returning(TU)
        )
        .execution_options(populate_existing=True)
    ),
    n="tu",
)
dml(
    "strategy bulk ins",
    lambda: ex(insert(T).execution_options(dml_strategy="bulk"), [{"a": "x"}, {"b": 3}]),
)
dml("strategy bad", lambda: ex(insert(T).execution_options(dml_strategy="zz"), [{"a": "x"}]))


def seed(n=4):
    s.execute(insert(T), [{"a": f"v{i}", "b": i, "c": i} for i in range(1, n + 1)])
    s.expunge_all()
    s.connection()
    objs = s.scalars(select(T).order_by(T.id)).all()
    sent()
    return objs


dml(
    "bulk upd",
    lambda: seed() and None,
    lambda: ex(update(T), [{"id": 1, "a": "q"}, {"id": 2, "a": "r"}]),
)
dml(
    "bulk upd hetero",
    lambda: seed() and None,
    lambda: ex(
        update(T),
        [{"id": 1, "a": "q"}, {"id": 2, "b": 4}, {"id": 3, "a": "e", "b": 7}, {"id": 4, "a": "u"}],
    ),
)
dml("bulk upd missing pk", lambda: seed() and None, lambda: ex(update(T), [{"a": "q"}]))
dml("bulk upd no row", lambda: seed() and None, lambda: ex(update(T), [{"id": 99, "a": "q"}]))
dml("bulk upd only pk", lambda: seed() and None, lambda: ex(update(T), [{"id": 1}]))
dml(
    "bulk upd where",
    lambda: seed() and None,
    lambda: ex(update(T).where(T.b == 1), [{"id": 1, "a": "q"}]),
)
dml(
    "bulk upd values",
    lambda: seed() and None,
    lambda: ex(update(T).values(b=3), [{"id": 1, "a": "q"}]),
)
dml("bulk upd unknown", lambda: seed() and None, lambda: ex(update(T), [{"id": 1, "zzz": "q"}]))
dml(
    "bulk upd fetch",
    lambda: seed() and None,
    lambda: ex(
        update(T), [{"id": 1, "a": "q"}], execution_options={"synchronize_session": "fetch"}
    ),
)
dml(
    "bulk upd False",
    lambda: seed() and None,
    lambda: ex(update(T), [{"id": 1, "a": "q"}], execution_options={"synchronize_session": False}),
)
dml("bulk upd dict", lambda: seed() and None, lambda: ex(update(T), {"id": 1, "a": "q"}))
dml(
    "bulk upd inh",
    lambda: ex(update(Engineer), [{"id": 2, "name": "q", "lang": "r"}, {"id": 5, "lang": "s"}]),
    n="employee engineer",
)
dml(
    "bulk upd bindparam where",
    lambda: seed() and None,
    lambda: ex(
        update(T).where(T.id == bindparam("u")).values(a=bindparam("aa")), [{"u": 1, "aa": "z"}]
    ),
)
dml(
    "core upd bindparam where",
    lambda: seed() and None,
    lambda: s.connection().execute(
        update(T).where(T.id == bindparam("u")).values(a=bindparam("aa")),
        [{"u": 1, "aa": "z"}, {"u": 2, "aa": "y"}],
    ),
)
dml(
    "bulk upd strategy raw",
    lambda: seed() and None,
    lambda: ex(
        update(T).where(T.id == bindparam("u")).values(a=bindparam("aa")),
        [{"u": 1, "aa": "z"}],
        execution_options={"dml_strategy": "core_only"},
    ),
)
dml(
    "del many",
    lambda: seed() and None,
    lambda: ex(delete(T).where(T.id == bindparam("u")), [{"u": 1}, {"u": 2}]),
)
dml(
    "del one param",
    lambda: seed() and None,
    lambda: ex(delete(T).where(T.id == bindparam("u")), {"u": 1}),
)
dml(
    "upd param",
    lambda: seed() and None,
    lambda: ex(update(T).where(T.id == bindparam("u")).values(a="1"), {"u": 1}),
)
dml("upd inh", lambda: ex(update(Engineer).where(Engineer.id == 2).values(lang="zz")), n="engineer")
dml(
    "upd inh crit",
    lambda: ex(update(Engineer).where(Engineer.name == "e2").values(lang="e")),
    n="employee engineer",
)
dml(
    "upd inh base",
    lambda: ex(update(Employee).where(Employee.name == "e2").values(name="e")),
    n="employee",
)
dml("upd single inh", lambda: ex(update(Boss).values(perk="e")), n="employee")
dml("del single inh", lambda: ex(delete(Boss)), n="employee")
dml("upd alias", lambda: ex(update(aliased(T)).values(a="q")))
dml(
    "upd rel",
    lambda: ex(update(Address).where(Address.user.has(User.name == "u2")).values(email="q")),
    n="address",
)
dml(
    "upd rel eq",
    lambda: ex(update(Address).where(Address.user == s.get(User, 2)).values(email="q")),
    n="address",
)
dml("bulk_insert", lambda: s.bulk_insert_mappings(T, [{"a": "x"}, {"a": "y", "b": 2}, {"a": None}]))
dml(
    "bulk_update",
    lambda: seed() and None,
    lambda: s.bulk_update_mappings(T, [{"id": 1, "a": "x"}, {"id": 2, "a": "y", "b": 2}]),
)


def stale():
    seed()
    s.connection().execute(text("delete from t where id=1"))
    return ex(update(T), [{"id": 1, "a": "q"}])


dml("bulk stale", stale)
