"""Classes as users write them since Python 3.14: no future import, and nothing in quotes.

``test_late_annotations.py`` runs each case so, where Python can, and as if the future were
imported. A class is used before it is there; some names only type checkers have.
"""

import dataclasses
import enum
import sqlite3
from collections.abc import Callable
from typing import (
    TYPE_CHECKING,
    Annotated,
    Any,
    ClassVar,
    Generic,
    List,
    Literal,
    Optional,
    TypeVar,
)

import pytest

from toolkit import ForeignKey, Integer, String, create_engine, select
from toolkit.orm import (
    DeclarativeBase,
    Mapped,
    MappedAsDataclass,
    Session,
    attribute_keyed_dict,
    configure_mappers,
    declared_attr,
    mapped_column,
    registry,
    relationship,
)
from toolkit.orm.exc import MappedAnnotationError

if TYPE_CHECKING:
    from elsewhere import Badge, Nowhere  # type: ignore[import-not-found] # nobody imports it

number = Annotated[int, mapped_column(primary_key=True)]
short = Annotated[str, mapped_column(String(50))]
T = TypeVar("T")
CASES: list[Callable[[Any], None]] = []


def case(function: Callable[[Any], None]) -> Callable[[Any], None]:
    """Count a function among the cases."""
    CASES.append(function)
    return function


def targets(mapped: Any) -> dict[str, tuple[str, bool | None]]:
    """Return what the relationships of a class lead to, and whether to many."""
    configure_mappers()
    found = mapped.__mapper__.relationships
    return {one.key: (one.mapper.class_.__name__, one.uselist) for one in found}


def columns(mapped: Any) -> dict[str, tuple[str, bool]]:
    """Return the types of a class's columns, and whether they may be NULL."""
    return {one.name: (str(one.type), one.nullable) for one in mapped.__table__.c}


@case
def a_class_that_comes_later_is_the_target(base: Any) -> None:
    class Person(base):
        __tablename__ = "person"
        id: Mapped[number]
        house_id: Mapped[int | None] = mapped_column(ForeignKey("house.id"))
        house: Mapped[House] = relationship(back_populates="people")
        perhaps: Mapped[House | None] = relationship(viewonly=True)
        none_first: Mapped[None | House] = relationship(viewonly=True)
        optional: Mapped[Optional[House]] = relationship(viewonly=True)
        text: Mapped["House | None"] = relationship(viewonly=True)

    class House(base):
        __tablename__ = "house"
        id: Mapped[number]
        name: Mapped[str]
        people: Mapped[list[Person]] = relationship(back_populates="house")

    assert set(targets(Person).values()) == {("House", False)}
    assert targets(House) == {"people": ("Person", True)}


@case
def a_collection_of_a_class_that_comes_later_is_of_its_kind(base: Any) -> None:
    class Own(list[T]):
        pass

    class House(base):
        __tablename__ = "house"
        id: Mapped[number]
        many: Mapped[list[Person]] = relationship()
        old: Mapped[List[Person]] = relationship(viewonly=True)
        quoted: Mapped[list["Person"]] = relationship(viewonly=True)
        distinct: Mapped[set[Person]] = relationship(viewonly=True)
        own: Mapped[Own[Person]] = relationship(viewonly=True)
        named: Mapped[dict[str, Person]] = relationship(
            viewonly=True, collection_class=attribute_keyed_dict("name")
        )

    class Person(base):
        __tablename__ = "person"
        id: Mapped[number]
        name: Mapped[str]
        house_id: Mapped[int] = mapped_column(ForeignKey("house.id"))

    assert set(targets(House).values()) == {("Person", True)}
    house: Any = House()
    kinds = {name: getattr(house, name) for name in ("many", "old", "quoted", "distinct", "own")}
    assert [isinstance(kinds[name], list) for name in ("many", "old", "quoted")] == [True] * 3
    assert isinstance(kinds["distinct"], set)
    assert isinstance(kinds["own"], Own)


@case
def a_name_for_type_checkers_is_the_class_of_that_name(base: Any) -> None:
    class Person(base):
        __tablename__ = "person"
        id: Mapped[number]
        badge_id: Mapped[int | None] = mapped_column(ForeignKey("badge.id"))
        badge: Mapped[Badge | None] = relationship()

    type(
        "Badge", (base,), {"__tablename__": "badge", "id": mapped_column(Integer, primary_key=True)}
    )
    assert targets(Person) == {"badge": ("Badge", False)}


@case
def a_class_refers_to_itself(base: Any) -> None:
    class Node(base):
        __tablename__ = "node"
        id: Mapped[number]
        up_id: Mapped[int | None] = mapped_column(ForeignKey("node.id"))
        up: Mapped[Node | None] = relationship(remote_side="Node.id", back_populates="down")
        down: Mapped[list[Node]] = relationship(back_populates="up")

    assert targets(Node) == {"up": ("Node", False), "down": ("Node", True)}


