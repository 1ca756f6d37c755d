"""Users with profiles, addresses and orders, items, keywords, a tree: every kind of relation."""

import warnings
from typing import List, Optional

from sqlalchemy import (
    Column,
    ForeignKey,
    Integer,
    Table,
    create_engine,
    update,
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


oi = Table(
    "order_item",
    Base.metadata,
    Column("order_id", ForeignKey("orders.id"), primary_key=True),
    Column("item_id", ForeignKey("item.id"), primary_key=True),
    Column("pos", Integer),
)


class User(Base):
    __tablename__ = "user_account"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    full: Mapped[Optional[str]]
    note: Mapped[Optional[str]] = mapped_column(deferred=True)
    bio: Mapped[Optional[str]] = mapped_column(deferred=True, deferred_group="g")
    pic: Mapped[Optional[str]] = mapped_column(deferred=True, deferred_group="g")
    sec: Mapped[Optional[str]] = mapped_column(deferred=True, deferred_raiseload=True)
    addresses: Mapped[List["Address"]] = relationship(back_populates="user", order_by="Address.id")
    orders: Mapped[List["Order"]] = relationship(back_populates="user", order_by="Order.id")
    profile: Mapped[Optional["Profile"]] = relationship(back_populates="user", uselist=False)


class Profile(Base):
    __tablename__ = "profile"
    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str]
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    user: Mapped["User"] = relationship(back_populates="profile")


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
    addr_id: Mapped[Optional[int]] = mapped_column(ForeignKey("address.id"))
    user: Mapped[User] = relationship(back_populates="orders")
    addr: Mapped[Optional[Address]] = relationship()
    items: Mapped[List["Item"]] = relationship(
        secondary=oi, back_populates="orders", order_by=oi.c.pos
    )


class Item(Base):
    __tablename__ = "item"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    orders: Mapped[List[Order]] = relationship(
        secondary=oi, back_populates="items", order_by="Order.id"
    )
    keywords: Mapped[List["Keyword"]] = relationship(back_populates="item", order_by="Keyword.id")


class Keyword(Base):
    __tablename__ = "keyword"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    item: Mapped[Item] = relationship(back_populates="keywords")


class Node(Base):
    __tablename__ = "node"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    parent_id: Mapped[Optional[int]] = mapped_column(ForeignKey("node.id"))
    children: Mapped[List["Node"]] = relationship(back_populates="parent", order_by="Node.id")
    parent: Mapped[Optional["Node"]] = relationship(back_populates="children", remote_side=[id])


engine = create_engine("sqlite://")


def setup():
    Base.metadata.create_all(engine)
    s = Session(engine)
    items = [
        Item(
            id=i,
            name=f"i{i}",
            keywords=[Keyword(id=i * 10 + k, name=f"k{i}{k}") for k in range(i % 3)],
        )
        for i in range(1, 6)
    ]
    s.add_all(items)
    s.flush()
    for u in range(1, 5):
        s.add(
            User(
                id=u,
                name=f"u{u}",
                full=f"U {u}",
                note=f"n{u}",
                bio=f"b{u}",
                pic=f"p{u}",
                sec=f"s{u}",
                addresses=[Address(id=u * 10 + k, email=f"a{u}{k}") for k in range(u - 1)],
                profile=Profile(id=u, text=f"pr{u}") if u % 2 else None,
                orders=[Order(id=u * 10 + k, descr=f"o{u}{k}") for k in range(3)],
            )
        )
    s.flush()
    for u in range(1, 5):
        for k in range(3):
            for n, it in enumerate(items[k : k + 2 + u % 2]):
                s.execute(oi.insert().values(order_id=u * 10 + k, item_id=it.id, pos=-n))
    s.execute(update(Order).where(Order.id.in_([30, 31])).values(addr_id=30))
    s.execute(update(Order).where(Order.id == 40).values(addr_id=20))
    s.add(
        Node(
            id=1,
            name="root",
            children=[
                Node(
                    id=2,
                    name="a",
                    children=[Node(id=4, name="aa", children=[Node(id=6, name="aaa")])],
                ),
                Node(id=3, name="b", children=[Node(id=5, name="ba")]),
            ],
        )
    )
    s.commit()
    s.close()


setup()
s = Session(engine)
