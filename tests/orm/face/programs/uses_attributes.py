"""What `sqlalchemy.orm.attributes` and `inspect()` of an object give."""

from sqlalchemy import ForeignKey, create_engine, inspect, orm
from sqlalchemy.orm import Session, attributes, mapped_column, relationship


class Base(orm.DeclarativeBase):
    pass


class Person(Base):
    __tablename__ = "person"
    id: orm.Mapped[int] = mapped_column(primary_key=True)
    name: orm.Mapped[str]
    note: orm.Mapped[str | None]
    pets: orm.Mapped[list["Pet"]] = relationship(back_populates="owner")


class Pet(Base):
    __tablename__ = "pet"
    id: orm.Mapped[int] = mapped_column(primary_key=True)
    owner_id: orm.Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    owner: orm.Mapped[Person | None] = relationship(back_populates="pets")


engine = create_engine("sqlite://")
Base.metadata.create_all(engine)
session = Session(engine)
person = Person(id=1, name="a")
pet = Pet(id=1, owner=person)
session.add(person)
session.commit()
person.name
sent()


def history(key, passive=attributes.PASSIVE_OFF):
    found = attributes.get_history(person, key, passive)
    return [list(found.added or ()), list(found.unchanged or ()), list(found.deleted or ())]


def three(found):
    return [list(found.added or ()), list(found.unchanged or ()), list(found.deleted or ())]


report("loaded", history("name"))
report("not loaded", history("pets", attributes.PASSIVE_NO_INITIALIZE))
report("silent", sent())
report("lazily", [len(part) for part in history("pets")])
report("sent", len(sent()))
attributes.set_attribute(person, "name", "b")
report("set", history("name"))
report("read", attributes.get_attribute(person, "name"))
found = inspect(person).attrs.name.history
report("questions", [found.has_changes(), found.empty(), found.sum(), found.non_added()])
report("more questions", [found.non_deleted(), bool(found), type(found).__name__])
attributes.set_committed_value(person, "name", "c")
report("committed", [person.name, history("name"), inspect(person).modified])
attributes.del_attribute(person, "note")
report("deleted", [person.note, history("note")])
session.rollback()
attributes.flag_modified(person, "name") if "name" in person.__dict__ else person.name
attributes.flag_modified(person, "name")
report("flagged", [history("name"), inspect(person).modified, person in session.dirty])
session.rollback()
attributes.flag_dirty(person)
report("dirty", [person in session.dirty, session.is_modified(person)])
session.rollback()
attempt("flag what is not loaded", lambda: attributes.flag_modified(person, "note"))
attributes.set_committed_value(person, "pets", [])
report("committed collection", [list(person.pets), session.is_modified(person)])
session.expire_all()
collection = attributes.init_collection(person, "pets")
collection.append_without_event(pet)
report("filled", [[each.id for each in person.pets], session.is_modified(person)])
session.expire_all()

state = attributes.instance_state(person)
report("states", [state is inspect(person), attributes.instance_dict(person) is person.__dict__])
report("unloaded", sorted(state.unloaded))
person.name
session.refresh(person)
report("loaded value", state.attrs.name.loaded_value)
report("no value", state.attrs.pets.loaded_value is orm.attributes.NO_VALUE)
report("no value again", orm.NO_VALUE is attributes.NEVER_SET or repr(orm.NO_VALUE) != "")
report("value", [pet.id for pet in state.attrs.pets.value])
person.pets = []
report("loaded history", [len(part) for part in three(state.attrs.pets.load_history())])
report("names", sorted(state.unmodified))
report("some names", sorted(state.unmodified_intersection(["name", "pets"])))
report("key", [state.identity, state.identity_key[1], state.has_identity, state.key[1]])
report("mapper", [state.mapper is inspect(Person), state.obj() is person, state.session is session])
session.rollback()

flags = "is_instance is_mapper is_attribute is_property is_aliased_class is_selectable is_bundle"
things = {
    "state": state,
    "mapper": inspect(Person),
    "attribute": inspect(Person.name),
    "relationship": inspect(Person.pets),
    "property": inspect(Person).attrs.name,
    "alias": inspect(orm.aliased(Person)),
    "bundle": inspect(orm.Bundle("b", Person.name)),
}
for name, thing in things.items():
    report(f"kind of {name}", [flag for flag in flags.split() if getattr(thing, flag)])
    report(f"extension of {name}", thing.extension_type.name)
alias = orm.aliased(Person, name="other")
found = inspect(alias)
report("alias", [found.class_ is Person, found.mapper is inspect(Person), found.entity is alias])
report("alias's name", found.name)
attempt("nothing to inspect", inspect, session)
