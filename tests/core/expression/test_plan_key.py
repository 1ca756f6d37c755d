"""A statement is found by its key and by which leaves are the same one, aliases among them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.core.golden.select_namespace import addr, user
from toolkit_core.compiler.node import compile_node
from toolkit_core.compiler.standard import STANDARD
from toolkit_core.expression import keys
from toolkit_core.expression.elements import BindParameter, bindparam, column
from toolkit_core.expression.node import plan_key
from toolkit_core.expression.select import Select, select
from toolkit_core.types import String


def nested(inner: int, outer: int) -> Select[Any]:
    """Return a query with aliases of its own."""
    big = select(addr.c.user_id).where(addr.c.id > inner).subquery()
    return select(user.c.id).join(big, big.c.user_id == user.c.id).where(user.c.age < outer)


def values(statement: Select[Any]) -> list[Any]:
    return [leaf.value for leaf in plan_key(statement)[2] if hasattr(leaf, "value")]


def test_a_query_built_anew_with_aliases_of_its_own_has_the_same_plan() -> None:
    first, second = plan_key(nested(1, 2)), plan_key(nested(3, 4))
    assert first[0] is second[0]
    assert first[1] == second[1]


def test_the_values_inside_of_an_alias_are_leaves_of_the_statement() -> None:
    assert sorted(values(nested(1, 2))) == [1, 2]
    assert values(nested(1, 2)).index(1) == values(nested(7, 8)).index(7)


def test_values_inside_of_an_alias_are_counted_once_however_often_it_is_named() -> None:
    big = select(addr.c.user_id, addr.c.id).where(addr.c.id > 1).subquery()
    assert values(select(big.c.id, big.c.user_id).where(big.c.id < 5)) == [1, 5]


def test_one_alias_twice_is_another_plan_than_two_alike() -> None:
    one, other = user.alias(), user.alias()
    once = plan_key(select(one.c.id).where(one.c.age > one.c.id))
    twice = plan_key(select(one.c.id).where(other.c.age > other.c.id))
    assert once[0] is twice[0]
    assert once[1] != twice[1]


def test_a_named_alias_is_another_structure_than_one_of_another_name() -> None:
    assert plan_key(select(user.alias("a")))[0] is not plan_key(select(user.alias("b")))[0]


def test_a_recursive_cte_built_anew_has_the_same_plan() -> None:
    def tree(root: int) -> Select[Any]:
        began = select(user.c.id).where(user.c.id == root).cte("tree", recursive=True)
        grown = began.union_all(select(user.c.id).where(user.c.age == began.c.id))
        return select(grown.c.id)

    first, second = plan_key(tree(1)), plan_key(tree(2))
    assert first[:2] == second[:2]
    assert set(values(tree(7))) == {7}


def test_a_compiled_statement_reads_the_values_of_another_of_its_plan() -> None:
    first, second = nested(1, 2), nested(3, 4)
    leaves = plan_key(first)[2]
    compiled = compile_node(first, leaves, STANDARD)
    assert compiled.from_leaves(leaves) == {"id_1": 1, "age_1": 2}
    assert compiled.from_leaves(plan_key(second)[2]) == {"id_1": 3, "age_1": 4}


def test_the_order_of_the_calls_makes_no_other_key() -> None:
    one = select(user.c.id).where(user.c.id == 1).order_by(user.c.name)
    other = select(user.c.id).order_by(user.c.name).where(user.c.id == 2)
    assert plan_key(one)[0] is plan_key(other)[0]


def test_what_is_set_to_its_default_makes_no_other_key() -> None:
    plain = select(user.c.id)
    assert plan_key(plain.limit(5).limit(None))[0] is plan_key(plain)[0]
    assert plan_key(plain.but(is_distinct=False))[0] is plan_key(plain)[0]


def test_params_inside_of_a_subquery_are_replaced_and_it_stays_one_alias() -> None:
    inner = select(addr.c.user_id).where(addr.c.id == bindparam("wanted")).subquery()
    outer = select(inner.c.user_id).where(inner.c.user_id > 0).params(wanted=7)
    assert values(outer) == [7, 0]
    assert str(outer).count("SELECT") == 2


def test_a_subclass_of_parameters_has_keys_of_its_own() -> None:
    class Mine(BindParameter[int]):
        pass

    plain: BindParameter[int] = BindParameter(value=5)
    mine = Mine(value=5)
    assert plain.structure() is BindParameter(value=7).structure()
    assert mine.structure() is Mine(value=7).structure()
    assert mine.structure() is not plain.structure()
    assert (column("x") == mine).structure() is not (column("x") == plain).structure()


def test_types_that_call_themselves_equal_are_told_apart() -> None:
    class Alike(String):
        def __eq__(self, other: object) -> bool:
            return isinstance(other, Alike)

        def __hash__(self) -> int:
            return 1

    def asked(length: int) -> Any:
        return (column("x", Alike(length)) == "a").structure()

    assert asked(5) is asked(5)
    assert asked(5) is not asked(7)


def test_a_type_that_cannot_be_hashed_is_a_type_all_the_same() -> None:
    class Unhashable(String):
        __hash__ = None  # type: ignore[assignment]

        def __eq__(self, other: object) -> bool:
            return self is other

    assert str(column("x", Unhashable()) == "a") == "x = :x_1"
    assert (column("x", Unhashable()) == "a").structure() is not None


def test_parameters_of_ever_new_types_do_not_fill_the_memory(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(keys, "_MOST_PARAMETERS", 3)
    for length in range(1, 20):
        (column("x", String(length)) == "a").structure()
        assert len(keys.parameter_keys) <= 3
        assert {place for place, _ in keys.parameter_keys} <= set(keys._parameter_types)
