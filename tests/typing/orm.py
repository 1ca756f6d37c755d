"""What type checkers see of queries of mapped classes; read by mypy and pyright, never run."""

from typing import Any, Literal

from typing_extensions import assert_type

from toolkit import ForeignKey, Select, UnaryExpression, func, insert, select, update
from toolkit.orm import (
    DeclarativeBase,
    InstrumentedAttribute,
    Load,
    Mapped,
    MappedAsDataclass,
    Mapper,
    Session,
    aliased,
    deferred,
    joinedload,
    mapped_column,
    object_session,
    query_expression,
    reconstructor,
    registry,
    relationship,
    selectinload,
    sessionmaker,
    validates,
)
from toolkit.sql import ColumnElement
from toolkit.types import Text


class Base(DeclarativeBase):
    pass


class User(Base):
    __tablename__ = "user"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    nick: Mapped[str | None]
    kind: Mapped[Literal["a", "b"]]
    life: Mapped[str] = deferred(mapped_column(Text))
    asked: Mapped[int] = query_expression()
    items: Mapped[list["Item"]] = relationship(back_populates="user")

    @validates("name")
    def check(self, key: str, value: str) -> str:
        return value.lower()

    @reconstructor
    def loaded(self) -> None:
        self.seen = True


class Item(Base):
    __tablename__ = "item"
    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    user: Mapped[User | None] = relationship(back_populates="items")


def a_select_of_a_class_gives_its_objects() -> None:
    assert_type(select(User), Select[User])
    assert_type(select(User, Item), Select[User, Item])
    assert_type(select(User, User.name), Select[User, str])
    assert_type(select(User.id, User.nick), Select[int, str | None])
    assert_type(select(User.kind), Select[Literal["a", "b"]])
    assert_type(
        select(User)
        .join(User.items)
        .where(User.name == "x", Item.id > 5)
        .order_by(User.id)
        .options(selectinload(User.items)),
        Select[User],
    )
    assert_type(select(User.name, func.count()).group_by(User.name), Select[str, int])


def an_alias_is_the_class_again() -> None:
    other = aliased(User, name="other")
    assert_type(other, type[User])
    assert_type(other.name, InstrumentedAttribute[str])
    assert_type(select(other, other.id), Select[User, int])


def attributes_are_expressions() -> None:
    assert_type(User.nick, InstrumentedAttribute[str | None])
    assert_type(User.life, InstrumentedAttribute[str])
    assert_type(User.asked, InstrumentedAttribute[int])
    assert_type(User.name == "x", ColumnElement[bool])
    assert_type((User.id > 5) & User.name.is_not(None), ColumnElement[bool])
    assert_type(User.name.desc(), UnaryExpression[str])
    assert_type(User.items, InstrumentedAttribute[list[Item]])
    assert_type(Item.user, InstrumentedAttribute[User | None])
    assert_type(User.items.any(Item.id == 5), ColumnElement[bool])
    assert_type(Item.user.has(User.name == "x"), ColumnElement[bool])


def objects_have_values(user: User, item: Item) -> None:
    assert_type(user.items, list[Item])
    assert_type(item.user, User | None)
    assert_type(user.check("name", "x"), str)
    assert_type(object_session(user), Session | None)
    assert_type(User.__mapper__, Mapper)


def options_and_writing_take_attributes() -> None:
    assert_type(joinedload(User.items).selectinload(Item.user), Load)
    insert(User).values(name="x").returning(User.id)
    update(User).where(User.id == 5).values({User.name: "x"})


class DataBase(MappedAsDataclass, DeclarativeBase):
    pass


class Parent(DataBase):
    __tablename__ = "parent"
    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    name: Mapped[str]
    age: Mapped[int] = mapped_column(default=0, kw_only=True)
    children: Mapped[list["Child"]] = relationship(default_factory=list, repr=False)


class Child(DataBase):
    __tablename__ = "child"
    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("parent.id"), init=False)


def dataclasses_are_made_by_their_fields() -> None:
    parent = Parent("a", [Child()], age=5)
    assert_type(parent.children, list[Child])
    assert_type(parent.age, int)
    assert_type(select(Parent), Select[Parent])


mappings = registry()


class Plain:
    def __init__(self, name: str) -> None:
        self.name = name


def imperative_classes_stay_what_they_are(table: Any) -> None:
    assert_type(mappings.map_imperatively(Plain, table), Mapper)
    assert_type(select(Plain), Select[Plain])
    assert_type(Plain("a").name, str)


class OwnSession(Session):
    pass


assert_type(sessionmaker(class_=OwnSession), sessionmaker[OwnSession])
assert_type(sessionmaker(expire_on_commit=False), sessionmaker[Session])
