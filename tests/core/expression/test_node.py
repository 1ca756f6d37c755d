"""Nodes are declared once; keys tell structures apart, and never hold a value."""

from __future__ import annotations

import gc
import pickle
import weakref
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit_core.expression import keys
from toolkit_core.expression.elements import (
    BinaryExpression,
    BindParameter,
    BooleanClauseList,
    ColumnElement,
    Label,
    Null,
)
from toolkit_core.expression.insert import insert
from toolkit_core.expression.node import Node, child, children, declared, derived, pattern, value
from toolkit_core.expression.select import select
from toolkit_core.expression.text import text
from toolkit_core.schema import Column, MetaData, Table
from toolkit_core.types import Integer, String


@declared
class Word(Node):
    text: str = value()


@declared
class Phrase(Node):
    head: Node | None = child(default=None)
    words: tuple[Node, ...] = children(default=())
    loud: bool = value(default=False)
    note: str = derived(default="")


class Leaf(Node):
    def __init__(self, held: object) -> None:
        self.held = held

    def _make_key(self) -> Any:
        self._leaves = (self,)
        key = keys.find_key((Leaf,)) or keys.new_key((Leaf,))
        self._key = key
        return key

    def same_leaf(self, other: Node) -> bool:
        return isinstance(other, Leaf) and self.held == other.held


table = Table("t", MetaData(), Column("id", Integer), Column("name", String(50)))


def test_equal_structures_share_one_key_object() -> None:
    first, second = Phrase(Word("a"), (Word("b"),)), Phrase(Word("a"), (Word("b"),))
    assert first.structure() is second.structure()


@pytest.mark.parametrize(
    "other",
    [
        Phrase(Word("x"), (Word("b"),)),
        Phrase(None, (Word("b"),)),
        Phrase(Word("a"), (Word("b"), Word("b"))),
        Phrase(Word("a"), (Word("b"),), loud=True),
        Phrase(Word("a"), ()),
    ],
)
def test_a_change_of_any_field_changes_the_key(other: Phrase) -> None:
    assert Phrase(Word("a"), (Word("b"),)).structure() is not other.structure()


def test_a_derived_field_is_not_in_the_key() -> None:
    assert Phrase(note="x").structure() is Phrase(note="y").structure()


def test_a_subclass_without_fields_has_a_key_of_its_own() -> None:
    class Shout(Word):
        pass

    assert Shout("a").structure() is not Word("a").structure()


def test_values_are_leaves_and_not_in_the_key() -> None:
    one, two = Phrase(Leaf(1), (Leaf(2),)), Phrase(Leaf(3), (Leaf(4),))
    assert one.structure() is two.structure()
    assert [leaf.held for leaf in one._leaves if isinstance(leaf, Leaf)] == [1, 2]
    assert not one.same_as(two)
    assert one.same_as(Phrase(Leaf(1), (Leaf(2),)))


def test_which_leaves_are_the_same_one_is_told_by_the_pattern() -> None:
    shared = Leaf(1)
    once, twice = Phrase(shared, (shared,)), Phrase(Leaf(1), (Leaf(1),))
    assert once.structure() is twice.structure()
    assert pattern(once._leaves) == (0, 0)
    assert pattern(twice._leaves) is None
    assert not once.same_as(twice)


def test_but_leaves_the_original_alone_and_has_its_own_key() -> None:
    phrase = Phrase(Word("a"))
    key = phrase.structure()
    louder = phrase.but(loud=True)
    assert (phrase.loud, louder.loud) == (False, True)
    assert louder.structure() is not key
    assert louder.but(loud=False).same_as(phrase)


def test_an_identity_rewrite_returns_the_very_same_tree() -> None:
    phrase = Phrase(Word("a"), (Word("b"), Phrase(Word("c"))))

    def same(node: Node) -> Node:
        return node.rewritten(same)

    assert phrase.rewritten(same) is phrase


def test_a_rewrite_changes_only_what_is_on_the_way() -> None:
    kept = Phrase(Word("kept"))
    phrase = Phrase(kept, (Word("old"),))

    def change(node: Node) -> Node:
        if isinstance(node, Word) and node.text == "old":
            return Word("new")
        return node.rewritten(change)

    changed = phrase.rewritten(change)
    assert changed.head is kept
    assert [word.text for word in changed.words if isinstance(word, Word)] == ["new"]


def test_children_come_in_the_order_of_the_fields() -> None:
    head, first, second = Word("h"), Word("1"), Word("2")
    assert list(Phrase(head, (first, second)).child_nodes()) == [head, first, second]


