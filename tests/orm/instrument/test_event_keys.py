"""``include_key=True``: listeners to a collection are told where in it something changes."""

from __future__ import annotations

from typing import Any

import pytest

from toolkit import ForeignKey, event
from toolkit.orm import (
    NO_KEY,
    DeclarativeBase,
    Mapped,
    attribute_keyed_dict,
    mapped_column,
    relationship,
)

EVENTS = ("append", "remove", "append_wo_mutation")
Told = list[tuple[str, str, Any]]


@pytest.fixture
def shelf() -> Any:
    class Base(DeclarativeBase):
        pass

    class Shelf(Base):
        __tablename__ = "shelf"
        id: Mapped[int] = mapped_column(primary_key=True)

    class Book(Base):
        __tablename__ = "book"
        id: Mapped[int] = mapped_column(primary_key=True)
        title: Mapped[str]
        shelf_id: Mapped[int | None] = mapped_column(ForeignKey("shelf.id"))

    for name, kind in (("row", list), ("heap", set), ("named", attribute_keyed_dict("title"))):
        book = relationship(Book, collection_class=kind, overlaps="row,heap,named")
        setattr(Shelf, name, book)
    made: Any = Shelf
    made.Book = Book
    return made


def listened(attribute: Any, **options: Any) -> Told:
    """Return the list of what listeners to an attribute are told: event, title, key."""
    found: Told = []

    def listen(name: str) -> None:
        def note(target: Any, value: Any, initiator: Any, *, key: Any) -> Any:
            found.append((name, value.title, key))
            return value

        event.listen(attribute, name, note, include_key=True, **options)

    for name in EVENTS:
        listen(name)
    return found


@pytest.mark.parametrize("options", [{}, {"retval": True}, {"raw": True}, {"propagate": True}])
def test_the_place_in_a_list_is_told_where_it_was_given(shelf: Any, options: Any) -> None:
    found = listened(shelf.row, **options)
    a, b, c = (shelf.Book(title=title) for title in "abc")
    one = shelf()
    row = one.row
    row.append(a)
    row.insert(0, b)
    row[1] = c
    del row[0]
    row.pop()
    assert found == [
        ("append", "a", NO_KEY),
        ("append", "b", 0),
        ("remove", "a", 1),
        ("append", "c", 1),
        ("remove", "b", 0),
        ("remove", "c", -1),
    ]


def test_the_key_of_a_dictionary_is_told(shelf: Any) -> None:
    found = listened(shelf.named)
    a, b = (shelf.Book(title=title) for title in "ab")
    one = shelf()
    one.named["a"] = a
    one.named.setdefault("a", a)
    one.named.update(b=b)
    one.named.pop("a")
    one.named.clear()
    assert found == [
        ("append", "a", "a"),
        ("append_wo_mutation", "a", "a"),
        ("append", "b", "b"),
        ("remove", "a", "a"),
        ("remove", "b", "b"),
    ]


def test_sets_have_no_keys(shelf: Any) -> None:
    found = listened(shelf.heap)
    a = shelf.Book(title="a")
    one = shelf()
    heap = one.heap
    heap.add(a)
    heap.add(a)
    heap.remove(a)
    assert found == [(name, "a", NO_KEY) for name in ("append", "append_wo_mutation", "remove")]


def test_the_keys_of_a_dictionary_that_is_replaced_are_told(shelf: Any) -> None:
    found: list[Any] = []

    def note(target: Any, values: list[Any], initiator: Any, keys: Any) -> None:
        found.append(([one.title for one in values], keys))

    for attribute in (shelf.named, shelf.row):
        event.listen(attribute, "bulk_replace", note, include_key=True)
    a, b = (shelf.Book(title=title) for title in "ab")
    one = shelf()
    one.named = {"a": a, "b": b}
    one.row = [a, b]
    assert found == [(["a", "b"], ["a", "b"]), (["a", "b"], None)]


def test_who_does_not_ask_is_told_no_key(shelf: Any) -> None:
    found: list[Any] = []
    event.listen(shelf.named, "append", lambda *values: found.append(len(values)))
    one = shelf()
    one.named["a"] = shelf.Book(title="a")
    assert found == [3]


def test_other_events_have_no_keys(shelf: Any) -> None:
    found: list[Any] = []
    event.listen(shelf.Book.title, "set", lambda *v: found.append(v[1]), include_key=True)
    shelf.Book(title="a")
    assert found == ["a"]