@case
def what_a_mixin_says_it_returns_may_come_later(base: Any) -> None:
    class Owned:
        id: Mapped[number]
        owner_id: Mapped[int] = mapped_column(ForeignKey("owner.id"))

        @declared_attr
        def owner(cls) -> Mapped[Owner]:
            return relationship()

        @declared_attr
        def note(cls) -> Mapped[str | None]:
            return mapped_column(String(4))

        @declared_attr.directive
        def __tablename__(cls) -> Nowhere:
            return cls.__name__.lower()  # type: ignore[attr-defined]

    class Abstract(base):
        __abstract__ = True

        @declared_attr
        def second(cls) -> Mapped[Owner | None]:
            return relationship(viewonly=True)

    class Thing(Owned, Abstract):
        pass

    class Owner(base):
        __tablename__ = "owner"
        id: Mapped[number]

    assert targets(Thing) == {"owner": ("Owner", False), "second": ("Owner", False)}
    assert columns(Thing)["note"] == ("VARCHAR(4)", True)


@case
def a_class_below_another_has_targets_that_come_later(base: Any) -> None:
    class Person(base):
        __tablename__ = "person"
        id: Mapped[number]
        kind: Mapped[str]
        __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": "person"}

    class Worker(Person):
        __mapper_args__ = {"polymorphic_identity": "worker"}
        desk_id: Mapped[int | None] = mapped_column(ForeignKey("desk.id"))
        desk: Mapped[Desk | None] = relationship()

    class Desk(base):
        __tablename__ = "desk"
        id: Mapped[number]

    assert targets(Worker) == {"desk": ("Desk", False)}
    assert targets(Person) == {}


@case
def a_generic_mixin_means_what_the_class_below_says(base: Any) -> None:
    class Valued(Generic[T]):
        id: Mapped[number]
        value: Mapped[T]

    class Word(Valued[str], base):
        __tablename__ = "word"

    class Count(Valued[int | None], base):
        __tablename__ = "count"

    assert columns(Word)["value"] == ("VARCHAR", False)
    assert columns(Count)["value"] == ("INTEGER", True)


@case
def what_stands_in_annotated_is_kept(base: Any) -> None:
    class Thing(base):
        __tablename__ = "thing"
        id: Mapped[number]
        plain: Mapped[short]
        perhaps: Mapped[short | None]
        none_first: Mapped[None | short]
        inside: Mapped[Annotated[str, mapped_column(String(7))] | None]
        with_a_list: Mapped[Annotated[str, ["has no hash"]]]
        words: Mapped[Literal["a", "bbbb"] | None]
        other: Mapped[Annotated[Other, "which comes later"] | None] = relationship()
        other_id: Mapped[int | None] = mapped_column(ForeignKey("other.id"))

    class Other(base):
        __tablename__ = "other"
        id: Mapped[number]

    assert columns(Thing) == {
        "id": ("INTEGER", False),
        "plain": ("VARCHAR(50)", False),
        "perhaps": ("VARCHAR(50)", True),
        "none_first": ("VARCHAR(50)", True),
        "inside": ("VARCHAR(7)", True),
        "with_a_list": ("VARCHAR", False),
        "words": ("VARCHAR(4)", True),
        "other_id": ("INTEGER", True),
    }
    assert targets(Thing) == {"other": ("Other", False)}


@case
def a_type_inside_the_class_is_known_in_it(base: Any) -> None:
    class HasKind:
        class Level(enum.Enum):
            low = 1

        level: Mapped[Level]

    class Thing(HasKind, base):
        __tablename__ = "thing"

        class Kind(enum.Enum):
            small = 1

        id: Mapped[number]
        kind: Mapped[Kind]
        perhaps: Mapped[Kind | None]

    found = {one.name: getattr(one.type, "enum_class", None) for one in Thing.__table__.c}
    assert found["kind"] is found["perhaps"] is Thing.Kind
    assert found["level"] is HasKind.Level


@case
def an_attribute_does_not_hide_a_type_of_its_name(base: Any) -> None:
    class Thing(base):
        __tablename__ = "thing"
        id: Mapped[number]
        str: Mapped[str]
        other: Mapped[str | None]  # type: ignore[valid-type]

    assert columns(Thing)["str"] == ("VARCHAR", False)
    assert columns(Thing)["other"] == ("VARCHAR", True)


