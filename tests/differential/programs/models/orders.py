"""Users with addresses and orders of items, and a tree."""

import warnings
from typing import Optional

from sqlalchemy import Column, ForeignKey, Table, create_engine
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
