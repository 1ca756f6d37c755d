"""Loader options: the objects that they load, and how many statements it takes."""

import warnings
from typing import Optional

from sqlalchemy import (
    Column,
    ForeignKey,
    Table,
    create_engine,
    select,
)
from sqlalchemy.orm import (
    DeclarativeBase,
    Load,
    Mapped,
    Session,
    aliased,
    contains_eager,
    defaultload,
    defer,
    immediateload,
    joinedload,
    lazyload,
    load_only,
    mapped_column,
    noload,
    raiseload,
    relationship,
    selectinload,
    subqueryload,
    with_loader_criteria,
)

warnings.simplefilter("ignore")


class Base(DeclarativeBase):
    pass


uk = Table(
    "order_item",
    Base.metadata,
    Column("order_id", ForeignKey("orders.id"), primary_key=True),
    Column("item_id", ForeignKey("item.id"), primary_key=True),
)


class User(Base):
    __tablename__ = "user_account"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    fullname: Mapped[Optional[str]] = mapped_column("full_name")
    addresses: Mapped[list["Address"]] = relationship(back_populates="user", order_by="Address.id")
    orders: Mapped[list["Order"]] = relationship(back_populates="user", order_by="Order.id")


class Address(Base):
    __tablename__ = "address"
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str]
    user_id: Mapped[Optional[int]] = mapped_column(ForeignKey("user_account.id"))
    user: Mapped[Optional[User]] = relationship(back_populates="addresses")


class Order(Base):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)
    descr: Mapped[str]
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    user: Mapped[User] = relationship(back_populates="orders")
    items: Mapped[list["Item"]] = relationship(
        secondary=uk, back_populates="orders", order_by="Item.id"
    )


class Item(Base):
    __tablename__ = "item"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    orders: Mapped[list[Order]] = relationship(
        secondary=uk, back_populates="items", order_by="Order.id"
    )


class Node(Base):
    __tablename__ = "node"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    parent_id: Mapped[Optional[int]] = mapped_column(ForeignKey("node.id"))
    children: Mapped[list["Node"]] = relationship(back_populates="parent", order_by="Node.id")
    parent: Mapped[Optional["Node"]] = relationship(back_populates="children", remote_side=[id])


engine = create_engine("sqlite://")
Base.metadata.create_all(engine)
s = Session(engine)
items = [Item(id=i, name=f"i{i}") for i in range(1, 6)]
for u in range(1, 5):
    s.add(
        User(
            id=u,
            name=f"u{u}",
            fullname=f"U {u}",
            addresses=[Address(id=u * 10 + k, email=f"a{u}{k}") for k in range(u - 1)],
            orders=[
                Order(id=u * 10 + k, descr=f"o{u}{k}", items=items[k : k + 2 + u % 2])
                for k in range(3)
            ],
        )
    )
s.add(
    Node(
        id=1,
        name="root",
        children=[Node(id=2, name="a", children=[Node(id=4, name="aa")]), Node(id=3, name="b")],
    )
)
s.commit()
s.expunge_all()


def shown(one):
    if hasattr(one, "__table__"):
        values = sorted(key for key in vars(one) if key[0] != "_")
        return (type(one).__name__, vars(one).get("id"), values)
    return one


def row(found):
    return tuple(shown(one) for one in found)


def deep(found, *names):
    if found is None or not names:
        return None if found is None else (type(found).__name__, found.id)
    value = getattr(found, names[0])
    if isinstance(value, list):
        return (type(found).__name__, found.id, [deep(one, *names[1:]) for one in value])
    return (type(found).__name__, found.id, deep(value, *names[1:]))


def one(*names):
    return lambda found: deep(found[0], *names)


def show(name, statement, look=tuple, uniq=False):
    s.expunge_all()
    sent()

    def run():
        result = s.execute(statement)
        if uniq:
            result = result.unique()
        return [look(found) for found in result]

    attempt(name, run)
    report(f"{name}: statements", len(sent()))


for name in ("o2m", "m2o", "m2m", "chain"):
    differs(f"immediateload {name}: statements", why="one query for all in place of one for each")

for f in (selectinload, joinedload, subqueryload, immediateload, lazyload):
    nm = f.__name__
    q = f.__name__ == "joinedload"
    show(
        nm + " o2m", select(User).options(f(User.addresses)).order_by(User.id), one("addresses"), q
    )
    show(nm + " m2o", select(Address).options(f(Address.user)).order_by(Address.id), one("user"))
    show(
        nm + " m2m",
        select(Order).options(f(Order.items)).order_by(Order.id).limit(4),
        one("items"),
        q,
    )
    show(
        nm + " chain",
        select(User).options(f(User.orders).selectinload(Order.items)).order_by(User.id),
        one("orders", "items"),
        q,
    )
    show(
        nm + " self",
        select(Node).where(Node.parent_id.is_(None)).options(f(Node.children)),
        one("children"),
        q,
    )
