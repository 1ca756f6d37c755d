"""Classes of every shape that a flush has to do with."""

from __future__ import annotations

from typing import Any

from toolkit import JSON, Column, ForeignKey, String, Table, func
from toolkit.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class Team(Base):
    __tablename__ = "uow_team"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str | None] = mapped_column(String(20))
    people: Mapped[list[Person]] = relationship(back_populates="team", order_by="Person.id")


between = Table(
    "uow_between",
    Base.metadata,
    Column("person_id", ForeignKey("uow_person.id"), primary_key=True),
    Column("tag_id", ForeignKey("uow_tag.id"), primary_key=True),
)


class Tag(Base):
    __tablename__ = "uow_tag"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str | None] = mapped_column(String(20))
    people: Mapped[list[Person]] = relationship(secondary=between, back_populates="tags")


class Person(Base):
    __tablename__ = "uow_person"
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    name: Mapped[str | None] = mapped_column(String(20))
    version: Mapped[int] = mapped_column()
    team_id: Mapped[int | None] = mapped_column(ForeignKey("uow_team.id"))
    team: Mapped[Team | None] = relationship(back_populates="people")
    tags: Mapped[list[Tag]] = relationship(
        secondary=between, order_by="Tag.id", back_populates="people"
    )
    __mapper_args__ = {
        "polymorphic_on": "kind",
        "polymorphic_identity": "person",
        "version_id_col": version,
    }


class Engineer(Person):
    __tablename__ = "uow_engineer"
    id: Mapped[int] = mapped_column(ForeignKey("uow_person.id"), primary_key=True)
    skill: Mapped[int | None]
    __mapper_args__ = {"polymorphic_identity": "engineer"}


class Node(Base):
    __tablename__ = "uow_node"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str | None] = mapped_column(String(20))
    above_id: Mapped[int | None] = mapped_column(ForeignKey("uow_node.id"))
    below: Mapped[list[Node]] = relationship(back_populates="above", order_by="Node.name")
    above: Mapped[Node | None] = relationship(back_populates="below", remote_side=[id])


class Widget(Base):
    __tablename__ = "uow_widget"
    id: Mapped[int] = mapped_column(primary_key=True)
    favourite_id: Mapped[int | None] = mapped_column(
        ForeignKey("uow_entry.id", name="uow_favourite", use_alter=True)
    )
    entries: Mapped[list[Entry]] = relationship(
        back_populates="widget", foreign_keys="Entry.widget_id", order_by="Entry.id"
    )
    favourite: Mapped[Entry | None] = relationship(foreign_keys=[favourite_id], post_update=True)


class Entry(Base):
    __tablename__ = "uow_entry"
    id: Mapped[int] = mapped_column(primary_key=True)
    widget_id: Mapped[int | None] = mapped_column(ForeignKey("uow_widget.id"))
    widget: Mapped[Widget | None] = relationship(back_populates="entries", foreign_keys=[widget_id])


class Left(Base):
    """It refers to a ``Right``, that to it, and nothing is written apart."""

    __tablename__ = "uow_left"
    id: Mapped[int] = mapped_column(primary_key=True)
    right_id: Mapped[int | None] = mapped_column(
        ForeignKey("uow_right.id", name="uow_to_right", use_alter=True)
    )
    right: Mapped[Right | None] = relationship(foreign_keys=[right_id])


class Right(Base):
    __tablename__ = "uow_right"
    id: Mapped[int] = mapped_column(primary_key=True)
    left_id: Mapped[int | None] = mapped_column(ForeignKey("uow_left.id"))
    left: Mapped[Left | None] = relationship(foreign_keys=[left_id])


class Country(Base):
    """A key that people change; the database changes it in cities, and the session in towns."""

    __tablename__ = "uow_country"
    code: Mapped[str] = mapped_column(String(10), primary_key=True)
    name: Mapped[str | None] = mapped_column(String(20))
    cities: Mapped[list[City]] = relationship(back_populates="country", order_by="City.name")
    towns: Mapped[list[Town]] = relationship(
        primaryjoin="Country.code == foreign(Town.code)", passive_updates=False
    )


class City(Base):
    __tablename__ = "uow_city"
    code: Mapped[str] = mapped_column(
        ForeignKey("uow_country.code", onupdate="CASCADE"), primary_key=True
    )
    name: Mapped[str] = mapped_column(String(20), primary_key=True)
    size: Mapped[int | None]
    country: Mapped[Country] = relationship(back_populates="cities")


class Town(Base):
    __tablename__ = "uow_town"
    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str | None] = mapped_column(String(10))


class Made(Base):
    """Values from everywhere, loaded when they are read."""

    __tablename__ = "uow_made"
    id: Mapped[int] = mapped_column(primary_key=True)
    x: Mapped[int | None]
    plain: Mapped[int | None] = mapped_column(default=3)
    called: Mapped[int | None] = mapped_column(default=lambda: 4)
    sql: Mapped[int | None] = mapped_column(default=func.abs(-5))
    server: Mapped[int | None] = mapped_column(server_default="6")
    counted: Mapped[int | None] = mapped_column(onupdate=lambda: 7)
    computed: Mapped[int | None] = mapped_column(onupdate=func.abs(-8))
    document: Mapped[Any | None] = mapped_column(JSON)
    nulled: Mapped[Any | None] = mapped_column(JSON(none_as_null=True))


class Eager(Base):
    """The same, fetched with the flush."""

    __tablename__ = "uow_eager"
    id: Mapped[int] = mapped_column(primary_key=True)
    x: Mapped[int | None]
    sql: Mapped[int | None] = mapped_column(default=func.abs(-5))
    server: Mapped[int | None] = mapped_column(server_default="6")
    computed: Mapped[int | None] = mapped_column(onupdate=func.abs(-8))
    __mapper_args__ = {"eager_defaults": True}


class Coded(Base):
    """A key that nobody makes up."""

    __tablename__ = "uow_coded"
    code: Mapped[str] = mapped_column(String(20), primary_key=True)
    x: Mapped[int | None]
