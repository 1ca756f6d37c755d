"""The ways of having a base, and of mapping without one."""

import dataclasses
from typing import Any
from weakref import WeakSet

import attrs
import pytest

from toolkit import ext
from toolkit.exc import ArgumentError, InvalidRequestError
from toolkit.ext.declarative import declarative_base as former_declarative_base
from toolkit.orm import (
    DeclarativeBase,
    DeclarativeBaseNoMeta,
    Mapped,
    add_mapped_attribute,
    as_declarative,
    class_mapper,
    clear_mappers,
    column_property,
    declarative_base,
    mapped_column,
    object_mapper,
    registry,
    relationship,
)
from toolkit.orm.exc import UnmappedClassError, UnmappedInstanceError
from toolkit.schema import Column, ForeignKey, MetaData, Table
from toolkit.types import Integer, String
from toolkit_orm.mapping import configuration


def people(metadata: MetaData) -> Table:
    return Table(
        "people", metadata, Column("id", Integer, primary_key=True), Column("name", String)
    )


def test_declarative_base_is_there_under_its_former_name() -> None:
    assert former_declarative_base is declarative_base
    assert ext.declarative.declarative_base is declarative_base


def test_a_class_below_declarative_base_is_mapped() -> None:
    base: Any = declarative_base()

    class Person(base):
        __tablename__ = "person"
        id = Column(Integer, primary_key=True)

    assert Person.__table__ is base.metadata.tables["person"]
    assert class_mapper(Person).primary_key == (Person.__table__.c.id,)
    assert Person(id=5).id == 5


def test_as_declarative_makes_a_class_a_base() -> None:
    @as_declarative()
    class Base:
        def shout(self) -> str:
            return "here"

    class Person(Base):
        __tablename__ = "person"
        id = Column(Integer, primary_key=True)

    made: Any = Person
    assert made(id=1).shout() == "here"


def test_a_base_without_metaclass_maps_but_does_not_watch() -> None:
    class Base(DeclarativeBaseNoMeta):
        pass

    class Person(Base):
        __tablename__ = "person"
        id: Mapped[int] = mapped_column(primary_key=True)

    assert type(Person) is type
    add_mapped_attribute(Person, "name", mapped_column(String))
    assert Person.__table__.c.keys() == ["id", "name"]


def test_a_base_brings_metadata_and_types_of_its_own() -> None:
    class Base(DeclarativeBase):
        metadata = MetaData(schema="shop")
        type_annotation_map = {str: String(40)}

    class Person(Base):
        __tablename__ = "person"
        id: Mapped[int] = mapped_column(primary_key=True)
        name: Mapped[str]

    assert Person.__table__.schema == "shop"
    assert Person.__table__.c.name.type.length == 40
    assert Base.registry.metadata is Base.metadata


def test_imperative_mapping_leaves_a_plain_class_usable() -> None:
    mappings = registry()

    class Person:
        pass

    table = people(mappings.metadata)
    mapper = mappings.map_imperatively(
        Person, table, properties={"full": column_property(table.c.name + "!"), "n": table.c.name}
    )
    assert mapper.attrs.keys() == ["id", "n", "full"]
    made: Any = Person
    assert made(id=1, n="a").n == "a"


def test_registry_mapped_is_a_decorator() -> None:
    mappings = registry()

    @mappings.mapped
    class Person:
        __tablename__ = "person"
        id = Column(Integer, primary_key=True)

    class Pet:
        __tablename__ = "pet"
        id = Column(Integer, primary_key=True)

    assert mappings.metadata.tables["person"] is class_mapper(Person).local_table
    assert mappings.map_declaratively(Pet) is class_mapper(Pet)


def test_existing_dataclasses_are_mapped_with_their_constructor() -> None:
    mappings = registry()

    @mappings.mapped
    @dataclasses.dataclass
    class Person:
        __table__ = people(mappings.metadata)
        id: int = dataclasses.field(init=False)
        name: str | None = None

    one = Person(name="a")
    assert (one.name, Person().name) == ("a", None)
    assert class_mapper(Person).attrs.keys() == ["id", "name"]


def test_dataclass_fields_may_carry_their_columns() -> None:
    mappings = registry()

    @mappings.mapped
    @dataclasses.dataclass
    class Person:
        __tablename__ = "person"
        __sa_dataclass_metadata_key__ = "sa"
        id: int = dataclasses.field(init=False, metadata={"sa": Column(Integer, primary_key=True)})
        name: str = dataclasses.field(default="x", metadata={"sa": Column(String(9))})

    assert Person.__table__.c.keys() == ["id", "name"]  # type: ignore[attr-defined]
    assert Person().name == "x"


def test_attrs_classes_are_mapped() -> None:
    mappings = registry()

    @attrs.define(slots=False)
    class Person:
        id: int
        name: str = "x"

    mappings.map_imperatively(Person, people(mappings.metadata))
    assert Person(5).name == "x"
    assert class_mapper(Person).column_attrs.keys() == ["id", "name"]


