"""Entities, joins along relationships, aliases and conditions on relationships."""

import warnings
from typing import Optional

from sqlalchemy import (
    Column,
    ForeignKey,
    Table,
    create_engine,
    exists,
    func,
    select,
)
from sqlalchemy.orm import (
    Bundle,
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


show("tuples", select(User.id, User.fullname), tuple)
show("names", select(User.id, User.fullname), lambda r: r._mapping[User.fullname])
show("mixed", select(User, Address.email).join(User.addresses), row)
show("join2", select(User, Address).join(Address), row)
show("join target", select(User.name, Address.email).join(Address, User.addresses), tuple)
show(
    "m2m",
    select(User.name, Item.name)
    .join(User.orders)
    .join(Order.items)
    .order_by(Item.id, User.id)
    .limit(3),
    tuple,
)
show("outer m2m", select(Order.id, Item.name).outerjoin(Order.items).limit(3), tuple)
ua = aliased(User)
ub = aliased(User, name="ub")
show("alias", select(ua, ub.name).join(ub, ua.id < ub.id), row)
show("alias rel", select(ua.name, Address.email).join(ua.addresses), tuple)
aa = aliased(Address)
show(
    "of_type",
    select(User.name, aa.email).join(User.addresses.of_type(aa)).where(aa.email == "a20"),
    tuple,
)
show(
    "two",
    select(User.name, aa.email, Address.email)
    .join(User.addresses.of_type(aa))
    .join(User.addresses),
    tuple,
)
show(
    "and_",
    select(User.name, Address.email).join(User.addresses.and_(Address.email == "a31")),
    tuple,
)
show(
    "and_ alias",
    select(User.name, aa.email).join(User.addresses.of_type(aa).and_(aa.email == "a31")),
    tuple,
)
show("any", select(User.name).where(User.addresses.any(Address.email == "a20")), tuple)
show("any2", select(User.name).where(~User.addresses.any()), tuple)
show("has", select(Address.email).where(Address.user.has(name="u3")), tuple)
show("m2m any", select(Order.id).where(Order.items.any(Item.name == "i5")), tuple)
show("isnull", select(Address.email).where(Address.user is None), tuple)
show("notnull", select(Address.email).where(Address.user is not None), tuple)
u3 = s.get(User, 3)
a31 = s.get(Address, 31)
it = s.get(Item, 5)
show("eq", select(Address.email).where(Address.user == u3), tuple)
show("ne", select(Address.email).where(Address.user != u3), tuple)
show("contains", select(User.name).where(User.addresses.contains(a31)), tuple)
show("m2m contains", select(Order.id).where(Order.items.contains(it)).order_by(Order.id), tuple)
show("with_parent", select(Address.email).where(with_parent(u3, User.addresses)), tuple)
show("filter_by", select(User).filter_by(name="u2"), row)
show("filter_by join", select(User.name).join(Address).filter_by(email="a20"), tuple)
show("filter_by rel", select(Address.email).filter_by(user=u3), tuple)
sq = select(User).where(User.id > 2).subquery()
show("subq", select(sq.c.full_name, Address.email).join(Address, Address.user_id == sq.c.id))
us = aliased(User, sq)
show("alias subq", select(us, us.fullname), row)
c = select(Address.user_id).where(Address.id > 20).cte("c")
show("cte", select(User.name).join(c, User.id == c.c.user_id).order_by(User.id))
show("exists", select(User.name).where(exists().where(Address.user_id == User.id)), tuple)
show(
    "exists2",
    select(User.name).where(select(Address.id).where(Address.user_id == User.id).exists()),
    tuple,
)
show(
    "scalar",
    select(
        User.name,
        select(func.count(Address.id))
        .where(Address.user_id == User.id)
        .scalar_subquery()
        .label("n"),
    ),
    tuple,
)
na = aliased(Node)
show("self", select(Node.name, na.name).join(Node.children.of_type(na)), tuple)
show("self2", select(Node.name, na.name).join(na, Node.parent), tuple)
show("self any", select(Node.name).where(Node.children.any(Node.name == "aa")), tuple)
show("self has", select(Node.name).where(Node.parent.has(Node.name == "root")), tuple)
show("select_from", select(func.count()).select_from(User), tuple)
show("join_from", select(User.name, Address.email).join_from(User, Address), tuple)
show(
    "group",
    select(User.name, func.count(Address.id))
    .join(User.addresses)
    .group_by(User.name)
    .order_by(User.name),
    tuple,
)
show("union", select(User.name).union_all(select(Item.name)), tuple)
show("null entity", select(Address).select_from(User).outerjoin(User.addresses), row)
show(
    "bundle",
    select(Bundle("b", User.id, User.name), Address.id).join(User.addresses),
    lambda r: (tuple(r[0]), r[1]),
)