@case
def what_belongs_to_the_class_is_no_column(base: Any) -> None:
    class Thing(base):
        __tablename__ = "thing"
        id: Mapped[number]
        unknown: ClassVar[Nowhere]
        made: ClassVar[Nowhere | int] = 3
        bare: ClassVar = 4

    assert list(columns(Thing)) == ["id"]


@case
def a_dataclass_has_fields_that_come_later(base: Any) -> None:
    class Base(MappedAsDataclass, DeclarativeBase):
        pass

    class Stamped(MappedAsDataclass):
        stamp: Mapped[int | None] = mapped_column(default=None, kw_only=True)

    class Person(Stamped, Base):
        __tablename__ = "person"
        id: Mapped[number] = mapped_column(init=False)
        name: Mapped[str]
        house_id: Mapped[int | None] = mapped_column(ForeignKey("house.id"), init=False)
        house: Mapped[House | None] = relationship(default=None, back_populates="people")
        plain: Nowhere = 4

    class House(Base):
        __tablename__ = "house"
        id: Mapped[number] = mapped_column(init=False)
        people: Mapped[list[Person]] = relationship(
            default_factory=list, back_populates="house", repr=False
        )

    one = Person("one", stamp=3)
    house = House(people=[one])
    assert one.house is house
    assert repr(one).endswith(
        f"Person(stamp=3, id=None, name='one', house_id=None, house={house!r}, plain=4)"
    )
    names = [field.name for field in dataclasses.fields(Person)]
    assert names == ["stamp", "id", "name", "house_id", "house", "plain"]
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add(house)
        session.commit()
        assert session.scalars(select(Person.name).join(Person.house)).all() == ["one"]


@case
def the_annotations_of_a_dataclass_stay_as_they_were_written(base: Any) -> None:
    mapped = registry()

    @mapped.mapped_as_dataclass
    class Person:
        __tablename__ = "person"
        id: Mapped[number] = mapped_column(init=False)
        house_id: Mapped[int | None] = mapped_column(ForeignKey("house.id"), init=False)
        house: Mapped[House | None] = relationship(default=None)

    @mapped.mapped_as_dataclass(kw_only=True)
    class House:
        __tablename__ = "house"
        id: Mapped[number]

    assert Person(house=House(id=4)).house_id is None  # type: ignore[call-arg]
    assert targets(Person) == {"house": ("House", False)}
    assert Person.__annotations__["house"] in ("Mapped[House | None]", Mapped[House | None])
    assert list(Person.__annotations__) == ["id", "house_id", "house"]


@case
def a_decorated_class_has_targets_that_come_later(base: Any) -> None:
    mapped = registry()

    @mapped.mapped
    class Person:
        __tablename__ = "person"
        id: Mapped[number]
        house_id: Mapped[int] = mapped_column(ForeignKey("house.id"))
        house: Mapped[House] = relationship()

    @mapped.mapped
    class House:
        __tablename__ = "house"
        id: Mapped[number]

    assert targets(Person) == {"house": ("House", False)}


@case
def a_column_of_a_type_that_nobody_has_is_refused_by_its_name(base: Any) -> None:
    with pytest.raises(MappedAnnotationError, match=r"ForwardRef\('Nowhere'\)"):

        class Thing(base):
            __tablename__ = "thing"
            id: Mapped[number]
            what: Mapped[int | Nowhere]

    with pytest.raises(MappedAnnotationError, match=r"ForwardRef\('Nowhere.Inner'\)"):

        class Other(base):
            __tablename__ = "other"
            id: Mapped[number]
            what: Mapped[Nowhere.Inner | None]


@case
def what_is_not_mapped_is_refused_as_it_is_written(base: Any) -> None:
    with pytest.raises(MappedAnnotationError) as refused:

        class Thing(base):
            __tablename__ = "thing"
            id: Mapped[number]
            what: list[Nowhere] = relationship()  # type: ignore[assignment]

    assert refused.value.hint == "what: Mapped[list[Nowhere]]"
    with pytest.raises(MappedAnnotationError) as refused:

        class Other(base):
            __tablename__ = "other"
            id: Mapped[number]
            what: Mapped = mapped_column(Integer)  # type: ignore[type-arg]

    assert refused.value.hint == "what: Mapped[Any]"


@case
def functions_of_users_may_be_annotated_with_anything(base: Any) -> None:
    def creator() -> Nowhere:
        return sqlite3.connect(":memory:")

    with create_engine("sqlite://", creator=creator).connect() as connection:
        assert connection.exec_driver_sql("select 1").scalar() == 1

    @dataclasses.dataclass
    class Point:
        x: Nowhere
        y: Nowhere = 2

    with create_engine("sqlite://").connect() as connection:
        assert connection.exec_driver_sql("select 1 as x").into(Point).one() == Point(1, 2)
