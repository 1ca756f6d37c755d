"""Columns of declarative classes: by annotation, by hand, and both."""

import datetime as dt
import decimal
import enum
import uuid
from typing import Annotated, Any, ClassVar, Generic, Literal, NewType, TypeVar, Union

import pytest
from typing_extensions import TypeAliasType

from toolkit.exc import ArgumentError
from toolkit.orm import Mapped, mapped_column
from toolkit.orm.exc import MappedAnnotationError
from toolkit.schema import Column, ForeignKey
from toolkit.types import BigInteger, Enum, Integer, String


class Colour(enum.Enum):
    red = 1
    green = 2


Name = NewType("Name", str)
Key = Annotated[int, mapped_column(primary_key=True)]
Short = Annotated[str, mapped_column(String(30), nullable=False, index=True)]


def test_annotations_decide_types_and_nullability(base: Any) -> None:
    class Item(base):
        __tablename__ = "item"
        id: Mapped[int] = mapped_column(primary_key=True)
        price: Mapped[decimal.Decimal]
        weight: Mapped[float | None]
        data: Mapped[bytes]
        token: Mapped[uuid.UUID]
        seen: Mapped[dt.timedelta | None]
        colour: Mapped[Colour]
        size: Mapped[Literal["s", "m"]]
        anything: Mapped[Any] = mapped_column(Integer)
        told: Mapped[str | None] = mapped_column(nullable=False)

    shown = {column.name: (repr(column.type), column.nullable) for column in Item.__table__.c}
    assert shown == {
        "id": ("Integer()", False),
        "price": ("Numeric()", False),
        "weight": ("Double()", True),
        "data": ("LargeBinary()", False),
        "token": ("Uuid()", False),
        "seen": ("Interval()", True),
        "colour": ("Enum('red', 'green', name='colour')", False),
        "size": ("Enum('s', 'm', native_enum=False)", False),
        "anything": ("Integer()", False),
        "told": ("String()", False),
    }


def test_recipes_in_annotated_are_whole_columns(base: Any) -> None:
    class Item(base):
        __tablename__ = "item"
        id: Mapped[Key]
        name: Mapped[Short]
        other: Mapped[Short] = mapped_column(unique=True)
        optional: Mapped[Annotated[str, mapped_column(String(5))] | None]

    columns = Item.__table__.c
    assert columns.id.primary_key
    assert repr(columns.name.type) == "String(length=30)" or columns.name.type.length == 30
    assert columns.name.index
    assert columns.other.unique
    assert columns.other.type.length == 30
    assert columns.optional.nullable
    assert columns.optional.type.length == 5


def test_a_recipe_gives_each_class_a_column_of_its_own(base: Any) -> None:
    class One(base):
        __tablename__ = "one"
        id: Mapped[Key]

    class Two(base):
        __tablename__ = "two"
        id: Mapped[Key]

    assert One.__table__.c.id is not Two.__table__.c.id


def test_type_annotation_map_comes_first(base: Any) -> None:
    base.registry.update_type_annotation_map(
        {
            int: BigInteger,
            Name: String(80),
            Annotated[str, 50]: String(50),
            Union[str, float]: String(9),  # noqa: UP007 - as users of older Pythons write it
            enum.Enum: Enum(enum.Enum, native_enum=False, length=12),
        }
    )

    class Item(base):
        __tablename__ = "item"
        id: Mapped[int] = mapped_column(primary_key=True)
        name: Mapped[Name]
        fifty: Mapped[Annotated[str, 50]]
        either: Mapped[str | float]
        colour: Mapped[Colour]

    columns = Item.__table__.c
    assert repr(columns.id.type) == "BigInteger()"
    assert columns.name.type.length == 80
    assert columns.fifty.type.length == 50
    assert columns.either.type.length == 9
    assert not columns.colour.type.native_enum
    assert columns.colour.type.enum_class is Colour
    assert columns.colour.type.length == 12


def test_a_foreign_key_takes_the_type_of_its_target(base: Any) -> None:
    class Item(base):
        __tablename__ = "item"
        id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
        other_id: Mapped[int | None] = mapped_column(ForeignKey("item.id"))

    assert repr(Item.__table__.c.other_id.type) == "BigInteger()"
    assert Item.__table__.c.other_id.nullable


def test_classic_columns_are_named_after_their_attributes(base: Any) -> None:
    class Item(base):
        __tablename__ = "item"
        id = Column(Integer, primary_key=True)
        name = Column("full_name", String)

    assert Item.__table__.c.keys() == ["id", "full_name"]
    assert Item.__mapper__.column_attrs.keys() == ["id", "name"]
    assert Item.name.prop.columns == [Item.__table__.c.full_name]


def test_columns_stand_in_the_order_of_the_class_and_mixins_behind(base: Any) -> None:
    class Mixin:
        created: Mapped[int]
        updated = mapped_column(Integer)

    class Item(Mixin, base):
        __tablename__ = "item"
        name: Mapped[str]
        renamed = mapped_column("ren", Integer)
        id: Mapped[int] = mapped_column(primary_key=True)
        nick: Mapped[str | None]
        last: Mapped[int] = mapped_column(sort_order=5)
        first: Mapped[int] = mapped_column(sort_order=-5)

    assert Item.__table__.c.keys() == [
        "first",
        "ren",
        "name",
        "id",
        "nick",
        "updated",
        "created",
        "last",
    ]


