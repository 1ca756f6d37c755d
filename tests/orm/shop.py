"""A small shop, mapped: the classes and rows that tests of queries and loading work with."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from toolkit import Engine, event, insert
from toolkit.orm import DeclarativeBase, Mapped, mapped_column, relationship
from toolkit.schema import Column, ForeignKey, Table
from toolkit.types import String


class Base(DeclarativeBase):
    type_annotation_map = {str: String(50)}


order_item = Table(
    "shop_order_item",
    Base.metadata,
    Column("order_id", ForeignKey("shop_order.id"), primary_key=True),
    Column("item_id", ForeignKey("shop_item.id"), primary_key=True),
)


class Person(Base):
    __tablename__ = "shop_person"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column()
    full: Mapped[str | None] = mapped_column("full_name")
    notes: Mapped[str | None] = mapped_column(deferred=True)
    mails: Mapped[list[Mail]] = relationship(back_populates="person", order_by="Mail.id")
    orders: Mapped[list[Order]] = relationship(back_populates="person", order_by="Order.id")


class Mail(Base):
    __tablename__ = "shop_mail"
    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("shop_person.id"))
    person: Mapped[Person | None] = relationship(back_populates="mails")


class Order(Base):
    __tablename__ = "shop_order"
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("shop_person.id"))
    person: Mapped[Person] = relationship(back_populates="orders")
    items: Mapped[list[Item]] = relationship(secondary=order_item, order_by="Item.id")


class Item(Base):
    __tablename__ = "shop_item"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


class Part(Base):
    __tablename__ = "shop_part"
    id: Mapped[int] = mapped_column(primary_key=True)
    above_id: Mapped[int | None] = mapped_column(ForeignKey("shop_part.id"))
    below: Mapped[list[Part]] = relationship(back_populates="above", order_by="Part.id")
    above: Mapped[Part | None] = relationship(back_populates="below", remote_side=[id])


class Worker(Base):
    __tablename__ = "shop_worker"
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": "worker"}


class Chief(Worker):
    __tablename__ = "shop_chief"
    id: Mapped[int] = mapped_column(ForeignKey("shop_worker.id"), primary_key=True)
    level: Mapped[int]
    __mapper_args__ = {"polymorphic_identity": "chief"}


class Clerk(Worker):
    desk: Mapped[str | None] = mapped_column(nullable=True)
    __mapper_args__ = {"polymorphic_identity": "clerk"}


ROWS: dict[Any, list[dict[str, Any]]] = {
    Person: [
        {"id": n, "name": f"p{n}", "full_name": f"P {n}", "notes": f"note {n}"} for n in (1, 2, 3)
    ],
    Mail: [
        {"id": 10 * n + k, "text": f"m{n}{k}", "person_id": n} for n in (2, 3) for k in range(n)
    ],
    Order: [{"id": 10 * n + k, "person_id": n} for n in (1, 3) for k in range(2)],
    Item: [{"id": n, "name": f"i{n}"} for n in (1, 2, 3)],
    order_item: [
        {"order_id": order, "item_id": item}
        for order, items in ((10, (1, 2)), (11, (3,)), (30, (1, 3)))
        for item in items
    ],
    Part: [
        {"id": 1, "above_id": None},
        {"id": 2, "above_id": 1},
        {"id": 3, "above_id": 1},
        {"id": 4, "above_id": 2},
    ],
    Worker: [
        {"id": 1, "kind": "worker", "desk": None},
        {"id": 2, "kind": "chief", "desk": None},
        {"id": 3, "kind": "clerk", "desk": "d3"},
    ],
    Chief: [{"id": 2, "level": 7}],
}


def fill(engine: Engine) -> None:
    """Create the tables and put the rows in."""
    Base.metadata.drop_all(engine)
    Base.metadata.create_all(engine)
    with engine.begin() as connection:
        for what, rows in ROWS.items():
            table = getattr(what, "__table__", what)
            connection.execute(insert(table), rows)


@contextmanager
def counted(engine: Any) -> Iterator[list[str]]:
    """Give a list of the SQL that is sent meanwhile."""
    sent: list[str] = []

    def note(_conn: Any, _cursor: Any, sql: str, *_rest: Any) -> None:
        sent.append(sql)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)
