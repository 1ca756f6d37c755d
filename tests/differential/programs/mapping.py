"""Mapped classes: tables, what mappers tell, directions of relationships, and what is refused."""

import decimal
import enum
import warnings
from typing import Annotated, ClassVar, List, Literal, Optional

from sqlalchemy import (
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Integer,
    String,
    Table,
    UniqueConstraint,
)
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    MappedAsDataclass,
    backref,
    class_mapper,
    column_property,
    declarative_base,
    declared_attr,
    deferred,
    foreign,
    mapped_column,
    registry,
    relationship,
    remote,
    synonym,
)
from sqlalchemy.schema import CreateTable

warnings.simplefilter("ignore")


class Base(DeclarativeBase):
    pass


class Colour(enum.Enum):
    red = 1
    green = 2


Key = Annotated[int, mapped_column(primary_key=True)]


class Stamped:
    created: Mapped[int]
    updated = mapped_column(Integer)

    @declared_attr
    def author(cls) -> Mapped[Optional[str]]:
        return mapped_column(String(9))


class Item(Stamped, Base):
    __tablename__ = "item"
    __table_args__ = (UniqueConstraint("name", "price"), {"comment": "things"})
    renamed = mapped_column("other", Integer)
    name: Mapped[str] = mapped_column(String(30), index=True)
    id: Mapped[Key]
    price: Mapped[decimal.Decimal]
    colour: Mapped[Optional[Colour]]
    size: Mapped[Literal["s", "mm"]]
    maybe: Mapped[Optional[float]] = mapped_column(nullable=False)
    above_id: Mapped[Optional[int]] = mapped_column(ForeignKey("item.id"))
    notes = deferred(Column(String))
    limit: ClassVar[int] = 5
    late: Mapped[int] = mapped_column(sort_order=10)
    shown = column_property(renamed + 1)
    nick = synonym("name")
    above = relationship(
        "Item", remote_side="Item.id", backref=backref("below", order_by="Item.id")
    )


links = Table(
    "links",
    Base.metadata,
    Column("item_id", ForeignKey("item.id"), primary_key=True),
    Column("tag_id", ForeignKey("tag.id"), primary_key=True),
)


class Tag(Base):
    __tablename__ = "tag"
    id: Mapped[Key]
    items: Mapped[List[Item]] = relationship(secondary=links, backref="tags")


class Person(Base):
    __tablename__ = "person"
    a: Mapped[Key]
    b: Mapped[Key]
    kind: Mapped[str]
    homes: Mapped[set["Home"]] = relationship(back_populates="owner", cascade="all, delete-orphan")
    __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": "person"}


class Home(Base):
    __tablename__ = "home"
    __table_args__ = (ForeignKeyConstraint(["pa", "pb"], ["person.a", "person.b"]),)
    id: Mapped[Key]
    pa: Mapped[int]
    pb: Mapped[int]
    owner: Mapped[Optional[Person]] = relationship(back_populates="homes")


class Boss(Person):
    __tablename__ = "boss"
    __table_args__ = (ForeignKeyConstraint(["a", "b"], ["person.a", "person.b"]),)
    a: Mapped[Key]
    b: Mapped[Key]
    level: Mapped[int]
    __mapper_args__ = {"polymorphic_identity": "boss"}


class Clerk(Person):
    desk: Mapped[Optional[str]]
    __mapper_args__ = {"polymorphic_identity": "clerk"}


class Folder(Base):
    __tablename__ = "folder"
    path: Mapped[str] = mapped_column(String(50), primary_key=True)


Folder.below = relationship(
    Folder,
    primaryjoin=remote(foreign(Folder.path)).like(Folder.path.concat("/%")),
    viewonly=True,
)


def pairs(found):
    return [(str(one), str(two)) for one, two in found]


for cls in (Item, Tag, Person, Home, Boss, Clerk, Folder):
    mapper = class_mapper(cls)
    name = cls.__name__
    report(f"{name}: table", str(CreateTable(mapper.local_table)))
    report(f"{name}: attributes", sorted(mapper.attrs.keys()))
    report(f"{name}: column attributes", sorted(mapper.column_attrs.keys()))
    report(f"{name}: synonyms", mapper.synonyms.keys())
    report(f"{name}: descriptors", sorted(mapper.all_orm_descriptors.keys()))
    report(f"{name}: shown", str(mapper))
    report(f"{name}: key", [str(column) for column in mapper.primary_key])
    report(f"{name}: rows", str(mapper.persist_selectable))
    report(f"{name}: polymorphic map", sorted(mapper.polymorphic_map))
    report(f"{name}: root", [one.class_.__name__ for one in mapper.iterate_to_root()])
    for prop in sorted(mapper.column_attrs, key=lambda prop: prop.key):
        report(f"{name}.{prop.key}", [len(prop.columns), prop.deferred, str(prop)])
    for key in sorted(mapper.relationships.keys()):
        prop = mapper.relationships[key]
        report(
            f"{name}.{key} as relationship",
            [
                prop.direction.name,
                prop.uselist,
                str(prop.primaryjoin),
                str(prop.secondaryjoin),
                sorted(pairs(prop.local_remote_pairs)),
                sorted(pairs(prop.synchronize_pairs)),
                sorted(pairs(prop.secondary_synchronize_pairs)),
                sorted(str(column) for column in prop.remote_side),
                sorted(prop.cascade),
                prop.lazy,
                prop.viewonly,
                prop.back_populates,
            ],
        )