show(
    "joined limit",
    select(User).options(joinedload(User.addresses)).order_by(User.name.desc()).limit(2),
    one("addresses"),
    True,
)
show(
    "joined chain",
    select(User).options(joinedload(User.orders).joinedload(Order.items)).order_by(User.id),
    one("orders", "items"),
    True,
)
show("joined inner", select(Address).options(joinedload(Address.user, innerjoin=True)), one("user"))
show(
    "joined inner nested",
    select(User)
    .options(joinedload(User.orders).joinedload(Order.items, innerjoin=True))
    .order_by(User.id),
    one("orders", "items"),
    True,
)
show(
    "two colls",
    select(User).options(joinedload(User.orders), joinedload(User.addresses)).order_by(User.id),
    one("addresses"),
    True,
)
show(
    "contains",
    select(User)
    .join(User.addresses)
    .options(contains_eager(User.addresses))
    .where(Address.email.like("a3%")),
    one("addresses"),
    True,
)
aa = aliased(Address)
show(
    "contains alias",
    select(User)
    .join(User.addresses.of_type(aa))
    .options(contains_eager(User.addresses.of_type(aa)))
    .where(aa.email.like("a3%")),
    one("addresses"),
    True,
)
show(
    "contains alias2",
    select(User)
    .join(aa, User.addresses)
    .options(contains_eager(User.addresses, alias=aa))
    .where(aa.email.like("a3%")),
    one("addresses"),
    True,
)
show(
    "load_only",
    select(User).options(load_only(User.name)).where(User.id < 3),
    lambda r: (shown(r[0]), r[0].fullname, shown(r[0])),
)
show(
    "defer",
    select(User).options(defer(User.fullname)).where(User.id < 3),
    lambda r: (shown(r[0]), r[0].fullname, shown(r[0])),
)
show(
    "sel load_only",
    select(User).options(selectinload(User.addresses).load_only(Address.email)).where(User.id < 4),
    lambda r: [shown(x) for x in r[0].addresses],
)
show(
    "defaultload",
    select(User).options(defaultload(User.addresses).load_only(Address.email)).where(User.id == 3),
    lambda r: [shown(x) for x in r[0].addresses],
)
show(
    "sel and",
    select(User)
    .options(selectinload(User.addresses.and_(Address.email != "a31")))
    .where(User.id == 3),
    one("addresses"),
)
show(
    "sel and2",
    select(User)
    .options(selectinload(User.addresses.and_(Address.email != "a30")))
    .where(User.id == 3),
    one("addresses"),
)
show(
    "joined and",
    select(User)
    .options(joinedload(User.addresses.and_(Address.email != "a31")))
    .where(User.id == 3),
    one("addresses"),
    True,
)
show(
    "joined and2",
    select(User)
    .options(joinedload(User.addresses.and_(Address.email != "a30")))
    .where(User.id == 3),
    one("addresses"),
    True,
)
show(
    "lazy and2",
    select(User).options(lazyload(User.addresses.and_(Address.email != "a30"))).where(User.id == 3),
    one("addresses"),
)
for x in ("a30", "a31"):
    show(
        f"criteria {x}",
        select(User)
        .options(with_loader_criteria(Address, Address.email != x), selectinload(User.addresses))
        .where(User.id == 3),
        one("addresses"),
    )
    show(
        f"criteria lazy {x}",
        select(User).options(with_loader_criteria(Address, Address.email != x)).where(User.id == 3),
        one("addresses"),
    )
    show(
        f"criteria join {x}",
        select(User.id, Address.email)
        .join(User.addresses)
        .options(with_loader_criteria(Address, Address.email != x))
        .where(User.id == 3),
        tuple,
    )
show(
    "criteria top",
    select(Address).options(with_loader_criteria(Address, Address.email != "a20")),
    row,
)
show(
    "recursion",
    select(Node)
    .where(Node.parent_id.is_(None))
    .options(selectinload(Node.children, recursion_depth=-1)),
    one("children", "children"),
)
show(
    "wild lazy",
    select(User)
    .options(Load(User).selectinload(User.addresses), raiseload("*"))
    .where(User.id == 3),
    one("addresses"),
)
show(
    "options",
    select(User)
    .options(selectinload(User.orders).options(selectinload(Order.items), load_only(Order.descr)))
    .where(User.id == 3),
    one("orders", "items"),
)
show(
    "two ents",
    select(User, Order)
    .join(User.orders)
    .options(selectinload(User.addresses), selectinload(Order.items))
    .where(User.id == 3),
    lambda r: (deep(r[0], "addresses"), deep(r[1], "items")),
)
ua = aliased(User)
show(
    "alias opt", select(ua).options(selectinload(ua.addresses)).where(ua.id == 3), one("addresses")
)
show(
    "alias opt j",
    select(ua).options(joinedload(ua.addresses)).where(ua.id == 3),
    one("addresses"),
    True,
)
show("noload", select(User).options(noload(User.addresses)).where(User.id == 3), one("addresses"))
show(
    "yield_per",
    select(User).options(selectinload(User.addresses)).execution_options(yield_per=2),
    one("addresses"),
)
