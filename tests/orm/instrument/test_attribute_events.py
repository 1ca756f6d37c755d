"""What is told of attributes: set, deleted, put in and taken out, made and replaced."""

from __future__ import annotations

from typing import Any

from toolkit import event
from toolkit.orm import Mapped, Session, mapped_column
from toolkit.orm.attributes import (
    NO_VALUE,
    OP_APPEND,
    OP_BULK_REPLACE,
    OP_MODIFIED,
    OP_REMOVE,
    OP_REPLACE,
    flag_modified,
    init_collection,
)


def told(target: Any, name: str, **options: Any) -> list[tuple[Any, ...]]:
    """Listen, and return the list of what the listener is called with."""
    found: list[tuple[Any, ...]] = []
    event.listen(target, name, lambda *values: found.append(values), **options)
    return found


def test_set_is_told_with_both_values_and_what_it_began_with(family: Any) -> None:
    found = told(family.Person.name, "set")
    person = family.Person(name="ann")
    person.name = "bob"
    assert [values[:3] for values in found] == [
        (person, "ann", NO_VALUE),
        (person, "bob", "ann"),
    ]
    token = found[0][3]
    assert (token.key, token.op) == ("name", OP_REPLACE)


def test_set_may_return_another_value(family: Any) -> None:
    @event.listens_for(family.Person.name, "set", retval=True)
    def upper(target: Any, value: Any, before: Any, initiator: Any) -> Any:
        return value.upper()

    assert family.Person(name="ann").name == "ANN"


def test_what_a_listener_returns_does_not_count_unless_asked_for(family: Any) -> None:
    event.listen(family.Person.name, "set", lambda *values: "other")
    assert family.Person(name="ann").name == "ann"


def test_active_history_has_the_former_value_loaded(family: Any, session: Session) -> None:
    person = family.Person(id=1, name="ann")
    session.add(person)
    session.commit()
    found = told(family.Person.name, "set", active_history=True)
    person.name = "bob"
    assert [values[1:3] for values in found] == [("bob", "ann")]


def test_remove_is_told_of_a_value_that_is_deleted(family: Any) -> None:
    found = told(family.Person.name, "remove")
    person = family.Person(name="ann")
    del person.name
    ((target, before, token),) = found
    assert (target, before, token.op) == (person, "ann", OP_REMOVE)
    assert person.name is None


def test_an_expired_value_may_be_deleted(family: Any, session: Session) -> None:
    person = family.Person(id=1, name="ann")
    session.add(person)
    session.commit()
    del person.name
    session.commit()
    assert person.name is None


def test_modified_is_told_of_what_is_flagged(family: Any) -> None:
    found = told(family.Person.name, "modified")
    person = family.Person(name="ann")
    flag_modified(person, "name")
    ((target, token),) = found
    assert (target, token.key, token.op) == (person, "name", OP_MODIFIED)


def test_init_scalar_gives_an_unset_attribute_its_value(family: Any) -> None:
    @event.listens_for(family.Person.rank, "init_scalar", retval=True)
    def ranked(target: Any, value: Any, values: dict[str, Any]) -> Any:
        values["rank"] = 7
        return 7

    person = family.Person()
    assert person.rank == 7
    assert person.__dict__["rank"] == 7


def test_init_scalar_is_not_told_of_what_is_set(family: Any) -> None:
    found = told(family.Person.rank, "init_scalar")
    assert family.Person(rank=1).rank == 1
    assert not found


def test_append_and_remove_are_told_and_the_other_side_with_the_same_token(
    family: Any,
) -> None:
    appended, removed = told(family.Person.pets, "append"), told(family.Person.pets, "remove")
    owners = told(family.Pet.owner, "set")
    person, pet = family.Person(), family.Pet()
    person.pets.append(pet)
    person.pets.remove(pet)
    assert [(values[:2], values[2].op) for values in appended] == [((person, pet), OP_APPEND)]
    assert [(values[:2], values[2].op) for values in removed] == [((person, pet), OP_REMOVE)]
    assert [(values[1], values[3].key, values[3].op) for values in owners] == [
        (person, "pets", OP_APPEND),
        (None, "pets", OP_REMOVE),
    ]


def test_append_from_the_other_side_tells_where_it_began(family: Any) -> None:
    appended = told(family.Person.pets, "append")
    person, pet = family.Person(), family.Pet()
    pet.owner = person
    ((target, item, token),) = appended
    assert (target, item, token.key, token.op) == (person, pet, "owner", OP_REPLACE)