def test_attributes_set_later_are_mapped() -> None:
    base: Any = declarative_base()

    class Person(base):
        __tablename__ = "person"
        id = Column(Integer, primary_key=True)

    class Address(base):
        __tablename__ = "address"
        id = Column(Integer, primary_key=True)
        person_id: Any = Column(ForeignKey("person.id"))

    Person.name = Column(String)
    Person.shown = mapped_column("shown_as", String)
    Person.more = column_property(Person.id + 1)
    Person.addresses = relationship("Address")
    Person.plain = 5
    assert Person.__table__.c.keys() == ["id", "name", "shown_as"]
    assert class_mapper(Person).attrs.keys() == ["id", "name", "shown", "more", "addresses"]
    assert class_mapper(Person).relationships.addresses.mapper.class_ is Address
    assert Person.plain == 5


def test_a_mapped_attribute_cannot_be_taken_away(base: Any) -> None:
    class Person(base):
        __tablename__ = "person"
        id: Mapped[int] = mapped_column(primary_key=True)

    with pytest.raises(NotImplementedError, match="Can't un-map"):
        del Person.id


def test_a_class_without_table_names_what_to_add(base: Any) -> None:
    with pytest.raises(InvalidRequestError, match="does not have a __table__ or") as caught:

        class Person(base):
            id: Mapped[int] = mapped_column(primary_key=True)

    assert "__tablename__ = 'person'" in str(caught.value.hint)


def test_a_table_without_primary_key_names_itself_and_the_cure(base: Any) -> None:
    with pytest.raises(ArgumentError, match=r"could not assemble any primary key.*'person'"):

        class Person(base):
            __tablename__ = "person"
            name: Mapped[str]


def test_a_primary_key_may_be_told_to_the_mapper_alone(base: Any) -> None:
    class Person(base):
        __table__ = Table("person", base.metadata, Column("a", Integer), Column("b", Integer))
        __mapper_args__ = {"primary_key": [__table__.c.b]}

    assert Person.__mapper__.primary_key == (Person.__table__.c.b,)


def test_an_existing_table_takes_no_more_columns(base: Any) -> None:
    with pytest.raises(ArgumentError, match="Can't add additional column 'extra'"):

        class Person(base):
            __table__ = people(base.metadata)
            extra = Column(Integer)


def test_table_args_are_arguments_of_the_table(base: Any) -> None:
    class Person(base):
        __tablename__ = "person"
        __table_args__ = ({"schema": "shop", "comment": "who"},)
        id: Mapped[int] = mapped_column(primary_key=True)

    assert (Person.__table__.schema, Person.__table__.comment) == ("shop", "who")


def test_table_args_of_another_kind_are_refused(base: Any) -> None:
    with pytest.raises(ArgumentError, match="must be a tuple, dict, or None"):

        class Person(base):
            __tablename__ = "person"
            __table_args__ = "no"
            id: Mapped[int] = mapped_column(primary_key=True)


def test_abstract_classes_are_not_mapped_and_hand_their_columns_on(base: Any) -> None:
    class Named(base):
        __abstract__ = True
        id: Mapped[int] = mapped_column(primary_key=True)
        name: Mapped[str]

    class Person(Named):
        __tablename__ = "person"

    class Pet(Named):
        __tablename__ = "pet"

    with pytest.raises(UnmappedClassError):
        class_mapper(Named)
    assert Person.__table__.c.keys() == Pet.__table__.c.keys() == ["id", "name"]
    assert Person.__table__.c.id is not Pet.__table__.c.id


def test_a_misspelt_keyword_names_itself_and_the_nearest(base: Any) -> None:
    class Person(base):
        __tablename__ = "person"
        id: Mapped[int] = mapped_column(primary_key=True)
        name: Mapped[str]

    with pytest.raises(TypeError, match="'nmae' is an invalid keyword argument for Person"):
        Person(nmae="a")


def test_what_is_not_mapped_is_refused_by_name() -> None:
    with pytest.raises(UnmappedClassError, match=r"Class '.*MetaData' is not mapped"):
        class_mapper(MetaData)
    with pytest.raises(UnmappedInstanceError, match=r"Class 'builtins.int' is not mapped"):
        object_mapper(5)


def test_a_class_is_mapped_once() -> None:
    mappings = registry()

    class Person:
        pass

    mappings.map_imperatively(Person, people(mappings.metadata))
    with pytest.raises(ArgumentError, match="already has a primary mapper"):
        mappings.map_imperatively(Person, people(MetaData()))


def test_disposing_gives_classes_back_as_they_were() -> None:
    mappings = registry()

    class Person:
        pass

    mappings.map_imperatively(Person, people(mappings.metadata))
    mappings.dispose()
    assert not hasattr(Person, "id")
    assert not hasattr(Person, "__mapper__")
    Person().name = 5  # type: ignore[attr-defined] # a plain attribute again
    mappings.map_imperatively(Person, people(MetaData()))
    assert class_mapper(Person).column_attrs.keys() == ["id", "name"]


def test_clear_mappers_unmaps_all(monkeypatch: pytest.MonkeyPatch) -> None:
    base: Any = declarative_base()
    # All that this test knows of: the classes of other tests stay mapped.
    monkeypatch.setattr(configuration, "REGISTRIES", WeakSet([base.registry]))

    class Person(base):
        __tablename__ = "person"
        id = Column(Integer, primary_key=True)

    clear_mappers()
    with pytest.raises(UnmappedClassError):
        class_mapper(Person)
