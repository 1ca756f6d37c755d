"""Walking through expressions, and changed copies of them."""

from __future__ import annotations

from typing import Any

from toolkit import (
    BindParameter,
    ClauseElement,
    exists,
    select,
    table,
    text,
)
from toolkit_core.expression.elements import and_, bindparam, column
from toolkit_core.expression.functions import func
from toolkit_core.expression.node import Node
from toolkit_core.expression.visitors import (
    ClauseVisitor,
    CloningVisitor,
    ReplacingCloningVisitor,
    cloned_traverse,
    find_tables,
    iterate,
    replacement_traverse,
    traverse,
    traverse_using,
)
from toolkit_core.schema import Column, MetaData, Table
from toolkit_core.types import Integer

T = Table("t", MetaData(), Column("x", Integer), Column("y", Integer))
CONDITION = and_(T.c.x == 5, func.f(T.c.y) > 7)


def test_iterate_gives_what_is_nearer_first() -> None:
    names = [node.visit_name for node in iterate(CONDITION)]
    assert names == [
        "clauselist",
        "binary",
        "binary",
        "column",
        "bindparam",
        "function",
        "bindparam",
        "column",
    ]
    assert list(iterate(None)) == []


def test_traverse_calls_by_name_and_returns_what_it_got() -> None:
    found: list[Any] = []
    visitors = {"bindparam": lambda bind: found.append(bind.value), "column": found.append}
    assert traverse(CONDITION, {}, visitors) is CONDITION
    assert found == [T.c.x, 5, 7, T.c.y]
    found.clear()
    traverse_using([CONDITION], CONDITION, {"clauselist": found.append})
    assert found == [CONDITION]


def test_a_cloned_traverse_leaves_the_original_alone() -> None:
    def set_value(bind: Any) -> None:
        bind.value = bind.value * 10

    changed = cloned_traverse(CONDITION, {}, {"bindparam": set_value})
    assert changed.compile().params == {"x_1": 50, "f_1": 70}
    assert CONDITION.compile().params == {"x_1": 5, "f_1": 7}
    assert str(changed) == str(CONDITION)


def test_a_cloned_traverse_copies_a_shared_part_once() -> None:
    shared: Any = bindparam("p", 1)
    seen: list[Any] = []
    cloned_traverse(and_(T.c.x == shared, T.c.y == shared), {}, {"bindparam": seen.append})
    assert len(seen) == 1


def test_a_replacement_is_not_looked_into() -> None:
    def replace(node: Node) -> Node | None:
        return func.g(T.c.x) if node is T.c.x else None

    changed = replacement_traverse(CONDITION, {}, replace)
    assert str(changed) == "g(t.x) = :x_1 AND f(t.y) > :f_1"
    assert str(CONDITION) == "t.x = :x_1 AND f(t.y) > :f_1"


def test_a_traversal_stops_where_it_is_told() -> None:
    stop = CONDITION.clauses[0]

    def replace(node: Node) -> Node | None:
        return column("z") if node.visit_name == "column" else None

    changed = replacement_traverse(CONDITION, {"stop_on": [stop]}, replace)
    assert str(changed) == "t.x = :x_1 AND f(z) > :f_1"


def test_visitors_are_methods_of_a_class() -> None:
    class Columns(ClauseVisitor):
        def __init__(self) -> None:
            self.found: list[Any] = []

        def visit_column(self, node: Any) -> None:
            self.found.append(node)

    visitor = Columns()
    assert visitor.traverse(CONDITION) is CONDITION
    assert visitor.found == [T.c.x, T.c.y]
    visitor.visit_single(T.c.x)
    assert visitor.found[-1] is T.c.x
    assert len(list(visitor.iterate(CONDITION))) == 8


def test_cloning_and_replacing_visitors() -> None:
    class Doubles(CloningVisitor):
        def visit_bindparam(self, bind: Any) -> None:
            bind.value *= 2

    class Renames(ReplacingCloningVisitor):
        def replace(self, elem: Node) -> Node | None:
            return column("z") if elem is T.c.x else None

    assert Doubles().traverse(T.c.x == 5).compile().params == {"x_1": 10}
    assert str(Renames().traverse(T.c.x == 5)) == "z = :x_1"
    assert [str(one) for one in Renames().copy_and_process([T.c.x + 1])] == ["z + :x_1"]


def test_a_visitor_goes_to_the_tables_that_only_columns_name() -> None:
    person, pet = table("person", column("id")), table("pet", column("owner"))
    statement = select(person.c.id).where(exists().where(pet.c.owner == person.c.id))
    assert find_tables(statement) == [person, pet]
    joined = select(person.c.id).join(pet, pet.c.owner == person.c.id)
    assert find_tables(joined) == [person, pet]
    assert find_tables(person.select()) == [person]


def test_a_visitor_goes_to_the_parameters_of_a_text() -> None:
    assert [node.key for node in iterate(text("a = :x")) if isinstance(node, BindParameter)] == [
        "x"
    ]


def test_the_name_for_visitors_has_its_documented_name() -> None:
    class Word(ClauseElement):
        __visit_name__ = "word"

    class Longer(Word):
        pass

    assert (Word().visit_name, Longer.__visit_name__) == ("word", "word")
    assert (column("x").__visit_name__, Integer.__visit_name__) == ("column", "integer")
    seen: list[Any] = []
    traverse(Longer(), {}, {"word": seen.append})
    assert len(seen) == 1
