"""Statements that change and delete, and upserts: as in cases.py."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

CASES: dict[str, Callable[[Any, Any], Any]] = {}


def case(build: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    CASES[build.__name__] = build
    return build


@case
def update_where(s: Any, k: Any) -> Any:
    return s.update(k.t).values(name="x").where(k.t.c.id == 2)


@case
def update_bare(s: Any, k: Any) -> Any:
    return s.update(k.t)


@case
def update_all(s: Any, k: Any) -> Any:
    return s.update(k.t).values(name="x")


@case
def update_none(s: Any, k: Any) -> Any:
    return s.update(k.t).values(name=None).where(k.t.c.id == 1, k.t.c.name != "x")


@case
def update_by_tuple(s: Any, k: Any) -> Any:
    return s.update(k.t).values((9, "x")).where(k.t.c.id == 1)


@case
def update_column(s: Any, k: Any) -> Any:
    return s.update(k.t).values({k.t.c.v: k.t.c.id})


@case
def update_ordered(s: Any, k: Any) -> Any:
    return s.update(k.t).ordered_values((k.t.c.v, 1), ("name", "x"))


@case
def update_ordered_then_values(s: Any, k: Any) -> Any:
    return s.update(k.t).ordered_values((k.t.c.v, 1)).values(name="x")


@case
def update_parameters(s: Any, k: Any) -> Any:
    return s.update(k.t).where(k.t.c.id == 2), {"name": "x"}


@case
def update_parameters_win(s: Any, k: Any) -> Any:
    return s.update(k.t).values(name="a").where(k.t.c.id == 2), {"name": "x"}


@case
def update_many(s: Any, k: Any) -> Any:
    return (
        s.update(k.t).where(k.t.c.id == s.bindparam("b_id")),
        [{"b_id": 1, "name": "x"}, {"b_id": 2, "name": "y"}],
    )


@case
def update_many_missing(s: Any, k: Any) -> Any:
    return (
        s.update(k.t).where(k.t.c.id == s.bindparam("b_id")),
        [{"b_id": 1, "name": "x"}, {"name": "y"}],
    )


@case
def update_unknown(s: Any, k: Any) -> Any:
    return s.update(k.t).values(nme="x")


@case
def update_rows(s: Any, k: Any) -> Any:
    return s.update(k.t).values([{"id": 1}, {"id": 2}])


@case
def update_from(s: Any, k: Any) -> Any:
    return s.update(k.t).values(name=k.pair.c.z).where(k.t.c.id == k.pair.c.x)


@case
def update_onupdate(s: Any, k: Any) -> Any:
    return s.update(k.d).values(a=1)


@case
def update_onupdate_given(s: Any, k: Any) -> Any:
    return s.update(k.d).values(f=1)


@case
def update_returning(s: Any, k: Any) -> Any:
    return s.update(k.t).values(name="x").where(k.t.c.id < 3).returning(k.t.c.id, k.t.c.name)


@case
def update_prefix(s: Any, k: Any) -> Any:
    return s.update(k.t).values(v=1).prefix_with("OR REPLACE")


@case
def update_odd_names(s: Any, k: Any) -> Any:
    return s.update(k.odd).values(nm="x").where(k.odd.c.Id == 3)


@case
def update_bind_value(s: Any, k: Any) -> Any:
    return (
        s.update(k.t).values(name=s.bindparam("n")).where(k.t.c.id == s.bindparam("b_id")),
        {"n": "x", "b_id": 1},
    )


@case
def update_or(s: Any, k: Any) -> Any:
    return s.update(k.t).values(v=1).where((k.t.c.id == 1) | (k.t.c.id == 2))


@case
def delete_all(s: Any, k: Any) -> Any:
    return s.delete(k.t)


@case
def delete_where(s: Any, k: Any) -> Any:
    return s.delete(k.t).where(k.t.c.id == 1)


@case
def delete_conditions(s: Any, k: Any) -> Any:
    return s.delete(k.t).where(k.t.c.id > 1).where((k.t.c.v > 3) | (k.t.c.name == "three"))


@case
def delete_returning(s: Any, k: Any) -> Any:
    return s.delete(k.t).where(k.t.c.id > 1).returning(k.t.c.name)


@case
def delete_returning_table(s: Any, k: Any) -> Any:
    return s.delete(k.t).returning(k.t)


@case
def delete_many(s: Any, k: Any) -> Any:
    return s.delete(k.t).where(k.t.c.id == s.bindparam("b")), [{"b": 1}, {"b": 2}]


@case
def delete_prefix(s: Any, k: Any) -> Any:
    return s.delete(k.t).prefix_with("LOW")


@case
def upsert_nothing(s: Any, k: Any) -> Any:
    return s.sqlite_insert(k.t).values(id=1, name="x").on_conflict_do_nothing()


@case
def upsert_nothing_index(s: Any, k: Any) -> Any:
    return s.sqlite_insert(k.t).values(id=1, name="x").on_conflict_do_nothing(index_elements=["id"])


@case
def upsert_update(s: Any, k: Any) -> Any:
    return (
        s.sqlite_insert(k.t)
        .values(id=1, name="x")
        .on_conflict_do_update(index_elements=[k.t.c.id], set_={"name": "z"})
    )


@case
def upsert_update_where(s: Any, k: Any) -> Any:
    return (
        s.sqlite_insert(k.t)
        .values(id=1, name="x")
        .on_conflict_do_update(
            index_elements=["id"], set_={"v": 5, "name": "z"}, where=k.t.c.v > 30
        )
    )


@case
def upsert_empty_set(s: Any, k: Any) -> Any:
    return s.sqlite_insert(k.t).values(id=1).on_conflict_do_update(index_elements=["id"], set_={})


@case
def upsert_excluded(s: Any, k: Any) -> Any:
    made = s.sqlite_insert(k.t).values(id=1, name="x")
    return made.on_conflict_do_update(index_elements=["id"], set_={"name": made.excluded.name})


@case
def upsert_all_excluded(s: Any, k: Any) -> Any:
    made = s.sqlite_insert(k.t).values(id=1, name="x")
    return made.on_conflict_do_update(index_elements=["id"], set_=made.excluded)


@case
def upsert_several(s: Any, k: Any) -> Any:
    made = s.sqlite_insert(k.t).values(id=1, name="x").on_conflict_do_nothing(index_elements=["id"])
    return made.on_conflict_do_nothing()


@case
def upsert_many_returning(s: Any, k: Any) -> Any:
    made = s.sqlite_insert(k.t)
    made = made.on_conflict_do_update(index_elements=["id"], set_={"name": made.excluded.name})
    return made.returning(k.t.c.id, k.t.c.name), [{"id": 1, "name": "a"}, {"id": 8, "name": "b"}]


@case
def update_expression(s: Any, k: Any) -> Any:
    return s.update(k.t).values(v=k.t.c.v + 1, name=s.func.upper(k.t.c.name)).where(k.t.c.id < 3)


@case
def update_sql_onupdate(s: Any, k: Any) -> Any:
    return s.update(k.stamp).values(id=5)


@case
def upsert_expressions(s: Any, k: Any) -> Any:
    made = s.sqlite_insert(k.t).values(id=1, v=5)
    return made.on_conflict_do_update(
        index_elements=["id"], set_={"v": k.t.c.v + made.excluded.v}, where=made.excluded.v > 2
    ).returning(k.t.c.v)
