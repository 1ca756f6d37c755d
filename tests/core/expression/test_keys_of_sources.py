"""What is selected as a whole has a key of its own: of its columns, and of how names are quoted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from toolkit import create_engine, text
from toolkit_core.expression.casts import collate
from toolkit_core.expression.elements import BindParameter, column, literal
from toolkit_core.expression.functions import Function, func
from toolkit_core.expression.node import plan_key
from toolkit_core.expression.select import Select, select
from toolkit_core.expression.table_clause import TableClause, table
from toolkit_core.expression.text import TextClause
from toolkit_core.expression.values import values
from toolkit_core.facts import quoted_name
from toolkit_core.types import Integer, String


def test_tables_by_name_are_found_in_the_cache_with_their_columns() -> None:
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        connection.execute(text("create table t (a, b)"))
        connection.execute(text("insert into t values (1, 2)"))
        found = [
            connection.execute(select(table("t", *map(column, names)))).mappings().one()
            for names in (("a",), ("b",), ("a", "b"), ("b", "a"))
        ]
    assert found == [{"a": 1}, {"b": 2}, {"a": 1, "b": 2}, {"a": 1, "b": 2}]
    assert list(found[3]) == ["b", "a"]


def test_a_column_that_is_added_is_selected_too() -> None:
    made = table("t", column("a"))
    before = str(select(made))
    made.append_column(column("b"))
    assert (before, str(select(made))) == ("SELECT t.a \nFROM t", "SELECT t.a, t.b \nFROM t")


BARE, QUOTED, NEVER = "Name", quoted_name("Name", True), quoted_name("Name", False)


@pytest.mark.parametrize(
    "build",
    [
        lambda name: select(column(name)),
        lambda name: select(column("x").label(name)),
        lambda name: select(table(name, column("x"))),
        lambda name: select(table("t", column(name))),
        lambda name: select(table("t", column("x"), schema=name)),
        lambda name: select(table("t", column("x")).alias(name)),
        lambda name: select(select(column("x")).subquery(name)),
        lambda name: select(select(column("x")).cte(name)),
        lambda name: select(Function(name, column("x"))),
        lambda name: select(collate(column("x"), name)),
        lambda name: select(values(column("x"), name=name).data([(1,)])),
        lambda name: select(values(column(name), name="v").data([(1,)])),
        lambda name: select(func.f(1).table_valued("x", name=name)),
        lambda name: select(func.f(1).table_valued(name)),
    ],
)
def test_names_that_are_quoted_otherwise_are_other_names(build: Callable[[Any], Any]) -> None:
    keys = [plan_key(build(name))[0] for name in (BARE, QUOTED, NEVER)]
    assert len(set(map(id, keys))) == 3
    assert plan_key(build(QUOTED))[0] is keys[1]
    assert str(build(QUOTED)) != str(build(NEVER))


def test_types_of_columns_are_told_apart() -> None:
    keys = {
        id(plan_key(select(table("t", column("x", type_))))[0]) for type_ in (Integer, String, None)
    }
    assert len(keys) == 3


class MyText(TextClause):
    """As users have classes of their own."""

    inherit_cache = True


class MyTable(TableClause):
    """As users have classes of their own."""

    inherit_cache = True


class MySelect(Select[Any]):
    """As users have classes of their own."""

    inherit_cache = True


class MyParameter(BindParameter[Any]):
    """As users have classes of their own."""

    inherit_cache = True


@pytest.mark.parametrize(
    "build",
    [
        lambda value: MyText("select :x").bindparams(x=value),
        lambda value: select(MyText(":x").bindparams(x=value)),
        lambda value: MySelect(literal(value)),
        lambda value: MySelect(literal(value)).subquery().select(),
        lambda value: select(MyParameter(value=value)),
        lambda value: (
            select(column("b")).select_from(MyTable("t", column("b"))).where(column("b") == value)
        ),
    ],
)
def test_values_in_nodes_of_users_classes_are_sent_each_time(build: Callable[[Any], Any]) -> None:
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        connection.execute(text("create table t (a, b)"))
        connection.execute(text("insert into t values (1, 1), (2, 2)"))
        assert [connection.execute(build(value)).scalar_one() for value in (1, 2)] == [1, 2]


def test_tables_of_users_classes_are_found_with_their_columns() -> None:
    keys = [plan_key(select(MyTable("t", column(name))))[0] for name in ("a", "b", "a")]
    assert keys[0] is not keys[1]
    assert keys[0] is keys[2]
    assert keys[0] is not plan_key(select(table("t", column("a"))))[0]
