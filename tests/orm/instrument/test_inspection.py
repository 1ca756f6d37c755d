"""What ``inspect(instance)`` tells: states, identity, what is loaded, what has changed."""

from __future__ import annotations

from typing import Any

import pytest

from toolkit import inspect
from toolkit.orm import InspectionAttr, NotExtension, Session
from toolkit.orm.attributes import NO_VALUE, History


def states(instance: Any) -> list[str]:
    state = inspect(instance)
    names = ("transient", "pending", "persistent", "deleted", "detached")
    return [name for name in names if getattr(state, name)]


def test_an_object_is_in_one_state_at_a_time(family: Any, session: Session) -> None:
    person = family.Person(id=1)
    seen = [states(person)]
    session.add(person)
    seen.append(states(person))
    session.flush()
    seen.append(states(person))
    session.delete(person)
    session.flush()
    seen.append(states(person))
    session.commit()
    seen.append(states(person))
    assert seen == [["transient"], ["pending"], ["persistent"], ["deleted"], ["detached"]]
    assert inspect(person).was_deleted


def test_identity_is_told_once_there_is_a_row(family: Any, session: Session) -> None:
    person = family.Person(id=1)
    state = inspect(person)
    assert (state.identity, state.key, state.has_identity) == (None, None, False)
    session.add(person)
    session.flush()
    assert state.identity == (1,)
    assert state.key == state.identity_key == (family.Person, (1,), None)
    assert state.session is session
    assert state.session_id is not None
    assert state.obj() is state.object is person


def test_a_state_says_what_kind_of_thing_it_is(family: Any) -> None:
    state = inspect(family.Person())
    mapper = inspect(family.Person)
    assert isinstance(state, InspectionAttr)
    assert (state.is_instance, state.is_mapper, state.is_attribute) == (True, False, False)
    assert (mapper.is_instance, mapper.is_mapper, mapper.is_aliased_class) == (False, True, False)
    assert family.Person.name.is_attribute
    assert not family.Person.name.is_property
    assert family.Person.name.property.is_property
    assert family.Person.name.extension_type is NotExtension.NOT_EXTENSION


def test_what_is_loaded_and_what_has_changed_are_told_by_name(
    family: Any, session: Session
) -> None:
    person = family.Person(id=1, name="ann")
    state = inspect(person)
    assert state.committed_state == {"id": NO_VALUE, "name": NO_VALUE}
    assert {"rank", "notes", "pets"} <= state.unloaded
    session.add(person)
    session.commit()
    assert {"id", "name"} <= state.expired_attributes
    assert person.name == "ann"
    assert not state.modified
    person.name = "bob"
    assert state.modified
    assert state.committed_state == {"name": "ann"}
    assert "name" not in state.unmodified
    assert state.unmodified_intersection(["name", "rank"]) == {"rank"}


def test_what_is_only_loaded_when_asked_for_has_not_expired(family: Any, session: Session) -> None:
    session.add(family.Person(id=1, name="ann", notes="n"))
    session.commit()
    session.expunge_all()
    person = session.get_one(family.Person, 1)
    state = inspect(person)
    assert "notes" in state.unloaded
    assert state.expired_attributes == set()
    session.expire(person, ["name"])
    assert state.expired_attributes == {"name"}
    session.expire(person)
    assert {"name", "notes"} <= state.expired_attributes


def test_attributes_of_a_state_tell_values_and_history(family: Any) -> None:
    person = family.Person(name="ann")
    state = inspect(person)
    assert state.attrs.name.value == state.attrs["name"].loaded_value == "ann"
    assert state.attrs.rank.loaded_value is NO_VALUE
    assert state.attrs.name.history == History(["ann"], (), ())
    assert state.attrs.nick.history == History(["ann"], (), ())
    assert "name" in state.attrs
    assert set(state.attrs.keys()) == set(inspect(family.Person).attrs.keys())
    with pytest.raises(AttributeError, match="nmae"):
        _ = state.attrs.nmae


def test_load_history_loads_what_was_there(family: Any, session: Session) -> None:
    person = family.Person(id=1, name="ann")
    session.add(person)
    session.commit()
    assert inspect(person).attrs.name.history == History((), (), ())
    assert inspect(person).attrs.name.load_history() == History((), ["ann"], ())


def test_history_adds_up(family: Any) -> None:
    person = family.Person()
    history = History([1], [2], [person])
    assert history.sum() == [1, 2, person]
    assert history.non_deleted() == [1, 2]
    assert history.non_added() == [2, person]
    assert history.has_changes()
    assert not history.empty()
    assert history.as_state().deleted == [inspect(person)]
    assert not History((), (), ())


def test_an_attribute_of_a_class_tells_what_it_stands_for(family: Any) -> None:
    attribute = family.Person.name
    assert attribute.key == "name"
    assert attribute.class_ is family.Person
    assert attribute.parent is inspect(family.Person)
    assert attribute.info is attribute.property.info
    assert attribute.doc is None
    assert attribute.expression is family.Person.__table__.c.name
    assert inspect(attribute) is attribute


def test_an_object_is_expired_from_its_commit_until_it_is_read(
    family: Any, session: Session
) -> None:
    person = family.Person(id=1, name="Ada")
    session.add(person)
    told: Any = inspect(person)
    session.flush()
    assert not told.expired
    session.commit()
    assert told.expired
    person.rank = 5
    assert told.expired
    assert person.name == "Ada"
    assert not told.expired
    session.expire(person, ["name"])
    assert not told.expired
    assert "name" in told.expired_attributes
