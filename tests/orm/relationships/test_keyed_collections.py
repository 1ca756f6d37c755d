"""Dictionaries of related objects: by an attribute, a column, what a function says."""

from __future__ import annotations

import copy
import pickle
from collections import OrderedDict
from typing import Any

import pytest

from toolkit.exc import ArgumentError, InvalidRequestError, SAWarning
from toolkit.orm import (
    KeyFuncDict,
    Mapped,
    MappedCollection,
    attribute_keyed_dict,
    attribute_mapped_collection,
    column_keyed_dict,
    joinedload,
    keyfunc_mapping,
    lazyload,
    mapped_collection,
    mapped_column,
    relationship,
    selectinload,
    subqueryload,
)
from toolkit.orm.collections import collection
from toolkit.schema import ForeignKey
from toolkit.sql import select


def mapped(base: Any, **options: Any) -> tuple[Any, Any]:
    class Note(base):
        __tablename__ = "note"
        id: Mapped[int] = mapped_column(primary_key=True)
        word: Mapped[str | None]
        place: Mapped[int | None]
        item_id: Mapped[int | None] = mapped_column(ForeignKey("item.id"))
        item: Mapped[Any] = relationship("Item", back_populates="notes")

    class Item(base):
        __tablename__ = "item"
        id: Mapped[int] = mapped_column(primary_key=True)
        notes: Mapped[Any] = relationship(Note, back_populates="item", **options)

    base.registry.configure()
    return Item, Note


KINDS = {
    "attribute": lambda: attribute_keyed_dict("word"),
    "attribute, the old name": lambda: attribute_mapped_collection("word"),
    "function": lambda: keyfunc_mapping(lambda note: note.word),
    "function, the old name": lambda: mapped_collection(lambda note: note.word),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("strategy", [lazyload, joinedload, selectinload, subqueryload])
def test_objects_are_found_by_their_keys_however_they_are_loaded(
    base: Any, opened: Any, kind: str, strategy: Any
) -> None:
    item, note = mapped(base, collection_class=KINDS[kind]())
    session = opened()
    session.add(item(notes={"a": note(word="a"), "b": note(word="b")}))
    session.commit()
    session.expunge_all()
    found = session.scalars(select(item).options(strategy(item.notes))).unique().one()
    assert {key: one.word for key, one in found.notes.items()} == {"a": "a", "b": "b"}
    assert isinstance(found.notes, (KeyFuncDict, MappedCollection))


def test_columns_are_keys_too_one_or_several(base: Any) -> None:
    _, note = mapped(base)
    one, several = column_keyed_dict(note.word)(), column_keyed_dict([note.word, note.place])()
    made = note(word="a", place=1)
    one.set(made)
    several.set(made)
    assert (list(one), list(several)) == (["a"], [("a", 1)])


def test_the_other_side_puts_objects_in_under_their_keys(base: Any) -> None:
    item, note = mapped(base, collection_class=attribute_keyed_dict("word"))
    owner = item()
    first, second = note(word="a", item=owner), note(word="a")
    second.item = owner
    assert owner.notes == {"a": second}
    assert first.item is None


def test_what_it_is_set_to_is_keyed_anew(base: Any) -> None:
    item, note = mapped(base, collection_class=attribute_keyed_dict("word"))
    owner = item(notes={"wrong": note(word="right")})
    assert list(owner.notes) == ["right"]


def test_an_object_without_its_key_is_refused_by_name(base: Any) -> None:
    item, note = mapped(base, collection_class=attribute_keyed_dict("word"))
    owner = item()
    with pytest.raises(InvalidRequestError, match=r"'Item\.notes'.*\n.*set 'word' of Note before"):
        owner.notes.set(note())


def test_or_left_out_if_that_was_said(base: Any) -> None:
    kind = attribute_keyed_dict("word", ignore_unpopulated_attribute=True)
    item, note = mapped(base, collection_class=kind)
    owner = item()
    made = note(item=owner)
    none = note(word=None, item=owner)
    assert (owner.notes, made.item, none.item) == ({}, owner, owner)


def test_none_as_a_key_is_warned_of(base: Any) -> None:
    item, note = mapped(base, collection_class=attribute_keyed_dict("word"))
    owner = item()
    with pytest.warns(SAWarning, match=r"'Item\.notes' was None"):
        owner.notes.set(note(word=None))


def test_an_object_whose_key_has_changed_cannot_be_removed_by_it(base: Any) -> None:
    item, note = mapped(base, collection_class=attribute_keyed_dict("word"))
    made, other = note(word="a"), note(word="b")
    owner = item(notes={"a": made, "b": other})
    made.word = "b"
    with pytest.raises(InvalidRequestError, match=r"collection holds .* for key 'b'"):
        owner.notes.remove(made)
    made.word = "c"
    made.item = None
    assert made.item is None


def test_a_plain_dict_is_told_what_it_lacks(base: Any) -> None:
    with pytest.raises(ArgumentError, match=r"appender.*\n.*attribute_keyed_dict\('name'\)"):
        mapped(base, collection_class=dict)[0]().notes  # noqa: B018 - reading is refused


def test_a_class_of_ones_own_may_be_keyed_and_ordered(base: Any) -> None:
    class NoteMap(OrderedDict, KeyFuncDict):  # type: ignore[type-arg] # as it is documented
        def __init__(self) -> None:
            KeyFuncDict.__init__(self, keyfunc=lambda note: note.word)

    item, note = mapped(base, collection_class=NoteMap)
    owner = item()
    owner.notes["b"] = note(word="b")
    made = note(word="a", item=owner)
    assert type(owner.notes) is NoteMap
    assert list(owner.notes) == ["b", "a"]
    owner.notes.pop("a")
    assert made.item is None


def test_its_methods_may_be_overridden_and_pass_the_initiator_on(base: Any) -> None:
    heard = []

    class Told(KeyFuncDict):  # type: ignore[type-arg] # as it is documented
        def __init__(self) -> None:
            super().__init__(lambda note: note.word)

        @collection.internally_instrumented
        def __setitem__(self, key: Any, value: Any, _sa_initiator: Any = None) -> None:
            heard.append(key)
            super().__setitem__(key, value, _sa_initiator)

    item, note = mapped(base, collection_class=Told)
    owner = item()
    made = note(word="a")
    owner.notes["a"] = made
    note(word="b", item=owner)
    assert heard == ["a", "b"]
    assert made.item is owner


def test_they_are_copied_and_pickled() -> None:
    words = attribute_keyed_dict("word")()
    dict.update(words, a=1)
    for made in (copy.copy(words), pickle.loads(pickle.dumps(words))):
        assert isinstance(made, KeyFuncDict)
        assert made == {"a": 1}
        assert made.keyfunc(type("Note", (), {"word": "b"})()) == "b"
