"""What mappers, properties and registries say and do."""

from sqlalchemy import (
    Column,
    ForeignKey,
    Integer,
    String,
    Table,
    create_engine,
    inspect,
    orm,
    select,
)
from sqlalchemy.orm import Session, mapped_column, relationship


class Base(orm.DeclarativeBase):
    pass


class Animal(Base):
    __tablename__ = "animal"
    id: orm.Mapped[int] = mapped_column(primary_key=True)
    name: orm.Mapped[str] = mapped_column(String(20), deferred=True, deferred_group="words")
    kind: orm.Mapped[str]
    owner_id: orm.Mapped[int | None] = mapped_column(ForeignKey("owner.id"))
    owner: orm.Mapped["Owner | None"] = relationship(back_populates="animals")
    __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": "animal"}

    @orm.reconstructor
    def remember(self):
        self.made = "loaded"

    @orm.synonym_for("name")
    @property
    def called(self):
        return f"called {self.name}"

    @orm.validates("kind")
    def check(self, key, value):
        return value.lower()


class Dog(Animal):
    breed: orm.Mapped[str | None]
    __mapper_args__ = {"polymorphic_identity": "dog"}


class Owner(Base):
    __tablename__ = "owner"
    id: orm.Mapped[int] = mapped_column(primary_key=True)
    note: orm.Mapped[str] = mapped_column("note_text")
    animals: orm.Mapped[list[Animal]] = relationship(back_populates="owner")


orm.configure_mappers()
animal, dog, owner = inspect(Animal), inspect(Dog), inspect(Owner)
report("classes", [type(animal.attrs.id).__name__, animal.attrs.owner.uselist])
report("kinds", [isinstance(animal.attrs.id, orm.ColumnProperty), isinstance(animal, orm.Mapper)])
report("more kinds", [isinstance(animal.attrs.owner, orm.RelationshipProperty)])
report("base", [isinstance(each, orm.MapperProperty) for each in animal.attrs])
report("attributes", [isinstance(Animal.id, orm.InstrumentedAttribute)])
report("queryable", [isinstance(Animal.owner, orm.QueryableAttribute)])
report("columns", animal.column_attrs.keys())
report("relationships", animal.relationships.keys())
report("synonyms", animal.synonyms.keys())
report("all", sorted(animal.all_orm_descriptors.keys()))
report("class attribute", animal.attrs.id.class_attribute is Animal.id)
report(
    "parents",
    [animal.isa(dog), dog.isa(animal), dog.common_parent(animal)],
)
report("base of all", dog.base_mapper is animal)
report("above", [each.class_.__name__ for each in dog.iterate_to_root()])
report("below", [each.class_.__name__ for each in animal.self_and_descendants])
report("polymorphic", [each.class_.__name__ for each in animal.polymorphic_iterator()])
report("identities", sorted(animal.polymorphic_map))
report("selectable", animal.selectable is Animal.__table__)
report("tables", [table.name for table in dog.tables])
report("key columns", [column.name for column in owner.primary_key])
report(
    "direction",
    [Owner.animals.property.direction is orm.ONETOMANY, Animal.owner.property.direction.name],
)
report("enumeration", orm.MANYTOONE is orm.RelationshipDirection.MANYTOONE)
report("property of column", owner.get_property_by_column(Owner.__table__.c.note_text).key)
attempt("column of nobody", lambda: owner.get_property_by_column(Animal.__table__.c.kind))
report("property", owner.get_property("note").key)
report("has", [owner.has_property("note"), owner.has_property("note_text")])
attempt("no property", lambda: owner.get_property("noet"))
report("names", [str(owner.attrs.note), str(owner)])
report("mappers", sorted(each.class_.__name__ for each in Base.registry.mappers))
report("functions", [orm.class_mapper(Dog) is dog, orm.object_mapper(Dog(kind="dog")) is dog])
attempt("not mapped", orm.class_mapper, int)
attempt("not mapped object", orm.object_mapper, 5)

owner.add_property("doubled", orm.column_property(Owner.__table__.c.id * 2))
owner.add_properties({"named": orm.synonym("note")})
Owner.shout = orm.column_property(Owner.__table__.c.note_text + "!")
orm.add_mapped_attribute(Owner, "whisper", orm.synonym("note"))
engine = create_engine("sqlite://")
Base.metadata.create_all(engine)
session = Session(engine)
session.add(Owner(id=3, note="n", animals=[Dog(id=1, name="Rex", kind="DOG", breed="b")]))
session.commit()
found = session.scalars(select(Owner).where(Owner.named == "n")).one()
report("added", [found.doubled, found.named, found.shout, found.whisper])
report(
    "key from row", owner.identity_key_from_row(session.execute(select(Owner.__table__)).one())[1]
)
report("key from object", owner.identity_key_from_instance(found)[1])
report("key from values", owner.identity_key_from_primary_key((3,))[1])
report("values of key", owner.primary_key_from_instance(found))
report("function", orm.util.identity_key(Owner, 3)[1])
report(
    "of the session",
    session.identity_key(instance=found)[1],
)
session.expunge_all()
sent()
rex = session.scalars(select(Animal)).one()
report("loaded", [rex.made, rex.kind, type(rex).__name__, "name" in rex.__dict__])
report("called", [rex.called, len(sent())])
session.expunge_all()
rex = session.scalars(select(Animal).options(orm.undefer_group("words"))).one()
report("group", "name" in rex.__dict__)
rex = session.scalars(select(Animal).options(orm.Load(Animal).undefer_group("words"))).one()
report("synonym queried", session.scalars(select(Animal.id).where(Animal.called == "Rex")).all())

registry = orm.registry()
Other = registry.generate_base(name="Other")
report("generated", [Other.__name__, Other.metadata is registry.metadata])


@registry.as_declarative_base()
class Third:
    def greet(self):
        return "hello"


class Fourth(Third):
    __tablename__ = "fourth"
    id = Column(Integer, primary_key=True)


report("declared", [Fourth().greet(), inspect(Fourth).local_table.name])


@registry.mapped
class Fifth:
    __tablename__ = "fifth"
    id = Column(Integer, primary_key=True)


report("mapped", inspect(Fifth).class_ is Fifth)


class Plain:
    pass


registry.map_imperatively(
    Plain, Table("plain", registry.metadata, Column("id", Integer, primary_key=True))
)
report("imperative", inspect(Plain).column_attrs.keys())
report("inherited", [orm.has_inherited_table(Dog), orm.has_inherited_table(Animal)])