def test_class_variables_and_plain_values_are_left_alone(base: Any) -> None:
    class Item(base):
        __tablename__ = "item"
        id: Mapped[int] = mapped_column(primary_key=True)
        limit: ClassVar[int] = 5
        colour: str = "red"

    assert Item.__table__.c.keys() == ["id"]
    assert (Item.limit, Item.colour) == (5, "red")


def test_an_annotation_without_mapped_names_the_cure(base: Any) -> None:
    with pytest.raises(MappedAnnotationError, match=r'Type annotation for "Item.x"') as caught:

        class Item(base):
            __tablename__ = "item"
            id: Mapped[int] = mapped_column(primary_key=True)
            x: int

    assert caught.value.hint == "x: Mapped[int]"


def test_allow_unmapped_lets_legacy_annotations_pass(base: Any) -> None:
    class Item(base):
        __tablename__ = "item"
        __allow_unmapped__ = True
        id: int = mapped_column(primary_key=True)  # type: ignore[assignment] # legacy
        x: str

    assert Item.__table__.c.keys() == ["id"]


def test_aliases_stand_for_what_they_mean(base: Any) -> None:
    short = TypeAliasType("short", str)
    perhaps = TypeAliasType("perhaps", str | None)
    words = TypeAliasType("words", Literal["a", "b"])
    base.registry.update_type_annotation_map({short: String(7)})
    namespace = {
        "__tablename__": "item",
        "__annotations__": {
            "id": Mapped[int],
            "short": Mapped[short],
            "perhaps": Mapped[perhaps],
            "words": Mapped[words],
        },
        "id": mapped_column(primary_key=True),
    }
    columns = type(base)("Item", (base,), namespace).__table__.c
    assert columns.short.type.length == 7
    assert (columns.short.nullable, columns.perhaps.nullable) == (False, True)
    assert columns.words.type.enums == ["a", "b"]


def test_a_type_variable_means_what_the_class_says(base: Any) -> None:
    kept = TypeVar("kept")

    class Box(base, Generic[kept]):
        __abstract__ = True
        id: Mapped[int] = mapped_column(primary_key=True)
        held: Mapped[kept]

    class Number(Box[int]):
        __tablename__ = "number"

    class Word(Box[str | None]):
        __tablename__ = "word"

    shown = [
        (repr(cls.__table__.c.held.type), cls.__table__.c.held.nullable) for cls in (Number, Word)
    ]
    assert shown == [("Integer()", False), ("String()", True)]


def test_a_new_type_must_be_in_the_map(base: Any) -> None:
    with pytest.raises(MappedAnnotationError, match="Could not locate SQLAlchemy Core type"):

        class Item(base):
            __tablename__ = "item"
            id: Mapped[int] = mapped_column(primary_key=True)
            x: Mapped[Name]


def test_a_type_that_nobody_knows_is_refused_by_attribute(base: Any) -> None:
    with pytest.raises(MappedAnnotationError, match=r"Could not locate SQLAlchemy Core type.*'x'"):

        class Item(base):
            __tablename__ = "item"
            id: Mapped[int] = mapped_column(primary_key=True)
            x: Mapped[list[str]]


def test_a_name_that_nobody_knows_is_refused(base: Any) -> None:
    with pytest.raises(MappedAnnotationError, match="Could not resolve all types"):

        class Item(base):
            __tablename__ = "item"
            id: Mapped[int] = mapped_column(primary_key=True)
            x: Mapped["Nobody"]  # type: ignore[name-defined] # noqa: F821 - that is the point


def test_a_column_without_type_and_annotation_is_refused(base: Any) -> None:
    with pytest.raises(ArgumentError, match=r'annotation is required for attribute "Item.x"'):

        class Item(base):
            __tablename__ = "item"
            id: Mapped[int] = mapped_column(primary_key=True)
            x = mapped_column()


def test_a_column_in_a_tuple_is_warned_of(base: Any) -> None:
    with pytest.warns(match="comma accidentally placed"):

        class Item(base):
            __tablename__ = "item"
            id: Mapped[int] = mapped_column(primary_key=True)
            x = (Column(Integer),)


def test_insert_default_is_the_default_of_the_column(base: Any) -> None:
    class Item(base):
        __tablename__ = "item"
        id: Mapped[int] = mapped_column(primary_key=True)
        x: Mapped[int] = mapped_column(insert_default=5)
        y: Mapped[int] = mapped_column(default=6)

    assert Item.__table__.c.x.default.arg == 5
    assert Item.__table__.c.y.default.arg == 6


def test_options_of_the_orm_are_on_the_property(base: Any) -> None:
    class Item(base):
        __tablename__ = "item"
        id: Mapped[int] = mapped_column(primary_key=True)
        text: Mapped[str] = mapped_column(deferred=True, deferred_raiseload=True)
        more: Mapped[str] = mapped_column(deferred_group="big")
        old: Mapped[int] = mapped_column(active_history=True)

    attrs = Item.__mapper__.column_attrs
    assert (attrs.text.deferred, attrs.text.raiseload) == (True, True)
    assert (attrs.more.deferred, attrs.more.group) == (True, "big")
    assert (attrs.old.deferred, attrs.old.active_history) == (False, True)


def test_an_attribute_that_hides_the_type_it_is_of_is_told_so(base: Any) -> None:
    with pytest.raises(MappedAnnotationError, match="not a Python type") as refused:

        class Person(base):
            __tablename__ = "person"
            id: Mapped[int] = mapped_column(primary_key=True)
            decimal: Mapped[decimal | None] = mapped_column()  # type: ignore[valid-type]

    assert "datetime.date" in str(refused.value.hint)
