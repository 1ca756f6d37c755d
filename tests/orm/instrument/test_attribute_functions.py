"""``toolkit.orm.attributes``: attributes of objects by their names, past the usual ways."""

from __future__ import annotations

from typing import Any

import pytest

from toolkit import inspect
from toolkit.exc import InvalidRequestError
from toolkit.orm import Session, attributes
from toolkit.orm.exc import UnmappedInstanceError
from toolkit.orm.util import has_identity, identity_key


def test_attributes_are_read_set_and_deleted_by_name(family: Any) -> None:
    person = family.Person()
    attributes.set_attribute(person, "name", "ann")
    assert attributes.get_attribute(person, "name") == person.name == "ann"
    attributes.del_attribute(person, "name")
    assert person.name is None


def test_a_synonym_names_what_it_stands_for(family: Any) -> None:
    person = family.Person(name="ann")
    assert attributes.get_history(person, "nick").added == ["ann"]
    attributes.set_committed_value(person, "nick", "bob")
    assert person.name == person.nick == "bob"
    assert "nick" not in person.__dict__


@pytest.mark.parametrize(
    ("function", "arguments"),
    [
        ("get_attribute", ()),
        ("set_attribute", (1,)),
        ("del_attribute", ()),
        ("get_history", ()),
        ("set_committed_value", (1,)),
        ("flag_modified", ()),
        ("init_collection", ()),
    ],
)
def test_a_misspelt_name_is_refused(family: Any, function: str, arguments: Any) -> None:
    person = family.Person()
    with pytest.raises(InvalidRequestError, match=r"Person\.name"):
        getattr(attributes, function)(person, "nmae", *arguments)
    assert "nmae" not in person.__dict__


def test_an_object_of_no_mapped_class_is_refused() -> None:
    with pytest.raises(UnmappedInstanceError, match=r"builtins\.object"):
        attributes.instance_state(object())


def test_a_committed_value_has_no_history(family: Any, session: Session) -> None:
    person = family.Person(id=1, name="ann")
    session.add(person)
    session.commit()
    attributes.set_committed_value(person, "name", "bob")
    attributes.set_committed_value(person, "pets", [family.Pet(id=1)])
    assert not inspect(person).modified
    assert (person.name, len(person.pets)) == ("bob", 1)
    session.commit()
    assert person.name == "ann"


def test_flagged_attributes_are_written_though_nothing_was_set(
    family: Any, session: Session
) -> None:
    person = family.Person(id=1, name="ann")
    session.add(person)
    session.commit()
    with pytest.raises(InvalidRequestError, match="it's not present in the object state"):
        attributes.flag_modified(person, "name")
    assert person.name == "ann"
    attributes.flag_modified(person, "name")
    assert person in session.dirty
    assert session.is_modified(person)


def test_only_collections_are_initialised(family: Any) -> None:
    with pytest.raises(InvalidRequestError, match=r"Person\.name' is no collection"):
        attributes.init_collection(family.Person(), "name")


def test_the_history_of_an_unset_collection_leaves_it_unset(family: Any) -> None:
    person = family.Person()
    assert attributes.get_history(person, "pets") == ((), [], ())
    assert "pets" not in person.__dict__


def test_keys_are_told_in_every_documented_way(family: Any, session: Session) -> None:
    person = family.Person(id=1)
    session.add(person)
    session.flush()
    row = session.execute(family.Person.__table__.select()).one()
    key = (family.Person, (1,), None)
    assert identity_key(family.Person, 1) == key
    assert identity_key(family.Person, (1,)) == key
    assert identity_key(instance=person) == key
    assert identity_key(family.Person, row=row) == key
    assert identity_key(family.Person, 1, identity_token="t")[2] == "t"
    assert has_identity(person)
    with pytest.raises(InvalidRequestError.__mro__[1], match="class or instance is required"):
        identity_key()
