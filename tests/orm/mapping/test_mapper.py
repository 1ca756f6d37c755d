"""What a mapper tells, and how attributes go through what a class declares."""

from threading import Event, Thread
from typing import Any

import pytest

from toolkit import inspect
from toolkit.exc import ArgumentError, InvalidRequestError, NoInspectionAvailable
from toolkit.orm import (
    Mapped,
    column_property,
    deferred,
    mapped_column,
    query_expression,
    registry,
    relationship,
    synonym,
    validates,
)
from toolkit.orm.exc import UnmappedColumnError
from toolkit.schema import Column, ForeignKey, MetaData, Table
from toolkit.types import Integer, String


@pytest.fixture
def person(base: Any) -> Any:
    class Person(base):
        __tablename__ = "person"
        id: Mapped[int] = mapped_column(primary_key=True)
        name: Mapped[str] = mapped_column("full_name", String(50))
        notes = deferred(Column(String))
        shown: Mapped[str] = column_property(name + "!")
        asked: Mapped[str] = query_expression()
        nick: Mapped[str] = synonym("name")

    return Person


def test_collections_tell_attributes_by_kind(person: Any) -> None:
    mapper = person.__mapper__
    assert mapper.attrs.keys() == ["id", "name", "notes", "shown", "asked", "nick"]
    assert mapper.column_attrs.keys() == ["id", "name", "notes", "shown", "asked"]
    assert mapper.synonyms.keys() == ["nick"]
    assert mapper.relationships.keys() == []
    assert mapper.attrs.name is mapper.attrs["name"] is mapper.get_property("name")
    assert "name" in mapper.attrs
    assert [prop.key for prop in mapper.iterate_properties] == mapper.attrs.keys()
    assert mapper.c.name is person.__table__.c.full_name
    assert set(mapper.all_orm_descriptors.keys()) == set(mapper.attrs.keys())


def test_inspect_gives_the_mapper_of_a_class(person: Any) -> None:
    mapper = inspect(person)
    assert mapper is inspect(mapper) is person.__mapper__
    assert mapper.configured
    with pytest.raises(NoInspectionAvailable):
        inspect(str)


def test_columns_lead_to_their_attributes(person: Any) -> None:
    mapper = person.__mapper__
    assert mapper.get_property_by_column(person.__table__.c.full_name).key == "name"
    with pytest.raises(UnmappedColumnError, match="No column x is configured"):
        mapper.get_property_by_column(Column("x", Integer))


def test_a_misspelt_attribute_names_the_nearest(person: Any) -> None:
    mapper = person.__mapper__
    with pytest.raises(InvalidRequestError, match="has no property 'nmae'") as caught:
        mapper.get_property("nmae")
    assert caught.value.hint == "Person.name"
    with pytest.raises(AttributeError, match="did you mean 'name'"):
        _ = mapper.attrs.nmae
    with pytest.raises(TypeError, match="immutable"):
        mapper.attrs.name = 5


def test_keys_are_told_by_objects_and_by_values(person: Any) -> None:
    mapper, one = person.__mapper__, person(id=5)
    key = (person, (5,), None)
    assert mapper.primary_key_from_instance(one) == (5,)
    assert mapper.identity_key_from_instance(one) == key
    assert mapper.identity_key_from_primary_key([5]) == key


def test_a_synonym_reads_and_writes_the_other_attribute(person: Any) -> None:
    one = person(nick="a")
    assert one.name == one.nick == "a"
    one.nick = "b"
    assert one.name == "b"
    assert person.nick.key == "nick"
    assert person.nick.property is person.name.property
    assert str(person.nick == "a") == str(person.name == "a")


def test_a_synonym_of_nothing_is_refused(base: Any) -> None:
    class Person(base):
        __tablename__ = "person"
        id: Mapped[int] = mapped_column(primary_key=True)
        nick: Mapped[str] = synonym("nam")

    with pytest.raises(InvalidRequestError, match="Can't find the attribute 'nam'"):
        base.registry.configure()
    base.registry.dispose()


def test_validators_see_each_value_and_subclasses_may_have_their_own(base: Any) -> None:
    class Person(base):
        __tablename__ = "person"
        id: Mapped[int] = mapped_column(primary_key=True)
        name: Mapped[str]

        @validates("name")
        def check(self, key: str, value: str) -> str:
            if not value:
                raise ValueError(f"{key} is empty")
            return value.strip()

    class Loud(Person):
        @validates("name")
        def check_too(self, key: str, value: str) -> str:
            return value.upper()

    one = Person(name=" a ")
    assert one.name == "a"
    with pytest.raises(ValueError, match="name is empty"):
        one.name = ""
    assert one.name == "a"
    assert Loud(name="a").name == "A"