def plain_annotation():
    class Wrong(Base):
        __tablename__ = "wrong1"
        id: Mapped[Key]
        x: int


def no_key():
    class Wrong(Base):
        __tablename__ = "wrong2"
        x: Mapped[int]


def no_table():
    class Wrong(Base):
        id: Mapped[Key]


def no_type():
    class Wrong(Base):
        __tablename__ = "wrong3"
        id: Mapped[Key]
        x: Mapped[List[str]]


def no_annotation():
    class Wrong(Base):
        __tablename__ = "wrong4"
        id: Mapped[Key]
        x = mapped_column()


def wrong_mixin():
    class Mixin:
        owner: Mapped["Person"] = relationship()

    class Wrong(Mixin, Base):
        __tablename__ = "wrong5"
        id: Mapped[Key]


def no_discriminator():
    class Wrong(Base):
        __tablename__ = "wrong6"
        id: Mapped[Key]
        __mapper_args__ = {"polymorphic_on": "kind"}


def no_parent_key():
    class Wrong(Person):
        __tablename__ = "wrong7"
        id: Mapped[Key]


def conflicting_column():
    class Wrong(Person):
        kind: Mapped[str]


def misspelt_argument():
    class Wrong(Base):
        __tablename__ = "wrong8"
        id: Mapped[Key]
        __mapper_args__ = {"polymorphc_on": "id"}


for wrong in (
    plain_annotation,
    no_key,
    no_table,
    no_type,
    no_annotation,
    wrong_mixin,
    no_discriminator,
    no_parent_key,
    conflicting_column,
    misspelt_argument,
):
    try:
        wrong()
    except Exception as error:  # noqa: BLE001 - whichever it is, is the answer
        report(wrong.__name__, type(error).__name__)
    else:
        report(wrong.__name__, "nothing")


def refused(name, declare):
    """Report what configuring the classes of a base of their own raises."""
    base = declarative_base()
    declare(base)
    try:
        base.registry.configure()
    except Exception as error:  # noqa: BLE001 - whichever it is, is the answer
        report(name, type(error).__name__)
    else:
        report(name, "nothing")
    base.registry.dispose()


def two_paths(base):
    class One(base):
        __tablename__ = "one"
        id = Column(Integer, primary_key=True)

    class Two(base):
        __tablename__ = "two"
        id = Column(Integer, primary_key=True)
        a = Column(ForeignKey("one.id"))
        b = Column(ForeignKey("one.id"))
        one = relationship("One")


def no_path(base):
    class One(base):
        __tablename__ = "one"
        id = Column(Integer, primary_key=True)
        two = relationship("Two")

    class Two(base):
        __tablename__ = "two"
        id = Column(Integer, primary_key=True)


def no_target(base):
    class One(base):
        __tablename__ = "one"
        id = Column(Integer, primary_key=True)
        two = relationship("Two")


def same_direction(base):
    class One(base):
        __tablename__ = "one"
        id = Column(Integer, primary_key=True)
        up_id = Column(ForeignKey("one.id"))
        up = relationship("One", back_populates="down")
        down = relationship("One", back_populates="up")


def no_other_side(base):
    class One(base):
        __tablename__ = "one"
        id = Column(Integer, primary_key=True)
        up_id = Column(ForeignKey("one.id"))
        up = relationship("One", back_populates="nothing")


def other_side_is_a_column(base):
    class One(base):
        __tablename__ = "one"
        id = Column(Integer, primary_key=True)
        up_id = Column(ForeignKey("one.id"))
        up = relationship("One", back_populates="up_id")


def orphans_of_many(base):
    class One(base):
        __tablename__ = "one"
        id = Column(Integer, primary_key=True)
        up_id = Column(ForeignKey("one.id"))
        up = relationship("One", remote_side=[id], cascade="all, delete-orphan")


for declare in (
    two_paths,
    no_path,
    no_target,
    same_direction,
    no_other_side,
    other_side_is_a_column,
    orphans_of_many,
):
    refused(declare.__name__, declare)


class DataBase(MappedAsDataclass, DeclarativeBase):
    pass


class Pet(DataBase):
    __tablename__ = "pet"
    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    name: Mapped[str]
    age: Mapped[int] = mapped_column(default=5)
    nick: Mapped[Optional[str]] = mapped_column(default=None, kw_only=True)


pet = Pet("a")
report("dataclass", repr(pet))
report("dataclass holds", sorted(key for key in vars(pet) if key[0] != "_"))
report("dataclass is equal", pet == Pet("a", 5))

mappings = registry()


class Plain:
    pass


plain_table = Table("plain", mappings.metadata, Column("id", Integer, primary_key=True))
mappings.map_imperatively(Plain, plain_table, column_prefix="_")
report("imperative", class_mapper(Plain).attrs.keys())