def test_a_node_is_pickled_without_its_key() -> None:
    phrase = Phrase(Word("a"))
    phrase.structure()
    copy = pickle.loads(pickle.dumps(phrase))
    assert copy.same_as(phrase)
    assert "_key" not in phrase.__getstate__()


@pytest.mark.parametrize(
    "make",
    [
        lambda: select(table.c.id).where(table.c.name == "x", table.c.id.in_([1, 2])),
        lambda: insert(table).values(id=1),
        lambda: text("x = :x").bindparams(x=1),
    ],
    ids=["select", "insert", "text"],
)
def test_a_statement_that_was_executed_is_no_work_for_the_garbage_collector(
    make: Callable[[], Node],
) -> None:
    statement = make()
    statement.structure()
    alive = [weakref.ref(node) for node in (statement, *statement._leaves)]
    gc.disable()
    try:
        del statement
        assert [one() for one in alive] == [None] * len(alive)
    finally:
        gc.enable()


def test_keys_that_were_forgotten_are_made_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "_MOST", 0)
    old = Word("forgotten").structure()
    Word("the one that is one too many").structure()
    assert Word("forgotten").structure() is not old


@given(st.lists(st.integers(0, 3), max_size=12))
def test_a_pattern_tells_exactly_which_leaves_are_the_same(choices: list[int]) -> None:
    leaves = [Leaf(n) for n in range(4)]
    chosen = tuple(leaves[choice] for choice in choices)
    told = pattern(chosen)
    if told is None:
        assert len(set(choices)) == len(choices)
    else:
        for (one, first), (two, second) in _pairs(list(zip(choices, told, strict=True))):
            assert (one == two) == (first == second)


def _pairs(found: list[Any]) -> Iterator[tuple[Any, Any]]:
    for position, one in enumerate(found):
        for two in found[position + 1 :]:
            yield one, two


# -- expressions ------------------------------------------------------------------------


def test_a_statement_built_twice_has_one_key_and_its_own_values() -> None:
    def build(number: int) -> Any:
        return select(table.c.id, table.c.name).where(table.c.id == number)

    assert build(1).structure() is build(2).structure()
    statement = build(2)
    statement.structure()
    assert [leaf.value for leaf in statement._leaves if isinstance(leaf, BindParameter)] == [2]


def test_a_bound_value_never_stands_in_a_key() -> None:
    secret = object()
    statement = select(table.c.id).where(table.c.id == secret)
    statement.structure()
    assert not any(_holds(parts, secret) for parts in keys._interned)


def _holds(parts: object, sought: object) -> bool:
    if parts is sought:
        return True
    return isinstance(parts, tuple) and any(_holds(part, sought) for part in parts)


def test_columns_of_different_tables_are_told_apart_by_identity() -> None:
    other = Table("t", MetaData(), Column("id", Integer))
    assert select(table.c.id).structure() is not select(other.c.id).structure()


def test_none_is_compared_with_is() -> None:
    expression = table.c.id == None  # noqa: E711 - as users write it
    assert isinstance(expression, BinaryExpression)
    assert isinstance(expression.right, Null)
    assert expression.operator.text == " IS "


def test_a_value_takes_the_type_of_the_column_beside_it() -> None:
    expression = table.c.name == "x"
    assert isinstance(expression, BinaryExpression)
    assert expression.right.type is table.c.name.type
    mixed = table.c.name == 5
    assert isinstance(mixed, BinaryExpression)
    assert isinstance(mixed.right.type, Integer)


def test_conditions_of_one_operator_become_one_list() -> None:
    one, two, three = (table.c.id == number for number in (1, 2, 3))
    both = one & two & three
    assert isinstance(both, BooleanClauseList)
    assert len(both.clauses) == 3
    assert isinstance((one | two) & three, BooleanClauseList)


def test_an_expression_is_neither_true_nor_false_in_python() -> None:
    with pytest.raises(TypeError, match="Boolean value of this clause is not defined"):
        bool(table.c.id < 1)


def test_a_misspelt_column_names_the_nearest() -> None:
    with pytest.raises(AttributeError, match="did you mean 'name'"):
        _ = table.c.nmae


def test_a_label_and_what_it_labels_differ() -> None:
    assert isinstance(table.c.id.label("x"), Label)
    assert table.c.id.label("x").same_as(table.c.id.label("x"))
    assert not table.c.id.label("x").same_as(table.c.id.label("y"))


def test_every_class_of_expressions_names_itself_for_visitors() -> None:
    for cls in (BindParameter, BinaryExpression, BooleanClauseList, Label, Null, Column):
        assert issubclass(cls, ColumnElement)
        assert cls.visit_name != ColumnElement.visit_name