def test_included_and_excluded_columns(base: Any) -> None:
    table = Table(
        "t",
        MetaData(),
        Column("id", Integer, primary_key=True),
        Column("a", Integer),
        Column("b", Integer),
    )
    mappings = registry()

    class One:
        pass

    class Two:
        pass

    class Three:
        pass

    one = mappings.map_imperatively(One, table, include_properties=["id", "a"])
    two = mappings.map_imperatively(Two, table, exclude_properties=[table.c.b])
    three = mappings.map_imperatively(Three, table, column_prefix="_")
    assert one.attrs.keys() == two.attrs.keys() == ["id", "a"]
    assert three.attrs.keys() == ["_id", "_a", "_b"]


def test_one_column_under_two_names_is_warned_of(base: Any) -> None:
    table = Table("t", MetaData(), Column("id", Integer, primary_key=True))

    class One:
        pass

    with pytest.warns(match="named directly multiple times, only one will be used: a, b"):
        registry().map_imperatively(One, table, properties={"a": table.c.id, "b": table.c.id})


def test_versions_are_counted_unless_told_otherwise(base: Any) -> None:
    class Person(base):
        __tablename__ = "person"
        id: Mapped[int] = mapped_column(primary_key=True)
        version: Mapped[int] = mapped_column()
        __mapper_args__ = {"version_id_col": version}

    mapper = Person.__mapper__
    assert mapper.version_id_col is Person.__table__.c.version
    assert [mapper.version_id_generator(one) for one in (None, 1)] == [1, 2]


def test_unknown_arguments_are_refused(base: Any) -> None:
    with pytest.raises(TypeError, match="polymorphc_on"):

        class Person(base):
            __tablename__ = "person"
            id: Mapped[int] = mapped_column(primary_key=True)
            __mapper_args__ = {"polymorphc_on": "id"}

    with pytest.raises(ArgumentError, match="unknown argument for polymorphic_load"):

        class Pet(base):
            __tablename__ = "pet"
            id: Mapped[int] = mapped_column(primary_key=True)
            __mapper_args__ = {"polymorphic_load": "x"}


def test_hooks_are_called_around_configuring(base: Any) -> None:
    calls = []

    class Person(base):
        __tablename__ = "person"
        id: Mapped[int] = mapped_column(primary_key=True)

        @classmethod
        def __declare_first__(cls) -> None:
            calls.append("first")

        @classmethod
        def __declare_last__(cls) -> None:
            calls.append("last")

    assert calls == []
    Person()
    Person()
    assert calls == ["first", "last"]


def test_a_second_thread_waits_until_mappers_are_configured(base: Any) -> None:
    begun, go_on = Event(), Event()
    seen = []

    class Person(base):
        __tablename__ = "person"
        id: Mapped[int] = mapped_column(primary_key=True)

        def __init__(self) -> None:
            seen.append(type(self).__mapper__.configured)

        @classmethod
        def __declare_first__(cls) -> None:
            begun.set()
            assert go_on.wait(30)

    threads = [Thread(target=Person), Thread(target=Person)]
    threads[0].start()
    assert begun.wait(30)
    threads[1].start()
    go_on.set()
    for thread in threads:
        thread.join()
    assert seen == [True, True]


def test_a_backref_of_a_class_mapped_later_is_found_by_the_constructor(base: Any) -> None:
    class Person(base):
        __tablename__ = "person"
        id: Mapped[int] = mapped_column(primary_key=True)

    Person()

    class Address(base):
        __tablename__ = "address"
        id: Mapped[int] = mapped_column(primary_key=True)
        person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
        person: Mapped[Person] = relationship(backref="addresses")

    assert list(Person(addresses=[]).addresses) == []


def test_a_constructor_of_ones_own_runs_on_configured_mappers(base: Any) -> None:
    class Person(base):
        __tablename__ = "person"
        id: Mapped[int] = mapped_column(primary_key=True)

        def __init__(self, number: int) -> None:
            self.configured = type(self).__mapper__.configured
            self.id = number

    one = Person(5)
    assert (one.id, one.configured) == (5, True)
    assert Person(6).id == 6
