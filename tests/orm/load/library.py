"""A small library, mapped: keys of several columns, an order in the table between, an alias."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from toolkit import Engine, and_, func, insert, select
from toolkit.orm import DeclarativeBase, Mapped, aliased, mapped_column, relationship
from toolkit.schema import Column, ForeignKey, ForeignKeyConstraint, Table
from toolkit.types import Integer, String


class Base(DeclarativeBase):
    type_annotation_map = {str: String(30)}


shelved = Table(
    "lib_shelved",
    Base.metadata,
    Column("shelf_id", ForeignKey("lib_shelf.id"), primary_key=True),
    Column("house", String(30), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("place", Integer),
    ForeignKeyConstraint(["house", "number"], ["lib_book.house", "lib_book.number"]),
)


class Book(Base):
    __tablename__ = "lib_book"
    house: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    title: Mapped[str]
    loans: Mapped[list[Loan]] = relationship(back_populates="book", order_by="Loan.id")


class Loan(Base):
    __tablename__ = "lib_loan"
    id: Mapped[int] = mapped_column(primary_key=True)
    house: Mapped[str | None]
    number: Mapped[int | None]
    day: Mapped[int]
    book: Mapped[Book | None] = relationship(back_populates="loans")
    __table_args__ = (
        ForeignKeyConstraint(["house", "number"], ["lib_book.house", "lib_book.number"]),
    )


class Shelf(Base):
    __tablename__ = "lib_shelf"
    id: Mapped[int] = mapped_column(primary_key=True)
    books: Mapped[list[Book]] = relationship(secondary=shelved, order_by=shelved.c.place.desc())


_numbered = select(
    Loan,
    func.row_number()
    .over(partition_by=[Loan.house, Loan.number], order_by=Loan.day.desc())
    .label("rank"),
).subquery()
LastLoan = aliased(Loan, _numbered)
LAST = relationship(
    LastLoan,
    primaryjoin=and_(
        LastLoan.house == Book.house, LastLoan.number == Book.number, _numbered.c.rank == 1
    ),
    viewonly=True,
    uselist=False,
)
Book.last = LAST

ROWS: dict[Any, list[dict[str, Any]]] = {
    Book: [
        {"house": house, "number": number, "title": f"{house}{number}"}
        for house, number in (("a", 1), ("a", 2), ("b", 1), ("b", 2))
    ],
    Loan: [
        {"id": 1, "house": "a", "number": 1, "day": 5},
        {"id": 2, "house": "a", "number": 1, "day": 3},
        {"id": 3, "house": "b", "number": 1, "day": 1},
        {"id": 4, "house": None, "number": None, "day": 1},
        {"id": 5, "house": "b", "number": None, "day": 2},
    ],
    Shelf: [{"id": 1}, {"id": 2}, {"id": 3}],
    shelved: [
        {"shelf_id": 1, "house": "a", "number": 1, "place": 1},
        {"shelf_id": 1, "house": "a", "number": 2, "place": 3},
        {"shelf_id": 1, "house": "b", "number": 2, "place": 2},
        {"shelf_id": 2, "house": "b", "number": 2, "place": 1},
    ],
}


@contextmanager
def filled(engine: Engine) -> Iterator[None]:
    """Create the tables, put the rows in, and drop them at the end."""
    Base.metadata.drop_all(engine)
    Base.metadata.create_all(engine)
    with engine.begin() as connection:
        for what, rows in ROWS.items():
            for row in rows:
                connection.execute(insert(getattr(what, "__table__", what)), row)
    try:
        yield
    finally:
        Base.metadata.drop_all(engine)