def test_append_may_return_another_object(family: Any) -> None:
    @event.listens_for(family.Person.pets, "append", retval=True)
    def made(target: Any, value: Any, initiator: Any) -> Any:
        return value if isinstance(value, family.Pet) else family.Pet(id=value)

    person = family.Person()
    person.pets.append(5)
    assert [pet.id for pet in person.pets] == [5]


def test_bulk_replace_may_change_the_objects(family: Any) -> None:
    @event.listens_for(family.Person.pets, "bulk_replace")
    def made(target: Any, values: Any, initiator: Any) -> None:
        assert initiator.op is OP_BULK_REPLACE
        values[:] = [one if isinstance(one, family.Pet) else family.Pet(id=one) for one in values]

    assert [pet.id for pet in family.Person(pets=[7, 8]).pets] == [7, 8]


def test_objects_that_stay_are_told_apart_from_those_that_come(family: Any) -> None:
    person, old, new = family.Person(), family.Pet(id=1), family.Pet(id=2)
    person.pets = [old]
    appended, kept = (
        told(family.Person.pets, "append"),
        told(family.Person.pets, "append_wo_mutation"),
    )
    person.pets = [old, new]
    assert [values[1] for values in appended] == [new]
    assert [values[1] for values in kept] == [old]


def test_what_a_set_has_already_is_told_as_such(family: Any) -> None:
    person, toy = family.Person(), family.Toy()
    kept = told(family.Person.toys, "append_wo_mutation")
    person.toys.add(toy)
    assert not kept
    person.toys.add(toy)
    assert [values[1] for values in kept] == [toy]


def test_collections_are_told_when_made_and_when_replaced(family: Any) -> None:
    made = told(family.Person.pets, "init_collection")
    disposed = told(family.Person.pets, "dispose_collection")
    person = family.Person()
    first = person.pets
    person.pets = [family.Pet()]
    assert [values[1] for values in made] == [first, person.pets]
    assert [values[1] for values in disposed] == [first]
    assert made[0][2].owner_state.obj() is person


def test_init_collection_gives_the_adapter(family: Any) -> None:
    person = family.Person()
    adapter = init_collection(person, "pets")
    adapter.append_without_event(family.Pet(id=1))
    assert [pet.id for pet in person.pets] == [1]


def test_listeners_of_a_class_above_hear_of_those_below_if_they_propagate(
    family: Any,
) -> None:
    class Boss(family.Person):
        pass

    plainly = told(family.Person.name, "set")
    found = told(family.Person.name, "set", propagate=True)
    pets = told(family.Person.pets, "append", propagate=True)

    class Later(family.Person):
        pass

    Boss(name="b", pets=[family.Pet()])
    Later(name="l")
    family.Person(name="p", pets=[family.Pet()])
    assert [values[1] for values in found] == ["b", "l", "p"]
    assert [values[1] for values in plainly] == ["p"]
    assert len(pets) == 2


def test_raw_listeners_get_the_state(family: Any) -> None:
    found = told(family.Person.name, "set", raw=True)
    person = family.Person(name="ann")
    assert found[0][0].obj() is person


def test_named_listeners_get_everything_by_name(family: Any) -> None:
    found: list[dict[str, Any]] = []
    event.listen(family.Person.name, "set", lambda **named: found.append(named), named=True)
    family.Person(name="ann")
    assert sorted(found[0]) == ["initiator", "oldvalue", "target", "value"]


def test_attributes_may_be_listened_to_as_they_are_made(family: Any) -> None:
    found: list[Any] = []

    @event.listens_for(family.Base, "attribute_instrument")
    def listened(cls: Any, key: str, attribute: Any) -> None:
        event.listen(attribute, "set", lambda *values: found.append((cls.__name__, key)))

    class Thing(family.Base):
        __tablename__ = "thing"
        id: Mapped[int] = mapped_column(primary_key=True)
        weight: Mapped[int]

    Thing(id=1, weight=5)
    assert found == [("Thing", "id"), ("Thing", "weight")]


def test_an_attribute_nobody_listens_to_is_set_as_ever(family: Any) -> None:
    told(family.Person.name, "set")
    assert family.Person.__setters__["rank"] is None
