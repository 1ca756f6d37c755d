"""Collections of classes of one's own: like a list, a set, or marked method by method."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from typing import Any

import pytest

from toolkit import event
from toolkit.exc import ArgumentError, SAWarning
from toolkit.orm import Mapped, mapped_column, relationship
from toolkit.orm.attributes import get_history
from toolkit.orm.collections import InstrumentedList, bulk_replace, collection, collection_adapter
from toolkit.schema import ForeignKey


class Bag:
    """Like nothing else: each method is marked."""

    def __init__(self) -> None:
        self.items: list[Any] = []

    @collection.appender
    def put(self, item: Any) -> None:
        self.items.append(item)

    @collection.remover
    def take(self, item: Any) -> None:
        self.items.remove(item)

    @collection.iterator
    def every(self) -> Iterator[Any]:
        return iter(self.items)

    @collection.adds(2)
    def put_at(self, place: int, item: Any) -> None:
        self.items.insert(place, item)

    @collection.adds("item")
    def put_named(self, place: int, item: Any) -> None:
        self.items.insert(place, item)

    @collection.removes(1)
    def drop(self, item: Any) -> None:
        self.items.remove(item)

    @collection.removes_return()
    def last(self) -> Any:
        return self.items.pop()

    @collection.replaces(2)
    def swap(self, place: int, item: Any) -> Any:
        before = self.items[place]
        self.items[place] = item
        return before

    @collection.internally_instrumented
    def put_quietly_told(self, item: Any) -> None:
        adapter = collection_adapter(self)
        assert adapter is not None
        self.items.append(adapter.fire_append_event(item))

    def __len__(self) -> int:
        return len(self.items)


class Row:
    """Like a list, since it has ``append``."""

    def __init__(self) -> None:
        self.items: list[Any] = []

    def append(self, item: Any) -> None:
        self.items.append(item)

    def remove(self, item: Any) -> None:
        self.items.remove(item)

    def extend(self, items: Any) -> None:
        self.items.extend(items)

    def __iter__(self) -> Iterator[Any]:
        return iter(self.items)

    def first(self) -> Any:
        return self.items[0]


class Heap:
    """Said to be like a set."""

    __emulates__ = set

    def __init__(self) -> None:
        self.items: set[Any] = set()

    @collection.appender
    def append(self, item: Any) -> None:
        self.items.add(item)

    def remove(self, item: Any) -> None:
        self.items.remove(item)

    def __iter__(self) -> Iterator[Any]:
        return iter(self.items)


class Few(list[Any]):
    """A list that holds two objects at most."""

    def append(self, item: Any) -> None:
        if len(self) == 2:
            self.pop(0)
        super().append(item)


def mapped(base: Any, kind: Any) -> tuple[Any, Any, list[str]]:
    class Child(base):
        __tablename__ = "child"
        id: Mapped[int] = mapped_column(primary_key=True)
        name: Mapped[str | None]
        parent_id: Mapped[int | None] = mapped_column(ForeignKey("parent.id"))
        parent: Mapped[Any] = relationship("Parent", back_populates="children")

    class Parent(base):
        __tablename__ = "parent"
        id: Mapped[int] = mapped_column(primary_key=True)
        children: Mapped[Any] = relationship(
            Child, back_populates="parent", collection_class=kind, order_by=Child.id
        )

    base.registry.configure()
    told: list[str] = []
    event.listen(Parent.children, "append", lambda to, one, _: told.append(f"+{one.name}"))
    event.listen(Parent.children, "remove", lambda to, one, _: told.append(f"-{one.name}"))
    return Parent, Child, told


def names(children: Any) -> list[str]:
    return sorted(one.name for one in collection_adapter(children))  # type: ignore[union-attr] # it has one


@pytest.mark.parametrize("kind", [Bag, Row, Heap, Few, InstrumentedList, list, set])
def test_every_kind_is_filled_by_loading_and_by_the_other_side(
    base: Any, opened: Any, kind: Any
) -> None:
    parent, child, told = mapped(base, kind)
    session = opened()
    owner = parent()
    for name in "ab":
        child(name=name, parent=owner)
    session.add(owner)
    session.commit()
    told.clear()
    assert names(owner.children) == ["a", "b"]
    assert told == []
    gone = next(iter(collection_adapter(owner.children)))  # type: ignore[arg-type] # it has one
    gone.parent = None
    session.commit()
    assert len(names(owner.children)) == 1
    if kind not in (list, set):
        assert type(owner.children) is kind


def test_marked_methods_tell_of_what_they_add_and_remove(base: Any) -> None:
    parent, child, told = mapped(base, Bag)
    a, b, c, d, e, f = [child(name=name) for name in "abcdef"]
    bag = parent().children
    with pytest.raises(Exception, match="garbage collected"):
        bag.put(a)
    owner = parent()
    bag = owner.children
    bag.put(a)
    bag.put_at(0, b)
    bag.put_named(0, item=c)
    bag.put_quietly_told(d)
    assert told == ["+a", "+b", "+c", "+d"]
    assert [one.parent for one in (a, b, c, d)] == [owner] * 4
    told.clear()
    assert bag.swap(0, e) is c
    bag.drop(a)
    assert bag.last() is d
    bag.take(b)
    assert told == ["+e", "-c", "-a", "-d", "-b"]
    assert get_history(owner, "children").added == [e]
    assert (c.parent, e.parent) == (None, owner)
    owner.children = [f]
    assert type(owner.children) is Bag
    assert (e.parent, f.parent) == (None, owner)


def test_a_class_like_a_list_tells_of_each_object_once(base: Any) -> None:
    parent, child, told = mapped(base, Row)
    owner = parent()
    owner.children.extend([child(name="a"), child(name="b")])
    owner.children.remove(owner.children.first())
    assert told == ["+a", "+b", "-a"]


def test_an_overridden_method_may_call_what_it_overrides(base: Any) -> None:
    parent, child, told = mapped(base, Few)
    owner = parent()
    for name in "abc":
        owner.children.append(child(name=name))
    assert told == ["+a", "+b", "+c", "-a"]
    assert names(owner.children) == ["b", "c"]


def test_a_class_of_the_interpreter_is_left_as_it_is(base: Any) -> None:
    parent, child, told = mapped(base, deque)
    owner = parent()
    owner.children.append(child(name="a"))
    assert told == ["+a"]
    assert isinstance(owner.children, deque)
    assert not hasattr(deque, "_sa_adapter")


def test_a_function_may_make_the_collections(base: Any) -> None:
    parent, child, told = mapped(base, lambda: [])  # noqa: PIE807 - a function is what this is about
    owner = parent()
    owner.children.append(child(name="a"))
    assert told == ["+a"]


@pytest.mark.parametrize(
    ("kind", "missing"),
    [
        (type("NoAppender", (), {"__iter__": lambda self: iter(())}), "an appender"),
        (type("NoRemover", (), {"append": print, "__iter__": print}), "a remover"),
        (type("NoIterator", (), {"append": print, "remove": print}), "an iterator"),
        (tuple, "an appender"),
        (frozenset, "an appender"),
    ],
)
def test_what_a_class_lacks_is_named_with_its_cure(base: Any, kind: Any, missing: str) -> None:
    with pytest.raises(ArgumentError, match=f"{kind.__name__} must elect {missing}.*\nTry:"):
        mapped(base, kind)


def test_what_is_no_class_and_no_function_is_refused(base: Any) -> None:
    with pytest.raises(ArgumentError, match="collection_class takes a class, or a function"):
        mapped(base, "list")


@pytest.mark.parametrize("value", [None, {"a": 1}, ("a",), "text", 5])
def test_a_collection_is_not_set_to_one_of_another_kind(base: Any, value: Any) -> None:
    parent, _, _ = mapped(base, list)
    with pytest.raises(TypeError, match=r"Incompatible collection type: .* is not list-like"):
        parent().children = value


def test_a_collection_that_is_no_longer_there_is_warned_of(base: Any, opened: Any) -> None:
    parent, child, _ = mapped(base, list)
    session = opened()
    owner = parent(children=[child(name="a")])
    session.add(owner)
    session.commit()
    stale = owner.children
    session.expire(owner)
    with pytest.warns(SAWarning, match="collection has been invalidated"):
        stale.append(child(name="b"))


def test_bulk_replace_tells_only_of_what_differs(base: Any) -> None:
    parent, child, told = mapped(base, list)
    a, b = child(name="a"), child(name="b")
    owner, other = parent(children=[a]), parent()
    told.clear()
    first, second = collection_adapter(owner.children), collection_adapter(other.children)
    bulk_replace([a, b], first, second)
    assert told == ["+b"]
    assert other.children == [a, b]
