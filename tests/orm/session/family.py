"""Classes that the tests of sessions share: parents, children, and words between them."""

from __future__ import annotations

from toolkit import Column, ForeignKey, String, Table
from toolkit.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


between = Table(
    "of_between",
    Base.metadata,
    Column("parent_id", ForeignKey("of_parent.id"), primary_key=True),
    Column("word_id", ForeignKey("of_word.id"), primary_key=True),
)


class Parent(Base):
    __tablename__ = "of_parent"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str | None] = mapped_column(String(30), unique=True)
    children: Mapped[list[Child]] = relationship(
        back_populates="parent", cascade="all, delete-orphan", order_by="Child.id"
    )
    words: Mapped[list[Word]] = relationship(secondary=between, order_by="Word.id")


class Child(Base):
    __tablename__ = "of_child"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str | None] = mapped_column(String(30))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("of_parent.id"))
    parent: Mapped[Parent | None] = relationship(back_populates="children")


class Word(Base):
    __tablename__ = "of_word"
    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str | None] = mapped_column(String(30))


class Counted(Base):
    __tablename__ = "of_counted"
    id: Mapped[int] = mapped_column(primary_key=True)
    value: Mapped[int | None]
    version: Mapped[int] = mapped_column()
    made: Mapped[int | None] = mapped_column(server_default="5")
    __mapper_args__ = {"version_id_col": version}


class Animal(Base):
    __tablename__ = "of_animal"
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))
    name: Mapped[str | None] = mapped_column(String(30))
    __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": "animal"}


class Cat(Animal):
    __tablename__ = "of_cat"
    id: Mapped[int] = mapped_column(ForeignKey("of_animal.id"), primary_key=True)
    purrs: Mapped[int | None]
    __mapper_args__ = {"polymorphic_identity": "cat"}
